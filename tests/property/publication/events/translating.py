"""Translations through our own verbs, and the screen that takes up a source's new text."""

from dataclasses import replace

from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from equalcity.translation.memory import waiting
from equalcity.translation.publish import UntranslatedError
from equalcity.translation.publish import publish as publish_translated
from equalcity.translation.translate import translate, write_translation
from tests.factories import locale
from tests.property.publication.events.choosing import Event, event, nodes, own, pick, stored
from tests.property.publication.model import Draft, Node
from tests.property.publication.world import LANGUAGES, World


def _started(world: World, source: Node, target: str, before: dict[int, Node]) -> Node:
    """Book what our wrapper does: a draft where there was nothing or an alias; parents as aliases."""
    model = world.model
    world.look()
    key = model.rows[source.pk].key
    row = next(one for one in model.rows.values() if one.key == key and one.locale == target)
    if row.pk not in model.nodes:
        model.adopt(row, word=source.word if source.live else source.draft.word, live=False)
        model.adopt_aliases(model.rows[source.pk].locale)
    elif model.nodes[row.pk].alias_of is not None:
        node = model.nodes[row.pk]
        model.unpublish(node)
        node.live, node.alias_of, node.draft = False, None, node.as_draft
    return model.nodes[row.pk]


def _to_translate(world: World, event: Event) -> tuple[Node, str]:
    node = pick(nodes(world, own), event.page)
    others = [code for code in LANGUAGES if code != world.model.rows[node.pk].locale]
    return node, pick(others, event.other)


@event
def start_translation(world: World, event: Event) -> bool:
    """“Translate this page”."""
    node, code = _to_translate(world, event)
    before = dict(world.model.nodes)
    translate(stored(node), [locale(code)], world.user)
    _started(world, node, code, before)
    return True


@event
def write_translated(world: World, event: Event) -> bool:
    """A translation written in one go, published or left as a draft."""
    node, code = _to_translate(world, event)
    word, before = world.word(), dict(world.model.nodes)
    is_published = event.other // 2 % 3 > 0
    write_translation(stored(node), locale(code), lambda page: world.write(page, word), publish=is_published)
    target = _started(world, node, code, before)
    target.draft = replace(target.draft, word=word)
    if is_published:
        world.model.publish(target, target.draft, world.now())
    elif not target.live:
        target.word = word
    return True


def _translations(world: World) -> list[tuple[Translation, Node]]:
    found = []
    enabled = Translation.objects.filter(enabled=True).select_related("source", "target_locale").order_by("pk")
    for translation in enabled:
        code = translation.target_locale.language_code
        for row in world.model.rows.values():
            if (row.key, row.locale) == (translation.source.object_id, code) and own(world.model.nodes[row.pk]):
                found.append((translation, world.model.nodes[row.pk]))
    return found


@event
def publish_translation(world: World, event: Event) -> bool:
    """Every text is filled in, and the translation published in the translation editor."""
    found = pick(_translations(world), event.page)
    if found is None:
        return False
    translation, node = found
    if event.other % 3 == 0:
        return _publish_with_gap(world, translation)
    word = world.word()
    StringTranslation.objects.filter(
        locale=translation.target_locale, context__object_id=translation.source.object_id
    ).exclude(context__path="slug").update(data=word, has_error=False)
    for segment in waiting(translation):
        StringTranslation.objects.create(
            translation_of=segment.string, context=segment.context, locale=translation.target_locale, data=word
        )
    row = stored(node)
    publish_translated(translation, user=world.user)
    # The times are those of the row: what was on the calendar for a live page is off it, as after any publishing.
    node.draft = Draft(word, go_live_at=row.go_live_at, expire_at=row.expire_at)
    world.model.publish(node, node.draft, world.now())
    return True


def _publish_with_gap(world: World, translation: Translation) -> bool:
    """A text is missing: nothing is published, and nothing changes."""
    gap = translation.source.stringsegment_set.exclude(context__path="slug").order_by("pk").first()
    if gap is None:
        return False
    StringTranslation.objects.filter(
        translation_of=gap.string, context=gap.context, locale=translation.target_locale
    ).delete()
    try:
        publish_translated(translation, user=world.user)
    except UntranslatedError:
        return True
    raise AssertionError("a translation with a gap was published")


@event
def update_translations(world: World, event: Event) -> bool:
    """“Sync translated pages”: the source's new text is taken up; nothing becomes public, no wall falls."""
    sources = [source for source in TranslationSource.objects.order_by("pk") if _source_node(world, source)]
    source = pick(sources, event.page)
    if source is None:
        return False
    response = world.staff.post(f"/cms/localize/update/{source.pk}/", {})
    assert response.status_code == 302, response.content
    world.look()
    for pk, row in world.model.rows.items():
        # A wall around the source is put around its translations too.
        world.model.nodes[pk].restricted |= row.restricted
    return True


def _source_node(world: World, source: TranslationSource) -> Node | None:
    for row in world.model.rows.values():
        if (row.key, row.locale) == (source.object_id, source.locale.language_code):
            return world.model.nodes[row.pk]
    return None
