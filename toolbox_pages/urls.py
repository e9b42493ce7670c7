"""Addresses that span all guides, below the language. They are reserved: no page can stand there."""

from django.urls import path

from toolbox_pages import views

app_name = "practices"
urlpatterns = [
    path("compare/", views.side_by_side, name="compare"),
    path("gaps/", views.gap_map, name="gaps"),
]
