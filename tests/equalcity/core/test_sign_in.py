"""Nobody reaches `/cms/` without password and second factor, and guessing ends after five tries."""

import datetime
import logging
import re
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from equalcity.core.models import SignInAttempt, User
from tests.factories import UserFactory
from tests.factories.staff import code_for, set_up_second_factor, sign_in

pytestmark = pytest.mark.django_db

LOGIN = "/cms/login/"
CODE = "/cms/login/second-factor/authenticate/"
SET_UP = "/cms/login/second-factor/totp/activate/"
PASSWORD = "a-long-password"
WRONG = "After five failures nothing works for fifteen minutes."


@pytest.fixture
def editor() -> User:
    return UserFactory(username="editor", email="editor@example.org", is_superuser=True)


def give_password(client: Client, name: str = "editor", password: str = PASSWORD) -> str:
    """Post the first form; return where it leads, or its text when it stays."""
    answer = client.post(LOGIN, {"login": name, "password": password})
    return answer["Location"] if answer.status_code == HTTPStatus.FOUND else answer.content.decode()


def give_code(client: Client, code: str, path: str = CODE) -> str:
    answer = client.post(path, {"code": code})
    return answer["Location"] if answer.status_code == HTTPStatus.FOUND else answer.content.decode()


def status_of_cms(client: Client) -> int:
    return client.get("/cms/").status_code


def test_first_sign_in_leads_to_the_second_factor(client: Client, editor: User) -> None:
    """On into the dashboard it goes when the transaction commits: `tests/browser/test_staff.py`."""
    assert give_password(client, "editor@example.org") == "/cms/"
    assert client.get("/cms/")["Location"] == SET_UP
    page = client.get(SET_UP).content.decode()
    secret = re.search(r'class="staff-key" dir="ltr">([A-Z2-7]+)<', page)
    assert secret is not None
    assert give_code(client, code_for(secret[1]), SET_UP) == "/cms/login/second-factor/recovery-codes/"

    codes = client.get("/cms/login/second-factor/recovery-codes/").content.decode()
    assert len(re.findall(r"<li><code>\d{8}</code></li>", codes)) == 10
    assert secret[1] not in str(Authenticator.objects.values_list("data", flat=True))


def test_second_sign_in_asks_for_a_code(client: Client, editor: User) -> None:
    secret = set_up_second_factor(editor)
    assert give_password(client) == CODE
    assert client.get("/cms/")["Location"].startswith(LOGIN)

    assert give_code(client, code_for(secret)) == "/cms/"
    assert status_of_cms(client) == HTTPStatus.OK


def test_a_recovery_code_works_once(editor: User) -> None:
    set_up_second_factor(editor)
    code = RecoveryCodes.activate(editor).get_unused_codes()[0]
    first, second = Client(), Client()
    give_password(first)
    assert give_code(first, code) == "/cms/"
    give_password(second)
    assert "That code did not work." in give_code(second, code)


def test_a_code_works_once(editor: User) -> None:
    secret = set_up_second_factor(editor)
    first, second = Client(), Client()
    code = code_for(secret)
    give_password(first)
    assert give_code(first, code) == "/cms/"
    give_password(second)
    assert "That code did not work." in give_code(second, code)


@pytest.mark.parametrize(
    "path",
    ["/cms/", "/cms/pages/", "/cms/users/", "/cms/images/", "/cms/account/", "/cms/localize/reports/translations/"],
)
def test_without_second_factor_everything_leads_to_setting_it_up(client: Client, editor: User, path: str) -> None:
    give_password(client)
    assert client.get(path)["Location"] == SET_UP
    assert client.post(path).status_code == HTTPStatus.FORBIDDEN


def test_a_session_that_came_another_way_is_ended(client: Client, editor: User) -> None:
    set_up_second_factor(editor)
    client.force_login(editor)

    assert client.get("/cms/")["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


def test_a_session_from_before_the_second_factor_does_not_outlive_it(client: Client, editor: User) -> None:
    give_password(client)
    set_up_second_factor(editor)
    assert client.get("/cms/")["Location"] == LOGIN


def test_the_account_screen_leads_to_the_second_factor(client: Client, editor: User) -> None:
    sign_in(client, editor)
    assert 'href="/cms/login/second-factor/"' in client.get("/cms/account/").content.decode()
    page = client.get("/cms/login/second-factor/")
    assert (page.status_code, "Take another telephone" in page.content.decode()) == (HTTPStatus.OK, True)


def test_taking_the_second_factor_away_closes_the_door(client: Client, editor: User) -> None:
    sign_in(client, editor)
    assert status_of_cms(client) == HTTPStatus.OK
    assert client.post("/cms/login/second-factor/totp/deactivate/")["Location"] == "/cms/login/second-factor/"
    assert client.get("/cms/")["Location"] == SET_UP


@pytest.mark.parametrize("path", ["/en/_util/login/", "/cms/login/"])
def test_wagtails_own_sign_in_cannot_be_reached(client: Client, editor: User, path: str) -> None:
    answer = client.post(path, {"username": "editor", "password": PASSWORD}, follow=True)
    assert answer.status_code == HTTPStatus.OK
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path", ["/cms/password_reset/", "/cms/login/signup/", "/cms/login/password/reset/", "/cms/login/email/"]
)
def test_there_is_no_other_way_in(client: Client, editor: User, path: str) -> None:
    assert Client().get(path).status_code in (HTTPStatus.FOUND, HTTPStatus.NOT_FOUND)
    sign_in(client, editor)
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


def test_a_wrong_name_and_a_wrong_password_look_the_same(client: Client, editor: User) -> None:
    def stripped(html: str) -> str:
        return re.sub(r'value="[^"]*"', "", html)

    known = give_password(client, "editor", "wrong")
    unknown = give_password(client, "nobody", "wrong")
    by_mail = give_password(client, "nobody@example.org", "wrong")
    assert WRONG in known
    assert stripped(known) == stripped(unknown) == stripped(by_mail)


@pytest.mark.parametrize("names", [("editor", "editor@example.org", "EDITOR"), ("nobody",)])
def test_five_failures_lock_every_name_of_an_account_known_or_not(editor: User, names: tuple[str, ...]) -> None:
    for number in range(5):
        assert WRONG in give_password(Client(), names[number % len(names)], "wrong")
    assert SignInAttempt.objects.count() == 5

    answers = {WRONG in give_password(Client(), name) for name in names}
    assert answers == {True}
    assert SignInAttempt.objects.count() == 5


def test_the_lock_ends_after_fifteen_minutes(client: Client, editor: User) -> None:
    for _ in range(5):
        give_password(Client(), password="wrong")
    SignInAttempt.objects.update(at=timezone.now() - datetime.timedelta(minutes=16))
    assert give_password(client) == "/cms/"
    assert SignInAttempt.objects.count() == 0


def test_a_success_starts_the_count_anew(client: Client, editor: User) -> None:
    for _ in range(4):
        give_password(Client(), password="wrong")
    assert give_password(client) == "/cms/"
    for _ in range(4):
        give_password(Client(), password="wrong")
    assert give_password(Client()) == "/cms/"


def test_five_wrong_codes_lock_the_second_factor(editor: User) -> None:
    secret = set_up_second_factor(editor)
    wrong = "0" * 6 if code_for(secret) != "0" * 6 else "1" * 6
    for _ in range(5):
        client = Client()
        give_password(client)
        assert "That code did not work." in give_code(client, wrong)

    client = Client()
    give_password(client)
    assert "That code did not work." in give_code(client, code_for(secret))


def test_after_a_change_of_the_secret_key_no_code_fits(client: Client, editor: User, settings) -> None:
    secret = set_up_second_factor(editor)
    settings.SECRET_KEY = "another"
    give_password(client)
    assert "That code did not work." in give_code(client, code_for(secret))


def test_a_switched_off_account_does_not_get_in(client: Client, editor: User) -> None:
    editor.is_active = False
    editor.save()
    give_password(client)
    assert client.get("/cms/")["Location"].startswith(LOGIN)


def test_the_log_says_who_and_not_from_where(editor: User, caplog: pytest.LogCaptureFixture, client: Client) -> None:
    secret = set_up_second_factor(editor)
    with caplog.at_level(logging.INFO, "equalcity.sign_in"):
        give_password(client, password="wrong")
        give_password(client, "my-secret-password", "wrong")
        give_password(client)
        give_code(client, code_for(secret))
        client.post("/cms/logout/")

    said = [record.getMessage() for record in caplog.records if record.name == "equalcity.sign_in"]
    assert said == [
        "sign-in failed for editor",
        "sign-in failed for an unknown account",
        "editor signed in",
        "editor signed out",
    ]


def test_visitors_get_no_cookie_and_staff_pages_have_a_policy(client: Client, editor: User) -> None:
    page = client.get("/en/help/")
    assert (page.status_code, dict(page.cookies)) == (HTTPStatus.OK, {})
    signing_in = client.get(LOGIN)
    assert "sessionid" not in signing_in.cookies
    assert signing_in["Content-Security-Policy"].split("; ").count("default-src 'none'") == 1
    assert "unsafe" not in signing_in["Content-Security-Policy"]

    sign_in(client, editor)
    policy = client.get("/cms/")["Content-Security-Policy"]
    assert policy.split("; ").count("default-src 'none'") == 1
    assert "http" not in policy


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(client: Client, editor: User, target: str) -> None:
    answer = client.post(LOGIN, {"login": "editor", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/cms/"


def test_the_operator_can_let_somebody_set_up_a_new_second_factor(client: Client, editor: User) -> None:
    set_up_second_factor(editor)
    call_command("reset_second_factor", "editor")
    give_password(client)
    assert client.get("/cms/")["Location"] == SET_UP
    with pytest.raises(CommandError, match=r"There is no account nobody\."):
        call_command("reset_second_factor", "nobody")
