"""The application under load, ours or what `wagtail start` gives; every answer names the worker that gave it.

The name lets the client hold one connection to each worker: left to chance, both may end at the same one.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.environment import WORKER_HEADER

if os.environ["DJANGO_SETTINGS_MODULE"] == "benchmarks.stock_settings":
    from django.core.wsgi import get_wsgi_application

    plain: Callable[..., Any] = get_wsgi_application()
else:
    from equalcity.wsgi import application as plain


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    def named(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, (WORKER_HEADER, str(os.getpid()))], *rest)

    answer: Iterable[bytes] = plain(environ, named)
    return answer
