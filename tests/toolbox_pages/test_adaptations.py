"""Adaptations, in both directions; attachments; what is hidden is in neither."""

import datetime
import re

import orjson
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from equalcity.publication.models import Publication, PublicationRef
from equalcity.publication.reconcile import differences
from equalcity.publication.record import record
from tests.counting import french_alias, queries
from tests.factories import (
    AdaptationFactory,
    BestPracticePageFactory,
    CityFactory,
    CityServiceFactory,
    DocumentFactory,
    Tree,
    UserFactory,
    locale,
)
from tests.factories.staff import sign_in
from toolbox_pages.models import Adaptation, BestPracticePage, PracticeAttachment


def adapt(original: BestPracticePage, made: BestPracticePage) -> None:
    AdaptationFactory(page=original, city=CityFactory(code="rome", name="Rome"), place="", adapted_page=made)
    original.save()


def leads(text: str, to: str) -> list[str]:
    """Return the titles of the links to a page."""
    return re.findall(rf'<a href="{to}"[^>]*>([^<]+)</a>', text)


def test_both_practices_lead_to_each_other(tree: Tree, client: Client) -> None:
    original, made, _other = tree.practices
    adapt(original, made)
    text = client.get(original.url).content.decode()
    assert "<b>Rome, 2025</b>" in text
    assert leads(text, made.url) == [made.title]
    back = client.get(made.url).content.decode()
    assert "Adapted from:" in back
    assert leads(back, original.url) == [original.title]
    assert "Adapted from:" not in client.get(tree.practices[2].url).content.decode()


def test_in_another_language_both_lead_to_that_language(tree: Tree, client: Client) -> None:
    original, made, _other = tree.practices
    adapt(original, made)
    CityFactory(code="rome", name="روما", locale=locale("ar"))
    for practice in (original, made):
        practice.copy_for_translation(locale("ar"), alias=True, copy_parents=True)
    there, back = (practice.url.replace("/en/", "/ar/") for practice in (original, made))
    text = client.get(there).content.decode()
    assert leads(text, back) == [made.title]
    assert "<b>روما، 2025</b>" in text
    assert leads(client.get(back).content.decode(), there) == [original.title]


@pytest.mark.parametrize("hide", ["restrict", "unpublish", "expire"])
def test_a_hidden_practice_is_linked_in_neither_direction(tree: Tree, client: Client, hide: str) -> None:
    original, made, _other = tree.practices
    adapt(original, made)
    other = BestPracticePage.objects.get(pk=tree.practices[2].pk)
    adapt(made, other)
    middle = BestPracticePage.objects.get(pk=made.pk)
    if hide == "restrict":
        PageViewRestriction.objects.create(page=middle, restriction_type=PageViewRestriction.LOGIN)
    elif hide == "unpublish":
        middle.unpublish()
    else:
        BestPracticePage.objects.filter(pk=made.pk).update(expire_at=timezone.now() - datetime.timedelta(hours=1))
    for page in (original, other):
        assert made.title not in client.get(page.url).content.decode()
    # What was changed is said still: only the link is gone.
    assert "The counter became a library desk." in client.get(original.url).content.decode()


def test_the_public_document_names_no_hidden_page(tree: Tree) -> None:
    original, made, _other = tree.practices
    adapt(original, made)
    record()
    before = documents(original)
    assert [row["adapted_page"]["title"] for row in before["adaptations"]] == [made.title]
    assert [row["city"] for row in before["adaptations"]] == [{"code": "rome", "name": "Rome"}]
    BestPracticePage.objects.get(pk=made.pk).unpublish()
    record()
    after = documents(original)
    assert [row["adapted_page"] for row in after["adaptations"]] == [None]
    assert [row["what_changed"] for row in after["adaptations"]] == ["The counter became a library desk."]
    BestPracticePage.objects.get(pk=made.pk).save_revision().publish()
    record()
    assert [row["adapted_page"]["title"] for row in documents(original)["adaptations"]] == [made.title]
    assert list(differences()) == []


def documents(page: BestPracticePage) -> dict[str, list[dict[str, dict[str, str]]]]:
    row = Publication.objects.select_related("body").get(object_id=page.pk, kind="page")
    found: dict[str, list[dict[str, dict[str, str]]]] = orjson.loads(row.body.document)
    return found


def test_what_was_said_outlives_the_page_it_led_to(tree: Tree) -> None:
    original, made, _other = tree.practices
    adapt(original, made)
    record()
    BestPracticePage.objects.get(pk=made.pk).delete()
    record()
    assert Adaptation.objects.get(page=original).adapted_page is None
    assert [row["adapted_page"] for row in documents(original)["adaptations"]] == [None]
    assert list(differences()) == []


def test_a_place_or_a_city_is_needed(tree: Tree) -> None:
    row = Adaptation(page=tree.practices[0], what_changed="All", place="")
    with pytest.raises(ValidationError, match="Choose a city or write the place"):
        row.clean()
    row.place = "Example City A"
    row.clean()
    row.place, row.city = "", tree.city
    row.clean()


def test_the_same_queries_for_1_3_and_30_adaptations_both_ways(tree: Tree, client: Client) -> None:
    practice = tree.practices[0]
    costs = {}
    made = 0
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            other = BestPracticePageFactory(parent=tree.index, city=tree.city, title=f"Other {made}")
            city = CityFactory(code=f"city-{made}")
            AdaptationFactory(page=practice, city=city, adapted_page=other)
            AdaptationFactory(page=other, adapted_page=practice)
            PracticeAttachment.objects.create(page=practice, document=DocumentFactory(), title=f"Card {made}")
        costs[wanted] = [queries(client, address) for address in (practice.url, french_alias(practice))]
    text = client.get(practice.url).content.decode()
    assert len(re.findall(r"<a [^>]*>Other \d+</a>", text)) == 60
    assert len(re.findall(r"<a [^>]*>Card \d+</a>", text)) == 30
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def test_an_attachment_is_offered_while_consent_lasts(tree: Tree, client: Client) -> None:
    practice = tree.practices[0]
    document = DocumentFactory(language="fr")
    PracticeAttachment.objects.create(page=practice, document=document, title="The card to print")
    practice.save()
    record()
    text = client.get(practice.url).content.decode()
    assert re.findall(r'<a href="([^"]+)" download>The card to print</a>', text) == [document.url]
    assert '<bdi lang="fr">Français</bdi>' in text
    assert b"".join(client.get(document.url)).startswith(b"Leaflet")  # type: ignore[arg-type]
    assert ("document", document.sha256) in PublicationRef.objects.values_list("kind", "name")
    (row,) = documents(practice)["attachments"]
    assert row["document"] == {
        "id": document.pk,
        "title": document.title,
        "sha256": document.sha256,
        "url": f"http://testserver/api/v2/media/{document.sha256}",
        "size": document.file_size,
    }
    document.consent_until = timezone.localdate() - datetime.timedelta(days=1)
    document.save()
    assert "The card to print" not in client.get(practice.url).content.decode()


def test_a_preview_shows_what_is_not_saved_yet(tree: Tree) -> None:
    practice, made, _other = tree.practices
    practice.adaptations = [
        Adaptation(city=tree.city, what_changed="Unsaved change", adapted_page=made, locale=practice.locale)
    ]
    practice.attachments = [
        PracticeAttachment(document=DocumentFactory(), title="Unsaved card", locale=practice.locale)
    ]
    text = practice.make_preview_request().content.decode()
    assert "Unsaved change" in text
    assert "Unsaved card" in text
    assert leads(text, made.url) == [made.title]


def test_staff_find_every_field_in_the_form(tree: Tree, client: Client) -> None:
    sign_in(client, UserFactory(is_superuser=True))
    CityServiceFactory(code="libraries", name="Libraries")
    text = client.get(f"/cms/pages/{tree.practices[0].pk}/edit/").content.decode()
    for name in ("services", "licence", "adaptations-TOTAL_FORMS", "attachments-TOTAL_FORMS"):
        assert f'name="{name}"' in text
    for name in ("city", "adapted_page"):
        assert f"adaptations-__prefix__-{name}" in text
    assert "attachments-__prefix__-document" in text
