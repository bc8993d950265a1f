"""Where somebody is signed in: shown to them alone, and ended from afar."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from foundation.models import Letter
from membership import devices
from tests.factories import PASSWORD, make_officer, make_person
from tests.walking import Page, faults

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"


def make_login(**kwargs):
    user = make_person(**kwargs).user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def browser_of(user, agent=FIREFOX):
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def is_in(client):
    return client.get("/profile/").status_code == 200


def words(answer):
    return answer.content.decode()


def of_the_phone(user):
    return UserSession.objects.get(user=user, user_agent=PHONE)


def test_every_browser_is_listed_this_one_first():
    user = make_login()
    browser_of(user, PHONE)
    here = browser_of(user)

    page = here.get("/profile/logins/")

    assert [(one.device, one.is_this) for one in page.context["places"]] == [
        ("Firefox on Windows", True),
        ("Safari on iPhone", False),
    ]
    assert "from the internet address 127.0.0.1" in words(page)
    assert list(faults(Page(words(page)))) == []


def test_one_browser_is_signed_out_from_another():
    user = make_login()
    phone, here = browser_of(user, PHONE), browser_of(user)

    page = here.post(f"/profile/logins/{of_the_phone(user).pk}/end/", follow=True)

    assert "That browser is signed out." in words(page)
    assert (is_in(phone), is_in(here)) == (False, True)
    assert Session.objects.count() == 1


def test_all_others_are_signed_out_at_once():
    user = make_login()
    phone, laptop, here = browser_of(user, PHONE), browser_of(user), browser_of(user)

    here.post("/profile/logins/end-others/")

    assert [is_in(one) for one in (phone, laptop, here)] == [False, False, True]
    assert [one.is_this for one in here.get("/profile/logins/").context["places"]] == [True]


def test_nobody_sees_or_ends_the_browsers_of_somebody_else():
    user, other = make_login(), make_login()
    phone, others = browser_of(user, PHONE), browser_of(other)

    shown = words(others.get("/profile/logins/"))
    answer = others.post(f"/profile/logins/{of_the_phone(user).pk}/end/", follow=True)
    others.post("/profile/logins/end-others/")

    assert "iPhone" not in shown
    assert "That browser was signed out already." in words(answer)
    assert is_in(phone)


def test_a_browser_that_signed_out_is_listed_no_more():
    user = make_login()
    phone, here = browser_of(user, PHONE), browser_of(user)

    phone.post("/accounts/logout/")

    assert len(here.get("/profile/logins/").context["places"]) == 1


def test_the_list_costs_the_same_with_one_browser_and_with_three(django_assert_max_num_queries):
    user = make_login()
    here = browser_of(user)
    here.get("/profile/logins/")
    with django_assert_max_num_queries(5):
        here.get("/profile/logins/")
    browser_of(user, PHONE)
    browser_of(user)

    with django_assert_max_num_queries(5):
        page = here.get("/profile/logins/")

    assert len(page.context["places"]) == 3


def test_a_new_password_signs_out_every_other_browser():
    user = make_login()
    phone, here = browser_of(user, PHONE), browser_of(user)
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})

    new = "three words unrelated"
    here.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    user.refresh_from_db()
    assert user.check_password(new)
    assert (is_in(phone), is_in(here)) == (False, True)
    assert len(here.get("/profile/logins/").context["places"]) == 1


def test_a_password_that_the_office_sets_signs_out_everywhere_and_is_told(mailoutbox):
    user = make_login()
    phone, office = browser_of(user, PHONE), Client()
    office.force_login(make_officer())
    new = {"password1": "three words unrelated", "password2": "three words unrelated"}

    office.post(f"/admin/membership/user/{user.pk}/password/", new | {"usable_password": "true"})

    assert not is_in(phone)
    user.refresh_from_db()
    assert user.check_password("three words unrelated")
    letter = Letter.objects.get(kind="password_set_by_office")
    assert letter.to == user.email
    assert "Olive Office of our office has changed" in letter.text


def test_the_librarys_own_list_leads_to_ours():
    assert browser_of(make_login()).get("/accounts/sessions/")["Location"] == "/profile/logins/"


@pytest.mark.parametrize("way", ["", "1/end/", "end-others/"])
def test_strangers_are_asked_to_log_in(client, way):
    answers = [client.get(f"/profile/logins/{way}"), client.post(f"/profile/logins/{way}")]

    assert {one["Location"].partition("?")[0] for one in answers} == {"/accounts/login/"}


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (FIREFOX, "Firefox on Windows"),
        (PHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Chrome/140.0 Safari/537 Edg/140", "Edge on Mac"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari", "Chrome on Android"),
        ("curl/8.0", "A browser"),
        ("", "A browser"),
        ("X11; Linux", "A browser on Linux"),
    ],
)
def test_a_browser_is_told_in_words(said, named):
    assert devices.named(said) == named
