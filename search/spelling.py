"""Slips of the pen are forgiven: a word that stands nowhere is taken for those that are spelt almost like it.

Only words of the language that is asked in are, because those of another one stand nowhere in this one. A word counts
as long as a text holds it that anybody may read right now (safety rule 4): in how many texts it stands is kept with it,
and what was hidden since is taken off when somebody asks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from equalcity.core.statements import statement
from equalcity.publication.predicate import unlisted_pages
from search.analysis import STEM_MARK, Asked, Group, marked, stem
from search.models import Entry, Word

# One slip in words of four letters and more, two from eight; the first letter is right. Never in numbers: they are
# telephone numbers as often as not.
SHORTEST = 4
LONG = 8
# The language of words in names of terms: a page is found by their names in all languages, whatever its own is.
OF_TERMS = ""

ADD = """INSERT INTO search_word (language, first, word, texts) VALUES (%s, %s, %s, %s)
    ON CONFLICT (language, word) DO UPDATE SET texts = search_word.texts + excluded.texts"""

Key = tuple[str, str]  # language and word


def learn(now: Iterable[Entry], before: Iterable[Entry] = ()) -> None:
    """Count the words and stems of texts that came, and no longer those of texts that they replace or that went."""
    change: Counter[Key] = Counter()
    for entry in now:
        change.update(words_of(entry))
    for entry in before:
        change.subtract(words_of(entry))
    rows = [(language, word[0], word, texts) for (language, word), texts in sorted(change.items()) if texts]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)
    if any(texts < 0 for *_word, texts in rows):
        Word.objects.filter(texts__lte=0).delete()


def learn_anew(entries: Iterator[Entry]) -> None:
    """Count the words of all texts, whatever was counted before."""
    counted: Counter[Key] = Counter()
    for entry in entries:
        counted.update(words_of(entry))
    Word.objects.all().delete()
    rows = (Word(language=key[0], first=key[1][0], word=key[1], texts=texts) for key, texts in sorted(counted.items()))
    Word.objects.bulk_create(rows, batch_size=2000)


def words_of(entry: Entry) -> set[Key]:
    """Return the words and stems of one text that could be a slip, or be meant by one."""
    own = (entry.title, entry.summary, entry.other_words, entry.body)
    texts = [*((entry.language, text) for text in own), (OF_TERMS, entry.names)]
    return {(language, word) for language, text in texts for word in text.split() if len(word) >= SHORTEST}


def readable(words: Iterable[Word]) -> set[Key]:
    """Return those that stand in a text that anybody may read right now."""
    texts: Counter[Key] = Counter({(word.language, word.word): word.texts for word in words})
    if not texts:
        return set()
    for hidden in _hidden_entries(timezone.now()):
        texts.subtract(words_of(hidden) & texts.keys())
    return {key for key, count in texts.items() if count > 0}


@statement
def _hidden_entries(now: datetime) -> "QuerySet[Entry]":
    return Entry.objects.filter(publication__in=unlisted_pages(now))


@statement
def _these(words: list[str]) -> "QuerySet[Word]":
    return Word.objects.filter(word__among=words)


@statement
def _beginning_with(letters: list[str], languages: list[str]) -> "QuerySet[Word]":
    return Word.objects.filter(language__among=languages, first__among=letters)


def standing(everywhere: Sequence[Asked]) -> set[Key]:
    """Return what of a query stands somewhere: its words, their stems in every language, and the parts of compounds."""
    groups = [group for asked in everywhere for group in asked.groups]
    forms = {form for group in groups for word, its_stem in group.words for form in (word, marked(its_stem))}
    parts = {marked(part[0]) for group in groups for part in group.parts}
    return readable(_these(sorted(forms | parts)))


def forgiving(everywhere: Sequence[Asked], own: str, there: Set[Key]) -> tuple[list[Asked], bool]:
    """Return the query with words that stand nowhere widened, in one language, and whether there were any.

    `there` is what of the query stands somewhere.
    """
    forgiven = [_forgiving(one, there) if one.language == own else one for one in everywhere]
    return forgiven, forgiven != list(everywhere)


def _forgiving(asked: Asked, there: Set[Key]) -> Asked:
    doubtful = [group for group in asked.groups if _may_be_misspelt(group)]
    unknown = set(doubtful) - _known(doubtful, {word for _language, word in there})
    if not unknown:
        return asked
    firsts = {group.words[0][0][0] for group in unknown}
    near = readable(_beginning_with(sorted(firsts), [asked.language, OF_TERMS]))
    words = sorted({word for _language, word in near if not word.endswith(STEM_MARK)})
    groups = [_widened(group, words, asked.language) if group in unknown else group for group in asked.groups]
    return replace(asked, groups=tuple(groups))


def _may_be_misspelt(group: Group) -> bool:
    if len(group.words) != 1 or group.alike:
        return False
    word = group.words[0][0]
    return len(word) >= SHORTEST and not any(character.isdigit() for character in word)


def _known(groups: Sequence[Group], there: Set[str]) -> set[Group]:
    """Return those that stand in a text of some language, as they are, as a stem or as parts of a compound."""
    codes = [code for code, _name in settings.LANGUAGES]
    forms = {group: {group.words[0][0], *(marked(stem(group.words[0][0], code)) for code in codes)} for group in groups}
    parts = {group: {marked(part[0]) for part in group.parts} for group in groups}
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
