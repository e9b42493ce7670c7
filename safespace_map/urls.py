"""Addresses of the safe-space map, below the language. They are reserved: no page can stand there."""

from django.urls import path

from safespace_map import views

app_name = "places"
urlpatterns = [
    path("<int:pk>/", views.ask, name="ask"),
]
