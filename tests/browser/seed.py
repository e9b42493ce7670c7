"""Fill the database of the browser tests' own instance: run with `DJANGO_SETTINGS_MODULE` and `EQUALCITY_HOME` set."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]


def main() -> None:
    import django

    django.setup()

    from equalcity.publication.record import record
    from tests.factories import (
        AdaptationFactory,
        CityFactory,
        ExpertReviewFactory,
        PracticeResourceFactory,
        locale,
        make_tree,
    )
    from tests.factories.map import make_map
    from toolbox_pages.models import BestPracticePage

    tree = make_tree(languages=("en", "fr", "nl", "de", "sv", "it", "ar"))
    practice = tree.practices[0]
    practice.is_example = True
    practice.steps = [("step", {"title": "Choose the room and the sign", "text": "<p>It has a door.</p>"})]
    practice.body = [
        ("heading", "More"),
        ("text", '<p>See <a href="https://example.org/">another site</a>.</p>'),
        ("checklist", ["A mediator is booked.", "The room has a door."]),
        ("link", {"text": "Go on", "page": tree.about, "url": ""}),
    ]
    practice.save()
    for make in (AdaptationFactory, ExpertReviewFactory, PracticeResourceFactory):
        make(page=practice)
    for code in ("de", "ar"):
        practice.copy_for_translation(locale(code), alias=True, copy_parents=True)
        tree.about.copy_for_translation(locale(code), alias=True)
    german = BestPracticePage.objects.get(translation_key=practice.translation_key, locale__language_code="de")
    german.alias_of = None
    german.machine_translated = True
    german.title = "Sicherheitsverantwortungsgemeinschaft am Bürgerdienstleistungsschalter"
    german.save()
    CityFactory(code="brussels", locale=locale("ar"), name="بروكسل")
    safe_map = make_map(tree)
    for page in (safe_map.index, safe_map.organisation, *safe_map.places):
        page.copy_for_translation(locale("ar"), alias=True)
    record()


if __name__ == "__main__":
    main()
