"""Somebody has died: everything ends, nobody writes to them, and a mistake can be taken back."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from directory.models import Listing
from foundation import history, letters, silence
from foundation.models import Letter
from membership import cards, lifecycle, member_register, referees, standing, watch
from membership.models import Application, FeeDue, Person
from payments import invoicing, reminders, settlement
from payments.models import Account
from tests.directory.make import make_listing
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_approved,
    make_clerk,
    make_fee,
    make_fee_rate,
    make_member,
    make_officer,
    make_person,
    make_ready_application,
    make_registration,
    make_user,
)
from tests.payments.money import receive

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def record(person, died_on=A_DAY - DAY, by=None, at=A_MOMENT):
    return lifecycle.record_death(
        person_id=person.pk, died_on=died_on, by=by or make_officer(), at=at
    )


def undo(person, by=None, at=A_MOMENT):
    return lifecycle.undo_death(
        person_id=person.pk, by=by or make_officer(), at=at, reason="It was a namesake."
    )


def ending_member(**kwargs):
    """A listed member whose renewal is open, whose registration ends, and who may log in."""
    ends_on = A_DAY + 5 * DAY
    person = make_member(starts_on=ends_on - 364 * DAY, ends_on=ends_on, **kwargs)
    make_fee_rate()
    make_listing(person)
    make_registration(person, expires_on=ends_on)
    lifecycle.renew(person=person, at=A_MOMENT)
    return person


def nights(days=120):
    """Every sweep that writes to members, night after night."""
    for number in range(days):
        at = A_MOMENT + number * DAY
        lifecycle.raise_renewals(at=at)
        reminders.remind_renewals(at=at)
        watch.watch_registrations(at=at)
        lifecycle.lapse_due(at=at)
        lifecycle.tell_qualified(at=at)
        lifecycle.care_for_drafts(at=at)
        referees.remind_due(at=at)


def test_the_membership_ends_and_the_listing_goes_at_once():
    person = ending_member()
    assert list(Listing.objects.visible(A_DAY)) == [person.listing]

    record(person)

    assert standing.of(person, A_DAY).state == "deceased"
    assert list(standing.active(A_DAY)) == []
    assert list(Listing.objects.visible(A_DAY)) == []
    assert cards.shown(cards.card_of(person, at=A_MOMENT), on=A_DAY).said.label == "Former member"


def test_no_sweep_writes_to_them_again():
    person = ending_member()
    record(person)
    before = set(Letter.objects.filter(to=person.email))

    nights()

    assert set(Letter.objects.filter(to=person.email)) == before
    assert not FeeDue.objects.outstanding().exists()


def test_what_was_queued_before_or_is_caused_by_others_is_held_back():
    person = ending_member()
    reminders.remind_renewals(at=A_MOMENT)
    record(person)
    referee = make_ready_application().referees.first()
    referee.email = person.email
    referee.save()
    lifecycle.submit(
        application_id=referee.application_id,
        by=referee.application.person.user,
        at=A_MOMENT,
    )

    letters.send_waiting()

    assert not Letter.objects.filter(to=person.email, sent_at__isnull=False).exists()
    assert Letter.objects.filter(to=person.email, refused_at__isnull=False).count() == 2


def test_their_login_is_shut_and_no_new_password_is_sent(mailoutbox):
    person = make_member()
    client = Client()
    client.force_login(person.user)
    record(person)

    assert client.get("/profile/").status_code == 302
    Client().post("/accounts/password/reset/", {"email": person.email})

    assert mailoutbox == []


def test_somebody_else_still_gets_a_letter_for_a_new_password(mailoutbox):
    record(make_member())

    Client().post("/accounts/password/reset/", {"email": make_member().email})

    assert len(mailoutbox) == 1


def test_an_open_fee_is_closed_and_money_that_still_comes_is_credit():
    fee = make_approved(pence=9000)
    invoice = invoicing.raise_for(fee, at=A_MOMENT)
    record(fee.person)

    receive(invoice, 9000)
    settlement.activate_paid(at=A_MOMENT)

    fee.refresh_from_db()
    assert (fee.cancelled_at, fee.settled_on) == (A_MOMENT, None)
    assert Account.objects.get(person=fee.person).balance_pence() == 9000


@pytest.mark.parametrize("state", Application.OPEN)
def test_an_open_application_is_withdrawn(state):
    application = make_application(state=state)

    record(application.person)

    application.refresh_from_db()
    assert application.state == "withdrawn"


def test_the_office_hears_once_what_is_left_to_do():
    person = make_member()
    by = make_officer()

    record(person, by=by)
    record(person, by=make_officer(), at=A_MOMENT + DAY)

    letter = Letter.objects.get(kind="office_member_died")
    assert letter.to == "info@cmsuk.org"
    assert f"{person.name} died on 21 November 2026" in letter.text
    (line,) = [one for one in history.of(person.history_key) if one.verb == "recorded the death"]
    assert (line.actor, line.text) == (f"user {by.pk}", "21 November 2026")


def test_a_day_to_come_is_refused_and_today_is_not():
    person = make_member()

    with pytest.raises(lifecycle.DeathAhead, match="today or an earlier day"):
        record(person, died_on=A_DAY + DAY)

    assert record(person, died_on=A_DAY).died_on == A_DAY


def test_the_register_says_that_the_membership_ceased_on_that_day():
    record(make_member(), died_on=dt.date(2026, 11, 3))

    _head, line = member_register.lines(on=A_DAY)
    assert line.endswith("2026-06-01,2026-11-03\r\n")


def test_who_had_left_before_ceased_when_they_left():
    record(make_member(starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 12, 31)))

    _head, line = member_register.lines(on=A_DAY)
    assert line.endswith("2025-01-01,2025-12-31\r\n")


def test_a_mistake_is_taken_back_and_the_history_tells_both():
    person = ending_member()
    record(person)
    by = make_officer()

    undo(person, by=by)
    undo(person, by=by)

    person.refresh_from_db()
    assert (person.died_on, person.user.is_active) == (None, True)
    assert standing.of(person, A_DAY).state == "active"
    assert list(Listing.objects.visible(A_DAY)) == [person.listing]
    assert not silence.is_kept(person.email)
    lines = [(one.verb, one.text) for one in history.of(person.history_key)[:2]]
    assert lines == [
        ("took back the record of a death", "It was a namesake."),
        ("recorded the death", "21 November 2026"),
    ]
    assert lifecycle.raise_renewals(at=A_MOMENT)["renewals_raised"] == 1


def test_somebody_without_a_login_can_die_too():
    person = Person.objects.create(given_name="Guest", email="guest@example.org")

    record(person)
    undo(person)

    assert Person.objects.get(pk=person.pk).died_on is None


def test_every_account_of_theirs_falls_silent():
    person, earlier = make_member(), make_person()
    Person.objects.filter(pk=earlier.pk).update(merged_into=person)

    record(person)
    assert silence.is_kept(earlier.email)
    earlier.user.refresh_from_db()
    assert not earlier.user.is_active

    undo(person)
    assert not silence.is_kept(earlier.email)


# The office's pages --------------------------------------------------------------------------


def pages_of(person):
    return [reverse(f"admin:person_{name}", args=[person.pk]) for name in ("death", "not_dead")]


@pytest.mark.parametrize("make", [make_clerk, make_user])
def test_who_may_not_record_a_death_cannot_by_any_address(client, make):
    person = make_member()
    client.force_login(make())

    for url in pages_of(person):
        answer = client.post(url, {"died_on": "01/11/2026", "reason": "A slip."})
        assert answer.status_code in (302, 403)

    assert Person.objects.get(pk=person.pk).died_on is None


def test_the_office_records_a_death_and_takes_it_back(client):
    person = make_member()
    client.force_login(make_officer())
    own = reverse("admin:membership_person_change", args=[person.pk])
    death, not_dead = pages_of(person)

    with time_machine.travel(A_MOMENT, tick=False):
        assert f'href="{death}"' in client.get(own).content.decode()
        early = client.post(death, {"died_on": "23/11/2026"})
        assert "Enter today or an earlier day." in early.content.decode()
        assert client.post(death, {"died_on": "01/11/2026"}).url == own
    assert Person.objects.get(pk=person.pk).died_on == dt.date(2026, 11, 1)
    assert "Recorded by Olive Office" in client.get(death).content.decode()
    assert f'href="{not_dead}"' in client.get(own).content.decode()

    assert client.post(not_dead, {"reason": ""}).status_code == 200
    client.post(not_dead, {"reason": "A namesake."})

    assert Person.objects.get(pk=person.pk).died_on is None
    assert "No death is recorded." in client.get(not_dead).content.decode()
    assert make_fee(person).pk
