"""The nightly clean-up does what the policy says, on the day it says, and nothing else."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from benefits import guests
from benefits.guests import Guest
from cmsuk.schedule import BEAT_SCHEDULE
from foundation import history
from foundation.dates import add_months
from foundation.nameless import nobodys_address
from membership.models import Application, Membership, Person, Referee, User
from records import keeping, tasks
from records.policy import Verb, in_force
from tests.benefits.events.make import make_booking, make_event
from tests.factories import (
    A_DAY,
    make_application,
    make_member,
    make_officer,
    make_person,
    make_referee,
    make_user,
)
from tests.website.test_inbox import make_message
from website import inbox, merging
from website.models import CallbackRequest, Message

pytestmark = pytest.mark.django_db

DECIDED = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(2020, 1, 31, 12, tzinfo=dt.UTC)


def declined(**kwargs):
    application = make_application(**kwargs)
    Application.objects.filter(pk=application.pk).update(
        state="declined",
        decided_at=DECIDED,
        decided_by=make_officer(),
        decision_reason="The course is of another field.",
        submitted_at=DECIDED,
        rules_version="2026",
        question="Which course?",
    )
    return Application.objects.get(pk=application.pk)


def closed_call(closed_at=DECIDED, **kwargs):
    officer = make_officer()
    return CallbackRequest.objects.create(
        name="Una Made-Up",
        phone="020 7946 0123",
        topic="other",
        asked_at=DECIDED,
        due_at=DECIDED + dt.timedelta(days=1),
        state="closed",
        changed_at=DECIDED,
        changed_by=officer,
        closed_at=closed_at,
        **kwargs,
    )


def test_a_call_goes_six_months_after_it_was_closed_and_not_a_day_before():
    closed_call()

    keeping.run(on=dt.date(2026, 7, 30))
    before = CallbackRequest.objects.count()
    keeping.run(on=dt.date(2026, 7, 31))

    assert (before, CallbackRequest.objects.count()) == (1, 0)


def test_a_message_goes_six_months_after_it_was_answered_and_an_open_one_never():
    answered, _open = (make_message(sent_once=mark) for mark in "ab")
    inbox.answer(message_id=answered.pk, words="Yes.", by=make_officer(), at=DECIDED)

    left = []
    for day in (dt.date(2026, 7, 30), dt.date(2026, 7, 31), dt.date(2039, 7, 31)):
        keeping.run(on=day)
        left.append(Message.objects.count())

    assert left == [2, 1, 1]


def test_an_open_call_is_never_over():
    CallbackRequest.objects.create(
        name="Una Made-Up",
        phone="020 7946 0123",
        topic="other",
        asked_at=DECIDED,
        due_at=DECIDED + dt.timedelta(days=1),
    )

    assert keeping.run(on=dt.date(2080, 1, 1)) == []


def test_a_declined_application_loses_its_details_first_and_its_outcome_years_later():
    application = declined()

    keeping.run(on=dt.date(2026, 7, 31))
    emptied = Application.objects.get(pk=application.pk)
    keeping.run(on=dt.date(2032, 1, 30))
    last_day = Application.objects.filter(pk=application.pk).exists()
    keeping.run(on=dt.date(2032, 1, 31))

    assert (emptied.question, emptied.decision_reason) == ("", "The course is of another field.")
    assert last_day
    assert not Application.objects.filter(pk=application.pk).exists()


def test_what_a_referee_wrote_goes_six_months_after_the_decision():
    application = declined()
    referee = make_referee(application, opinion="Careful and kind.", name="Rae Made-Up")

    keeping.run(on=dt.date(2026, 7, 31))

    referee = Referee.objects.get(pk=referee.pk)
    assert (referee.opinion, referee.email, referee.name) == ("", "", "Rae Made-Up")


def test_an_application_that_waits_is_left_alone():
    application = make_application(state="submitted", submitted_at=DECIDED, rules_version="2026")
    make_referee(application, opinion="Careful and kind.")

    assert keeping.run(on=dt.date(2040, 1, 1)) == []


def test_a_member_keeps_everything_while_they_are_one():
    person = make_member()

    keeping.run(on=timezone.localdate())

    assert Person.objects.get(pk=person.pk).email == person.email


def test_a_member_who_left_stays_in_the_register_for_ten_years():
    person = make_member(person=make_person(given_name="Mo", family_name="Made-Up"))
    Membership.objects.filter(person=person).update(resigned_on=dt.date(2026, 2, 28))
    key = person.pk

    keeping.run(on=dt.date(2036, 2, 27))
    last = Person.objects.get(pk=key)
    kept = Membership.objects.filter(person=key).exists()
    keeping.run(on=dt.date(2036, 2, 28))

    assert (last.name, kept, last.phone) == ("Mo Made-Up", True, "")
    assert last.email == f"removed-{key}@removed.invalid"
    assert Person.objects.get(pk=key).name == ""
    assert not Membership.objects.filter(person=key).exists()


def test_a_guest_keeps_name_and_address_until_a_year_after_the_event():
    guest = guests.person_of(Guest("Gus", "Guestling", "gus@example.org"))
    booking = make_booking(make_event(), guest)
    goes_on = add_months(timezone.localdate(booking.event.ends_at), 12)

    def cleaned(on):
        keeping.run(on=on)
        guest.refresh_from_db()
        return guest.given_name, guest.email

    soon = cleaned(A_DAY)
    last = cleaned(goes_on - dt.timedelta(days=1))
    after = cleaned(goes_on)

    assert soon == last == ("Gus", "gus@example.org")
    assert after[0] == ""
    assert after[1].endswith("@removed.invalid")


def test_somebody_whom_the_office_entered_is_kept_for_a_year_without_login_or_booking():
    entered = Person.objects.create(
        given_name="Enid", family_name="Entered", email="enid@example.org", known_at=DECIDED
    )

    def cleaned(on):
        keeping.run(on=on)
        entered.refresh_from_db()
        return entered.given_name, entered.email

    soon = cleaned(DECIDED.date())
    last = cleaned(dt.date(2027, 1, 30))
    after = cleaned(dt.date(2027, 1, 31))

    assert soon == last == ("Enid", "enid@example.org")
    assert after == ("", f"removed-{entered.pk}@removed.invalid")


def test_twice_is_the_same_as_once():
    declined()

    first = keeping.run(on=dt.date(2026, 8, 1))
    second = keeping.run(on=dt.date(2026, 8, 1))

    assert [(one.table, one.rows) for one in first] == [("membership.Application", 1)]
    assert second == []


def test_a_rehearsal_tells_the_same_and_changes_nothing():
    application = declined()

    found = keeping.rehearse(on=dt.date(2026, 8, 1))
    kept = Application.objects.get(pk=application.pk).question

    assert kept == "Which course?"
    assert found == keeping.run(on=dt.date(2026, 8, 1))


def test_more_rows_than_one_lot_holds_all_go(monkeypatch):
    for number in range(3):
        closed_call(sent_once=str(number))
    monkeypatch.setattr(keeping, "LOT", 2)

    keeping.run(on=dt.date(2026, 7, 31))

    assert CallbackRequest.objects.count() == 0


def test_what_was_cleaned_is_told_in_counts_only():
    declined()

    keeping.run(on=dt.date(2026, 8, 1))

    lines = [event.text for event in history.of(keeping.HISTORY_KEY)]
    assert lines == ["membership.Application: blank 1"]


def test_no_client_record_is_ever_touched():
    rules = [
        rule
        for table in in_force().tables
        if table.model in ("records.ClientRecord", "records.Hold", "records.Review")
        for rule in table.rules
    ]

    assert {rule.verb for rule in rules} == {Verb.KEEP}


def test_by_hand_it_says_first_what_it_would_do(capsys):
    closed_call(LONG_AGO)

    call_command("clean_up", "--dry-run")
    told, kept = capsys.readouterr().out.splitlines(), CallbackRequest.objects.count()
    call_command("clean_up")

    assert told[0] == "table,columns,verb,rows"
    assert [line.split(",")[0] for line in told[1:]] == ["website.CallbackRequest"]
    assert told == capsys.readouterr().out.splitlines()
    assert (kept, CallbackRequest.objects.count()) == (1, 0)


def test_celery_does_it_every_night():
    closed_call(LONG_AGO)

    tasks.clean_up.apply().get()

    assert CallbackRequest.objects.count() == 0
    assert [each["task"] for each in BEAT_SCHEDULE.values()].count(tasks.clean_up.name) == 1


def test_every_rule_can_be_asked_on_every_table():
    assert keeping.rehearse(on=dt.date(2090, 1, 1)) == []


def merged(kept, gone):
    merging.merge(
        kept_id=kept.pk, gone_id=gone.pk, by=make_officer(), at=MERGED, reason="The same passport."
    )


MERGED = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def known_long_ago(person):
    """They signed up six years ago, and nothing else joins them to the society."""
    User.objects.filter(pk=person.user.pk).update(joined_at=LONG_AGO)
    Person.objects.filter(pk=person.pk).update(known_at=LONG_AGO)
    return person


@pytest.mark.parametrize("ties", [make_member, make_application])
def test_both_logins_of_a_member_work_on_however_old_the_merged_one_is(ties):
    kept, gone = make_person(), known_long_ago(make_person())
    ties(kept)
    merged(kept, gone)

    keeping.run(on=A_DAY)

    assert User.objects.filter(pk__in=[kept.user.pk, gone.user.pk]).count() == 2


def test_the_login_of_an_account_that_was_merged_goes_with_the_other():
    kept, gone = known_long_ago(make_person()), known_long_ago(make_person())
    merged(kept, gone)

    keeping.run(on=A_DAY)

    assert not User.objects.filter(pk__in=[kept.user.pk, gone.user.pk]).exists()


def test_what_stayed_with_a_merged_account_goes_by_the_day_its_person_left():
    kept, gone = make_person(), make_person()
    application = make_application(gone, state="activated", dbs_on=dt.date(2026, 3, 2))
    make_member(gone)
    merged(kept, gone)
    left_on = dt.date(2027, 1, 31)
    Membership.objects.filter(person=kept).update(resigned_on=left_on)

    kept_until = []
    for on in (add_months(left_on, 6) - dt.timedelta(days=1), add_months(left_on, 6)):
        keeping.run(on=on)
        application.refresh_from_db()
        kept_until.append(application.dbs_on)

    assert kept_until == [dt.date(2026, 3, 2), None]


def test_the_login_of_who_once_decided_here_names_nobody_and_holds_nothing_up():
    former, other = known_long_ago(make_person()), known_long_ago(make_person())
    decision = declined()
    Application.objects.filter(pk=decision.pk).update(decided_by=former.user)
    EmailAddress.objects.create(user=former.user, email=former.user.email, verified=True)
    login, gone = former.user, other.user

    keeping.run(on=A_DAY)

    login.refresh_from_db()
    decision.refresh_from_db()
    assert (login.email, login.name) == (nobodys_address(login.pk), "Removed")
    assert (login.is_active, login.has_usable_password()) == (False, False)
    assert not EmailAddress.objects.filter(user=login).exists()
    assert decision.decided_by == login
    assert not User.objects.filter(pk=gone.pk).exists()
    assert not any(one.table == "membership.User" for one in keeping.run(on=A_DAY))


def test_a_login_goes_a_year_after_the_last_tie_and_with_it_its_address():
    person = known_long_ago(make_person())
    login, tie = person.user, A_DAY.replace(year=2025)
    User.objects.filter(pk=login.pk).update(joined_at=dt.datetime.combine(tie, dt.time(12), dt.UTC))
    EmailAddress.objects.create(user=login, email=login.email, verified=True)

    there = []
    for on in (A_DAY - dt.timedelta(days=1), A_DAY):
        keeping.run(on=on)
        there.append(User.objects.filter(pk=login.pk).exists())

    person.refresh_from_db()
    assert (there, person.user) == ([True, False], None)
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(("is_staff", "stays"), [(True, True), (False, False)])
def test_a_login_of_the_office_alone_goes_a_year_after_its_owner_has_left(is_staff, stays):
    login = make_user(is_staff=is_staff)
    User.objects.filter(pk=login.pk).update(joined_at=LONG_AGO, last_login=LONG_AGO)

    keeping.run(on=A_DAY)

    assert User.objects.filter(pk=login.pk).exists() == stays
