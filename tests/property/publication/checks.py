"""What must hold after every event, and what must hold once all is quiet."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.http.response import HttpResponseBase

from equalcity.publication.feed import state as feed_state
from equalcity.publication.marks import mark_pages, recording_postponed
from equalcity.publication.models import Dirty
from equalcity.publication.reconcile import Difference, differences, repair
from equalcity.publication.record import record
from tests.property.publication.world import WORD, World

PAGES = "/api/v2/pages/?limit=100&fields=*"


class Look:
    """One look at the site from outside, and what it should show by what staff said."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.seen: dict[int, tuple[Any, ...]] = {}
        model = world.model
        world.look()
        assert set(model.rows) == set(model.nodes), "pages came or went that nobody made or deleted"
        self.public = model.public(world.now())
        by_rows = model.public_by_rows(world.now())
        more, less = self._names(by_rows - self.public), self._names(self.public - by_rows)
        assert not more, f"nobody published {more}"
        assert not less, f"nobody hid {less}"
        embedded = world.files_of()
        for pk in self.public:
            model.nodes[pk].shown.add(model.nodes[pk].word)
            model.nodes[pk].files |= embedded.get(pk, set())
        self.hidden = set(model.nodes) - self.public
        self.words_now = {model.nodes[pk].word for pk in self.public}
        self.words_lately = set().union(*(model.nodes[pk].shown for pk in self.public))
        self.files_lately = set().union(*(model.nodes[pk].files for pk in self.public))
        self.files_now = set().union(*(embedded.get(pk, set()) for pk in self.public))

    def _names(self, pks: Iterable[int]) -> list[str]:
        return [f"{pk} {self.world.model.rows[pk].url_path}" for pk in sorted(pks)]

    def remember(self) -> None:
        """Keep what each page was like, for the next look to tell what changed."""
        self.seen = {pk: seen(self.world, pk) for pk in self.world.model.nodes}
        for pk, node in self.world.model.nodes.items():
            node.left.add(self.world.path_of(pk))

    # Asking

    def get(self, address: str, expected: int = 200) -> HttpResponseBase:
        response = self.world.visitor.get(address)
        assert response.status_code == expected, f"{address} answers {response.status_code}, not {expected}"
        return response

    def says(self, response: Any, allowed: set[str]) -> set[str]:
        """Check that an answer holds no word and no address of anything hidden; return its words."""
        text = response.content.decode()
        words = set(WORD.findall(text))
        assert words <= allowed, f"{response.request['PATH_INFO']} tells {sorted(words - allowed)}"
        for pk in self.hidden:
            if self.world.model.rows[pk].depth == 2:
                continue  # the layout of every page leads to the first page of each language
            path = self.world.path_of(pk)
            for address in (f'"{path}"', f'"{settings.SITE_URL}{path}"'):
                assert address not in text, f"{response.request['PATH_INFO']} leads to {path}"
        return words

    # Surfaces

    def html(self, pks: Iterable[int]) -> None:
        for pk in sorted(pks):
            path, node = self.world.path_of(pk), self.world.model.nodes[pk]
            if not self._has_home(pk):
                # Wagtail answers in the default language's tree where the first page of a language is not live.
                self.says(self.world.visitor.get(path), self.words_now)
            elif pk in self.public:
                words = self.says(self.get(path), self.words_now)
                assert node.word in words, f"{path} does not show {node.word}"
            else:
                self.says(self.get(path, 404), self.words_now)
                for once in sorted(node.left - {path} - {self.world.path_of(one) for one in self.public})[:1]:
                    self.get(once, 404)

    def _has_home(self, pk: int) -> bool:
        model = self.world.model
        path = model.rows[pk].path
        return any(row.depth == 2 and row.live and path.startswith(row.path) for row in model.rows.values())

    def detail(self, pks: Iterable[int]) -> None:
        for pk in sorted(pks):
            path = quote(self.world.path_of(pk))
            if pk in self.public:
                # A page that waits to be recorded may not be there yet.
                response = self.world.visitor.get(f"/api/v2/pages/{pk}/")
                self.says(response, self.words_lately)
            else:
                self.says(self.get(f"/api/v2/pages/{pk}/", 404), set())
                self.says(self.get(f"/api/v2/pages/find/?html_path={path}", 404), set())

    def listing(self) -> dict[int, Any]:
        # Of one type there is more to show.
        self.says(self.get(f"{PAGES}&type=toolbox_pages.BestPracticePage"), self.words_lately)
        response: Any = self.get(PAGES)
        self.says(response, self.words_lately)
        found = response.json()
        items = {item["id"]: item for item in found["items"]}
        assert set(items) <= self.public, f"pages/ lists {self._names(set(items) - self.public)}"
        assert found["meta"]["total_count"] == len(items)
        # What is not in this slice is counted, too, and not looked at one by one.
        first: Any = self.get("/api/v2/pages/?limit=1")
        assert first.json()["meta"]["total_count"] == len(items), "pages/ counts what it does not show"
        return items

    def files(self) -> set[tuple[str, int]]:
        """Check the library's lists and every address of a file that nothing public embeds; return what is listed."""
        shown = set()
        for kind in ("image", "document"):
            response: Any = self.get(f"/api/v2/{kind}s/?limit=100")
            shown |= {(kind, item["id"]) for item in response.json()["items"]}
        assert shown <= self.files_lately, f"listed: {shown - self.files_lately}"
        for name, addresses in self.world.file_addresses().items():
            if name not in self.files_lately:
                for address in addresses:
                    self.get(address, 404)
        return shown

    def search(self) -> None:
        """Nothing is found by a word of something hidden, and nothing else of it is shown."""
        model = self.world.model
        secret = {node.word for node in model.nodes.values()} | {node.draft.word for node in model.nodes.values()}
        secret |= {node.scheduled.word for node in model.nodes.values() if node.scheduled}
        asked = sorted(secret - self.words_lately, key=lambda word: int(word[3:-1]))[-25:]
        if asked:
            response: Any = self.get(f"/api/v2/search/?q={'+'.join(asked)}")
            found = response.json()
            assert not set(WORD.findall(response.content.decode())) - self.words_lately
            for item in found["items"]:
                text = item["title"] + item["summary"] + item["highlight"]
                assert item["id"] in self.public, f"search finds {item['id']}"
                assert not set(WORD.findall(text)) & set(asked)
            assert found["meta"]["total_count"] == 0, f"search counts something for {asked}"
        # Their beginnings are suggested to those who type.
        response = self.world.visitor.post("/en/search/suggest/", {"q": "tok"}, HTTP_ORIGIN="http://testserver")
        assert response.status_code == 200, response.content
        self.says(response, self.words_lately)

    def feed(self, *, quiet: bool = False) -> dict[tuple[str, str], Any]:
        """What a newcomer reads. Once all is quiet, nothing even names what is hidden."""
        response: Any = self.get("/api/v2/changes/?limit=500")
        self.says(response, self.words_lately)
        live = {(one["key"], one["locale"]): one for one in response.json()["items"] if one["state"] == "live"}
        strange = {name for name in live if not live[name]["type"].startswith("core.")} - self._feed_names()
        assert not strange, f"the feed gives {strange}"
        if quiet:
            text = response.content.decode()
            for row in (self.world.model.rows[pk] for pk in self.hidden):
                assert f"/{row.key}/{row.locale}" not in text, f"a source names {row.url_path}"
            for (_key, language), item in live.items():
                assert {(child, language) for child in item["children"]} <= self._feed_names(), (
                    "a hidden child is named"
                )
        return live

    def _feed_names(self) -> set[tuple[str, str]]:
        rows = (self.world.model.rows[pk] for pk in self.public)
        return {(str(row.key), row.locale) for row in rows if self.world.model.nodes[row.pk].alias_of is None}


def after_event(world: World, before: "Look", turn: int) -> Look:
    """Look at what the event touched, at what is hidden, and at the lists, before anything is recorded by a worker."""
    look = Look(world)
    model = world.model
    touched = {pk for pk in model.nodes if pk not in before.seen or before.seen[pk] != seen(world, pk)}
    changed = (look.hidden & before.public) | (look.public & before.hidden) | touched
    world.recent = set(sorted(changed)[:6]) or world.recent
    gone = set(before.seen) - set(model.nodes)
    hidden, public = sorted(changed & look.hidden), sorted(changed & look.public)
    rest = sorted(look.hidden - changed)
    also = [rest[turn % len(rest)]] if rest else []
    everyone = sorted(look.public)
    lists = [pk for pk in everyone if model.rows[pk].type != "bestpracticepage"]
    look.html({*hidden[:3], *also, *public[:1], *(lists[turn % len(lists) :][:1] if lists else [])})
    look.detail({*hidden[:3], *also, *public[:1]})
    look.listing()
    if any(model.rows[pk].type == "bestpracticepage" for pk in changed) or gone:
        look.files()
    if changed or gone:
        look.search()
    look.remember()
    return look


def seen(world: World, pk: int) -> tuple[Any, ...]:
    node = world.model.nodes[pk]
    return (node.word, node.draft, node.scheduled, node.live, node.alias_of, world.model.rows[pk].url_path)


def after_quiet(world: World, *, thoroughly: bool) -> Look:
    """The periodic jobs run and the worker records; then everything outside says exactly what is public."""
    call_command("publish_scheduled")
    world.model.run_calendar(world.now())
    record()
    parked = list(Dirty.objects.values_list("error", flat=True))
    assert parked == [], parked
    found = list(differences())
    assert found == [], found
    embedded = world.files_of()
    for node in world.model.nodes.values():
        # From now on an older version is one that nobody may see any more.
        node.shown, node.files = {node.word}, set(embedded.get(node.pk, set()))
    look = Look(world)
    items = look.listing()
    assert set(items) == look.public, f"pages/ lacks {look._names(look.public - set(items))}"
    for pk, item in items.items():
        assert world.model.nodes[pk].word in item["title"], f"pages/ shows an old version of {pk}"
    live = look.feed(quiet=True)
    missing = look._feed_names() - set(live)
    assert not missing, f"the feed lacks {missing}"
    assert look.files() == look.files_now
    look.search()
    _searchable(world, look)
    _followers(world)
    if thoroughly:
        _repeat(world, found)
    look.remember()
    return look


def _searchable(world: World, look: Look) -> None:
    """The newest public word is found."""
    model = world.model
    own = [pk for pk in look.public if model.nodes[pk].alias_of is None]
    if not own:
        return
    newest = max(own, key=lambda pk: int(model.nodes[pk].word[3:-1]))
    row = model.rows[newest]
    response: Any = look.get(f"/api/v2/search/?q={model.nodes[newest].word}&locale={row.locale}")
    keys = {item["meta"]["key"] for item in response.json()["items"]}
    assert str(row.key) in keys, f"search does not find {model.nodes[newest].word}"


def _followers(world: World) -> None:
    """Whoever read now and then holds what a newcomer holds."""
    for follower in world.followers:
        follower.read(world.visitor)
        newcomer = follower.from_the_start()
        newcomer.read(world.visitor)
        assert follower.state == newcomer.state, (follower.locales, follower.subtree)


def _repeat(world: World, found: list[Difference]) -> None:
    """Repairing what is right (`found` is what differs), and recording everything once more, changes nothing."""
    number = feed_state().seq
    repair(found)
    with recording_postponed():
        mark_pages(sorted(world.model.nodes))
    record()
    assert feed_state().seq == number, "recording twice wakes followers"
    assert list(differences()) == []
