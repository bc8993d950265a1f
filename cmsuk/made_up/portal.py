"""Fills an empty portal: somebody in every state, fees, listings, client records, call-backs."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cmsuk.made_up import bank, disposals, events, people, reading, registers, stages
from directory import counting, draws
from foundation import anchors
from foundation.dates import add_months
from membership import lifecycle, staff_groups
from membership.models import EligibilityRules, FeeRate, Membership, Person, User
from website import callbacks, inbox
from website.models import CallbackRequest, Message

FEES_PENCE = {"case_manager": 9000, "associate": 7200, "supporter": 7200}
FEE_NOTE = "Sample, from an older page of the society: confirm before use."


def is_empty() -> bool:
    return not User.objects.exists()


@transaction.atomic
def fill(*, now: dt.datetime) -> None:
    """Everything or nothing, so that a stopped start begins again."""
    _set_sample_fees(now)
    _draft_rules()
    officer = _make_office(now)
    _make_applicants(officer, now)
    _make_members(officer, now)
    for number, who in enumerate(people.LISTED):
        joined_at = now - dt.timedelta(days=20 + 17 * number)
        stages.show(stages.join(who, by=officer, at=joined_at), who, at=joined_at)
    events.make(officer, now)
    _ask_for_callbacks(now)
    reading.make(by=officer, now=now)
    _write_to_the_office(now)
    anchors.anchor(at=now)
    draws.draw_lots(on=timezone.localdate(now))
    counting.recount(at=now)


def _set_sample_fees(now: dt.datetime) -> None:
    """Student stays without a fee, so that the office sees what happens then."""
    since = timezone.localdate(now).replace(month=1, day=1) - dt.timedelta(days=730)
    for code, pence in FEES_PENCE.items():
        FeeRate.objects.create(type=code, pence=pence, valid_from=since, note=FEE_NOTE)


def _draft_rules() -> None:
    """Figures that nobody adopted yet, so that their effect on past applications can be seen."""
    EligibilityRules.objects.create(version="sample-draft", months_required=36, hours_required=4000)


def _make_office(now: dt.datetime) -> User:
    """Who may do everything, a second officer, and a clerk who sees and decides nothing."""
    officers, clerks = staff_groups.make()
    _at_the_desk(people.COLLEAGUE, now).groups.add(officers)
    _at_the_desk(people.CLERK, now).groups.add(clerks)
    officer = _at_the_desk(people.OFFICER, now)
    officer.is_superuser = True
    officer.save()
    return officer


def _at_the_desk(who: people.Somebody, now: dt.datetime) -> User:
    """A member of staff, whose employer is no applicant's: else they could not decide."""
    person = stages.sign_up(who, at=now)
    person.work_organisation = "CMSUK office"
    person.save()
    login = User.objects.get(person=person)
    login.name, login.is_staff = f"{who.given} {who.family}", True
    login.save()
    return login


def _make_applicants(officer: User, now: dt.datetime) -> None:
    """One person in each state before membership, and in each way it can end."""
    day = dt.timedelta(days=1)
    draft = stages.draft(people.DRAFT, at=now - 2 * day)
    draft.sections_done = [key for key in draft.sections_done if key not in ("dbs", "expertise")]
    draft.dbs_on = draft.dbs_confirmed_at = None
    draft.save()
    waiting = stages.submit(people.SUBMITTED, at=now - 6 * day)
    stages.answer(waiting, how_many=1, at=now - 3 * day)
    stages.submit(people.STUDENT, at=now - 4 * day)
    stages.submit(people.TWICE, at=now - 3 * day)
    stages.submit(people.TIED, at=now - 5 * day)
    asked = stages.submit(people.ASKED, at=now - 8 * day)
    items = {
        "history": "Please tell us which of your jobs were case management.",
        "dbs": "The check is an old one. Is there a newer one?",
    }
    lifecycle.ask(application_id=asked.pk, by=officer, at=now - 2 * day, items=items)
    stages.offer_associate(people.OFFERED, by=officer, at=now - day)
    stages.approve(people.APPROVED, by=officer, at=now - day)
    part = stages.approve(people.PART_PAID, by=officer, at=now - 5 * day)
    stages.pay(part, pence=4500, by=officer, at=now - 4 * day)
    bank.import_statement(part.invoices.get(), by=officer, at=now)
    declined = stages.submit(people.DECLINED, at=now - 20 * day)
    reason = "The register shows that your registration has ended. Apply again once it is current."
    lifecycle.decline(application_id=declined.pk, by=officer, at=now - 12 * day, reason=reason)
    lifecycle.appeal(
        application_id=declined.pk,
        by=stages.login_of(declined),
        at=now - 5 * day,
        reasons="I renewed it last month. The register may not have shown it yet.",
    )
    withdrawn = stages.submit(people.WITHDRAWN, at=now - 30 * day)
    by = stages.login_of(withdrawn)
    lifecycle.withdraw(application_id=withdrawn.pk, by=by, at=now - 25 * day)
    stages.approve(people.EXPIRED, by=officer, at=now - 100 * day)


def _make_members(officer: User, now: dt.datetime) -> None:
    """One member of each type, and in each state that membership has."""
    day, today = dt.timedelta(days=1), timezone.localdate(now)
    member = stages.join(people.MEMBER, by=officer, at=now - 60 * day)
    stages.show(member, people.MEMBER, at=now - 59 * day)
    kept = registers.keep(member, at=now - 45 * day)
    joined = {
        who: stages.join(who, by=officer, at=now - 40 * day)
        for who in (people.UNLISTED, people.ASSOCIATE, people.SUPPORTER, people.OVERSEAS)
    }
    registers.share(
        kept, joined=joined[people.UNLISTED], asked=joined[people.ASSOCIATE], at=now - 3 * day
    )
    disposals.make(member, officer=officer, at=now - 2 * day)
    a_year_ago = now - (today - add_months(today, -12))
    in_grace = stages.join(people.GRACE, by=officer, at=a_year_ago - 10 * day)
    stages.show(in_grace, people.GRACE, at=a_year_ago)
    stages.join(people.LAPSED, by=officer, at=a_year_ago - 70 * day)
    suspended = stages.join(people.SUSPENDED, by=officer, at=now - 90 * day)
    lifecycle.suspend(
        membership_id=_membership(suspended).pk, by=officer, at=now, reason="A sample suspension."
    )
    left = stages.join(people.LEFT, by=officer, at=now - 120 * day)
    registers.leave_behind(left, named=member, since=now - 50 * day, at=now)
    lifecycle.resign(membership_id=_membership(left).pk, by=officer, at=now - 10 * day)
    lifecycle.lapse_due(at=now)
    registers.look_after(at=now)
    registers.try_rules(at=now)


def _membership(person: Person) -> Membership:
    return Membership.objects.get(person=person)


def _ask_for_callbacks(now: dt.datetime) -> None:
    for number, (name, topic) in enumerate(
        (
            ("Sunita Solicitor", CallbackRequest.Topic.FINDING),
            ("Karl Caller", CallbackRequest.Topic.MEMBERSHIP),
        )
    ):
        wish = callbacks.Wish(
            name=name,
            phone="+442079460199",
            email="",
            best_time=CallbackRequest.Time.MORNING,
            topic=topic,
            message="A sample request for a call.",
            sent_once=f"made up {number}",
        )
        callbacks.ask(wish, at=now - dt.timedelta(days=6 * number + 1))


def _write_to_the_office(now: dt.datetime) -> None:
    written = inbox.Written(
        name="Wanda Writer",
        email="wanda@example.org",
        topic=Message.Topic.EVENTS,
        words="A sample message: is there a study day near Leeds in spring?",
        sent_once="made up",
    )
    inbox.receive(written, at=now - dt.timedelta(hours=3))
