"""What toolboxes add to Wagtail: agendas that do not add up are said, and listed."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from toolbox_pages import agendas, training
from toolbox_pages.durations import spoken


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [path("training-times/", agendas.training_times, name="training_times")]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("Agendas that do not add up"),
        reverse("training_times"),
        name="training-times",
        icon_name="time",
        order=1300,
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_when_the_agenda_differs(request: HttpRequest, page: Page) -> None:
    """Tell whoever saved or published a training; what they typed is kept either way."""
    differs = training.stated_and_counted(page)
    if differs is not None:
        stated, counted = map(spoken, differs)
        text = _("“%(title)s”: your agenda says %(stated)s, the sessions add up to %(counted)s. Correct one of them.")
        messages.warning(
            request,
            text % {"title": page.title, "stated": stated, "counted": counted},
            buttons=[messages.button(reverse("training_times"), _("Show"))],
        )
