"""Signing in without a password: a code in a letter, and what it is no way round."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client

from membership.models import User
from tests.factories import A_MOMENT
from tests.signed_in import give_second_step
from tests.test_takeover import ask_for_another, is_in, make_login, without_tokens

pytestmark = pytest.mark.django_db
ASK, TYPE = "/accounts/login/code/", "/accounts/login/code/confirm/"


def ask(email="perdita@example.org", client=None, **more):
    client = client or Client()
    client.post(ASK, {"email": email, **more})
    return client


def code_in(letter):
    return re.search(r"Your code: (\S+)", letter.body)[1]


def test_the_code_of_the_letter_signs_in(mailoutbox):
    make_login()
    client = ask()

    led = client.post(TYPE, {"code": code_in(mailoutbox[0])})

    assert led["Location"] == "/profile/"
    assert is_in(client)
    assert (mailoutbox[0].to, mailoutbox[0].subject.startswith("CMSUK: Your code to sign in")) == (
        ["perdita@example.org"],
        True,
    )


def test_whoever_was_on_the_way_somewhere_comes_there(mailoutbox):
    make_login()
    client = ask(next="/profile/card/")

    led = client.post(TYPE, {"code": code_in(mailoutbox[0]), "next": "/profile/card/"})

    assert led["Location"] == "/profile/card/"


def test_it_counts_as_a_fresh_sign_in(mailoutbox):
    make_login()
    client = ask()
    client.post(TYPE, {"code": code_in(mailoutbox[0])})

    page = ask_for_another(client)

    assert "<h1>Is it still you?</h1>" not in page.content.decode()


def test_a_code_works_once(mailoutbox):
    make_login()
    client = ask()
    code = code_in(mailoutbox[0])
    client.post(TYPE, {"code": code})
    client.post("/accounts/logout/")

    client.post(TYPE, {"code": code})

    assert not is_in(client)


def test_a_code_opens_no_other_browser(mailoutbox):
    make_login()
    ask()
    other = ask("unknown@example.org")

    other.post(TYPE, {"code": code_in(mailoutbox[0])})
    Client().post(TYPE, {"code": code_in(mailoutbox[0])})

    assert not is_in(other)


def test_three_wrong_codes_end_the_sign_in(mailoutbox):
    make_login()
    client = ask()
    for wrong in ("WRONG1", "WRONG2", "WRONG3"):
        client.post(TYPE, {"code": wrong})

    client.post(TYPE, {"code": code_in(mailoutbox[0])})

    assert not is_in(client)


@pytest.mark.parametrize(("minutes", "works"), [(9, True), (11, False)])
def test_a_code_lasts_ten_minutes(mailoutbox, minutes, works):
    with time_machine.travel(A_MOMENT, tick=False) as clock:
        make_login()
        client = ask()
        clock.shift(dt.timedelta(minutes=minutes))

        client.post(TYPE, {"code": code_in(mailoutbox[0])})

        assert is_in(client) is works


def test_nothing_but_the_letter_tells_whether_there_is_an_account(mailoutbox):
    make_login()
    told = {}
    for email in ("perdita@example.org", "unknown@example.org"):
        client = Client()
        answer = client.post(ASK, {"email": email})
        page = client.get(TYPE)
        wrong = client.post(TYPE, {"code": "WRONGX"})
        told[email] = [
            answer.status_code,
            answer["Location"],
            *(without_tokens(one).replace(email, "x") for one in (page, wrong)),
        ]

    known, unknown = told.values()
    assert known == unknown
    assert [letter.subject.partition(":")[2][:11] for letter in mailoutbox] == [
        " Your code ",
        " No account",
    ]


def test_it_is_no_way_round_the_second_step(mailoutbox):
    user = make_login()
    give_second_step(user)
    client = ask()

    led = client.post(TYPE, {"code": code_in(mailoutbox[0])})

    assert led["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_in(client)


def test_a_login_that_was_shut_gets_in_by_no_code(mailoutbox):
    user = make_login()
    User.objects.filter(pk=user.pk).update(is_active=False)
    client = ask()

    for letter in mailoutbox:
        if "Your code:" in letter.body:
            client.post(TYPE, {"code": code_in(letter)})

    assert not is_in(client)


def test_the_login_page_leads_to_it_and_back_to_where_one_was_going(client):
    page = client.get("/accounts/login/?next=/profile/card/").content.decode()

    assert 'href="/accounts/login/code/?next=%2Fprofile%2Fcard%2F"' in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        *((one, "The passkey was not read.") for one in ("", "{}", "nonsense", "[]", "null")),
        ('{"response": {}}', "This passkey does not open this login."),
    ],
)
def test_what_no_passkey_answers_is_said_in_words(client, sent, words):
    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": sent}, follow=True)

    assert answer.redirect_chain == [("/accounts/login/", 302)]
    assert words in answer.content.decode()
