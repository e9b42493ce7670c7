"""Help now: the page that must come when nothing else does."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from equalcity.core import offline
from equalcity.core.context_processors import frame
from equalcity.core.languages import same_path


@dataclass(frozen=True)
class ShownLine:
    """A city's line in the reader's language."""

    number: str
    dialled: str
    city: str
    name: str


def help_now(request: HttpRequest) -> HttpResponse:
    """Show whom to call. No database, no session: it is rendered without the request (safety rule 5)."""
    language = get_language() or settings.LANGUAGE_CODE
    context = {
        **frame(),
        "languages": same_path(request.path),
        "lines": [shown(line, language) for line in offline.read().lines],
    }
    return HttpResponse(render_to_string("home/help.html", context))


def shown(line: offline.HelpLine, language: str) -> ShownLine:
    return ShownLine(
        number=line.number,
        dialled=line.dialled,
        city=in_words(line.cities, language),
        name=in_words(line.names, language),
    )


def in_words(words: dict[str, str], language: str) -> str:
    """Return the text in `language`, else in the default language, else in any."""
    return words.get(language) or words.get(settings.LANGUAGE_CODE) or next(iter(words.values()), "")
