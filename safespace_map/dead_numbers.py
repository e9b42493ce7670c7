"""“This number did not work”: a visitor says so with one press. No text, no address, nobody is known by it.

The answer is the same whether the number is known, hidden or made up, and whether it was counted (safety rules 1, 4).
"""

import datetime
import uuid
from http import HTTPStatus

from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from equalcity.core.callers import address_of, neighbourhood, wait
from equalcity.core.origin import same_origin
from equalcity.core.public import public_pages
from safespace_map.models import DeadNumber, PhoneLine, SafeSpacePage

KEPT = datetime.timedelta(days=30)
# A whole shelter may share one connection.
MOST, WINDOW = 30, 3600


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def number_did_not_work(request: HttpRequest) -> HttpResponse:
    """Count it, then lead to a page that says thank you: Back shows no question about sending again."""
    if request.method != "POST":
        return render(request, "safespace_map/number_did_not_work.html")
    if not wait("dead-number", neighbourhood(address_of(request)), most=MOST, window=WINDOW):
        _count(request.POST.get("phone", ""))
    return HttpResponseRedirect(reverse("number_did_not_work"), status=HTTPStatus.SEE_OTHER)


def forget(today: datetime.date) -> int:
    """Delete what was said longer ago than it is kept."""
    deleted: int = DeadNumber.objects.filter(day__lt=today - KEPT).delete()[0]
    return deleted


def _count(key: str) -> None:
    try:
        phone = uuid.UUID(key)
    except ValueError:
        return
    pages = PhoneLine.objects.filter(translation_key=phone).values("page")
    if not public_pages(SafeSpacePage.objects.filter(pk__in=pages)).exists():
        return
    row, _made = DeadNumber.objects.get_or_create(phone=phone, day=timezone.localdate())
    DeadNumber.objects.filter(pk=row.pk).update(count=F("count") + 1)
