"""What every engine must do: that of the database which the tests are given, and the search server's."""

import dataclasses

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from search import analysis
from search.backends import FEW, Backend, Widened, get_backend
from tests.factories import (
    CityServiceFactory,
    RoleFactory,
    SettingFactory,
    TargetGroupFactory,
    ThemeFactory,
    Tree,
    locale,
)
from tests.search.conftest import Publish
from tests.search.library import ask, settle, titles

pytestmark = pytest.mark.usefixtures("engine")

PRACTICE = "toolbox_pages.BestPracticePage"


def test_the_engine_is_the_one_that_was_chosen(engine: Backend) -> None:
    assert get_backend().name == engine.name
    assert engine.name in {connection.vendor, "elasticsearch"}


def test_words_are_found_in_title_summary_and_body_in_this_order(publish: Publish, engine: Backend) -> None:
    publish("One", context="<p>An oasis in the town hall.</p>")
    publish("Two", summary="An oasis for all.")
    publish("The oasis")
    publish("Nothing of it")
    settle()
    results = ask("oasis")
    assert titles(results) == ["The oasis", "Two", "One"]
    assert (results.total, results.own, results.widened, results.engine) == (3, 3, Widened.NO, engine.name)


def test_the_word_itself_comes_before_another_form_of_it(publish: Publish) -> None:
    publish("A shelters list")
    publish("A shelter list")
    settle()
    assert titles(ask("shelter")) == ["A shelter list", "A shelters list"]
    assert titles(ask("shelters")) == ["A shelters list", "A shelter list"]


def test_all_words_come_before_some_of_them(publish: Publish) -> None:
    publish("Interpreters")
    publish("A counter with interpreters")
    publish("A garden")
    publish("Un counter", "fr")
    publish("A counter")
    settle()
    results = ask("interpreter counter")
    assert titles(results)[0] == "A counter with interpreters"
    assert sorted(titles(results)[1:]) == ["A counter", "Interpreters"]
    assert (results.total, results.facets["city"], results.widened) == (3, {"brussels": 3}, Widened.NO)


def test_who_wants_all_words_gets_nothing_else(publish: Publish) -> None:
    publish("A counter with interpreters")
    publish("A counter")
    settle()
    results = ask("interpreter counter", all_words=True)
    assert (titles(results), results.total, results.facets["city"]) == (
        ["A counter with interpreters"], 1, {"brussels": 1},
    )  # fmt: skip
    assert ask("interpreter counter night", all_words=True).total == ask("interp", all_words=True).total == 0


@pytest.mark.parametrize(
    ("language", "title", "asked"),
    [
        ("fr", "Évaluées à l’hôpital", "evaluee hopital"),
        ("fr", "Evaluees a l'hopital", "ÉVALUÉES L’HÔPITAL"),
        ("de", "Gespräche über Straßen", "gesprache uber strasse"),
        ("sv", "Möten på Malmös torg", "moten malmos"),
        ("nl", "Gesprekken met één vrouw", "gesprek een vrouwen"),
        ("it", "Perché è così", "perche cosi"),
        ("ar", "المَكانُ الآمِن للنساء", "مكان امن"),
        ("ar", "مدرسة أولى", "المدرسه اولي"),
    ],
)
def test_accents_case_and_spelling_are_folded(publish: Publish, language: str, title: str, asked: str) -> None:
    publish(title, language)
    settle()
    assert titles(ask(asked, language)) == [title]


def test_letters_written_for_others_are_these_and_no_slip(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("Gespräche", "de")
    settle()
    results = ask("Gespraeche", "de")
    assert (titles(results), results.widened) == (["Gespräche"], Widened.NO)
    knows_none = dataclasses.replace(analysis.language("de"), spellings=())
    with monkeypatch.context() as patch:
        patch.setattr(analysis, "language", lambda _code: knows_none)
        analysis.stem.cache_clear()
        widened = ask("Gespraeche", "de").widened
    analysis.stem.cache_clear()
    assert widened is Widened.SPELLING


def test_beginnings_are_tried_when_no_whole_word_is_found(publish: Publish) -> None:
    publish("Une antenne", summary="La pluridisciplinarité")
    settle()
    results = ask("ante pluridis")
    assert (titles(results), results.widened) == (["Une antenne"], Widened.BEGINNINGS)
    assert str(results.hits[0].highlight) == "La <mark>pluridisciplinarité</mark>"


def test_words_written_together_are_found_by_their_parts_and_the_reverse(publish: Publish) -> None:
    publish("Das Frauenhaus", "de", summary="Die Beratungsstelle")
    publish("Eine Stunde", "de", summary="Nur für die Frauen")
    settle()
    results = ask("Frauen Beratung", "de", all_words=True)
    assert (titles(results), results.widened) == (["Das Frauenhaus"], Widened.NO)
    assert str(results.hits[0].highlight) == "Die <mark>Beratungsstelle</mark>"
    assert titles(ask("Frauenstunde", "de")) == ["Eine Stunde"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("interpreter counter night", 3),
        ("interpreter counter night garden", 2),
        ("interpreter counter night garden oasis palm", 2),
        ("interpreter counter night garden oasis palm date", 1),
        ("how do I find an interpreter at a counter at night in a garden", 2),
    ],
)
def test_a_third_of_the_words_is_enough(publish: Publish, asked: str, found: int) -> None:
    publish("A counter with interpreters")
    publish("A counter with interpreters at night")
    publish("A counter")
    settle()
    results = ask(asked)
    best_first = ["A counter with interpreters at night", "A counter with interpreters", "A counter"]
    assert titles(results) == best_first[:found]
    assert (results.total, results.facets["city"], results.widened) == (found, {"brussels": found}, Widened.NO)


def test_some_of_the_words_count_on_every_page_alike(publish: Publish) -> None:
    for number in range(4):
        publish(f"Counter {number}", city="rome")
        publish(f"Interpreter {number}")
        publish(f"Counter and interpreter {number}")
    settle()
    pages = [ask("interpreter counter", page=page, size=5) for page in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [5, 5, 2, 0]
    assert len({hit.publication for page in pages for hit in page.hits}) == 12
    assert {page.total for page in pages} == {12}
    assert [dict(page.facets["city"]) for page in pages] == [{"brussels": 8, "rome": 4}] * 4
    assert all(title.startswith("Counter and") for title in titles(pages[0])[:4])
    assert ask("interpreter counter", city="rome").total == 4


def test_words_that_stand_close_together_come_first(publish: Publish) -> None:
    far = "and then there is very much to say of other things before"
    publish("One", context=f"<p>An oasis {far} a garden.</p>")
    publish("Two", context=f"<p>A garden in an oasis, {far} it ends.</p>")
    settle()
    assert titles(ask("garden oasis")) == ["Two", "One"]


def test_beginnings_stay_out_where_whole_words_are_found(publish: Publish) -> None:
    publish("A rest")
    publish("A restaurant")
    settle()
    results = ask("rest")
    assert (titles(results), results.widened) == (["A rest"], Widened.NO)


def test_slips_are_forgiven_only_in_words_that_stand_nowhere(publish: Publish) -> None:
    publish("Interpreters at the counter", context="<p>Ask one of the interpreters.</p>")
    publish("A night shelter")
    publish("A lighting plan")
    publish("Une antenne tranquille", "fr")
    settle()
    results = ask("interpretors cuonter")
    assert (titles(results), results.widened) == (["Interpreters at the counter"], Widened.SPELLING)
    assert str(results.hits[0].highlight) == "Ask one of the <mark>interpreters</mark>."
    # What stands somewhere is no slip, be it in another language; and the first letter is always right.
    for words, found in (("lighting", ["A lighting plan"]), ("tranquille", ["Une antenne tranquille"])):
        results = ask(words)
        assert (titles(results), results.widened) == (found, Widened.NO)
    assert titles(ask("fighting")) == []


def test_numbers_have_no_slips(publish: Publish) -> None:
    publish("One", context="<p>Call 116016.</p>")
    settle()
    assert ask("116016").total == 1
    assert ask("116006").total == 0


def test_a_page_is_not_found_by_the_title_of_the_page_above(publish: Publish, library: Tree) -> None:
    """That page may be hidden at any moment, and what stands below would tell its title."""
    library.index.title = "Manual of islands"
    library.index.save()
    publish("A counter")
    settle()
    assert titles(ask("islands")) == ["Manual of islands"]


def test_any_word_is_tried_last(publish: Publish) -> None:
    publish("A counter with a door")
    publish("A garden")
    settle()
    results = ask("counter zeppelin airship balloon")
    assert (titles(results), results.widened) == (["A counter with a door"], Widened.ANY)


def test_nothing_is_found(publish: Publish) -> None:
    publish("A counter")
    settle()
    for words in ("zeppelin", "!!!", "😀", "' \" * ( )"):
        results = ask(words)
        assert (results.hits, results.total, results.own) == ((), 0, 0)
        assert {facet: dict(counts) for facet, counts in results.facets.items() if counts} == {}


def test_the_languages_of_engines_mean_nothing(publish: Publish) -> None:
    publish("A counter")
    settle()
    operators = [
        '"counter', "counter AND", "counter OR NOT", "NEAR(counter", "title:counter", "counter*", "coun*er",
        "counter:*|& !", "counter'--", "counter)(", "{counter}", "counter^2", "-counter", "<counter>", "counter\\",
        "%counter%s", "counter 100%",
    ]  # fmt: skip
    assert [words for words in operators if titles(ask(words)) != ["A counter"]] == []


def test_what_looks_like_a_mark_of_the_index_is_none(publish: Publish) -> None:
    publish("A counter")
    settle()
    assert [ask(words).total for words in ("countǃ", "counter0", "count0", "en", "fr")] == [1, 0, 0, 0, 0]


def test_very_long_words_and_many_words(publish: Publish) -> None:
    publish("A counter")
    settle()
    assert ask("x" * 300).total == 0
    assert ask(" ".join("abcdefghij"[n % 10] + str(n) for n in range(75))).total == 0


def test_without_words_everything_is_listed_by_title(publish: Publish, library: Tree) -> None:
    for title in ("Beta", "Alpha", "Gamma"):
        publish(title)
    settle()
    assert titles(ask(type=PRACTICE)) == ["Alpha", "Beta", "Gamma"]
    assert ask().total == 3 + 4  # home, toolbox, guide, plain page


def test_a_filter_that_leaves_nothing_opens_nothing(publish: Publish) -> None:
    """What the words have found stands, and is counted: other cities have it."""
    publish("A counter", city="brussels")
    publish("A counterpart", city="rome")
    settle()
    results = ask("counter", city="rome")
    assert (results.total, results.widened, results.facets["city"]) == (0, Widened.NO, {"brussels": 1})


def test_facets_count_and_narrow(publish: Publish) -> None:
    disclosure, parenting = ThemeFactory(code="disclosure"), ThemeFactory(code="parenting")
    publish("Counter one", city="rome", themes=[disclosure], evidence_level="good")
    publish("Counter two", city="rome", themes=[disclosure, parenting], evidence_level="best")
    publish("Counter three", city="brussels", themes=[parenting], evidence_level="good")
    publish("Counter four", city="brussels", evidence_level="promising")
    settle()
    assert ask("counter").facets == {
        "type": {PRACTICE: 4},
        "city": {"brussels": 2, "rome": 2},
        "theme": {"disclosure": 2, "parenting": 2},
        "audience": {},
        "role": {},
        "engagement": {},
        "service": {},
        "setting": {},
        "evidence": {"best": 1, "good": 2, "promising": 1},
        "language": {"en": 4},
    }
    results = ask("counter", city="rome")
    assert sorted(titles(results)) == ["Counter one", "Counter two"]
    assert results.total == 2
    # What is chosen does not narrow its own facet, and narrows all others.
    assert results.facets["city"] == {"brussels": 2, "rome": 2}
    assert results.facets["theme"] == {"disclosure": 2, "parenting": 1}
    assert results.facets["evidence"] == {"best": 1, "good": 1}
    results = ask("counter", city=["rome", "brussels"], theme="parenting")
    assert sorted(titles(results)) == ["Counter three", "Counter two"]
    assert results.facets["city"] == {"brussels": 1, "rome": 1}
    assert results.facets["theme"] == {"disclosure": 2, "parenting": 2}
    results = ask("counter", city="rome", evidence="promising")
    assert (results.total, results.hits) == (0, ())
    assert results.facets["city"] == {"brussels": 1}
    assert results.facets["evidence"] == {"best": 1, "good": 1}


def test_every_facet_filters(publish: Publish) -> None:
    publish(
        "Counter one",
        target_groups=[TargetGroupFactory(code="migrant-women")],
        roles=[RoleFactory(code="guardian")],
        settings=[SettingFactory(code="police")],
        services=[CityServiceFactory(code="libraries")],
        themes=[ThemeFactory(code="guardian")],
    )
    publish("Counter two", roles=[RoleFactory(code="police")], settings=[SettingFactory(code="guardian")])
    settle()
    for facet, value in {
        "audience": "migrant-women", "role": "guardian", "setting": "police", "theme": "guardian",
        "service": "libraries",
    }.items():  # fmt: skip
        assert titles(ask("counter", **{facet: value})) == ["Counter one"]
    assert titles(ask("counter", type="home.HomePage")) == []
    assert titles(ask("counter", language="fr")) == []


def test_who_uses_it_is_known_by_the_roles(publish: Publish) -> None:
    """A role stands in every language; a practice still counts once, and once for two volunteers."""
    guardian, neighbour = (RoleFactory(code=code, engagement="volunteer") for code in ("guardian", "neighbour"))
    worker = RoleFactory(code="worker")
    RoleFactory(code="guardian", engagement="volunteer", locale=locale("fr"))
    publish("Counter one", roles=[guardian, neighbour])
    publish("Counter two", roles=[guardian, worker])
    publish("Counter three", roles=[worker])
    publish("Counter four")
    settle()
    assert ask("counter").facets["engagement"] == {"professional": 2, "volunteer": 2}
    assert sorted(titles(ask("counter", engagement="volunteer"))) == ["Counter one", "Counter two"]
    narrowed = ask("counter", engagement="volunteer", role="worker")
    assert titles(narrowed) == ["Counter two"]
    assert narrowed.facets["engagement"] == {"professional": 2, "volunteer": 1}
    assert ask("counter", engagement=["volunteer", "professional"]).total == 3


def test_facets_are_never_cut(publish: Publish) -> None:
    themes = [ThemeFactory(code=f"theme-{number}") for number in range(40)]
    publish("A counter", themes=themes)
    settle()
    assert ask("counter").facets["theme"] == {f"theme-{number}": 1 for number in range(40)}


def test_enough_in_the_readers_language_leaves_others_out(publish: Publish) -> None:
    for number in range(FEW):
        publish(f"Orientation {number}", "fr")
    publish("Orientation in English")
    settle()
    results = ask("orientation", "fr")
    assert titles(results) == [f"Orientation {number}" for number in range(FEW)]
    assert (results.total, results.own) == (FEW, FEW)
    # The facet of languages still says where there is more.
    assert results.facets["language"] == {"en": 1, "fr": FEW}
    assert results.facets["city"] == {"brussels": FEW}
    assert titles(ask("orientation", "fr", language="en")) == ["Orientation in English"]


def test_few_in_the_readers_language_are_followed_by_others(publish: Publish) -> None:
    publish("Violence en français", "fr", context="<p>violence</p>")
    publish("Violence Violence in English", context="<p>violence</p>")
    publish("Geweld", "nl", context="<p>violence</p>")
    settle()
    results = ask("violence", "fr", type=PRACTICE)
    assert titles(results)[0] == "Violence en français"
    assert sorted(titles(results)[1:]) == ["Geweld", "Violence Violence in English"]
    assert (results.total, results.own) == (3, 1)
    assert results.facets["city"] == {"brussels": 3}
    assert results.facets["language"] == {"en": 1, "fr": 1, "nl": 1}


def test_nothing_in_the_readers_language_gives_the_others(publish: Publish) -> None:
    publish("A quiet counter")
    settle()
    results = ask("counter", "ar")
    # The word is English, so it is answered as to a reader of English.
    assert (titles(results), results.total, results.own) == (["A quiet counter"], 1, 1)


def test_a_practice_counts_once_in_the_best_language(publish: Publish) -> None:
    english = publish("Orientation")
    french = publish("Orientation (fr)", "fr", of=english)
    publish("Orientierung", "de", of=english, context="<p>Orientation</p>")
    settle()
    assert titles(ask("orientation", "fr")) == ["Orientation (fr)"]
    assert titles(ask("orientation", "en")) == ["Orientation"]
    assert titles(ask("orientation", "ar")) == ["Orientation"]
    assert titles(ask("orientation", "ar", language=["de", "fr"])) == ["Orientation (fr)"]
    results = ask("orientation", "ar")
    assert (results.total, results.own) == (1, 1)
    assert results.facets["city"] == {"brussels": 1}
    assert results.facets["language"] == {"de": 1, "en": 1, "fr": 1}
    french.unpublish()
    settle()
    assert titles(ask("orientation", "fr")) == ["Orientation"]


def test_a_query_in_another_language_than_the_readers_is_stemmed_in_its_own(publish: Publish) -> None:
    publish("Espaces sûrs pour femmes isolées", "fr")
    settle()
    assert titles(ask("l’espace sûr d'une femme isolé", "en")) == ["Espaces sûrs pour femmes isolées"]


def in_two_languages(publish: Publish) -> None:
    """French pages on the rights of children; English ones hold one word of the question, by chance or as a name."""
    for number in range(FEW + 1):
        publish(f"Zone {number}", summary="The market de la Place sells plants.")
    for number in range(2):
        publish(f"Les droits de l’enfant {number}", "fr", summary="Ce que tout enfant peut demander.")
    settle()


def test_words_of_another_language_are_answered_in_it(publish: Publish) -> None:
    in_two_languages(publish)
    asked_in_english = ask("droits de la Place de l’enfant", "en")
    assert titles(asked_in_english)[:2] == ["Les droits de l’enfant 0", "Les droits de l’enfant 1"]
    assert asked_in_english == ask("droits de la Place de l’enfant", "fr")


def test_words_that_the_readers_language_knows_stay_in_it(publish: Publish) -> None:
    in_two_languages(publish)
    publish("L’enfant au market des plants", "fr")
    settle()
    for words in ("market place", "plants", "market sells plants enfant"):
        assert titles(ask(words, "en"))[0].startswith("Zone"), words


def test_who_chose_a_language_is_left_in_it(publish: Publish) -> None:
    in_two_languages(publish)
    asked = ask("droits de la Place de l’enfant", "en", language=["en", "fr"])
    assert titles(asked)[0].startswith("Zone")


def test_names_of_terms_are_of_no_language(publish: Publish) -> None:
    """They stand with an English page in French: that does not make French words English."""
    theme = ThemeFactory(code="rights", name="Rights of children")
    ThemeFactory(code="rights", name="Droits de l’enfant", locale=locale("fr"))
    publish("A counter", themes=[theme])
    publish("Un livre", "fr", summary="Tous les droits de l’enfant.")
    settle()
    assert titles(ask("droits enfant", "en"))[0] == "Un livre"


def test_a_term_is_found_by_its_name_in_any_language(publish: Publish) -> None:
    theme = ThemeFactory(code="disclosure", name="Disclosure")
    french = ThemeFactory(code="disclosure", name="Se confier à quelqu’un", locale=locale("fr"))
    publish("A counter", themes=[theme])
    publish("A garden")
    settle()
    assert titles(ask("se confier", "fr")) == ["A counter"]
    assert titles(ask("disclosures", "ar")) == ["A counter"]
    french.name = "Dévoilement"
    french.save()
    settle()
    assert titles(ask("devoilement", "fr")) == ["A counter"]
    assert ask("confier quelqu’un", "fr").total == 0


def test_pages_follow_each_other_without_gap_or_repetition(publish: Publish) -> None:
    for number in range(7):
        publish(f"Counter {number}", context="<p>same text</p>")
    settle()
    pages = [titles(ask("counter", page=page, size=3)) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [title for page in pages for title in page] == [f"Counter {number}" for number in range(7)]
    assert {ask("counter", page=page, size=3).total for page in (1, 2, 3, 4)} == {7}
    assert ask("counter", page=1, size=3) == ask("counter", page=1, size=3)


def test_excerpts_are_safe(publish: Publish) -> None:
    publish("One", context="<p>Say &lt;script&gt;alert(1)&lt;/script&gt; at the counter</p>")
    settle()
    assert str(ask("counter").hits[0].highlight) == (
        "Say &lt;script&gt;alert(1)&lt;/script&gt; at the <mark>counter</mark>"
    )


def test_suggestions_are_titles_that_begin_like_the_last_word(publish: Publish) -> None:
    publish("A counter with interpreters")
    publish("A counter with a door")
    publish("Interprètes au guichet", "fr")
    publish("Three", context="<p>counter interpreters</p>")
    settle()
    suggest = get_backend().suggest
    assert suggest("interp", "en", 8) == ["A counter with interpreters"]
    assert suggest("counter inter", "en", 8) == ["A counter with interpreters"]
    assert sorted(suggest("coun", "en", 8)) == ["A counter with a door", "A counter with interpreters"]
    assert len(suggest("coun", "en", 1)) == 1
    assert suggest("interprete", "fr", 8) == ["Interprètes au guichet"]
    assert [suggest(words, "en", 8) for words in ("", "!", '" OR *', "zeppelin")] == [[], [], [], []]


def test_documents_are_replaced_and_removed(publish: Publish, engine: Backend) -> None:
    page = publish("A counter")
    settle()
    page.title = "A garden"
    page.save()
    settle()
    assert (titles(ask("garden")), ask("counter").total) == (["A garden"], 0)
    [hit] = ask("garden").hits
    count = engine.count()
    assert engine.holds() >= {hit.publication}
    engine.remove([hit.publication, 999_999])
    engine.settle()
    assert (engine.count(), ask("garden").total) == (count - 1, 0)
    engine.remove(engine.holds())
    engine.settle()
    assert (engine.count(), engine.holds(), ask().total) == (0, set(), 0)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_number_of_queries_does_not_grow(
    publish: Publish, engine: Backend, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        publish(f"Counter {number}")
    settle()
    # Synonyms, words that are known, texts hidden since, vectors made since, counts, what is found, texts to order by
    # and texts to show; or instead of counts and what is found the cursor, the feed, what is hidden, and roles.
    with django_assert_num_queries(11 if engine.name == "elasticsearch" else 8):
        assert ask("counter", size=50).total == count


def test_a_page_is_found_by_what_people_say_instead_each_version_by_its_own_language(publish: Publish) -> None:
    page = publish("My phone, my rules", other_words="my brother reads my chats\nhe wants my password")
    publish("Mon téléphone, mes règles", "fr", of=page, other_words="mon copain me surveille")
    publish("A garden")
    settle()
    results = ask("brother reads")
    assert titles(results) == ["My phone, my rules"]
    assert str(results.hits[0].highlight).endswith(
        "my <mark>brother</mark> <mark>reads</mark> my chats · he wants my password"
    )
    assert titles(ask("copain", "fr")) == titles(ask("copain", "en")) == ["Mon téléphone, mes règles"]
    assert titles(ask("copain", "en", language="en")) == titles(ask("brother", "fr", language="fr")) == []


def test_what_people_say_instead_counts_more_than_the_text(publish: Publish) -> None:
    publish("One", context="<p>An oasis in the town hall.</p>")
    publish("Two", other_words="Is there an oasis")
    settle()
    assert titles(ask("oasis")) == ["Two", "One"]
