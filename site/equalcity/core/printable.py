"""Pages that can be printed: as one plain page, and as a PDF."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from equalcity.core import pdf
from equalcity.core.errors import unavailable


class Printable(RoutablePageMixin, models.Model):
    """A page with `print/` and `pdf/` below its address.

    Both include the fragment `print_template`, drawn with what `get_print_context` returns: a page that prints more
    than it shows, such as a whole manual, adds it there.
    """

    print_template: ClassVar[str]
    # Whether its PDF may wait in the cache, which may be the memory of many processes, for whoever asks next.
    keeps_pdf: ClassVar[bool] = True

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "pdf_available": pdf.available()}  # type: ignore[misc]

    def get_print_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = self.get_context(request)
        return context

    @path("print/", name="print")
    def as_print(self, request: HttpRequest) -> TemplateResponse:
        """The whole content as one page without folds."""
        context = {**self.get_print_context(request), "fragment": self.print_template}
        return TemplateResponse(request, "core/printable.html", context)

    @path("pdf/", name="pdf")
    def as_pdf(self, request: HttpRequest) -> HttpResponse:
        """The same as a tagged PDF."""
        if not pdf.available():
            return unavailable(request, gettext("PDFs are off on this server. The printable page is there."))
        context = {**self.get_print_context(request), "fragment": self.print_template}
        try:
            made = pdf.pdf_of(render_to_string("core/pdf.html", context, request), keep=self.keeps_pdf)
        except pdf.Busy:
            return unavailable(
                request, gettext("Another PDF is being made. Wait a minute, then ask for this one again.")
            )
        answer = HttpResponse(made, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{ascii_name(self)}.pdf"'
        return answer


def ascii_name(page: Any) -> str:
    """Return a file name from the page's slug: letters, digits and hyphens, nothing else reaches a header."""
    kept = "".join(sign for sign in page.slug if sign.isascii() and (sign.isalnum() or sign == "-"))
    return kept[:80] or f"page-{page.pk}"
