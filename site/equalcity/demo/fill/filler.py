"""Puts what the files say of a page on the page: what all page types share."""

from typing import Any

from wagtail.models import Page

from equalcity.core.models import City, CustomImage, Term, TranslatableInline
from equalcity.demo.content import PageRecord
from equalcity.demo.richtext import line, paragraphs


class Filler:
    """Knows the pages, terms and pictures that records refer to."""

    def __init__(self, terms: dict[tuple[str, str], Term], pages: dict[str, Page], pictures: dict[str, CustomImage]):
        self.terms = terms
        self.pages = pages
        self.pictures = pictures

    def city(self, record: PageRecord) -> City:
        city = self.terms["city", record.shared["city"]]
        if not isinstance(city, City):
            raise TypeError(f"{record.key}: {city} is no city")
        return city

    def rows(
        self,
        page: Any,
        record: PageRecord,
        text: dict[str, Any],
        name: str,
        model: type[TranslatableInline],
        shared_fields: tuple[str, ...],
        text_fields: tuple[str, ...],
    ) -> None:
        """Set the rows of one relation, each under the identity that its id gives it."""
        present = {row.translation_key: row for row in getattr(page, name).all()}
        texts = {row["id"]: row for row in text.get(name, [])}
        rows = []
        for order, shared in enumerate(record.shared.get(name, [])):
            key = record.part(name, shared["id"])
            row: Any = present.get(key) or model(translation_key=key)
            row.locale, row.sort_order = page.locale, order
            for field in shared_fields:
                setattr(row, field, shared.get(field))
            for field in text_fields:
                setattr(row, field, line(texts.get(shared["id"], {}).get(field)))
            rows.append(row)
        setattr(page, name, rows)

    def body(self, record: PageRecord, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the blocks of a page's body; the picture of the record, if any, comes first."""
        blocks = [self._block(record, entry) for entry in entries]
        if shown := record.shared.get("picture"):
            picture = {
                "image": {"image": self.pictures[shown].pk, "alt_text": "", "decorative": True},
                "caption": "",
            }
            blocks.insert(0, {"type": "picture", "id": str(record.part("body", "picture")), "value": picture})
        return blocks

    def _block(self, record: PageRecord, entry: dict[str, Any]) -> dict[str, Any]:
        (kind,) = set(entry) - {"id"}
        value: Any = entry[kind]
        match kind:
            case "heading":
                value = line(value)
            case "text":
                value = paragraphs(value)
            case "quote":
                value = {"text": line(value["text"]), "source": line(value.get("source"))}
            case "notice":
                value = {"text": line(value["text"])}
            case "checklist":
                value = self._items(record, entry["id"], value)
            case "do_dont":
                value = {name: self._items(record, entry["id"], name, lines) for name, lines in value.items()}
            case "example":
                value = {name: line(text) for name, text in value.items()}
            case "link":
                value = {"text": line(value["text"]), "page": self.pages[value["page"]].pk, "url": ""}
            case "timeline":
                value = {"entries": self._rows_of_block(record, entry["id"], value, ("date", "words", "title", "text"))}
            case "partners":
                value = {"partners": self._rows_of_block(record, entry["id"], value, ("name", "role", "city", "url"))}
            case "funding":
                value = {name: line(value.get(name)) for name in ("statement", "responsibility")}
            case "contact":
                value = {"text": paragraphs(value["text"]), "phone": value.get("phone", ""), "email": ""}
        return {"type": kind, "id": str(record.part("body", entry["id"])), "value": value}

    def _rows_of_block(
        self, record: PageRecord, block: str, rows: list[dict[str, Any]], names: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        """Return the rows of a block, each under an identity that is the same in every language."""
        return [
            {
                "type": "item",
                "id": str(record.part("body", block, n)),
                "value": {name: line(str(row.get(name, ""))) for name in names},
            }
            for n, row in enumerate(rows)
        ]

    def _items(self, record: PageRecord, *where: Any) -> list[dict[str, Any]]:
        """Return the items of a list in a block; the last of `where` are their texts."""
        *names, lines = where
        return [
            {"type": "item", "id": str(record.part("body", *names, n)), "value": line(text)}
            for n, text in enumerate(lines)
        ]
