"""Fills an empty portal: somebody in every state, fees, listings, client records, call-backs."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cmsuk.made_up import arrivals, bank, disposals, events, people, reading, registers, stages
from directory import counting, draws
from foundation import anchors
from foundation.dates import add_months
from membership import lifecycle, staff_groups
from membership.models import EligibilityRules, FeeRate, Membership, Person, User
from website import callbacks, inbox, packs
from website.models import CallbackRequest, Message

DAY = dt.timedelta(days=1)

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
    arrivals.keep(Person.objects.get(user__email=people.MEMBER.email), by=officer, at=now)
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
    _make_undecided(officer, now)
    _make_approved(officer, now)
    _make_ended(officer, now)


def _make_undecided(officer: User, now: dt.datetime) -> None:
    draft = stages.draft(people.DRAFT, at=now - 2 * DAY)
    draft.sections_done = [key for key in draft.sections_done if key not in ("dbs", "expertise")]
    draft.dbs_on = draft.dbs_confirmed_at = None
    draft.save()
    waiting = stages.submit(people.SUBMITTED, at=now - 6 * DAY)
    stages.answer(waiting, how_many=1, at=now - 3 * DAY)
    stages.submit(people.STUDENT, at=now - 4 * DAY)
    stages.submit(people.TWICE, at=now - 3 * DAY)
    stages.submit(people.TIED, at=now - 5 * DAY)
    asked = stages.submit(people.ASKED, at=now - 8 * DAY)
    items = {
        "history": "Please tell us which of your jobs were case management.",
        "dbs": "The check is an old one. Is there a newer one?",
    }
    lifecycle.ask(application_id=asked.pk, by=officer, at=now - 2 * DAY, items=items)
    stages.offer_associate(people.OFFERED, by=officer, at=now - DAY)


def _make_approved(officer: User, now: dt.datetime) -> None:
    stages.approve(people.APPROVED, by=officer, at=now - DAY)
    part = stages.approve(people.PART_PAID, by=officer, at=now - 5 * DAY)
    stages.pay(part, pence=4500, by=officer, at=now - 4 * DAY)
    bank.import_statement(part.invoices.get(), by=officer, at=now)


def _make_ended(officer: User, now: dt.datetime) -> None:
    declined = stages.submit(people.DECLINED, at=now - 20 * DAY)
    reason = "The register shows that your registration has ended. Apply again once it is current."
    lifecycle.decline(application_id=declined.pk, by=officer, at=now - 12 * DAY, reason=reason)
    lifecycle.appeal(
        application_id=declined.pk,
        by=stages.login_of(declined),
        at=now - 5 * DAY,
        reasons="I renewed it last month. The register may not have shown it yet.",
    )
    withdrawn = stages.submit(people.WITHDRAWN, at=now - 30 * DAY)
    by = stages.login_of(withdrawn)
    lifecycle.withdraw(application_id=withdrawn.pk, by=by, at=now - 25 * DAY)
    stages.approve(people.EXPIRED, by=officer, at=now - 100 * DAY)


def _make_members(officer: User, now: dt.datetime) -> None:
    """One member of each type, and in each state that membership has."""
    today = timezone.localdate(now)
    member = stages.join(people.MEMBER, by=officer, at=now - 60 * DAY)
    stages.show(member, people.MEMBER, at=now - 59 * DAY)
    kept = registers.keep(member, at=now - 45 * DAY)
    packs.ask(member, None, at=now)
    joined = {
        who: stages.join(who, by=officer, at=now - 40 * DAY)
        for who in (people.UNLISTED, people.ASSOCIATE, people.SUPPORTER, people.OVERSEAS)
    }
    registers.share(
        kept, joined=joined[people.UNLISTED], asked=joined[people.ASSOCIATE], at=now - 3 * DAY
    )
    disposals.make(member, officer=officer, at=now - 2 * DAY)
    a_year_ago = now - (today - add_months(today, -12))
    in_grace = stages.join(people.GRACE, by=officer, at=a_year_ago - 10 * DAY)
    stages.show(in_grace, people.GRACE, at=a_year_ago)
    stages.join(people.LAPSED, by=officer, at=a_year_ago - 70 * DAY)
    suspended = stages.join(people.SUSPENDED, by=officer, at=now - 90 * DAY)
    lifecycle.suspend(
        membership_id=_membership(suspended).pk, by=officer, at=now, reason="A sample suspension."
    )
    left = stages.join(people.LEFT, by=officer, at=now - 120 * DAY)
    registers.leave_behind(left, named=member, since=now - 50 * DAY, at=now)
    lifecycle.resign(membership_id=_membership(left).pk, by=officer, at=now - 10 * DAY)
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
