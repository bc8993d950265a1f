"""What waits in every room, a line each, and where exactly it is listed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from foundation import sweeps
from foundation.dates import in_words
from foundation.look import Tone
from membership import checks_due, desk
from membership.clock import DECIDE_WITHIN, Clock
from membership.models import Appeal, Application, Arrival
from records.models import ClientRecord, Disposal, Register, ScheduleRun
from website import waiting_desk, waiting_events, waiting_money
from website.models import Question
from website.waiting_line import Line, Look, day, line

NIGHTS_MISSED = 2
"""Days after which a nightly run that has not come is worth a look."""

State = Application.State
# Members who asked the society to sign second. A count: whose and which is theirs.
DISPOSALS = Look(
    Disposal.objects.for_officers,
    ("disposal is to be signed", "disposals are to be signed"),
    "records_office:disposals",
    since="asked_at",
    note="A member asks the society to be the second person.",
)
ARRIVALS = Look(
    Arrival.objects.unwritten,
    (
        "person was brought in from a file and has not been told",
        "people were brought in from a file and have not been told",
    ),
    "admin:membership_arrivalfile_changelist",
    since="came_at",
    note="No reminder goes to them before their letter does: open the file, and send the letters.",
)
REGISTERS = Look(
    Register.objects.without_anybody,
    (
        "register of client records has nobody since its owner died",
        "registers of client records have nobody since their owners died",
    ),
    "admin:records_register_changelist",
    "?leaving_because__exact=died",
    since="leaving_since",
    note="Offer it to a member whom the firm names, or hand it out to whoever looks after it.",
)


@dataclass(frozen=True)
class Waiting:
    """One of those that wait longest for a decision, with the way to its review page."""

    application: Application
    clock: Clock
    url: str


def decisions(waiting: list[Waiting]) -> list[Line]:
    """The oldest says whether we are late: by its own clock, which stood while it was away."""
    if not waiting:
        return []
    longest = max(waiting, key=lambda one: one.clock.waited)
    age, sent_at = longest.clock.waited, waiting[0].application.submitted_at
    note = f"The longest has waited {age} working {'day' if age == 1 else 'days'}"
    late = longest.clock.is_late
    return line(
        len(waiting),
        ("application awaits a decision", "applications await a decision"),
        reverse("admin:membership_application_changelist"),
        since=day(sent_at),
        note=f"{note}: late, over {DECIDE_WITHIN}." if late else f"{note}.",
        tone=Tone.STOP if late else Tone.ACT,
    )


def jobs(at: dt.datetime) -> list[Line]:
    """Jobs that beat should have started by now."""
    missed = sweeps.missed(settings.CELERY_BEAT_SCHEDULE, at=at)
    never = all(one.since is None for one in missed)
    names = ", ".join(f"{one.name}{' (broke off)' if one.is_broken else ''}" for one in missed)
    if len(missed) == len(settings.CELERY_BEAT_SCHEDULE) and never:
        names = "not one has run yet. Are worker and beat running?"
    return line(
        len(missed),
        ("job did not run", "jobs did not run"),
        reverse("admin:foundation_sweeprun_changelist"),
        since=day(min((one.since for one in missed if one.since), default=None)),
        note=f"{names[:1].upper()}{names[1:]}.".replace("?.", "?"),
        tone=Tone.STOP,
    )


def _with_others(today: dt.date) -> list[Line]:
    waiting = desk.waiting()
    return [
        *line(
            waiting.awaiting_applicant,
            ("applicant was asked for more", "applicants were asked for more"),
            _applications(State.MORE_INFORMATION),
            note="They act next.",
        ),
        *line(
            waiting.awaiting_agreement,
            ("applicant was offered another type", "applicants were offered another type"),
            _applications(State.OFFERED),
            note="They act next.",
        ),
        *line(
            waiting.awaiting_second,
            ("approval waits for a second officer", "approvals wait for a second officer"),
            f"{reverse('admin:membership_application_changelist')}?override_asked_by__isnull=False",
            note="Something is left open in it: somebody else reads why, and agrees or does not.",
            tone=Tone.ACT,
        ),
        *line(
            waiting.awaiting_payment,
            ("approved application is unpaid", "approved applications are unpaid"),
            _applications(State.APPROVED),
            note="They act next.",
        ),
    ]


def _appeals(today: dt.date) -> list[Line]:
    """Each leads to its own page: there are few, and each has its day."""
    found = Appeal.objects.open().select_related("application__person", "against")
    return [
        Line(
            1,
            f"review of a decision is asked for by {one.application.person}",
            reverse("admin:application_appeal", args=[one.application_id, one.pk]),
            since=day(one.asked_at),
            note=(
                f"{'Late: it was due' if one.due_on < today else 'Due'} by "
                f"{in_words(one.due_on)}, by somebody other than {one.against}."
            ),
            tone=Tone.STOP if one.due_on < today else Tone.ACT,
        )
        for one in found.order_by("due_on", "pk")
    ]


def _fees_unset(today: dt.date) -> list[Line]:
    unset = desk.types_without_fee(today)
    return line(
        len(unset),
        ("membership type has no fee", "membership types have no fee"),
        reverse("admin:membership_feerate_changelist"),
        note=f"{', '.join(one.label for one in unset)}: nobody can be approved for it.",
        tone=Tone.ACT,
    )


def _checks(today: dt.date) -> list[Line]:
    """What members' standing rests on: registers, insurance, DBS dates."""
    found, url = checks_due.due(today), reverse("admin:membership_watch")
    return [
        *line(
            found.registers,
            ("register of a member is to be looked up", "registers of members are to be looked up"),
            url,
            tone=Tone.ACT,
        ),
        *line(
            found.over,
            ("insurance or DBS date of a member is over", "insurance or DBS dates are over"),
            url,
            note="They were written to three times.",
            tone=Tone.ACT,
        ),
        *line(
            found.unseen,
            ("insurance of a member is unseen", "insurances of members are unseen"),
            url,
        ),
    ]


def _nightly_run(today: dt.date) -> list[Line]:
    last = ScheduleRun.objects.filter(finished_at__isnull=False).order_by("-judged_on").first()
    if last is None:
        before = today - dt.timedelta(days=NIGHTS_MISSED)
        missed = ClientRecord.objects.filter(added_at__date__lte=before).exists()
        note = "It has not finished once."
    else:
        missed = (today - last.judged_on).days >= NIGHTS_MISSED
        note = f"It last finished for {in_words(last.judged_on)}."
    return line(
        int(missed),
        ("nightly run over client records is missing", ""),
        reverse("admin:records_schedulerun_changelist"),
        since=last.judged_on if last else None,
        note=note,
        tone=Tone.STOP,
    )


def _stale_answers(today: dt.date) -> list[Line]:
    return line(
        Question.objects.to_review(today).count(),
        ("answer of the questions page is to be reviewed", "answers are to be reviewed"),
        f"{reverse('admin:website_question_changelist')}?review=due",
        note="Nobody has looked at it for a year, or ever.",
    )


def _applications(state: str) -> str:
    return f"{reverse('admin:membership_application_changelist')}?state={state}"


LOOKS: tuple[tuple[str, Callable[[dt.date], list[Line]]], ...] = (
    ("membership.view_application", _with_others),
    ("membership.decide_application", _appeals),
    ("membership.view_application", _checks),
    ("membership.view_feerate", _fees_unset),
    ("membership.bring_in_members", ARRIVALS.lines),
    ("website.view_message", waiting_desk.MESSAGES.lines),
    ("website.view_complaint", waiting_desk.COMPLAINTS.lines),
    ("website.view_datarequest", waiting_desk.DATA_REQUESTS.lines),
    ("directory.view_enquiry", waiting_desk.reported_as_spam),
    ("website.view_question", _stale_answers),
    ("payments.view_attempt", waiting_money.ATTEMPTS.lines),
    ("payments.view_refund", waiting_money.REFUNDS.lines),
    ("payments.view_dispute", waiting_money.DISPUTES.lines),
    ("payments.view_bankline", waiting_money.LINES_TO_MATCH.lines),
    ("payments.view_bankfile", waiting_money.stale_feed),
    ("payments.view_invoice", waiting_money.UNDONE.lines),
    ("payments.view_account", waiting_money.IN_CREDIT.lines),
    ("payments.view_account", waiting_events.TO_SEND_BACK.lines),
    ("benefits.view_booking", waiting_events.waiting_lists),
    ("benefits.view_expression", waiting_events.OFFERS_TO_HELP.lines),
    ("records.dispose_record", DISPOSALS.lines),
    ("records.view_schedulerun", _nightly_run),
    ("records.view_register", REGISTERS.lines),
)
"""Who may see what: the permission of the list that a line leads to."""
