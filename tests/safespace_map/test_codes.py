"""What is no text is the same in every language: nobody translates a language, a day or a degree."""

from wagtail_localize.fields import SynchronizedField, get_translatable_fields

from safespace_map.models import SafeSpacePage

TEXTS = {
    "title", "slug", "seo_title", "search_description", "summary", "other_words", "way_there", "arrival",
    "eligibility", "cost", "what_to_bring", "accessibility", "checked_by", "phones", "help", "hours", "exceptions",
}  # fmt: skip
# Says something of one language's text.
OF_A_TEXT = {"machine_translated"}


def test_only_texts_are_translated() -> None:
    fields = get_translatable_fields(SafeSpacePage)
    translated = {one.field_name for one in fields if not isinstance(one, SynchronizedField)}
    synchronised = {one.field_name for one in fields if isinstance(one, SynchronizedField)}
    assert translated - TEXTS == OF_A_TEXT
    assert {"city", "district", "precision", "audiences", "languages", "wheelchair", "check_again_by"} <= synchronised
