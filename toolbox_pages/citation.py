"""A practice as others cite it: as text, for BibTeX, and as RIS for reference managers."""

import unicodedata
from dataclasses import dataclass
from typing import Any

import bibtexparser
import rispy
from bibtexparser.bibdatabase import BibDatabase
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

from equalcity.core.models import City
from equalcity.core.printable import ascii_name
from equalcity.core.terms import labels

# What means something to BibTeX, and what prints it. A lone brace, even behind a backslash, would end the entry.
SPECIAL = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
CONTROL = {"Cc", "Cs", "Zl", "Zp"}


@dataclass(frozen=True)
class Citation:
    """What a reference says of a practice: `language` is that of the title, `notes` what readers must know."""

    key: str
    author: str
    title: str
    year: str
    city: str
    address: str
    language: str
    licence: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Format:
    """A format of reference managers."""

    extension: str
    content_type: str


BIBTEX = Format("bib", "application/x-bibtex; charset=utf-8")
RIS = Format("ris", "application/x-research-info-systems; charset=utf-8")


def citation_of(practice: Any, request: HttpRequest) -> Citation:
    """Return what to cite. One query."""
    names = labels(City, get_language() or settings.LANGUAGE_CODE)
    notes = [gettext("Example written for demonstration.")] if practice.is_example else []
    if practice.machine_translated:
        notes.append(gettext("Machine translation, not checked by a native speaker."))
    published = practice.first_published_at
    return Citation(
        key=f"equalcity-{ascii_name(practice)}",
        author=one_line(settings.INSTANCE_NAME),
        title=one_line(practice.title),
        year=str(published.year) if published else "",
        city=one_line(names.get(practice.city.code, practice.city.name)),
        address=settings.SITE_URL + (practice.get_url(request) or ""),
        language=(practice.alias_of or practice).locale.language_code,
        licence=practice.licence,
        notes=tuple(notes),
    )


def download(practice: Any, request: HttpRequest, wanted: Format) -> HttpResponse:
    """Answer with a file for a reference manager; its name is plain ASCII."""
    cited = citation_of(practice, request)
    text = bibtex(cited) if wanted is BIBTEX else ris(cited)
    answer = HttpResponse(text, content_type=wanted.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{ascii_name(practice)}.{wanted.extension}"'
    return answer


def bibtex(cited: Citation) -> str:
    """Return one entry."""
    database = BibDatabase()
    fields = {
        # Braces of their own keep the name of an organisation in one piece.
        "author": f"{{{escaped(cited.author)}}}",
        "title": escaped(cited.title),
        "year": cited.year,
        "address": escaped(cited.city),
        "url": cited.address,
        "language": cited.language,
        "copyright": cited.licence,
        "note": escaped(" ".join(cited.notes)),
    }
    entry = {name: value for name, value in fields.items() if value}
    database.entries = [{"ENTRYTYPE": "misc", "ID": cited.key, **entry}]
    return str(bibtexparser.dumps(database))


def ris(cited: Citation) -> str:
    """Return one reference."""
    fields: dict[str, Any] = {
        "type_of_reference": "ELEC",
        "id": cited.key,
        "authors": [cited.author],
        "title": cited.title,
        "year": cited.year,
        "place_published": cited.city,
        "publisher": cited.author,
        "urls": [cited.address],
        "language": cited.language,
        "custom1": cited.licence,
        "notes": list(cited.notes),
    }
    return str(rispy.dumps([{name: value for name, value in fields.items() if value}]))


def one_line(text: str) -> str:
    """Return a text without line breaks and control characters, which would end a field."""
    kept = "".join(" " if unicodedata.category(sign) in CONTROL else sign for sign in text)
    return " ".join(kept.split())


def escaped(text: str) -> str:
    return text.translate(SPECIAL)
