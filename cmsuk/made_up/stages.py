"""Leads one made-up person from stage to stage, by the same verbs as everybody."""

import datetime as dt
import re
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from cmsuk.made_up.people import PASSWORD, Somebody
from directory import publishing
from directory.models import Outcode
from membership import assurances, checks, lifecycle, referees
from membership.models import (
    Application,
    Assurance,
    Employment,
    ExpertiseArea,
    FeeDue,
    Person,
    Qualification,
    Referee,
    Registration,
    User,
)
from membership.steps import STEPS
from membership.types import FACTS, MembershipType
from payments import invoicing, settlement
from payments.models import Entry

LAST_FIGURES = re.compile(r"\d+(?=\D*$)")


@cache
def shared_password() -> str:
    """Hashed once: hashing is slow on purpose, and everybody here has the same password."""
    return make_password(PASSWORD)


def sign_up(who: Somebody, *, at: dt.datetime) -> Person:
    """A login with a confirmed address, and the person's Home and Work sections."""
    user = User.objects.create_user(who.email, joined_at=at)
    user.password = shared_password()
    user.save()
    EmailAddress.objects.create(user=user, email=who.email, verified=True, primary=True)
    return Person.objects.create(
        user=user,
        given_name=who.given,
        family_name=who.family,
        email=who.email,
        phone="+442079460123",
        address_line_1="1 Invented Street",
        town=who.town,
        postcode=who.postcode,
        work_organisation=who.employer,
        work_role="Case manager",
    )


def draft(who: Somebody, *, at: dt.datetime) -> Application:
    """A draft with everything that its type asks for, not sent yet."""
    application = lifecycle.start(person=sign_up(who, at=at), at=at)
    application.type = who.type
    if FACTS[MembershipType(who.type)].practising:
        _state_evidence(application, who, at=at)
    elif who.type == MembershipType.SUPPORTER:
        application.practice, application.supporter_role = "none", "managerial"
    elif who.type == MembershipType.OVERSEAS:
        application.practice, application.overseas_country = "overseas", "New Zealand"
        application.overseas_accepted_at = at
    else:
        application.practice, application.course_relation = "none", "relevant"
        application.course_title = "MSc Case Management"
        application.course_provider = "University of Example"
        application.course_ends_on = timezone.localdate(at) + dt.timedelta(days=300)
    application.rules_accepted_at, application.rules_accepted_version = at, "2026"
    application.sections_done = [step.key for step in STEPS if step.needed(application)]
    application.save()
    return application


def submit(who: Somebody, *, at: dt.datetime) -> Application:
    application = draft(who, at=at)
    by = login_of(application)
    return lifecycle.submit(application_id=application.pk, by=by, at=at)


def answer(application: Application, *, how_many: int, at: dt.datetime) -> None:
    """References by the made-up referees, as if they had followed their links."""
    said = referees.Answer(
        known_for="Four years",
        capacity="I managed their work",
        opinion="Careful, kind and reliable. I recommend them without reservation.",
        concerns="",
        may_call=True,
    )
    for referee in application.referees.named().filter(position__lte=how_many):
        referees.answer(referee_id=referee.pk, said=said, at=at, recorded_by=None)


def check(application: Application, *, by: User, at: dt.datetime) -> None:
    """The office looks at the register and assigns what was requested."""
    on = timezone.localdate(at)
    for registration in application.person.registrations.all():
        checks.record_register_check(
            registration_id=registration.pk,
            status=Registration.Status.REGISTERED,
            shown_name=application.person.name,
            expires_on=None,
            by=by,
            on=on,
            at=at,
        )
    for area in application.expertise_requested.all():
        checks.assign_expertise(
            person_id=application.person_id, area_code=area.code, by=by, on=on, at=at
        )


def offer_associate(who: Somebody, *, by: User, at: dt.datetime) -> None:
    """Sent, referenced and checked; the office offers the other class and waits for a yes."""
    application = submit(who, at=at - dt.timedelta(days=9))
    answer(application, how_many=2, at=at - dt.timedelta(days=4))
    check(application, by=by, at=at - dt.timedelta(days=1))
    reason = "Part of your experience was before your registration, so it does not count yet."
    lifecycle.offer(
        application_id=application.pk,
        by=by,
        at=at,
        type=MembershipType.ASSOCIATE,
        reason=reason,
    )


def approve(who: Somebody, *, by: User, at: dt.datetime) -> FeeDue:
    """Sent, referenced, checked and approved; the fee is due."""
    application = submit(who, at=at - dt.timedelta(days=9))
    answer(application, how_many=2, at=at - dt.timedelta(days=4))
    check(application, by=by, at=at - dt.timedelta(days=1))
    return lifecycle.approve(application_id=application.pk, by=by, at=at)


def join(who: Somebody, *, by: User, at: dt.datetime) -> Person:
    """A member whose fee arrived by bank transfer."""
    fee = approve(who, by=by, at=at - dt.timedelta(days=2))
    pay(fee, pence=fee.pence, by=by, at=at)
    for insurance in fee.person.assurances.filter(kind=Assurance.Kind.INDEMNITY):
        assurances.check(assurance_id=insurance.pk, by=by, on=timezone.localdate(at), at=at)
    return fee.person


def pay(fee: FeeDue, *, pence: int, by: User, at: dt.datetime) -> None:
    """The office records a bank transfer."""
    invoice = invoicing.raise_for(fee, at=at)
    received = settlement.Received(
        invoice_id=invoice.pk,
        pence=pence,
        method=Entry.Method.BANK,
        source_key=f"made up:{fee.pk}",
        occurred_on=timezone.localdate(at),
        by=by,
    )
    settlement.settle(received, at=at)


def show(person: Person, who: Somebody, *, at: dt.datetime) -> None:
    """The member writes a listing and opts in."""
    shown = publishing.Shown(
        public_name=person.name,
        about=who.about,
        area_codes=who.areas,
        base=Outcode.objects.get(code=who.outcode),
        radius_miles=who.miles,
    )
    by = person.user
    if by is None:
        raise ValueError("Made-up members have a login.")
    publishing.save_listing(person_id=person.pk, shown=shown, by=by, at=at)
    publishing.opt_in(person_id=person.pk, by=by, at=at, on=timezone.localdate(at))


def login_of(application: Application) -> User:
    user = application.person.user
    if user is None:
        raise ValueError("Made-up applicants have a login.")
    return user


def own_number(pattern: str, person: Person) -> str:
    """A number like the pattern that nobody else has: its last run of figures counts people."""

    def counted(run: re.Match[str]) -> str:
        room = len(run[0])
        return f"{person.pk % 10**room:0{room}d}"

    return LAST_FIGURES.sub(counted, pattern)


def _state_evidence(application: Application, who: Somebody, *, at: dt.datetime) -> None:
    on = timezone.localdate(at)
    _qualify(application.person, who)
    _employ(application.person, who, on=on)
    _name_referees(application, who)
    application.practice, application.nation = "uk", who.nation
    application.vocational_only, application.profession = who.vocational_only, who.trade.profession
    application.dbs_on, application.dbs_scheme = on - dt.timedelta(days=200), "DBS"
    application.dbs_confirmed_at = application.indemnity_confirmed_at = at
    application.indemnity_ends_on = on + dt.timedelta(days=400)
    application.expertise_requested.set(ExpertiseArea.objects.filter(code__in=who.expertise))


def _qualify(person: Person, who: Somebody) -> None:
    Qualification.objects.create(
        person=person,
        title="Diploma in Vocational Rehabilitation" if who.vocational_only else "BSc (Hons)",
        awarding_body="University of Example",
        level="diploma_5" if who.vocational_only else "degree",
        relation="vocational" if who.vocational_only else "clinical",
        year=2009,
    )
    if who.trade.body:
        Registration.objects.create(
            person=person,
            body=who.trade.body,
            profession=who.trade.profession,
            number=own_number(who.trade.number, person),
        )


def _employ(person: Person, who: Somebody, *, on: dt.date) -> None:
    Employment.objects.create(
        person=person,
        employer=who.employer,
        role="Case manager",
        is_case_management=True,
        started_on=on - dt.timedelta(days=who.days_in_post),
        total_hours=who.hours,
    )


def _name_referees(application: Application, who: Somebody) -> None:
    for position, voucher in enumerate(who.vouchers, start=1):
        Referee.objects.create(
            application=application,
            position=position,
            name=voucher.name,
            kind=Referee.Kind.PROFESSIONAL,
            relationship="A colleague",
            organisation=voucher.organisation,
            email=voucher.email or f"referee{position}.{who.login}@example.org",
        )
