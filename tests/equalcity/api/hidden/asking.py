"""Everything that an anonymous visitor or program can ask, and the answers down to the last header."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.utils import translation
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from equalcity.core.models import CustomDocument, CustomImage, Rendition
from equalcity.publication.models import Publication
from tests.equalcity.api.hidden.stage import OLD_PATH, PLAIN, PRACTICE, WORD, Hidden
from tests.factories import Tree

LANGUAGES = ("en", "fr", "ar")
TREE_FILTERS = ("child_of", "descendant_of", "ancestor_of", "translation_of", "alias_of")
ADDRESSES = count(1)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@dataclass(frozen=True)
class Ask:
    """One request of somebody who has not signed in."""

    address: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """Everything that comes back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def etag(self) -> str | None:
        return dict(self.headers).get("ETag")


def replay(asks: Iterable[Ask]) -> dict[Ask, Answer]:
    """Ask everything, each by a visitor of its own."""
    cache.clear()
    return {ask: answer(ask) for ask in asks}


def answer(ask: Ask) -> Answer:
    translation.activate("en")
    number = next(ADDRESSES)
    # Neighbours of one address share a limit.
    client = Client(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
    send = getattr(client, ask.method.lower())
    arguments: dict[str, Any] = {"data": dict(ask.form)} if ask.form else {}
    response = send(ask.address, headers=dict(ask.headers), **arguments)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    body = TOKEN.sub(b"", body)
    headers = [*response.headers.items(), *(("Set-Cookie", one.OutputString()) for one in response.cookies.values())]
    # Staff's sign-in differs each time: it has a token against forged forms, and tells when it ends.
    kept = (one for one in headers if one[0] != "Expires" and not one[1].startswith("csrftoken="))
    return Answer(response.status_code, tuple(sorted(kept)), body)


def gets(addresses: Iterable[str]) -> list[Ask]:
    return [Ask(address) for address in addresses]


# What concerns nothing in particular --------------------------------------------------------------------------

LISTS = (
    "",
    "fields=*",
    "fields=_,title",
    "limit=2",
    "limit=2&offset=4",
    "offset=8",
    "order=-id",
    "order=title",
    "order=-title,id",
    "order=slug",
    "order=show_in_menus",
    "order=first_published_at",
    "order=-first_published_at",
    "order=-modified_at",
    "order=alias_of",
    "show_in_menus=true",
    "show_in_menus=false",
    *(f"locale={code}" for code in LANGUAGES),
    "locale=de",
    "locale=de&fallback=en",
    "locale=ar&fallback=fr,en",
    "locale=fr&fallback=en&fields=*",
    "locale=ar&fallback=en&child_of=root",
    "child_of=root",
    "descendant_of=root",
    "translation_of=root",
    *(
        f"type={one}&fields=*"
        for one in (
            "home.HomePage",
            "home.StandardPage",
            "toolbox_pages.ToolboxPage",
            "toolbox_pages.BestPracticeIndexPage",
            "toolbox_pages.BestPracticePage",
        )
    ),
    "type=toolbox_pages.BestPracticePage,home.StandardPage",
    "city=brussels",
    "theme=disclosure",
    "theme=kiosks",
    "theme=kiosks&locale=fr&fallback=en",
    "evidence=good",
    "evidence=promising",
    "modified_after=2020-01-01",
    "search=handover",
    "search=kiosk",
    *(f"search={WORD}{more}" for more in ("", "&locale=en", "&locale=fr", "&search_operator=and", "&order=-title")),
    *(f"slug={WORD.lower()}-{one}" for one in ("plain", "below", "toolbox", "guide", "practice", "inner")),
    *(f"title={WORD} {one}" for one in ("plain", "toolbox", "practice")),
)
SEARCHES = (
    "",
    f"q={WORD}",
    f"q={WORD}&locale=fr",
    f"q={WORD[:-2]}",
    f"q={WORD[:-1]}x",
    f"q={WORD} handover",
    "q=counter",
    "q=guide",
    "q=in short",
    "page=2",
    "type=home.StandardPage",
    "city=brussels",
    "theme=kiosks",
    "theme=disclosure",
    "evidence=good",
    "language=fr",
    "language=ar",
)
ELSEWHERE = (
    "/",
    "/en",
    "/de/",
    "/de/about-the-project/",
    "/api/v2/pages/find/?html_path=/de/",
    "/api/v2/pages/find/?html_path=/de/about-the-project/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/api/v2/",
    "/api/v2/schema/",
    "/api/v2/docs/",
    "/api/v2/terms/",
    "/api/v2/terms/?vocabulary=theme",
    "/api/v2/images/",
    "/api/v2/images/?fields=*&order=-id",
    f"/api/v2/images/?title={WORD} picture",
    "/api/v2/documents/",
    "/api/v2/documents/?order=title",
    f"/api/v2/documents/?title={WORD} leaflet",
    "/api/v2/changes/",
    "/api/v2/changes/?limit=500",
    "/api/v2/changes/?limit=2",
    *(f"/api/v2/changes/?locale={code}&limit=500" for code in LANGUAGES),
    "/cms/",
    "/cms/pages/",
    "/cms/login/",
    f"{OLD_PATH}/",
    OLD_PATH,
    "/en/_util/login/",
)


def always(tree: Tree) -> list[Ask]:
    """What can be asked of any site: lists, searches, every public page in HTML and JSON, the feed."""
    asks = gets(f"/api/v2/pages/?{one}" for one in LISTS)
    asks += gets(f"/api/v2/search/?{one}" for one in SEARCHES)
    asks += gets(ELSEWHERE)
    for code in LANGUAGES:
        asks += gets(f"/{code}/search/?{one}" for one in (SEARCHES if code == "en" else SEARCHES[:4]))
        asks += [Ask(f"/{code}/search/suggest/", "POST", form=(("q", words),)) for words in ("ze", WORD, "a wa", "g")]
        asks += gets([f"/{code}/help/", f"/{code}/never-was/"])
    pages = Page.objects.filter(pk__in=Publication.objects.filter(state="live", kind="page").values("object_id"))
    for page in pages.exclude(title__contains=WORD).order_by("pk"):
        asks += gets([page.url, f"/api/v2/pages/{page.pk}/"])
    for page in (tree.home, tree.toolbox, tree.index, tree.practices[0], tree.about):
        asks += gets(f"/api/v2/pages/?{name}={page.pk}" for name in TREE_FILTERS)
        asks += gets([f"/api/v2/pages/{page.pk}/?locale=ar&fallback=fr,en"])
        asks += gets([f"/api/v2/changes/?subtree={page.translation_key}&limit=500"])
    return list(dict.fromkeys(asks))


# What asks for the hidden things by name ----------------------------------------------------------------------


def about(hidden: Hidden) -> list[Ask]:
    """Everything by which one could ask for what is hidden: ids, keys, paths, files, restrictions."""
    asks: list[Ask] = []
    for page in hidden.fresh():
        asks += of_page(page, shortly=page.pk not in hidden.pages)
        if page.pk in (PLAIN, PRACTICE):
            asks += more_of_page(page)
    for file in (hidden.image, hidden.document):
        asks += of_file(file)
    for restriction in PageViewRestriction.objects.order_by("pk"):
        for pk in {restriction.page_id, PLAIN, 99999}:
            path = f"_util/authenticate_with_password/{restriction.pk}/{pk}/"
            asks += [Ask(f"/en/{path}"), Ask(f"/fr/{path}", "POST", form=(("password", "x"), ("return_url", "/")))]
    for collection in CollectionViewRestriction.objects.order_by("pk"):
        asks += gets([f"/documents/authenticate_with_password/{collection.pk}/"])
    return list(dict.fromkeys(asks))


def of_page(page: Page, *, shortly: bool) -> list[Ask]:
    """By its id, path and key; `shortly` for what only stands beside it in another language."""
    api, path = f"/api/v2/pages/{page.pk}/", page.url or f"/en/{page.slug}/"
    asks = gets([api, path, f"/api/v2/pages/?translation_of={page.pk}"])
    if shortly:
        return asks
    asks += gets([f"{api}?fields=*", f"{api}?locale=ar&fallback=fr,en"])
    asks += gets([f"/api/v2/pages/find/?id={page.pk}", f"/api/v2/pages/find/?html_path={path}"])
    asks += gets(f"/api/v2/pages/?{name}={page.pk}" for name in (*TREE_FILTERS, "id"))
    asks += gets([f"/api/v2/changes/?subtree={page.translation_key}", f"/cms/pages/{page.pk}/"])
    return asks


def more_of_page(page: Page) -> list[Ask]:
    """The same in all its forms."""
    api, path = f"/api/v2/pages/{page.pk}/", page.url or f"/en/{page.slug}/"
    asks = gets([f"{api}?fields=nonsense", f"{api}?locale=fr", f"{api}?locale=en", f"{api}?rich_text_format=html"])
    asks += gets([api[:-1], f"{api}more/", f"/api/v2/pages/find/?id={page.pk}&fields=*"])
    asks += [Ask(api, method) for method in ("HEAD", "OPTIONS", "POST", "DELETE")]
    asks += [Ask(api, headers=(("If-None-Match", "*"),)), Ask(api, headers=(("Accept-Language", "fr"),))]
    asks += gets(f"/api/v2/pages/find/?html_path={one}" for one in (path[3:], path.rstrip("/"), path.upper()))
    asks += gets(f"/api/v2/pages/?{name}={page.pk}&locale=ar&fallback=en" for name in (*TREE_FILTERS, "id"))
    asks += gets([f"/api/v2/pages/?child_of={page.pk}&descendant_of=root", f"/api/v2/pages/?slug={page.slug}"])
    asks += gets([f"/api/v2/changes/?subtree={page.translation_key}&limit=500&locale=en"])
    asks += gets([path.rstrip("/"), f"{path}?page=1", f"{path}?page=2", f"{path}nothing/", path.upper()])
    asks += [Ask(path, method) for method in ("HEAD", "OPTIONS", "POST")]
    asks += [Ask(path, headers=(("Accept-Language", "fr"), ("Cookie", "sessionid=x")))]
    staff = ("edit/", "view_draft/", "edit/preview/", "history/", "delete/")
    asks += gets([*(f"/cms/pages/{page.pk}/{one}" for one in staff), f"/cms/api/main/pages/{page.pk}/"])
    return asks


def of_file(file: CustomImage | CustomDocument) -> list[Ask]:
    kind = "images" if isinstance(file, CustomImage) else "documents"
    asks = gets([f"/api/v2/{kind}/{file.pk}/", f"/api/v2/{kind}/{file.pk}/?fields=*", f"/api/v2/{kind}/?id={file.pk}"])
    asks += [Ask(f"/api/v2/media/{file.sha256}", method) for method in ("GET", "HEAD", "OPTIONS")]
    asks += [Ask(f"/api/v2/media/{file.sha256}", headers=(("Range", "bytes=0-3"),))]
    asks += [Ask(f"/api/v2/media/{file.sha256}", headers=(("If-None-Match", f'"{file.sha256}"'),))]
    asks += gets([f"/cms/{kind}/{file.pk}/", f"/{file.file.name}", f"/media/{file.file.name}"])
    if isinstance(file, CustomDocument):
        asks += gets([file.url, f"/documents/{file.pk}/x.txt"])
    else:
        names = Rendition.objects.filter(image=file).values_list("file", flat=True)
        asks += gets(f"/media/{name}" for name in names)
    return asks


def unordered(answers: dict[Ask, Answer]) -> dict[Ask, Answer]:
    """Return the answers with the items of the feed in the order of their keys, without their numbers.

    In which order several things went at once says nothing.
    """
    return {ask: in_order_of_keys(one) if "/changes/" in ask.address else one for ask, one in answers.items()}


def in_order_of_keys(feed: Answer) -> Answer:
    told = json.loads(feed.body)
    items = sorted(told["items"], key=lambda item: (item["key"], item["locale"]))
    body = {**told, "items": [{**item, "seq": 0} for item in items]}
    headers = tuple(one for one in feed.headers if one[0] not in {"ETag", "Content-Length"})
    return Answer(feed.status, headers, json.dumps(body).encode())


def kept(answers: dict[Ask, Answer]) -> list[Ask]:
    """Return the same requests of somebody who holds the answers already."""
    return [
        Ask(ask.address, ask.method, (("If-None-Match", found.etag),))
        for ask, found in answers.items()
        if found.etag and ask.method == "GET" and not ask.headers
    ]
