"""The office's first screen: what waits, for whom it may be shown, and where it leads."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Permission
from django.urls import reverse

from foundation import sweeps
from foundation.models import SweepRun
from membership.models import Application, FeeRate
from membership.types import MembershipType
from payments.models import Attempt, Dispute
from records.models import ScheduleRun
from tests.directory.test_admin import make_enquiry
from tests.factories import (
    A_MOMENT,
    make_application,
    make_approved,
    make_clerk,
    make_fee_rate,
    make_officer,
    make_person,
    make_user,
)
from tests.payments.money import (
    make_attempt,
    make_invoice,
    make_paid_attempt,
    make_refund,
    receive,
)
from tests.records.records import make_record
from tests.signed_in import browser_of
from tests.website.test_callback import make_request
from tests.website.test_inbox import make_message
from website import office, queue_picture
from website.models import Message, Question

pytestmark = pytest.mark.django_db

State = Application.State
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def every_type_has_its_fee():
    FeeRate.objects.all().delete()
    for one in MembershipType:
        make_fee_rate(one)


@pytest.fixture(autouse=True)
def every_job_has_run():
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        sweeps.finished(entry["task"], at=MONDAY)


def make_one_of_each(at=A_MOMENT):
    """One of everything that may wait; a second application is unpaid through its invoice."""
    make_application(state=State.SUBMITTED, submitted_at=at)
    make_application(state=State.MORE_INFORMATION, submitted_at=at)
    make_request(asked_at=at)
    make_attempt(make_invoice(), state=Attempt.State.MISMATCH, closed_at=at, next_check_at=None)
    receive(make_invoice(7200), 9000)
    paid = make_paid_attempt(make_invoice())
    make_refund(paid, finished_at=at)
    Dispute.objects.create(attempt=paid, paypal_id=paid.ref, status="OPEN", seen_at=at)


def lines_for(user, at=MONDAY):
    return office.home(user, at=at).lines


def allow(user, codename):
    user.user_permissions.add(Permission.objects.get(codename=codename))
    return type(user).objects.get(pk=user.pk)


def test_nothing_waits_is_said():
    with time_machine.travel(MONDAY, tick=False):
        text = browser_of(make_officer()).get("/admin/").content.decode()

    assert "Nothing waits." in text
    assert "How long applications have waited" not in text


def test_an_answer_that_nobody_looked_at_for_a_year_waits():
    Question.objects.filter(slug="how-do-i-pay").update(last_reviewed_on=dt.date(2025, 11, 22))

    (line,) = lines_for(make_officer())

    assert (line.count, line.words) == (1, "answer of the questions page is to be reviewed")
    assert line.url == "/admin/website/question/?review=due"
    assert lines_for(make_clerk()) == ()


def test_everything_that_waits_is_counted():
    make_one_of_each()
    FeeRate.objects.filter(type=MembershipType.STUDENT).delete()
    ScheduleRun.objects.create(
        judged_on=dt.date(2026, 11, 20), started_at=A_MOMENT, finished_at=A_MOMENT
    )

    assert sorted((line.count, line.words) for line in lines_for(make_officer())) == [
        (1, "PayPal payment needs a person"),
        (1, "applicant was asked for more"),
        (1, "application awaits a decision"),
        (1, "membership type has no fee"),
        (1, "nightly run over client records is missing"),
        (1, "payer complains at PayPal"),
        (1, "payer is in credit"),
        (1, "person would like to be called"),
        (1, "refund made without us needs a decision"),
        (2, "approved applications are unpaid"),
    ]


def test_what_waits_longest_comes_first():
    make_application(state=State.SUBMITTED, submitted_at=A_MOMENT)
    make_request(asked_at=A_MOMENT - dt.timedelta(days=3))

    assert [line.words for line in lines_for(make_officer())] == [
        "person would like to be called",
        "application awaits a decision",
    ]


@pytest.mark.parametrize(
    ("sent_on", "note", "tone"),
    [
        (9, "The longest has waited 10 working days.", "act"),
        (6, "The longest has waited 11 working days: late, over 10.", "stop"),
    ],
)
def test_an_application_is_late_after_ten_working_days(sent_on, note, tone):
    sent_at = dt.datetime(2026, 11, sent_on, 9, 0, tzinfo=dt.UTC)
    make_application(state=State.SUBMITTED, submitted_at=sent_at)

    (line,) = lines_for(make_officer())

    assert (line.note, line.tone) == (note, tone)


@pytest.mark.parametrize(
    ("late_by", "note", "tone"),
    [
        (dt.timedelta(), "The next by 23 November 2026, 10:00.", "act"),
        (dt.timedelta(minutes=1), "1 overdue.", "stop"),
    ],
)
def test_a_call_is_overdue_after_its_time_and_its_line_lists_every_call(late_by, note, tone):
    make_request(due_at=MONDAY - late_by)

    (line,) = lines_for(make_officer())

    assert (line.words, line.note, line.tone) == ("person would like to be called", note, tone)
    assert line.url == "/admin/website/callbackrequest/?call=waiting"


def test_a_call_that_was_made_and_not_closed_waits_on_a_line_of_its_own():
    make_request("called")
    make_request("closed")

    (line,) = lines_for(make_officer())

    assert line.words == "person was called: close the request"


@pytest.mark.parametrize(
    ("due", "note", "tone"),
    [
        (23, "The next by 23 November 2026.", "act"),
        (20, "The next by 20 November 2026: overdue.", "stop"),
    ],
)
def test_a_message_is_overdue_after_its_day(due, note, tone):
    make_message(at=A_MOMENT - dt.timedelta(days=5))
    Message.objects.update(due_on=dt.date(2026, 11, due))

    (line,) = lines_for(make_officer())

    assert (line.words, line.note, line.tone) == ("message is to be answered", note, tone)


@pytest.mark.parametrize(("day", "waits"), [(22, False), (21, True)])
def test_a_nightly_run_is_missed_after_two_days(day, waits):
    ScheduleRun.objects.create(
        judged_on=dt.date(2026, 11, day), started_at=A_MOMENT, finished_at=A_MOMENT
    )

    assert bool(lines_for(make_officer())) is waits


@pytest.mark.parametrize(("days", "waits"), [(1, False), (2, True)])
def test_the_first_nightly_run_is_missed_once_a_record_is_two_days_old(days, waits):
    make_record(at=MONDAY - dt.timedelta(days=days))

    assert bool(lines_for(make_officer())) is waits


def test_a_run_that_was_cut_short_does_not_count():
    day = dt.date(2026, 11, 20)
    ScheduleRun.objects.create(judged_on=day, started_at=A_MOMENT, finished_at=A_MOMENT)
    ScheduleRun.objects.create(judged_on=MONDAY.date(), started_at=MONDAY)

    (line,) = lines_for(make_officer())

    assert line.note == "It last finished for 20 November 2026."


def test_the_queue_is_drawn_by_working_days():
    bars = office.queue_by_age([0, 2, 3, 5, 6, 10, 11, 40, 41])

    assert [(bar.label, bar.words) for bar in bars] == [
        ("0 to 2 working days", "2 of 9"),
        ("3 to 5 working days", "2 of 9"),
        ("6 to 10 working days", "2 of 9"),
        ("Over 10 working days", "3 of 9"),
    ]


def test_each_line_leads_to_exactly_that_list():
    make_one_of_each()
    for state in (State.DRAFT, State.DECLINED, State.WITHDRAWN):
        make_application(state=state)
    make_request("closed")
    make_attempt(make_invoice())
    client = browser_of(make_officer())

    for line in lines_for(make_officer()):
        listed = client.get(line.url)
        if line.url == reverse("admin:payments_bankline_first"):
            listed = client.get("/admin/payments/bankline/?waits=yes")
        assert listed.status_code == 200
        assert (line.words, listed.context["cl"].result_count) == (line.words, line.count)


@pytest.mark.parametrize(
    ("codename", "words"),
    [
        ("view_callbackrequest", ["person would like to be called"]),
        ("view_attempt", ["PayPal payment needs a person"]),
        ("view_account", ["payer is in credit"]),
    ],
)
def test_staff_see_only_what_they_may_list(codename, words):
    make_one_of_each()

    home = office.home(allow(make_clerk(), codename), at=MONDAY)

    assert ([line.words for line in home.lines], home.queue) == (words, ())


def test_staff_without_permission_see_nothing_of_it():
    make_one_of_each()

    text = browser_of(make_clerk()).get("/admin/").content.decode()

    assert "Nothing waits." in text
    assert "awaits a decision" not in text


@pytest.mark.parametrize("make", [make_user, lambda: make_person().user])
def test_nobody_else_sees_the_office(make):
    response = browser_of(make()).get("/admin/")

    assert (response.status_code, b"What waits" in response.content) in {(302, False), (403, False)}


def test_a_stranger_is_asked_to_log_in(client):
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(("days", "lines"), [(14, 1), (15, 0)])
def test_what_members_reported_as_spam_is_shown_for_two_weeks(days, lines):
    reported_at = MONDAY - dt.timedelta(days=days)
    make_enquiry(spam_reported_at=reported_at)
    make_enquiry()

    found = [one for one in office.home(make_officer(), at=MONDAY).lines if "spam" in one.words]

    assert [(one.count, one.since, one.url) for one in found] == [
        (1, reported_at.date(), "/admin/directory/enquiry/?spam=yes")
    ] * lines


def test_who_may_not_see_messages_to_members_does_not_hear_of_spam():
    make_enquiry(spam_reported_at=MONDAY)

    assert not [one for one in office.home(make_clerk(), at=MONDAY).lines if "spam" in one.words]


def test_one_and_three_cost_the_same(django_assert_num_queries):
    officer = make_officer()
    make_one_of_each()
    make_approved()
    with django_assert_num_queries(32):
        office.home(officer, at=MONDAY)
    for _ in range(2):
        make_one_of_each()

    with django_assert_num_queries(32):
        assert len(office.home(officer, at=MONDAY).lines) == 8


def test_the_society_comes_before_what_logins_need():
    response = browser_of(make_officer()).get("/admin/")

    names = [room["name"] for room in response.context["app_list"]]
    assert names[:7] == [
        "Members and applications",
        "Money",
        "Website and calls",
        "Directory",
        "Client records",
        "Events, magazine and news",
        "The portal itself",
    ]
    assert all(name.startswith("Logins: ") for name in names[7:])


# Who is decided on next, and the picture ------------------------------------------------------


def test_the_five_that_wait_longest_lead_to_their_review_pages():
    made = [
        make_application(state=State.SUBMITTED, submitted_at=A_MOMENT + dt.timedelta(minutes=one))
        for one in range(6)
    ]

    home = office.home(make_officer(), at=MONDAY)

    assert [one.application for one in home.first] == made[:5]
    assert home.first[0].url == f"/admin/membership/application/{made[0].pk}/review/"


def test_days_with_the_applicant_do_not_make_an_application_late():
    sent_at = MONDAY - dt.timedelta(days=28)
    application = make_application(state=State.SUBMITTED, submitted_at=sent_at)
    application.asked_items.create(
        section="dbs",
        words="Which?",
        asked_at=sent_at + dt.timedelta(days=7),
        asked_by=make_officer(),
        closed_at=MONDAY - dt.timedelta(days=7),
    )

    [line] = lines_for(make_officer())

    assert line.note == "The longest has waited 10 working days."


@pytest.mark.parametrize(
    ("due", "note", "tone"),
    [
        (23, "Due by 23 November 2026, by somebody other than Olive Office.", "act"),
        (20, "Late: it was due by 20 November 2026, by somebody other than Olive Office.", "stop"),
    ],
)
def test_a_review_that_was_asked_for_is_shown_with_its_day(due, note, tone):
    application = make_application(state=State.DECLINED)
    made = application.appeals.create(
        reasons="Look again.",
        asked_at=A_MOMENT,
        due_on=dt.date(2026, 11, due),
        against=application.decided_by,
    )

    [line] = lines_for(make_officer())

    assert line.words == f"review of a decision is asked for by {application.person}"
    assert line.url == f"/admin/membership/application/{application.pk}/appeal/{made.pk}/"
    assert (line.note, line.tone) == (note, tone)


def test_offers_and_second_officers_are_waited_for():
    make_application(state=State.OFFERED)
    make_application(
        state=State.SUBMITTED,
        override_reason="Known.",
        override_asked_at=A_MOMENT,
        override_asked_by=make_officer(),
    )

    words = {line.words: line.count for line in lines_for(make_officer())}

    assert words == {
        "applicant was offered another type": 1,
        "approval waits for a second officer": 1,
        "application awaits a decision": 1,
    }


def test_the_picture_has_a_column_for_each_working_day_and_the_words_say_the_same():
    picture = queue_picture.draw([0, 3, 3, 11, 25], limit=10)

    shown = [(one.days, one.count, one.is_late) for one in picture.columns if one.count]
    assert shown == [("0", 1, False), ("3", 2, False), ("11", 1, True), ("20+", 1, True)]
    assert [one.height for one in picture.columns if one.count] == [60, 120, 60, 60]
    assert queue_picture.draw([], limit=10) is None


@time_machine.travel(MONDAY, tick=False)
def test_the_picture_stands_on_the_page_beside_its_words():
    make_application(state=State.SUBMITTED, submitted_at=MONDAY - dt.timedelta(days=1))

    text = browser_of(make_officer()).get("/admin/").content.decode()

    assert '<svg viewBox="0 0 630 160" aria-hidden="true"' in text
    assert "<li>0 to 2 working days: 1 of 1</li>" in text


# Jobs ----------------------------------------------------------------------------------------


def test_jobs_that_did_not_run_are_named():
    day_after = MONDAY + dt.timedelta(days=2, minutes=1)
    for entry in list(settings.CELERY_BEAT_SCHEDULE.values())[1:]:
        sweeps.finished(entry["task"], at=day_after)

    [line] = lines_for(make_officer(), at=day_after)

    assert (line.count, line.words, line.note) == (1, "job did not run", "Letters that wait.")


def test_a_new_installation_is_told_that_nothing_runs():
    SweepRun.objects.all().delete()

    [line] = lines_for(make_officer())

    assert line.words == "jobs did not run"
    assert line.note == "Not one has run yet. Are worker and beat running?"


def test_the_list_of_jobs_is_read_only():
    client = browser_of(make_officer())
    run = SweepRun.objects.first()

    assert client.get("/admin/foundation/sweeprun/").status_code == 200
    assert client.get("/admin/foundation/sweeprun/add/").status_code == 403
    assert client.post(f"/admin/foundation/sweeprun/{run.pk}/delete/").status_code == 403
    assert browser_of(make_clerk()).get("/admin/foundation/sweeprun/").status_code == 403


@pytest.mark.parametrize("row", ["", "none", "1; DROP TABLE", "9" * 5])
def test_a_ticked_row_that_no_list_has_shown_breaks_nothing(row):
    client = browser_of(make_officer())
    ticked = {"action": "delete_selected", "index": "0", "_selected_action": row}

    answer = client.post("/admin/membership/user/", ticked)

    assert answer.status_code == (200 if row.isdigit() else 400)
