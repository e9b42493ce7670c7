"""Make what a file proposes: unpublished drafts, each in a transaction of its own. Whoever stops it can begin again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.synctree import create_aliases_for_new_page

from safespace_map.exchange.proposals import Outcome, Proposal
from safespace_map.models import OrganisationPage, SafeSpaceIndexPage, SafeSpacePage


class NoList(ValueError):
    """There is no list of safe spaces below which places could stand."""


@dataclass(frozen=True)
class Counts:
    """What became of the rows of a file."""

    made: int
    there: int
    refused: int
    organisations: int


def list_of(locale: Locale) -> SafeSpaceIndexPage:
    """Return the list below which imported places stand. Raises `NoList`."""
    found = SafeSpaceIndexPage.objects.filter(locale=locale, alias_of=None).order_by("path").first()
    if found is None:
        raise NoList(_("There is no list of safe spaces in this language yet. Make that page first."))
    return found


def make(
    proposed: Sequence[Proposal], locale: Locale, user: Any = None, at: Callable[[int, int], None] | None = None
) -> Counts:
    """Make the new places as drafts below their organisations. `at` is told how far it is. Raises `NoList`."""
    index = list_of(locale)
    made = organisations = 0
    for number, proposal in enumerate(proposed, start=1):
        if proposal.outcome is Outcome.NEW:
            try:
                with transaction.atomic():
                    organisations += _make_one(proposal, index, user)
                made += proposal.outcome is Outcome.NEW
            except ValidationError as error:
                # What only the tree can know, or what somebody changed meanwhile.
                proposal.refuse("", " ".join(error.messages))
        if at:
            at(number, len(proposed))
    outcomes = [proposal.outcome for proposal in proposed]
    return Counts(made, outcomes.count(Outcome.THERE), outcomes.count(Outcome.REFUSED), organisations)


def _make_one(proposal: Proposal, index: SafeSpaceIndexPage, user: Any) -> bool:
    """Make a place unless somebody made it meanwhile; return whether its organisation is new, too."""
    page = proposal.page
    if SafeSpacePage.objects.filter(translation_key=page.translation_key, locale=page.locale).exists():
        proposal.outcome = Outcome.THERE
        return False
    organisation = _organisation(proposal.organisation, index)
    is_new = organisation is None
    if organisation is None:
        organisation = OrganisationPage(title=proposal.organisation, locale=index.locale, live=False)
        _add(SafeSpaceIndexPage.objects.get(pk=index.pk), organisation)
        _finish(organisation, user, complete=False)
        organisation = OrganisationPage.objects.get(pk=organisation.pk)
    page.owner = user
    _add(organisation, page)
    _finish(page, user)
    return is_new


def _organisation(title: str, index: SafeSpaceIndexPage) -> OrganisationPage | None:
    found: OrganisationPage | None = (
        OrganisationPage.objects.filter(locale=index.locale, draft_title__iexact=title).order_by("path").first()
    )
    return found


def _add(parent: Page, page: Page) -> None:
    """Put a page into the tree. Its address is made of its title among its siblings, where letters are in it."""
    page.slug = "" if slugify(page.title, allow_unicode=True) else page.translation_key.hex
    parent.add_child(instance=page)


def _finish(page: Any, user: Any, *, complete: bool = True) -> None:
    """Do for a new page what the CMS does: a first revision, an entry in the log, aliases where languages follow."""
    page.save_revision(user=user, log_action=True, clean=complete)
    create_aliases_for_new_page(page)
