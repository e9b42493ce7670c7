"""Below a language: `feed.atom`, and the calendars of event pages and their lists."""

from django.urls import path, re_path

from campaign import views

urlpatterns = [
    path("feed.atom", views.atom, name="feed"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)event\.ics$", views.event_calendar),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)events\.ics$", views.events_calendar),
]
