"""The form of the list: taken by POST and answered with the way to what was asked, sealed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from equalcity.core.origin import same_origin
from equalcity.core.public import public_pages
from equalcity.core.sealed import SeeOther
from safespace_map import asking
from safespace_map.listing import list_address
from safespace_map.models import SafeSpaceIndexPage


@same_origin
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the visitor to the list with what the form asks for. Raises `Http404` without a public list."""
    page = public_pages(SafeSpaceIndexPage.objects.filter(pk=pk)).first()
    if page is None:
        raise Http404
    return SeeOther(list_address(page.get_url(request) or "", asking.read(request.POST)))
