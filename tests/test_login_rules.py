"""What passwords, codes and sessions must be, and how they are kept."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.test import Client

from membership.models import User
from tests.factories import A_MOMENT, PASSWORD
from tests.signed_in import SECRET, code_at, give_second_step
from tests.test_headers import run
from tests.test_house import COMPLETE
from tests.test_takeover import is_in, log_in, make_login
from tests.walking import Page

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/signup/"


def sign_up(password, email="newcomer@example.org"):
    Client().post(SIGNUP, {"email": email, "password1": password})
    return User.objects.filter(email=email).first()


@pytest.mark.parametrize(
    "password", ["sevenle", "password", "12345678901", "newcomer@example.org", ""]
)
def test_a_password_is_long_enough_and_neither_common_nor_ones_own_name(password):
    assert sign_up(password) is None


@pytest.mark.parametrize(
    ("password", "how_to_mend"),
    [
        ("sevenle", "it needs 8 characters or more. Add another word."),
        ("password", "Choose three words that do not belong together."),
        ("92837465019", "This password is figures alone, which are guessed quickly. Add a word"),
        ("newcomer@example.org", "too much like your e-mail address, which others know."),
    ],
)
def test_a_password_that_is_refused_comes_with_a_way_to_mend_it(client, password, how_to_mend):
    sent = {"email": "newcomer@example.org", "password1": password}

    assert how_to_mend in client.post(SIGNUP, sent).content.decode()


@pytest.mark.parametrize(
    "password", ["eightlet", "x " * 40 + "ÿ", "нет пароля 👩🏽", "UPPER and lower"]
)
def test_a_password_may_be_long_and_of_any_letters_and_is_taken_as_typed(password):
    user = sign_up(password)

    assert user.check_password(password)
    assert not user.check_password(password.swapcase() if password.isascii() else password[:-1])


def test_a_new_password_needs_the_one_before():
    user = make_login()
    client = log_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    new = "three words unrelated"

    sent = {"oldpassword": "wrong", "password1": new, "password2": new}
    client.post("/accounts/password/change/", sent)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("way", ["/accounts/login/", SIGNUP])
def test_password_fields_hide_what_is_typed_and_let_it_be_filled_in(client, way):
    page = Page(client.get(way).content.decode())

    fields = [one for one in page.all("input") if one["name"].startswith("password")]
    assert [one["type"] for one in fields] == ["password"]
    wanted = {"/accounts/login/": "current-password", SIGNUP: "new-password"}[way]
    assert [one["autocomplete"] for one in fields] == [wanted]


def test_passwords_are_stored_by_djangos_own_slow_hash(tmp_path):
    script = (
        "import django; django.setup();"
        "from django.contrib.auth.hashers import make_password; print(make_password('x'))"
    )

    done = run(tmp_path, "-c", script, DJANGO_SETTINGS_MODULE="cmsuk.settings", **COMPLETE)

    algorithm, rounds, _salt, _digest = done.stdout.strip().split("$")
    assert algorithm == "pbkdf2_sha256"
    assert int(rounds) >= 600_000


def test_secrets_of_the_second_step_are_random_and_long_enough():
    user, other = make_login(), make_login("other@example.org")
    for each in (user, other):
        give_second_step(each)

    codes = [
        set(RecoveryCodes(one).get_unused_codes())
        for one in Authenticator.objects.filter(type="recovery_codes")
    ]

    assert [len(one) for one in codes] == [10, 10]
    assert not codes[0] & codes[1]
    assert {len(code) for one in codes for code in one} == {8}
    assert len({generate_totp_secret() for _ in range(100)}) == 100
    assert len(generate_totp_secret()) == 32  # 160 bits


@pytest.mark.parametrize(("later", "works"), [(0, True), (29, True), (30, False), (-1, False)])
def test_a_code_of_the_app_is_good_for_its_half_minute_alone(later, works):
    user = make_login()
    give_second_step(user)
    with time_machine.travel(A_MOMENT, tick=False) as clock:
        code = code_at(time.time(), SECRET)
        clock.shift(later)
        client = log_in(user)

        client.post("/accounts/2fa/authenticate/", {"code": code})

        assert is_in(client) == works


def test_guessing_a_code_of_a_letter_ends_the_sign_up(mailoutbox):
    client = Client()
    client.post(SIGNUP, {"email": "newcomer@example.org", "password1": "three words unrelated"})
    for number in range(5):
        client.post("/accounts/confirm-email/", {"code": f"WRONG{number}"})
    code = re.search(r"Your code: (\S+)", mailoutbox[0].body)[1]

    client.post("/accounts/confirm-email/", {"code": code})

    assert not is_in(client)


def test_a_login_that_is_shut_is_out_at_once():
    user = make_login()
    client = log_in(user)
    before = is_in(client)

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert (before, is_in(client)) == (True, False)


@pytest.mark.parametrize("way", ["/", "/profile/", "/faq/", "/accounts/2fa/", "/directory/"])
def test_every_page_of_somebody_signed_in_has_a_way_out(way):
    page = log_in(make_login()).get(way).content.decode()

    assert "/accounts/logout/" in page
