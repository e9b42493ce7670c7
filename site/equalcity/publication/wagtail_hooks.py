"""What publication adds to Wagtail."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from equalcity.publication import guards


@hooks.register("before_serve_page", order=-100)
def serve_only_public(page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any) -> None:
    guards.serve_only_public(page, request, serve_args, serve_kwargs)
