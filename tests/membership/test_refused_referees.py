"""Referees whose mail server refuses our letters."""

import datetime as dt

import pytest

from foundation.models import Letter
from membership import lifecycle, referees
from membership.models import Referee
from tests.factories import A_MOMENT, make_ready_application

pytestmark = pytest.mark.django_db

LATER = A_MOMENT + dt.timedelta(days=8)


def sent():
    application = make_ready_application()
    by = application.person.user
    return lifecycle.submit(application_id=application.pk, by=by, at=A_MOMENT)


def refuse(kind, to):
    changed = Letter.objects.filter(kind=kind, to=to).update(sent_at=None, refused_at=A_MOMENT)
    assert changed == 1


def test_a_refused_request_asks_the_applicant_for_somebody_else_once():
    application = sent()
    first, second = application.referees.all()
    refuse("reference_request", first.email)

    found = referees.mark_refused(at=LATER)
    again = referees.mark_refused(at=LATER)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (found, again) == (1, 0)
    assert (first.state, second.state) == (Referee.State.BOUNCED, Referee.State.ASKED)
    assert [one.to for one in Letter.objects.filter(kind="another_referee")] == [
        application.person.email
    ]


def test_a_refused_reminder_counts_as_well():
    first, _second = sent().referees.all()
    referees.remind_due(at=LATER)
    refuse("reference_reminder", first.email)

    assert referees.mark_refused(at=LATER) == 1


def test_letters_that_went_or_wait_lose_nobody():
    sent()

    assert referees.mark_refused(at=LATER) == 0


def test_a_referee_who_answered_all_the_same_stays():
    first, _second = sent().referees.all()
    refuse("reference_request", first.email)
    said = referees.Answer("3 years", "manager", "Good", "", may_call=True)
    referees.answer(referee_id=first.pk, said=said, at=LATER, recorded_by=None)

    assert referees.mark_refused(at=LATER) == 0
    first.refresh_from_db()
    assert first.state == Referee.State.ANSWERED
