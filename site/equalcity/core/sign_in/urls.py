"""The addresses of signing in, below `/cms/login/`. There is no signing up and no reset by e-mail."""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("", views.login, name="account_login"),
    path("out/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("again/", views.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", include("allauth.mfa.urls")),
]
