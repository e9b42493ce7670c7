"""The campaign: landing page, stories, events, materials with their files."""

import json
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.translation import gettext

from campaign.models import (
    CampaignPage,
    EventIndexPage,
    EventPage,
    MaterialFile,
    MaterialIndexPage,
    MaterialPage,
    StoryIndexPage,
    StoryPage,
)
from equalcity.core.models import CustomDocument, CustomImage, Role
from equalcity.demo import prints, sounds
from equalcity.demo.content import PageRecord
from equalcity.demo.fill.filler import Filler
from equalcity.demo.fill.kinds import Fill
from equalcity.demo.richtext import line, paragraphs

RIGHTS = {"credit": "Equal(c)ity", "licence": "CC BY 4.0"}
TEASERS = {"stories", "events", "materials"}
SHAPES = {"a2": (424, 600), "a3": (424, 601), "a5": (420, 596), "a6": (425, 600), "px": (480, 480)}


def landing(filler: Filler, page: CampaignPage, record: PageRecord, text: dict[str, Any]) -> None:
    page.hero_title = line(text["hero_title"])
    page.hero_lead = line(text["hero_lead"])
    page.body = json.dumps([block(filler, record, entry) for entry in text["blocks"]])


def block(filler: Filler, record: PageRecord, entry: dict[str, Any]) -> dict[str, Any]:
    """Return one block of a landing page."""
    (kind,) = set(entry) - {"id"}
    value: Any = entry[kind]
    match kind:
        case "links":
            value = [
                {
                    "type": "item",
                    "id": str(record.part("blocks", entry["id"], n)),
                    "value": {"text": line(link["text"]), "page": filler.pages[link["page"]].pk, "url": ""},
                }
                for n, link in enumerate(value)
            ]
        case "number":
            value = {"number": str(value["number"]), "text": line(value["text"])}
        case "heading":
            value = line(value)
        case "text":
            value = paragraphs(value)
        case "notice":
            value = {"text": line(value["text"])}
        case _ if kind in TEASERS:
            value = {"heading": line(value["heading"]), "most": value["most"]}
    return {"type": kind, "id": str(record.part("blocks", entry["id"])), "value": value}


def introduced(filler: Filler, page: Any, record: PageRecord, text: dict[str, Any]) -> None:
    page.introduction = line(text.get("intro"))


# Stories ------------------------------------------------------------------------------------------------------


def begin_story(page: StoryPage, record: PageRecord) -> None:
    page.role = Role.objects.get(code=record.shared["role"], locale__language_code=settings.LANGUAGE_CODE)


def story(filler: Filler, page: StoryPage, record: PageRecord, text: dict[str, Any]) -> None:
    begin_story(page, record)
    page.city = filler.city(record)
    page.interview = json.dumps(
        [
            {
                "type": "answer",
                "id": str(record.part("interview", one["id"])),
                "value": {"question": line(one["question"]), "answer": paragraphs(one["answer"])},
            }
            for one in text["interview"]
        ]
    )
    page.recordings = json.dumps([recording(record, text["recording"])] if "recording" in text else [])


def recording(record: PageRecord, text: dict[str, Any]) -> dict[str, Any]:
    """Return the sound with captions in every language that the record has."""
    captions = []
    for language, words in record.texts.items():
        lines = [line(one) for one in words["recording"]["captions"]]
        file = document(f"Two tones, captions ({language})", "vtt", sounds.captions(*lines), language)
        captions.append(
            {
                "type": "item",
                "id": str(record.part("recording", language)),
                "value": {"file": file.pk, "language": language},
            }
        )
    return {
        "type": "recording",
        "id": str(record.part("recording")),
        "value": {
            "title": line(text["title"]),
            "file": document("Two tones", "wav", sounds.tone()).pk,
            "language": "",
            "captions": captions,
            "transcript": paragraphs(text["transcript"]),
        },
    }


# Events -------------------------------------------------------------------------------------------------------


def begin_event(page: EventPage, record: PageRecord) -> None:
    for name in ("starts_on", "starts_at", "ends_on", "ends_at", "time_zone", "where"):
        column: Any = EventPage._meta.get_field(name)
        setattr(page, name, column.to_python(record.shared[name]))
    page.place = line(record.texts["en"].get("place"))


def event(filler: Filler, page: EventPage, record: PageRecord, text: dict[str, Any]) -> None:
    begin_event(page, record)
    page.place = line(text.get("place"))
    page.accessibility = line(text.get("accessibility"))
    page.registration_url = record.shared.get("registration_url", "")
    page.languages = record.shared.get("languages", "")
    page.cancelled = bool(record.shared.get("cancelled"))


# Materials ----------------------------------------------------------------------------------------------------


def material(filler: Filler, page: MaterialPage, record: PageRecord, text: dict[str, Any]) -> None:
    page.kind = record.shared["kind"]
    page.use = line(text.get("use"))
    size = record.shared["size"]
    present = {row.translation_key: row for row in page.files.all()}
    rows = []
    for order, (language, words) in enumerate(record.shared["prints"].items()):
        key = record.part("files", language)
        row = present.get(key) or MaterialFile(translation_key=key)
        row.locale, row.sort_order, row.language, row.size = page.locale, order, language, size
        row.document = printed(record, language, words)
        row.width, row.height = record.shared.get("pixels", (None, None))
        row.preview = preview(record)
        rows.append(row)
    setattr(page, "files", rows)  # noqa: B010 - a manager to mypy, a list to modelcluster


def printed(record: PageRecord, language: str, words: dict[str, Any]) -> CustomDocument:
    """Return the file of a material in one language, drawn when it is not there yet."""
    shared = record.shared
    title = f"{line(words['title'])} ({shared['kind']}, {language})"
    found = CustomDocument.objects.filter(title=title).first()
    if found is not None:
        return found
    with translation.override(language):
        label = gettext("Example written for demonstration.")
    said = prints.Words(language, line(words["title"]), tuple(line(one) for one in words["lines"]), label)
    if "pixels" in shared:
        return document(title, "png", prints.picture(said, tuple(shared["pixels"]), shared["colours"]), language)
    return document(title, "pdf", prints.pdf(said, shared["size"], shared["colours"]), language)


def preview(record: PageRecord) -> CustomImage:
    title = f"Preview of {record.key}"
    image = CustomImage.objects.filter(title=title).first()
    if image is None:
        image = CustomImage(title=title, **RIGHTS)
        drawn = prints.preview(record.key, SHAPES[record.shared["size"]], record.shared["colours"])
        image.file = ContentFile(drawn, name=f"{record.key}.png")
        image.save()
    return image


def document(title: str, extension: str, content: bytes, language: str = "") -> CustomDocument:
    """Return the document of this title, made when it is not there yet."""
    found = CustomDocument.objects.filter(title=title).first()
    if found is None:
        found = CustomDocument(title=title, language=language, **RIGHTS)
        found.file = ContentFile(content, name=f"demo.{extension}")
        found.save()
    return found


FILLS = {
    "campaign": Fill(CampaignPage, landing),
    "story_index": Fill(StoryIndexPage, introduced),
    "story": Fill(StoryPage, story, begin_story),
    "event_index": Fill(EventIndexPage, introduced),
    "event": Fill(EventPage, event, begin_event),
    "material_index": Fill(MaterialIndexPage, introduced),
    "material": Fill(MaterialPage, material),
}
