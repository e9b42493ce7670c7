"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {"instance_name": settings.INSTANCE_NAME, "exit_guard": settings.EXIT_GUARD}
