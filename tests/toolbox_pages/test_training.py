"""Training programmes and modules as visitors and staff see them."""

import datetime
import io
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from equalcity.core.models import City
from tests.counting import french_alias, queries
from tests.factories import (
    CityFactory,
    DocumentFactory,
    EvaluationResultFactory,
    ImageFactory,
    PictureCardFactory,
    RoleFactory,
    TrainingHandoutFactory,
    TrainingModulePageFactory,
    TrainingProgrammePageFactory,
    TrainingRunFactory,
    TrainingSessionFactory,
    Tree,
    UserFactory,
    locale,
)
from tests.factories.staff import sign_in
from toolbox_pages import durations
from toolbox_pages.models import EvaluationResult, TrainingModulePage, TrainingProgrammePage, TrainingRun
from toolbox_pages.templatetags.training import held


@pytest.fixture
def programme(tree: Tree) -> TrainingProgrammePage:
    return TrainingProgrammePageFactory(parent=tree.toolbox, city=tree.city)


def make_module(programme: TrainingProgrammePage, number: int = 1, minutes: int = 40) -> TrainingModulePage:
    module: TrainingModulePage = TrainingModulePageFactory(parent=programme, title=f"Module no. {number}")
    TrainingSessionFactory(page=module, minutes=minutes)
    return module


def main_of(client: Client, path: str) -> str:
    """Return the text of a page's main part, with single spaces."""
    text = client.get(path).content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


# What readers see ------------------------------------------------------------------------------------------


def test_times_are_the_sum_of_the_sessions_breaks_included(programme: Any, client: Client) -> None:
    first, second = make_module(programme, 1, 40), make_module(programme, 2, 45)
    TrainingSessionFactory(page=first, title="Coffee", minutes=15, method="break", sort_order=1)
    TrainingSessionFactory(page=first, title="A wish", minutes=20, sort_order=2)
    text = main_of(client, programme.url)
    assert "Time 2 h , 2 modules" in text
    agenda = main_of(client, first.url)
    assert "Time 1 h 15 min" in agenda
    assert "0:00 A hundred beans Exercise 40 0:40 Coffee Break 15 0:55 A wish Exercise 20 Together 1 h 15 min" in agenda
    assert "Module 1 of 2" in agenda
    assert f"Next module {second.title}" in agenda
    assert f"Previous module {first.title}" in main_of(client, second.url)


@pytest.mark.parametrize(
    ("minutes", "spoken", "iso"),
    [(0, "0 min", "PT0H0M"), (45, "45 min", "PT0H45M"), (120, "2 h", "PT2H0M"), (605, "10 h 5 min", "PT10H5M")],
)
def test_durations(minutes: int, spoken: str, iso: str) -> None:
    assert (durations.spoken(minutes), durations.iso(minutes)) == (spoken, iso)


def test_a_programme_shows_all_it_records(programme: Any, client: Client) -> None:
    programme.roles.add(RoleFactory(code="mediator", name="Mediator"))
    programme.save()
    make_module(programme)
    TrainingRunFactory(page=programme)
    EvaluationResultFactory(page=programme)
    text = main_of(client, programme.url)
    for expected in (
        "City Brussels",
        "For Mediator",
        "Group 8 to 14 people",
        "Version 5 modules, 2021",
        "Who takes part Professionals who lead groups of parents.",
        "Objectives Lead a talk.",
        "Before you start Child care next door.",
        "Module no. 1 40 min",
        "Police April 2021 to June 2021",
        "I know what to say first. 1 = not at all true, 5 = very true",
        "Before 24 2.6 After 22 3.9",
    ):
        assert expected in text


def test_the_facilitator_s_note_is_there_and_folded(programme: Any, client: Client) -> None:
    text = client.get(make_module(programme).url).content.decode()
    folded = re.findall(r'<details class="fold-down">(.*?)</details>', text, re.DOTALL)
    assert ["Point to it kindly." in part for part in folded] == [True]


def test_mindfulness_and_trust_are_marked_and_main_modules_are_not(programme: Any, client: Client) -> None:
    for number, kind in enumerate(("core", "mindfulness", "trust"), start=1):
        module = make_module(programme, number)
        module.kind = kind
        module.save()
    text = client.get(programme.url).content.decode()
    assert re.findall(r'<span class="tag">([^<]+)</span>', text) == ["Mindfulness", "Trust in society"]


def test_hidden_modules_are_nowhere(programme: Any, client: Client) -> None:
    shown, hidden, draft = (make_module(programme, number) for number in (1, 2, 3))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    draft.unpublish()
    for path in (programme.url, f"{programme.url}print/", shown.url):
        text = client.get(path).content.decode()
        assert (hidden.title in text, draft.title in text) == (False, False), path
    assert "Time 40 min , 1 module " in main_of(client, programme.url)
    assert "Module 1 of 1" in main_of(client, shown.url)


def test_versions_name_each_other_unless_hidden(tree: Tree, programme: Any, client: Client) -> None:
    programme.series = "parents"
    programme.save()
    later = TrainingProgrammePageFactory(
        parent=tree.toolbox, city=tree.city, title="Longer", version="7 modules", series="parents"
    )
    TrainingProgrammePageFactory(parent=tree.toolbox, city=tree.city, title="Something else")
    assert "Other versions Longer 7 modules" in main_of(client, programme.url)
    assert "Something else" not in main_of(client, programme.url)
    PageViewRestriction.objects.create(page=later, restriction_type=PageViewRestriction.LOGIN)
    assert "Longer" not in main_of(client, programme.url)


def test_the_toolbox_holds_the_programme(tree: Tree, programme: Any, client: Client) -> None:
    assert f"{programme.title} Training programme" in main_of(client, tree.toolbox.url)


@pytest.mark.parametrize(
    ("precision", "ends_on", "shown"),
    [
        ("month", datetime.date(2021, 6, 30), "April 2021 to June 2021"),
        ("month", datetime.date(2021, 4, 30), "April 2021"),
        ("day", datetime.date(2021, 4, 2), "1 April 2021 to 2 April 2021"),
        ("day", None, "1 April 2021"),
    ],
)
def test_dates_are_shown_as_exactly_as_they_are_known(precision: str, ends_on: Any, shown: str) -> None:
    run = TrainingRun(starts_on=datetime.date(2021, 4, 1), ends_on=ends_on, precision=precision)
    assert held(run) == shown


def test_labels_are_in_the_reader_s_language_and_text_is_marked(tree: Tree, programme: Any, client: Client) -> None:
    module = make_module(programme)
    EvaluationResultFactory(page=programme)
    CityFactory(code="brussels", name="بروكسل", locale=locale("ar"))
    for page in (programme, module):
        page.refresh_from_db()
        page.copy_for_translation(locale("ar"), alias=True, copy_parents=True)
    text = client.get(programme.url.replace("/en/", "/ar/")).content.decode()
    assert "<dd>بروكسل</dd>" in text
    assert '<th scope="row" lang="en" dir="ltr">A hundred beans</th>' in text
    assert '<b lang="en" dir="ltr">I know what to say first.</b>' in text
    # Bars grow from the right, and the axis with them.
    assert re.findall(r'<rect class="chart__track" x="(\d+)"', text) == ["80", "80"]


# Evaluation ------------------------------------------------------------------------------------------------


def charts(client: Client, page: Any) -> list[str]:
    return re.findall(r"<svg class=\"chart\".*?</svg>", client.get(page.url).content.decode(), re.DOTALL)


def test_the_chart_says_in_words_what_it_draws(programme: Any, client: Client) -> None:
    EvaluationResultFactory(page=programme)
    (chart,) = charts(client, programme)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", chart)).strip()
    assert words == (
        "Before and after: I know what to say first. "
        "Before (n = 24): 2.6. After (n = 22): 3.9. The axis goes from 1 to 5. "
        "Before (n = 24) 2.6 After (n = 22) 3.9"
    )
    assert 'role="img"' in chart
    assert "style=" not in chart


def test_without_the_number_of_answers_nothing_is_drawn_and_what_was_asked_stays(
    programme: Any, client: Client
) -> None:
    EvaluationResultFactory(page=programme, n_before=None, n_after=None)
    assert charts(client, programme) == []
    text = main_of(client, programme.url)
    assert "I know what to say first." in text
    assert "Before – – After – –" in text
    assert "nobody wrote down how many answered" in text


def test_figures_that_were_made_up_say_so(programme: Any, client: Client) -> None:
    EvaluationResultFactory(page=programme)
    said = "These figures were written for demonstration; nobody was asked."
    assert said not in main_of(client, programme.url)
    programme.is_example = True
    programme.save()
    assert said in main_of(client, programme.url)
    assert said in main_of(client, f"{programme.url}print/")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_coordinates_are_never_written_in_a_language(programme: Any, client: Client, language: str) -> None:
    EvaluationResultFactory(page=programme, unit="share", before=Decimal("62.5"), after=Decimal("81.3"))
    programme.refresh_from_db()
    programme.copy_for_translation(locale(language), alias=True, copy_parents=True)
    text = client.get(programme.url.replace("/en/", f"/{language}/")).content.decode()
    (chart,) = re.findall(r'<svg class="chart".*?</svg>', text, re.DOTALL)
    places = re.findall(r' (?:x|y|width|height)="([^"]*)"', chart)
    assert len(places) > 10
    assert [place for place in places if not (place.isascii() and place.isdigit())] == []


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, []),
        ({"unit": "share", "before": Decimal(25), "after": Decimal(68)}, []),
        ({"before": Decimal("5.5")}, ["before"]),
        ({"unit": "share", "after": Decimal(101)}, ["after"]),
        ({"n_before": None}, ["n_before"]),
        ({"n_after": 0}, ["n_after"]),
        ({"lowest": 5}, ["before", "after", "highest"]),
        ({"n_before": None, "before": None}, []),
    ],
)
def test_figures_must_fit_their_scale(given: dict[str, Any], wrong: list[str]) -> None:
    row = EvaluationResult(
        **{"n_before": 24, "before": Decimal("2.6"), "n_after": 22, "after": Decimal("3.9"), **given}
    )
    try:
        row.clean()
        found: set[str] = set()
    except ValidationError as error:
        found = set(error.message_dict)
    assert found == set(wrong)


def test_a_run_does_not_end_before_it_begins() -> None:
    run = TrainingRun(starts_on=datetime.date(2021, 6, 1), ends_on=datetime.date(2021, 4, 1))
    with pytest.raises(ValidationError):
        run.clean()


# Handouts, cards, the pack ---------------------------------------------------------------------------------


def furnished(programme: TrainingProgrammePage, number: int = 1) -> TrainingModulePage:
    module = make_module(programme, number)
    TrainingHandoutFactory(page=module, document=DocumentFactory())
    PictureCardFactory(page=module, image=ImageFactory())
    return module


def test_handouts_and_cards_are_shown(programme: Any, client: Client) -> None:
    module = furnished(programme)
    page = client.get(module.url).content.decode()
    assert 'alt="A door that stands half open."' in page
    text = main_of(client, module.url)
    assert "Four sentences Thank you for telling me. It is not your fault. Download" in text
    assert "The door Talking points Who may go out? Who waits?" in text


def test_what_lost_its_consent_is_not_shown(programme: Any, client: Client) -> None:
    module = furnished(programme)
    for row, name in ((module.handouts.get(), "document"), (module.cards.get(), "image")):
        file = getattr(row, name)
        file.consent_until = datetime.date(2020, 1, 1)
        file.save()
    text = client.get(module.url).content.decode()
    assert ("/documents/" in text, "A door that stands" in text) == (False, False)
    assert "The door" in text


def test_the_pack_of_a_programme_is_a_tagged_pdf_with_everything(programme: Any, client: Client) -> None:
    furnished(programme, 1)
    furnished(programme, 2)
    EvaluationResultFactory(page=programme)
    answer = client.get(f"{programme.url}pdf/")
    assert answer["Content-Type"] == "application/pdf"
    made = PdfReader(io.BytesIO(answer.content))
    root: Any = made.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == ("en", True)
    text = " ".join(" ".join(page.extract_text().split()) for page in made.pages)
    for expected in (
        "1. Module no. 1",
        "2. Module no. 2",
        "Lay a hundred beans on tasks.",
        "Point to it kindly.",
        "Thank you for telling me.",
        "Who may go out?",
        "I know what to say first.",
    ):
        assert expected in text


def test_the_pack_of_a_module_prints_as_a_page_without_folds(programme: Any, client: Client) -> None:
    module = furnished(programme)
    page = client.get(f"{module.url}print/").content.decode()
    assert '<details class="fold-down">' not in page
    text = main_of(client, f"{module.url}print/")
    for expected in ("Module 1 of 1", "Agenda", "Point to it kindly.", "Thank you for telling me.", "Who waits?"):
        assert expected in text
    assert client.get(f"{module.url}pdf/")["Content-Type"] == "application/pdf"


# What it costs ---------------------------------------------------------------------------------------------


def test_the_same_queries_for_1_3_and_30_modules_and_rows(programme: Any, client: Client) -> None:
    costs: dict[int, tuple[int, ...]] = {}
    made = 0
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            furnished(programme, made)
            TrainingRunFactory(page=programme)
            EvaluationResultFactory(page=programme)
        costs[wanted] = tuple(
            queries(client, path) for path in (programme.url, f"{programme.url}print/", french_alias(programme))
        )
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def test_the_same_queries_for_1_3_and_30_rows_of_a_module(programme: Any, client: Client) -> None:
    module = make_module(programme)
    costs: dict[int, int] = {}
    made = 0
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            TrainingSessionFactory(page=module, sort_order=made)
            TrainingHandoutFactory(page=module, document=DocumentFactory(), sort_order=made)
            PictureCardFactory(page=module, image=ImageFactory(), sort_order=made)
        costs[wanted] = queries(client, module.url)
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def test_the_same_queries_for_1_3_and_30_versions(tree: Tree, programme: Any, client: Client) -> None:
    programme.series = "parents"
    programme.save()
    costs: dict[int, list[int]] = {}
    made = 0
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            TrainingProgrammePageFactory(
                parent=tree.toolbox, city=tree.city, title=f"V {made}", version=f"{made}", series="parents"
            )
        costs[wanted] = [queries(client, address) for address in (programme.url, french_alias(programme))]
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


# What staff are told ---------------------------------------------------------------------------------------


@pytest.fixture
def staff(client: Client) -> Client:
    return sign_in(client, UserFactory(is_superuser=True, is_staff=True))


def state(module: TrainingModulePage, minutes: int) -> None:
    module.planned_minutes = minutes
    module.save()


def test_the_list_of_agendas_names_what_differs(programme: Any, staff: Client) -> None:
    wrong, right = make_module(programme, 1, 40), make_module(programme, 2, 60)
    state(wrong, 50)
    state(right, 60)
    programme.planned_minutes = 100
    programme.save()
    text = " ".join(re.sub(r"<[^>]+>", " ", staff.get(reverse("training_times")).content.decode()).split())
    assert wrong.title in text
    assert "50 min 40 min" in text
    assert right.title not in text
    assert f"{programme.title} English" not in text
    programme.planned_minutes = 180
    programme.save()
    text = " ".join(re.sub(r"<[^>]+>", " ", staff.get(reverse("training_times")).content.decode()).split())
    assert "3 h 1 h 40 min" in text


def test_visitors_and_editors_of_other_pages_see_no_list(programme: Any, client: Client) -> None:
    state(make_module(programme), 50)
    assert client.get(reverse("training_times")).status_code in {302, 403, 404}


def test_saving_keeps_what_was_typed_and_says_what_differs(programme: Any, staff: Client) -> None:
    module = make_module(programme, 1, 40)
    url = reverse("wagtailadmin_pages:edit", args=[module.pk])
    form = staff.get(url)
    assert "Sum of the sessions" in form.content.decode()
    session = module.sessions.get()
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    data = {
        "title": module.title,
        "slug": module.slug,
        "summary": "",
        "kind": "core",
        "objectives": "null",
        "planned_minutes": 50,
        "sessions-TOTAL_FORMS": 1,
        "sessions-INITIAL_FORMS": 1,
        "sessions-MIN_NUM_FORMS": 0,
        "sessions-MAX_NUM_FORMS": 1000,
        "sessions-0-id": session.pk,
        "sessions-0-title": "A hundred beans",
        "sessions-0-minutes": 45,
        "sessions-0-method": "exercise",
        "sessions-0-ORDER": 1,
        **{f"{name}-{key}": value for name in ("handouts", "cards", "comments") for key, value in empty.items()},
        "action-publish": "publish",
    }
    answer = staff.post(url, data, follow=True)
    said = answer.content.decode()
    assert "your agenda says 50 min, the sessions add up to 45 min." in said
    module = TrainingModulePage.objects.get(pk=module.pk)
    assert (module.planned_minutes, module.sessions.get().minutes) == (50, 45)
    assert "Your agenda says 50 min" in staff.get(url).content.decode()


def test_a_group_cannot_be_smaller_than_its_smallest() -> None:
    page = TrainingProgrammePage(title="T", slug="t", audience="A", group_from=9, group_to=8, city=City(), path="0")
    with pytest.raises(ValidationError) as raised:
        page.clean()
    assert set(raised.value.message_dict) == {"group_to"}


def test_a_french_reader_reads_decimal_commas(programme: Any, client: Client) -> None:
    EvaluationResultFactory(page=programme)
    programme.refresh_from_db()
    programme.copy_for_translation(locale("fr"), alias=True, copy_parents=True)
    with translation.override("fr"):
        assert "2,6" in main_of(client, programme.url.replace("/en/", "/fr/"))
