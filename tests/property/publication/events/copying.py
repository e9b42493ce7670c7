"""Copies, aliases, and aliases that become pages."""

from wagtail.actions.convert_alias import ConvertAliasPageAction

from equalcity.translation.tree import synchronize
from tests.factories import locale
from tests.property.publication.events.choosing import Event, event, is_home, nodes, own, pick, stored
from tests.property.publication.world import LANGUAGES, World


@event
def copy(world: World, event: Event) -> bool:
    """A page beside itself, alone or with what stands below it, live or as a draft."""
    model = world.model
    node = pick(nodes(world, lambda node: not is_home(world, node)), event.page)
    if node is None:
        return False
    recursive, keep_live = bool(event.other & 1), not event.other & 2
    originals = model.below(node) if recursive else [node]
    stored(node).copy(recursive=recursive, keep_live=keep_live, update_attrs={"slug": world.slug()}, user=world.user)
    world.look()
    for original, row in zip(originals, model.new(), strict=True):
        # A copy shows what its original shows, never what a hidden source is waiting with.
        live = keep_live and original.live and model.source_is_out(original)
        draft = original.draft if own(original) else original.as_draft
        restricted = original.restricted or row.restricted
        model.adopt(
            row, word=original.word, draft=draft, live=live, expire_at=original.expire_at, restricted=restricted
        )
    return True


@event
def alias(world: World, event: Event) -> bool:
    """An alias beside the page, alone or with what stands below it; also of an alias."""
    model = world.model
    node = pick(nodes(world, lambda node: not is_home(world, node)), event.page)
    if node is None:
        return False
    copied = model.below(node) if event.other & 1 else [node]
    stored(node).create_alias(recursive=bool(event.other & 1), update_slug=world.slug(), user=world.user)
    world.look()
    for source, row in zip(copied, model.new(), strict=True):
        model.adopt(row, word=source.word, live=source.live, alias_of=row.alias_of, expire_at=source.expire_at)
    return True


@event
def alias_in_language(world: World, event: Event) -> bool:
    """The placeholder that a tree in another language shows."""
    model = world.model
    wanted = [
        (node, code)
        for node in nodes(world, own)
        for code in LANGUAGES
        if not any(row.key == model.rows[node.pk].key and row.locale == code for row in model.rows.values())
    ]
    found = pick(wanted, event.page)
    if found is None:
        return False
    node, code = found
    stored(node).copy_for_translation(locale(code), copy_parents=True, alias=True)
    world.look()
    model.adopt_aliases(model.rows[node.pk].locale)
    return True


@event
def convert_alias(world: World, event: Event) -> bool:
    node = pick(nodes(world, lambda node: not own(node)), event.page)
    if node is None:
        return False
    ConvertAliasPageAction(stored(node), user=world.user).execute()
    world.model.set_free(node, world.now())
    return True


@event
def synchronize_tree(world: World, event: Event) -> bool:
    """Aliases of everything that a language lacks; from then on it follows English (or French)."""
    before = len(world.model.rows)
    language = "fr" if event.other % 4 == 3 else "en"
    synchronize(locale(language))
    world.look()
    world.model.adopt_aliases(language)
    return len(world.model.rows) > before
