"""The command that makes the first member of staff."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from foundation import history
from membership.models import User
from tests.factories import PASSWORD, make_officer, make_person

pytestmark = pytest.mark.django_db
CHOSEN = "a quite different horse"


def run(email: str = "olive@example.org") -> str:
    out = StringIO()
    call_command("first_officer", email, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def path_of(link: str, settings) -> str:
    assert link.startswith(settings.SITE_URL)
    return link.removeprefix(settings.SITE_URL)


def choose_password(client: Client, way: str) -> None:
    form = client.get(way, follow=True)
    here = form.redirect_chain[-1][0] if form.redirect_chain else way
    client.post(here, {"password1": CHOSEN, "password2": CHOSEN}, follow=True)


def test_the_first_member_of_staff_may_do_everything_and_has_no_password_yet():
    run()

    user = User.objects.get(email="olive@example.org")
    assert (user.is_staff, user.is_superuser, user.is_active) == (True, True, True)
    assert not user.has_usable_password()
    assert history.of("staff").get().verb == "made the first member of staff"


def test_the_link_sets_a_password_that_leads_to_the_offices_second_step(settings, client):
    way = path_of(run(), settings)

    choose_password(client, way)
    fresh = Client()
    fresh.post("/accounts/login/", {"login": "olive@example.org", "password": CHOSEN})

    assert fresh.get("/admin/")["Location"] == "/accounts/2fa/"


def test_the_command_tells_of_the_second_step_that_the_office_asks_for():
    err = StringIO()

    call_command("first_officer", "olive@example.org", stdout=StringIO(), stderr=err)

    assert "The office then asks for a second step" in err.getvalue()


def test_the_link_works_once(settings, client):
    way = path_of(run(), settings)
    choose_password(client, way)
    user = User.objects.get()
    user.set_password(PASSWORD)
    user.save()

    choose_password(Client(), way)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_link_runs_out(settings):
    way = path_of(run(), settings)
    later = timezone.now() + dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 1)

    with time_machine.travel(later):
        choose_password(Client(), way)

    assert not User.objects.get().has_usable_password()


def test_there_is_one_first_member_of_staff():
    make_officer()

    with pytest.raises(CommandError) as caught:
        run()

    assert str(caught.value).startswith("There is a member of staff already.")
    assert not User.objects.filter(email="olive@example.org").exists()


def test_members_do_not_count_as_staff():
    make_person()

    run()

    assert User.objects.filter(is_staff=True).get().email == "olive@example.org"


def test_who_signed_up_before_keeps_their_login():
    person = make_person()

    run(person.user.email.upper())

    person.user.refresh_from_db()
    assert (User.objects.count(), person.user.is_superuser) == (1, True)
    assert person.user.check_password(PASSWORD)


@pytest.mark.parametrize("email", ["olive", "", "olive@"])
def test_what_is_no_address_is_refused(email):
    with pytest.raises(CommandError) as caught:
        run(email)

    assert str(caught.value) == f"“{email}” is not an e-mail address."
    assert User.objects.count() == 0
