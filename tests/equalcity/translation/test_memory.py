"""The memory says what the pages say."""

import pytest
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationSource

from equalcity.publication.signals import pulled
from equalcity.translation.memory import original_of, remember, waiting
from equalcity.translation.publish import publish
from home.models import StandardPage
from tests.factories import GlossaryEntryFactory, ManualPageFactory, Tree, locale
from toolbox_pages.models import BestPracticePage, ManualPage

pytestmark = pytest.mark.django_db

TEXT = '<p data-block-key="{}a">{}</p><p data-block-key="{}b">{}</p>'


def in_french(practice: BestPracticePage, **fields: str) -> BestPracticePage:
    """A French page as an importer leaves it: text and a revision, nothing in the memory."""
    french = practice.copy_for_translation(locale("fr"), copy_parents=True)
    for name, value in {
        "title": "Titre", "slug": "titre", "summary": "En bref.", "context": "<p>Contexte.</p>", "aim": "<p>But.</p>"
    }.items():  # fmt: skip
        setattr(french, name, fields.get(name, value))
    french.save()
    french.save_revision()
    return french


def strings(translation: Translation) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in translation.source.stringsegment_set.annotate_translation(locale("fr")).order_by("order"):
        found.setdefault(row.context.path, []).append(row.translation)
    return found


def test_pulled_text_counts_as_translated(tree: Tree) -> None:
    practice = tree.practices[0]
    french = in_french(practice)

    assert remember(practice, french) == 5

    translation = Translation.objects.get()
    assert translation.get_progress() == (5, 5)
    assert strings(translation) == {
        "title": ["Titre"],
        "slug": ["titre"],
        "summary": ["En bref."],
        "context": ["Contexte."],
        "aim": ["But."],
    }


def test_what_people_say_instead_is_one_text_and_keeps_its_lines(tree: Tree) -> None:
    practice = tree.practices[0]
    practice.other_words = "he hits me\nwhere can I sleep tonight"
    practice.save()
    french = in_french(practice)
    french.other_words = "il me frappe\noù dormir ce soir\nj’ai peur de lui"
    french.save()
    remember(practice, french)
    assert len(strings(Translation.objects.get())["other_words"]) == 1
    again = publish(Translation.objects.get())
    assert again.specific.other_phrases == ["il me frappe", "où dormir ce soir", "j’ai peur de lui"]


def test_later_saves_keep_the_text(tree: Tree) -> None:
    practice = tree.practices[0]
    remember(practice, in_french(practice))

    french = publish(Translation.objects.get())

    assert (french.title, french.slug, french.summary, french.context) == (
        "Titre", "titre", "En bref.", "<p>Contexte.</p>"
    )  # fmt: skip


def test_remembering_again_takes_the_new_text_and_forgets_the_old(tree: Tree) -> None:
    practice = tree.practices[0]
    french = in_french(practice)
    remember(practice, french)
    french.summary, french.aim = "Plus bref.", ""

    assert remember(practice, french) == 4

    translation = Translation.objects.get()
    assert strings(translation)["summary"] == ["Plus bref."]
    assert [segment.context.path for segment in waiting(translation)] == ["aim"]
    assert StringTranslation.objects.count() == 4


def test_paragraphs_are_matched_one_by_one(tree: Tree) -> None:
    practice = tree.practices[0]
    practice.context = TEXT.format("a", "One.", "a", "Two.")
    practice.save()
    remember(practice, in_french(practice, context=TEXT.format("b", "Un.", "b", "Deux.")))

    assert strings(Translation.objects.get())["context"] == ["Un.", "Deux."]


def test_another_number_of_paragraphs_waits_for_a_person(tree: Tree) -> None:
    practice = tree.practices[0]
    practice.context = TEXT.format("a", "One.", "a", "Two.")
    practice.save()
    remember(practice, in_french(practice, context="<p>Un et deux.</p>"))

    assert [segment.context.path for segment in waiting(Translation.objects.get())] == ["context", "context"]


def test_a_link_that_the_source_does_not_have_waits_for_a_person(tree: Tree) -> None:
    practice = tree.practices[0]
    remember(practice, in_french(practice, context='<p><a href="https://example.org/">Là</a></p>'))

    assert [segment.context.path for segment in waiting(Translation.objects.get())] == ["context"]


def test_blocks_are_matched_by_their_ids(tree: Tree) -> None:
    about = tree.about
    about.body = [
        {"type": "heading", "value": "Why", "id": "b1"},
        {"type": "checklist", "value": [{"type": "item", "value": "One", "id": "i1"}], "id": "b2"},
        {"type": "link", "value": {"text": "On", "page": tree.toolbox.pk, "url": ""}, "id": "b3"},
    ]
    about.save()
    french = about.copy_for_translation(locale("fr"))
    french.body = [
        {"type": "heading", "value": "Pourquoi", "id": "b1"},
        {"type": "checklist", "value": [{"type": "item", "value": "Un", "id": "i1"}], "id": "b2"},
        {"type": "link", "value": {"text": "Suite", "page": tree.index.pk, "url": ""}, "id": "b3"},
    ]
    french.save()
    remember(about, StandardPage.objects.get(pk=french.pk))

    found = publish(Translation.objects.get())

    assert found.body[0].value == "Pourquoi"
    assert list(found.body[1].value) == ["Un"]
    assert (found.body[2].value["text"], found.body[2].value["page"].pk) == ("Suite", tree.index.pk)
    assert SegmentOverride.objects.count() == 1


def test_text_that_stands_there_is_kept_when_a_translation_record_is_made(tree: Tree) -> None:
    practice = tree.practices[0]
    in_french(practice)
    source, _created = TranslationSource.get_or_create_from_instance(practice)

    translation = Translation.objects.create(source=source, target_locale=locale("fr"))

    assert translation.get_progress() == (5, 5)


def test_text_edited_while_translation_was_stopped_is_kept(tree: Tree) -> None:
    practice = tree.practices[0]
    french = in_french(practice)
    remember(practice, french)
    translation = Translation.objects.get()
    translation.enabled = False
    translation.save(update_fields=["enabled"])
    french.summary = "Corrigé à la main."
    french.save_revision()

    translation.enabled = True
    translation.save(update_fields=["enabled"])

    assert strings(translation)["summary"] == ["Corrigé à la main."]


def test_the_original_is_in_the_default_language_or_the_oldest(tree: Tree) -> None:
    practice = tree.practices[0]
    french = in_french(practice)
    arabic = practice.copy_for_translation(locale("ar"), copy_parents=True, alias=True)
    assert original_of(french) == practice
    assert original_of(practice) is None
    assert original_of(arabic) == practice

    Page.objects.filter(pk=practice.pk).update(locale=locale("nl"))
    assert original_of(french) == practice


def test_a_pulled_translation_is_remembered(tree: Tree) -> None:
    practice = tree.practices[0]
    french = in_french(practice)

    pulled.send(sender=BestPracticePage, page=french)

    assert Translation.objects.get().get_progress() == (5, 5)


def test_a_translation_pulled_before_its_original_is_remembered_with_it(tree: Tree) -> None:
    practice = tree.practices[0]
    in_french(practice)

    pulled.send(sender=BestPracticePage, page=practice)

    assert Translation.objects.get().get_progress() == (5, 5)


def test_a_new_pulled_original_does_not_pass_old_translations_for_new_ones(tree: Tree) -> None:
    practice = tree.practices[0]
    remember(practice, in_french(practice))
    practice.summary = "Another meaning."
    practice.save_revision()

    pulled.send(sender=BestPracticePage, page=practice)

    translation = Translation.objects.get()
    translation.source.update_from_db()
    assert translation.get_progress() == (5, 5)
    practice.get_latest_revision().publish()
    translation.source.update_from_db()
    assert [segment.context.path for segment in waiting(translation)] == ["summary"]


def french_manual(tree: Tree, also: str, in_french: str) -> tuple[ManualPage, ManualPage]:
    """A manual with one word and its French text, as it comes from elsewhere."""
    manual = ManualPageFactory(parent=tree.toolbox, city=tree.city)
    GlossaryEntryFactory(page=manual, also_known_as=also)
    manual = ManualPage.objects.get(pk=manual.pk)
    french = manual.copy_for_translation(locale("fr"), copy_parents=True)
    row = french.glossary.get()
    row.word, row.also_known_as = "révélation", in_french
    french.glossary.add(row)
    french.save()
    return manual, french


def other_spellings(translation: Translation) -> list[str]:
    return [segment.context.path for segment in waiting(translation) if segment.context.path.endswith("also_known_as")]


@pytest.mark.parametrize("also", ["", "disclosures"])
def test_an_optional_text_may_be_empty_in_a_translation(tree: Tree, also: str) -> None:
    """Nothing waits, in the editor it counts as translated, and publishing does not put the original's text there."""
    manual, french = french_manual(tree, also, "")
    remember(manual, french)
    translation = Translation.objects.get(target_locale=locale("fr"), source__object_id=manual.translation_key)
    assert [*waiting(translation)] == []
    assert len({*translation.get_progress()}) == 1
    row = publish(translation).glossary.get()
    assert (row.word, row.also_known_as) == ("révélation", "")


def test_what_was_left_empty_waits_when_the_original_changes(tree: Tree) -> None:
    manual, french = french_manual(tree, "disclosures", "")
    remember(manual, french)
    row = manual.glossary.get()
    row.also_known_as = "to disclose"
    row.save()
    source, _changed = TranslationSource.update_or_create_from_instance(ManualPage.objects.get(pk=manual.pk))
    (translation,) = source.translations.all()
    assert len(other_spellings(translation)) == 1


def test_a_text_that_must_be_there_waits_when_it_is_empty(tree: Tree) -> None:
    manual, french = french_manual(tree, "disclosures", "divulgation")
    row = french.glossary.get()
    row.definition = ""
    row.save()
    remember(manual, ManualPage.objects.get(pk=french.pk))
    translation = Translation.objects.get(target_locale=locale("fr"), source__object_id=manual.translation_key)
    assert [segment.context.path.rsplit(".", 1)[-1] for segment in waiting(translation)] == ["definition"]
