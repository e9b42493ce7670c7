"""Whether the site is alive, and whether what it depends on is ready."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def alive(request: HttpRequest) -> HttpResponse:
    """Answer without touching anything: the process runs."""
    return HttpResponse("ok\n", content_type="text/plain")


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_cache() -> None:
    cache.set("readyz", "ok", timeout=5)
    if cache.get("readyz") != "ok":
        raise ConnectionError("the cache forgot what it was told")


REQUIRED: dict[str, Callable[[], None]] = {"database": check_database}
HELPFUL: dict[str, Callable[[], None]] = {"cache": check_cache}


def state_of(check: Callable[[], None]) -> str:
    try:
        check()
    except Exception:
        return "down"
    return "ok"


def ready(request: HttpRequest) -> HttpResponse:
    """Say the state of each dependency; 503 while one is down without which nothing but the help page works."""
    states = {name: state_of(check) for name, check in {**REQUIRED, **HELPFUL}.items()}
    works = all(states[name] == "ok" for name in REQUIRED)
    status = HTTPStatus.OK if works else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": works, "dependencies": states}, status=status)
