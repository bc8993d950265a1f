"""An answer that is sent after the login ended, or changed in another tab, is not lost."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from foundation.typed import KEPT_SECONDS, LONGEST, mark_of
from membership.models import Person
from tests.factories import make_person
from tests.membership import applying
from tests.membership.applying import HOME

pytestmark = pytest.mark.django_db

PATH = "/apply/home/"
PASSWORD = "sample pass phrase"  # of an invented person


@pytest.fixture
def typed(page, person):
    """The home page of Priya's application, filled in; she can log in by her password."""
    may_log_in(person)
    page.force_login(person.user)
    shown = page.get(PATH)
    mark = shown.content.decode().partition('name="typed_by" value="')[2].partition('"')[0]
    return {**HOME, "typed_by": mark}


def end_login(page):
    page.session.flush()


def may_log_in(person):
    user = person.user
    user.email = person.email
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def log_in(page, email="priya@example.org", to=PATH):
    return page.post("/accounts/login/", {"login": email, "password": PASSWORD, "next": to})


def name_of(person):
    return Person.objects.get(pk=person.pk).given_name


def test_after_the_login_ended_the_form_comes_back_filled_in_and_unsaved(page, person, typed):
    end_login(page)
    sent = page.post(PATH, typed)
    login = page.get(sent.url).content.decode()
    back = log_in(page)

    shown = page.get(back.url)

    assert sent.url == f"/accounts/login/?next={PATH}"
    assert "What you typed is kept for an hour" in login
    assert back.url == PATH
    assert shown.context["form"]["address_line_1"].value() == HOME["address_line_1"]
    assert "please save once more" in shown.content.decode()
    assert name_of(person) == ""


def test_saving_once_more_saves_and_the_next_look_is_plain(page, person, typed):
    end_login(page)
    page.post(PATH, typed)
    log_in(page)
    page.get(PATH)

    answer = page.post(PATH, typed)
    page.get(answer.url)

    assert (answer.status_code, name_of(person)) == (302, "Priya")
    assert not page.get(PATH).context["form"].is_bound
    assert "typed" not in page.session


def test_another_page_is_not_filled_with_it(page, typed):
    end_login(page)
    page.post(PATH, typed)
    log_in(page)

    assert not page.get("/apply/work/").context["form"].is_bound
    assert not page.get(f"{PATH}?next=check").context["form"].is_bound


def test_somebody_else_who_logs_in_there_sees_none_of_it(page, typed):
    other = make_person(email="other@example.org", given_name="Otto", family_name="Other")
    may_log_in(other)
    end_login(page)
    page.post(PATH, typed)
    log_in(page, "other@example.org")
    applying.start(page, "case_manager")

    shown = page.get(PATH)

    assert not shown.context["form"].is_bound
    assert 'value="Priya"' not in shown.content.decode()


@pytest.mark.parametrize("mark", ["", "nonsense", "x" * 3000])
def test_without_the_mark_of_its_writer_nothing_is_kept(page, typed, mark):
    end_login(page)
    page.post(PATH, {**typed, "typed_by": mark})
    log_in(page)

    assert not page.get(PATH).context["form"].is_bound


def test_it_is_kept_for_an_hour_and_not_longer(page, typed):
    end_login(page)
    with time_machine.travel("2026-11-22 11:00", tick=False):
        page.post(PATH, typed)
        log_in(page)
    with time_machine.travel("2026-11-22 11:59:59", tick=False):
        assert page.get(PATH).context["form"].is_bound
    with time_machine.travel("2026-11-22 12:00:01", tick=False):
        assert not page.get(PATH).context["form"].is_bound
    assert KEPT_SECONDS == 3600


def test_more_than_anybody_types_is_not_kept(page, typed):
    end_login(page)
    page.post(PATH, {**typed, "town": "x" * LONGEST})

    assert "typed" not in page.session


def test_what_is_kept_holds_no_token(page, typed):
    end_login(page)
    page.post(PATH, {**typed, "csrfmiddlewaretoken": "secret"})

    kept = cache.get(page.session["typed"])["typed"]

    assert "address_line_1=1+Invented+Street" in kept
    assert "csrfmiddlewaretoken" not in kept
    assert "typed_by" not in kept


@pytest.mark.parametrize(
    "path", ["/apply/check/", "/apply/withdraw/", "/accounts/password/change/"]
)
def test_other_pages_keep_nothing(page, person, path):
    end_login(page)
    page.post(path, {"accepted": "on", "typed_by": mark_of(person.user.pk)})

    assert "typed" not in page.session


def test_a_job_and_a_referee_come_back_too(page, person, typed):
    end_login(page)
    for path, sent in (
        ("/apply/history/add/", applying.JOB),
        ("/apply/referees/1/", applying.FIRST_REFEREE),
    ):
        page.post(path, {**sent, "typed_by": typed["typed_by"]})
        log_in(page, to=path)

        assert page.get(path).context["form"].is_bound
        page.logout()
    assert person.employments.count() == 0


# Two tabs ------------------------------------------------------------------------------------


@pytest.fixture
def strict(page):
    """Priya's browser with the protection against forged forms switched on."""
    page.handler.enforce_csrf_checks = True
    return page


def token_in(answer):
    return (
        answer.content.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    )


def test_a_login_in_another_tab_loses_nothing(strict, person, typed):
    old = token_in(strict.get(PATH))
    strict.get("/accounts/logout/")
    strict.logout()
    login = token_in(strict.get("/accounts/login/"))
    strict.post(
        "/accounts/login/",
        {"login": "priya@example.org", "password": PASSWORD, "csrfmiddlewaretoken": login},
    )

    refused = strict.post(PATH, {**typed, "csrfmiddlewaretoken": old})
    shown = strict.get(refused.url)

    assert refused.url == PATH
    assert shown.context["form"]["town"].value() == HOME["town"]
    assert "please save once more" in shown.content.decode()
    assert name_of(person) == ""
    again = strict.post(PATH, {**typed, "csrfmiddlewaretoken": token_in(shown)})
    assert (again.status_code, name_of(person)) == (302, "Priya")


def test_a_forged_form_is_refused_and_kept_for_nobody(strict, person, typed):
    answer = strict.post(PATH, {**HOME, "typed_by": mark_of(make_person().user.pk)})

    assert (answer.status_code, name_of(person)) == (403, "")
    assert "typed" not in strict.session


def test_other_forms_still_say_please_send_that_again():
    answer = Client(enforce_csrf_checks=True).post("/contact/", {"typed_by": "x"})

    assert answer.status_code == 403
    assert "Please send that again" in answer.content.decode()
