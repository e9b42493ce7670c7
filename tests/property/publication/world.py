"""One small site in three languages, the same at the start of every history, with a clock that can be moved.

Nothing is rolled back: every event commits for good, so that what waits for a commit runs when it does on a real
site. The database is put back from a copy instead.
"""

import copy
import datetime
import json
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, models
from django.test import Client
from django.utils import timezone, translation
from wagtail.models import Locale, Page, PageViewRestriction, Site

from equalcity.core.models import CustomDocument, CustomImage, Theme, User
from equalcity.core.sites import align_site
from equalcity.publication.record import record
from equalcity.translation.translate import write_translation
from home.models import HomePage, StandardPage
from tests.factories import (
    BestPracticeIndexPageFactory,
    BestPracticePageFactory,
    CityFactory,
    DocumentFactory,
    HomePageFactory,
    ImageFactory,
    StandardPageFactory,
    ThemeFactory,
    ToolboxPageFactory,
    UserFactory,
    locale,
)
from tests.factories.staff import sign_in
from tests.property.publication.model import Draft, Model, Row
from tests.property.publication.snapshots import Snapshot
from toolbox_pages.models import BestPracticePage, RelatedPage

LANGUAGES = ("en", "fr", "ar")
WORD = re.compile(r"tok\d+x")
PICTURE = re.compile(r'"image":\s*(\d+)')
DOCUMENT = re.compile(r'linktype="document" id="(\d+)"')
_real_now = timezone.now


class Clock:
    """Time that passes when a history says so."""

    def __init__(self) -> None:
        self.ahead = datetime.timedelta()

    def now(self) -> datetime.datetime:
        return _real_now() + self.ahead


class World:
    """A site, what staff did with it, and those who look at it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.events: Counter[str] = Counter()
        self.applied: Counter[str] = Counter()
        self.begun = 0
        self._build()
        self._start = Snapshot()
        self._model = copy.deepcopy(self.model)
        self._words = self._number

    @contextmanager
    def living(self) -> Iterator[None]:
        """Run on this world's clock."""
        with mock.patch.object(timezone, "now", self.clock.now):
            yield

    def begin(self) -> None:
        """Put everything back to the start."""
        self.begun += 1
        self._start.restore()
        cache.clear()
        ContentType.objects.clear_cache()
        translation.activate("en")
        self.clock.ahead = datetime.timedelta()
        self.model = copy.deepcopy(self._model)
        self._number = self._words
        self.recent: set[int] = set()
        self.visitor = Client()
        self.reset_followers()

    def reset_followers(self) -> None:
        from tests.property.publication.followers import Follower

        toolbox = self.model.rows[self.toolbox].key
        self.followers = [Follower(), Follower(locales=("en",)), Follower(subtree=toolbox)]

    # Words

    def word(self) -> str:
        """A word that stands nowhere else."""
        self._number += 1
        return f"tok{self._number:04}x"

    def slug(self) -> str:
        self._number += 1
        return f"at{self._number:04}x"

    def now(self) -> datetime.datetime:
        return self.clock.now()

    # The tree

    def look(self) -> None:
        """Read where every page stands now."""
        fields = (
            "pk", "path", "url_path", "translation_key", "locale__language_code", "content_type__model", "live",
            "go_live_at",
            "expire_at", "alias_of_id",
        )  # fmt: skip
        found = Page.objects.filter(depth__gt=1).values_list(*fields)
        walls = set(PageViewRestriction.objects.values_list("page_id", flat=True))
        self.model.rows = {values[0]: Row(*values, restricted=values[0] in walls) for values in found}

    def files_of(self) -> dict[int, set[tuple[str, int]]]:
        """Return the pictures and documents that the row of each practice embeds."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT page_ptr_id, body, context FROM toolbox_pages_bestpracticepage")
            return {
                pk: {("image", int(one)) for one in PICTURE.findall(body or "")}
                | {("document", int(one)) for one in DOCUMENT.findall(context or "")}
                for pk, body, context in cursor.fetchall()
            }

    def path_of(self, pk: int) -> str:
        """Return the address of a page on the site, worked out from its place in the tree."""
        row = self.model.rows[pk]
        home = next(one for one in self.model.rows.values() if one.depth == 2 and row.path.startswith(one.path))
        return f"/{home.locale}/{row.url_path.removeprefix(home.url_path)}"

    # Building

    def _build(self) -> None:
        self.model = Model()
        self._number = 0
        root = Page.get_first_root_node()
        for code in LANGUAGES:
            locale(code)
        Locale.objects.exclude(language_code__in=LANGUAGES).delete()
        homes = {"en": HomePageFactory(locale=locale("en"))}
        align_site(homes["en"])
        Page.objects.child_of(root).exclude(pk=homes["en"].pk).delete()
        for code in ("fr", "ar"):
            key = homes["en"].translation_key
            homes[code] = HomePageFactory(locale=locale(code), translation_key=key)
        city = CityFactory(code="brussels", name="Brussels")
        self.theme = ThemeFactory().pk
        self.images = [image.pk for image in (ImageFactory(), ImageFactory(), ImageFactory())]
        document = DocumentFactory()
        home = homes["en"]
        about = StandardPageFactory(parent=home, show_in_menus=True, **self._texts())
        first, second = (ToolboxPageFactory(parent=home, city=city, **self._texts()) for _ in range(2))
        index = BestPracticeIndexPageFactory(parent=first, **self._texts())
        other = BestPracticeIndexPageFactory(parent=second, **self._texts())
        one, two = (BestPracticePageFactory(parent=index, city=city, **self._texts()) for _ in range(2))
        three = BestPracticePageFactory(parent=other, city=city, **self._texts())
        one.body = self.body(one.title, 0)
        two.body = self.body(two.title, 1)
        two.aim = f'<p>{two.title} <a linktype="page" id="{one.pk}">link</a></p>'
        two.context = f'<p><a linktype="document" id="{document.pk}">leaflet</a></p>'
        one.related_pages = [RelatedPage(target=two, locale=locale("en"))]
        three.related_pages = [RelatedPage(target=one, locale=locale("en"))]
        link = {"text": "There", "page": three.pk, "url": ""}
        about.body = json.dumps([{"type": "link", "value": link, "id": str(uuid.uuid4())}])
        for page in homes.values():
            self.write(page, self.word())
        for page in (*homes.values(), about, first, second, index, other, one, two, three):
            page.save()  # so that the revision knows its rows
            page.save_revision().publish()
        self.toolbox, self.city, self.document = first.pk, city.pk, document.pk
        self.site = Site.objects.get().pk
        # French follows English: aliases of everything, and a translation of the first practice.
        for page in (about, first, second, index, other, two, three):
            page.specific_class.objects.get(pk=page.pk).copy_for_translation(
                locale("fr"), copy_parents=True, alias=True
            )
        word = self.word()
        french = write_translation(
            BestPracticePage.objects.get(pk=one.pk), locale("fr"), lambda page: self.write(page, word), publish=True
        )
        self.staff = sign_in(Client(), UserFactory(is_superuser=True))
        self.user = User.objects.get()
        self.look()
        for row in self.model.new():
            if row.alias_of is None:
                text = Page.objects.get(pk=row.pk).title
                self.model.adopt(row, word=text, live=True, draft=Draft(text))
        self.model.adopt_aliases("en")
        assert french.title == word
        record()

    def _texts(self) -> dict[str, str]:
        word = self.word()
        return {"title": word, "summary": word, "slug": self.slug()}

    def write(self, page: Page, word: str, picture: int | None = None) -> None:
        """Put a word wherever the page has text, and a picture (or none) when a number is given."""
        for field in page._meta.concrete_fields:
            text = getattr(page, field.name) if isinstance(field, models.CharField | models.TextField) else ""
            if isinstance(text, str) and WORD.search(text):
                setattr(page, field.name, WORD.sub(word, text))
        page.title = page.draft_title = page.summary = word
        if isinstance(page, HomePage):
            page.hero_lead = word
        if isinstance(page, StandardPage):
            page.introduction = word
        if isinstance(page, BestPracticePage):
            page.aim = page.aim if WORD.search(page.aim) else f"<p>{word}</p>"
        if hasattr(page, "body"):
            page.body = WORD.sub(word, json.dumps(page.body.get_prep_value()))
        if isinstance(page, BestPracticePage) and picture is not None:
            page.body = self.body(word, picture % (len(self.images) + 1))
            page.themes = Theme.objects.filter(pk=self.theme) if picture % 2 else []

    def body(self, word: str, picture: int) -> str:
        """Return a body with a picture, or without one."""
        blocks: list[dict[str, Any]] = [{"type": "heading", "value": word, "id": str(uuid.uuid4())}]
        if picture < len(self.images):
            image = {"image": self.images[picture], "alt_text": word, "decorative": False}
            blocks.append({"type": "picture", "value": {"image": image, "caption": word}, "id": str(uuid.uuid4())})
        return json.dumps(blocks)

    def file_addresses(self) -> dict[tuple[str, int], list[str]]:
        """Return where the bytes of each picture and document can be asked for."""
        found: dict[tuple[str, int], list[str]] = {}
        for image in CustomImage.objects.all():
            made = [rendition.url for rendition in image.renditions.all()]
            found["image", image.pk] = [f"/api/v2/media/{image.sha256}", *made]
        for document in CustomDocument.objects.all():
            found["document", document.pk] = [f"/api/v2/media/{document.sha256}", document.url]
        return found
