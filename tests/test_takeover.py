"""The ways in which accounts are taken over, each of them closed."""

import datetime as dt
import re
import time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import hashers
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from membership.models import User
from tests.factories import A_MOMENT, PASSWORD, make_officer, make_person
from tests.signed_in import SECRET, code_at, give_second_step, recovery_code

pytestmark = pytest.mark.django_db
NEW = "three words unrelated"


def make_login(email="perdita@example.org"):
    user = make_person(email=email).user
    User.objects.filter(pk=user.pk).update(email=email)
    user.refresh_from_db()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def log_in(user, password=PASSWORD, **headers):
    client = Client(**headers)
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return client


def is_in(client):
    return client.get("/profile/").status_code == 200


def prove_oneself(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def ask_for_reset(email, client=None, **headers):
    return (client or Client()).post("/accounts/password/reset/", {"email": email}, **headers)


def link_in(letter):
    return re.search(r"https?://\S+/accounts/password/reset/key/\S+", letter.body)[0]


def choose(client, link, password=NEW):
    page = client.get(link, follow=True)
    sent = {"password1": password, "password2": password}
    return client.post(page.request["PATH_INFO"], sent, follow=True)


def without_tokens(answer):
    return re.sub(r'csrf\S+" value="[^"]*"', "", answer.content.decode())


# Another address ------------------------------------------------------------------------------


def ask_for_another(client, email="new@example.org"):
    return client.post("/accounts/email/", {"email": email, "action_add": ""}, follow=True)


@pytest.mark.parametrize(("minutes", "asks"), [(14, False), (15, True)])
def test_another_address_asks_whether_it_is_still_they(mailoutbox, minutes, asks):
    """Whoever signed in within the last quarter of an hour has just shown that it is."""
    with time_machine.travel(A_MOMENT, tick=False) as clock:
        client = log_in(make_login())
        clock.shift(dt.timedelta(minutes=minutes))

        page = ask_for_another(client)

    assert ("<h1>Is it still you?</h1>" in page.content.decode()) is asks
    assert (mailoutbox == []) is asks


def test_a_sign_in_of_somebody_else_in_this_browser_proves_nothing():
    with time_machine.travel(A_MOMENT, tick=False):
        client = log_in(make_login("known@example.org"))
        client.force_login(make_login())

        page = ask_for_another(client)

    assert "<h1>Is it still you?</h1>" in page.content.decode()


def test_another_address_counts_only_once_it_has_been_confirmed(mailoutbox):
    user = make_login()
    client = log_in(user)
    prove_oneself(client)

    ask_for_another(client)
    client.post("/accounts/confirm-email/", {"code": "WRONGX"})

    user.refresh_from_db()
    assert user.email == "perdita@example.org"
    assert [letter.to for letter in mailoutbox] == [["new@example.org"]]
    assert not is_in(log_in(User(email="new@example.org")))


def test_the_old_address_hears_of_the_new_one(mailoutbox):
    client = log_in(make_login())
    prove_oneself(client)
    page = ask_for_another(client)
    code = re.search(r"Your code: (\S+)", mailoutbox[-1].body)[1]

    client.post(page.request["PATH_INFO"], {"code": code})

    assert (mailoutbox[-1].to, mailoutbox[-1].subject) == (
        ["perdita@example.org"],
        "CMSUK: Your e-mail address was changed",
    )


def test_the_address_of_somebody_else_is_not_told_to_be_theirs(mailoutbox):
    make_login("known@example.org")
    client = log_in(make_login())
    prove_oneself(client)
    client.get("/profile/")

    told = {}
    for email in ("known@example.org", "unknown@example.org"):
        page = ask_for_another(client, email)
        told[email] = (page.redirect_chain, without_tokens(page).replace(email, "x"))

    assert told["known@example.org"] == told["unknown@example.org"]


# A forgotten password -------------------------------------------------------------------------


def test_a_reset_tells_by_nothing_whether_there_is_an_account(mailoutbox):
    make_login()
    asked = {}
    for email in ("perdita@example.org", "unknown@example.org"):
        client = Client()
        client.get("/accounts/password/reset/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = ask_for_reset(email, client)
        page = client.get(answer["Location"])
        asked[email] = (answer.status_code, answer["Location"], without_tokens(page), len(queries))

    known, unknown = asked.values()
    assert known[:3] == unknown[:3]
    assert abs(known[3] - unknown[3]) <= 2
    assert [letter.subject for letter in mailoutbox] == [
        "CMSUK: Choose a new password",
        "CMSUK: No account with this address",
    ]


def test_the_link_of_a_reset_is_of_our_own_address_whatever_host_was_named(settings, mailoutbox):
    make_login()
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    settings.SITE_URL = "https://portal.example.org"

    ask_for_reset("perdita@example.org", HTTP_HOST="other.example")
    ask_for_reset("perdita@example.org", HTTP_X_FORWARDED_HOST="evil.example")
    ask_for_reset("unknown@example.org", HTTP_HOST="other.example")

    letters = "".join(letter.body + str(letter.alternatives) for letter in mailoutbox)
    assert len(mailoutbox) == 3
    assert link_in(mailoutbox[0]).startswith("https://portal.example.org/accounts/")
    assert re.findall(r"(?:other|evil)\.example|testserver", letters) == []


def test_a_host_that_is_not_ours_gets_no_page():
    answer = Client().get("/accounts/password/reset/", HTTP_HOST="evil.example")

    assert answer.status_code == 400


def test_a_link_works_once(mailoutbox):
    user = make_login()
    ask_for_reset(user.email)
    link = link_in(mailoutbox[0])
    choose(Client(), link)

    again = choose(Client(), link, "another password")

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert "<h1>This link cannot be used</h1>" in again.content.decode()


@pytest.mark.parametrize(
    ("later", "works"), [(dt.timedelta(hours=2), True), (dt.timedelta(hours=2, seconds=1), False)]
)
def test_a_link_runs_out_after_two_hours(mailoutbox, later, works):
    with time_machine.travel(A_MOMENT, tick=False) as clock:
        user = make_login()
        ask_for_reset(user.email)
        clock.shift(later)

        choose(Client(), link_in(mailoutbox[0]))

    user.refresh_from_db()
    assert user.check_password(NEW) == works


def test_a_link_is_worthless_once_the_password_or_the_address_has_changed(mailoutbox):
    user = make_login()
    ask_for_reset(user.email)
    User.objects.filter(pk=user.pk).update(email="moved@example.org")

    answer = choose(Client(), link_in(mailoutbox[0]))

    assert "<h1>This link cannot be used</h1>" in answer.content.decode()


def test_a_link_of_one_is_none_for_another(mailoutbox):
    user, other = make_login(), make_login("other@example.org")
    ask_for_reset(user.email)
    ask_for_reset(other.email)
    mine, theirs = (link_in(letter) for letter in mailoutbox)
    forged = re.sub(r"key/[^-]+-", f"key/{re.search(r'key/([^-]+)-', theirs)[1]}-", mine)

    choose(Client(), forged)

    other.refresh_from_db()
    assert other.check_password(PASSWORD)


def test_a_new_password_by_link_ends_every_session_and_lets_nobody_in_by_itself(mailoutbox):
    user = make_login()
    thief, owner = log_in(user), Client()
    ask_for_reset(user.email)

    choose(owner, link_in(mailoutbox[0]))

    assert (is_in(thief), is_in(owner)) == (False, False)


def test_a_new_password_is_no_way_round_the_second_step(mailoutbox):
    user = make_login()
    give_second_step(user)
    ask_for_reset(user.email)
    choose(Client(), link_in(mailoutbox[0]))

    client = log_in(user, NEW)

    assert not is_in(client)
    assert Authenticator.objects.filter(user=user).count() == 2


# Signing in -----------------------------------------------------------------------------------


def test_a_session_that_somebody_planted_is_not_the_one_that_is_signed_in():
    user, planted = make_login(), Client()
    session = planted.session
    session["planted"] = True
    session.save()
    before = planted.cookies["sessionid"].value

    planted.post("/accounts/login/", {"login": user.email, "password": PASSWORD})

    assert planted.cookies["sessionid"].value != before
    thief = Client()
    thief.cookies["sessionid"] = before
    assert (is_in(planted), is_in(thief)) == (True, False)


def test_a_name_for_a_session_that_we_did_not_give_is_not_taken():
    user, client = make_login(), Client()
    client.cookies["sessionid"] = "chosenbythethiefchosenbythethief"

    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})

    assert client.cookies["sessionid"].value != "chosenbythethiefchosenbythethief"


def test_signing_out_ends_the_session_itself():
    client = log_in(make_login())
    kept = client.cookies["sessionid"].value
    client.post("/accounts/logout/")

    thief = Client()
    thief.cookies["sessionid"] = kept

    assert not is_in(thief)


def test_a_wrong_password_and_an_unknown_address_are_told_alike_at_the_same_cost():
    make_login()
    told = {}
    for email in ("perdita@example.org", "unknown@example.org"):
        client, hashed = Client(), Hashing()
        client.get("/accounts/login/")
        with CaptureQueriesContext(connection) as queries, hashed:
            answer = client.post("/accounts/login/", {"login": email, "password": "wrong"})
        text = without_tokens(answer).replace(email, "x")
        told[email] = (answer.status_code, text, len(queries), hashed.count)

    known, unknown = told.values()
    assert known[:2] == unknown[:2]
    assert abs(known[2] - unknown[2]) <= 2
    assert known[3] == unknown[3] > 0


class Hashing:
    """Counts how often a password is hashed: the time that a sign-in takes."""

    count = 0

    def __enter__(self):
        self._hasher = hashers.get_hasher()
        self._encode = type(self._hasher).encode
        counting = self

        def encode(hasher, *args, **kwargs):
            counting.count += 1
            return self._encode(hasher, *args, **kwargs)

        type(self._hasher).encode = encode
        return self

    def __exit__(self, *_error):
        type(self._hasher).encode = self._encode


def test_guessing_the_password_of_one_account_is_stopped_from_wherever_it_comes():
    user = make_login()
    for number in range(6):
        Client().post(
            "/accounts/login/",
            {"login": user.email, "password": f"guess {number}"},
            REMOTE_ADDR=f"192.0.2.{number}",
        )

    client = Client()
    client.post(
        "/accounts/login/", {"login": user.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.99"
    )

    assert not is_in(client)


def test_guessing_codes_is_stopped():
    user = make_login()
    give_second_step(user)
    for number in range(6):
        log_in(user).post("/accounts/2fa/authenticate/", {"code": f"00000{number}"})

    client = log_in(user)
    client.post("/accounts/2fa/authenticate/", {"code": code_at(time.time())})

    assert not is_in(client)


def test_asking_for_letters_without_end_is_stopped(mailoutbox):
    make_login()

    codes = [ask_for_reset("perdita@example.org").status_code for _ in range(30)]

    assert codes[-1] == 429
    assert len(mailoutbox) <= 20


def test_a_code_of_the_app_is_taken_once():
    user = make_login()
    give_second_step(user)
    with time_machine.travel(A_MOMENT, tick=False):
        first, second = log_in(user), log_in(user)

        for client in (first, second):
            client.post("/accounts/2fa/authenticate/", {"code": code_at(time.time())})

        assert (is_in(first), is_in(second)) == (True, False)


def test_after_signing_in_nobody_is_led_to_another_site():
    user, client = make_login(), Client()

    answer = client.post(
        "/accounts/login/?next=https://evil.example/",
        {"login": user.email, "password": PASSWORD, "next": "//evil.example/"},
    )

    assert answer["Location"] == "/profile/"


# Letters about it -----------------------------------------------------------------------------


def subjects():
    return [letter.subject.removeprefix("CMSUK: ") for letter in mail.outbox]


@pytest.mark.django_db(transaction=True)
def test_every_change_that_matters_is_told_by_letter():
    user = make_login()
    client = log_in(user)
    prove_oneself(client)
    new = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    client.post("/accounts/password/change/", new)
    client.post("/accounts/reauthenticate/", {"password": NEW})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_at(time.time(), secret)})
    client.post("/accounts/2fa/recovery-codes/generate/")
    client.post("/accounts/2fa/totp/deactivate/")

    assert [letter.to for letter in mail.outbox] == [[user.email]] * 4
    assert sorted(subjects()) == [
        "New recovery codes",
        "Two-step login is off",
        "Two-step login is on",
        "Your password was changed",
    ]


def test_recovery_codes_are_for_the_day_without_a_telephone():
    user = make_officer(email="olive@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    give_second_step(user)
    client = log_in(user)

    client.post("/accounts/2fa/authenticate/", {"code": recovery_code(user.email)})

    assert client.get("/admin/").status_code == 200
    assert SECRET not in client.get("/accounts/2fa/").content.decode()
