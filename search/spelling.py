"""Slips of the pen are forgiven: a word that stands nowhere is taken for those that are spelt almost like it.

Only words of the reader's language are, because those of another one stand nowhere in this one. What was learnt from a
text that is hidden since finds nothing: every word that is close enough is looked for, and none takes another's place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.conf import settings

from search.analysis import STEM_MARK, Asked, Group, marked, stem
from search.models import Entry, Word

# One slip in words of four letters and more, two from eight; the first letter is right. Never in numbers: they are
# telephone numbers as often as not.
SHORTEST = 4
LONG = 8


def learn(entries: Iterable[Entry]) -> None:
    """Remember the words and stems of entries."""
    known: set[tuple[str, str]] = set()
    for entry in entries:
        for text in (entry.title, entry.summary, entry.names, entry.body):
            known |= {(entry.language, word) for word in text.split() if len(word) >= SHORTEST}
    Word.objects.bulk_create(
        (Word(language=language, first=word[0], word=word) for language, word in sorted(known)),
        ignore_conflicts=True,
        batch_size=2000,
    )


def forgiving(everywhere: Sequence[Asked], own: str) -> tuple[list[Asked], bool]:
    """Return the query with words that stand nowhere widened, in the reader's language, and whether there were any."""
    forgiven = [_forgiving(one) if one.language == own else one for one in everywhere]
    return forgiven, forgiven != list(everywhere)


def _forgiving(asked: Asked) -> Asked:
    doubtful = [group for group in asked.groups if _may_be_misspelt(group)]
    unknown = set(doubtful) - _known(doubtful) if doubtful else set()
    if not unknown:
        return asked
    firsts = {group.words[0][0][0] for group in unknown}
    there = list(Word.objects.filter(language=asked.language, first__in=firsts).values_list("word", flat=True))
    words = [word for word in there if not word.endswith(STEM_MARK)]
    groups = [_widened(group, words, asked.language) if group in unknown else group for group in asked.groups]
    return replace(asked, groups=tuple(groups))


def _may_be_misspelt(group: Group) -> bool:
    if len(group.words) != 1 or group.alike:
        return False
    word = group.words[0][0]
    return len(word) >= SHORTEST and not any(character.isdigit() for character in word)


def _known(groups: Sequence[Group]) -> set[Group]:
    """Return those that stand in a text of some language, as they are, as a stem or as parts of a compound."""
    codes = [code for code, _name in settings.LANGUAGES]
    forms = {group: {group.words[0][0], *(marked(stem(group.words[0][0], code)) for code in codes)} for group in groups}
    parts = {group: {marked(part[0]) for part in group.parts} for group in groups}
    asked_for = set().union(*forms.values(), *parts.values())
    there = set(Word.objects.filter(word__in=asked_for).values_list("word", flat=True))
    return {group for group in groups if forms[group] & there or (parts[group] and parts[group] <= there)}


def _widened(group: Group, words: Sequence[str], code: str) -> Group:
    """Return a group with what is spelt almost like it; a word that others begin with is not yet at its end."""
    given = group.words[0][0]
    if any(word.startswith(given) for word in words):
        return group
    most = 1 if len(given) < LONG else 2
    near = [word for word in words if word[0] == given[0] and slips(given, word, most) <= most]
    return replace(group, alike=tuple((stem(word, code),) for word in near), written=tuple(near))


def slips(given: str, meant: str, most: int) -> int:
    """Return how many letters are wrong, missing, too many or swapped with the next; more than `most` is not counted.

    F. J. Damerau, "A technique for computer detection and correction of spelling errors", Communications of the ACM
    7(3), 1964, https://doi.org/10.1145/363958.363994, each place changed once.
    """
    if abs(len(given) - len(meant)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(meant) + 1))
    for at, letter in enumerate(given, 1):
        row = [at]
        for place, other in enumerate(meant, 1):
            cost = min(last[place] + 1, row[place - 1] + 1, last[place - 1] + (letter != other))
            if at > 1 and place > 1 and letter == meant[place - 2] and given[at - 2] == other:
                cost = min(cost, before[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
