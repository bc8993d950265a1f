"""Applications in front of the office, and what became of them."""

import datetime as dt
from collections import Counter

from foundation import history
from foundation.models import Letter
from membership import drafts, lifecycle
from membership.models import Application, FeeDue, Person, Referee, Registration
from membership.types import MembershipType
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_fee_rate,
    make_officer,
    make_person,
    make_ready_application,
)

LATER = A_MOMENT + dt.timedelta(minutes=5)


def sent(person: Person | None = None, **kwargs) -> Application:
    """A nurse's application that was just sent."""
    application = make_ready_application(person, **kwargs)
    application.sections_done = [
        *("type", "home", "work", "practice", "route", "qualifications", "registration"),
        *("history", "referees", "dbs", "indemnity", "expertise"),
    ]
    application.save()
    by = application.person.user
    return lifecycle.submit(application_id=application.pk, by=by, at=A_MOMENT)


def checked(application: Application) -> Application:
    """Everything that comes before an approval is done, and there is a fee."""
    for one in (MembershipType.CASE_MANAGER, MembershipType.ASSOCIATE):
        if not lifecycle.price_of(application, on=A_DAY) or one != application.type:
            make_fee_rate(one, pence=9000 if one == MembershipType.CASE_MANAGER else 6000)
    application.person.registrations.update(
        status=Registration.Status.REGISTERED, checked_on=A_DAY, checked_by=make_officer()
    )
    application.referees.update(state=Referee.State.ANSWERED, answered_at=A_MOMENT)
    return application


def ready(**kwargs) -> Application:
    """Sent and checked: every line is met."""
    return checked(sent(**kwargs))


def approved(by=None, **kwargs) -> Application:
    application = ready(**kwargs)
    lifecycle.approve(application_id=application.pk, by=by or make_officer(), at=A_MOMENT)
    return fresh(application)


def declined(by=None, **kwargs) -> Application:
    application = sent(**kwargs)
    lifecycle.decline(
        application_id=application.pk, by=by or make_officer(), at=A_MOMENT, reason="No body."
    )
    return fresh(application)


def answered(application: Application) -> Application:
    """The applicant has answered in every section that was asked about."""
    for item in application.asked_items.open():
        drafts.finish(application_id=application.pk, key=item.section, at=LATER)
    return fresh(application)


def send_again(application: Application, at: dt.datetime = LATER) -> Application:
    by = application.person.user
    return lifecycle.submit(application_id=answered(application).pk, by=by, at=at)


def fresh(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def fee_of(application: Application) -> FeeDue:
    return FeeDue.objects.get(application=application)


def newest_letter(kind: str) -> str:
    return Letter.objects.filter(kind=kind).latest("pk").text


def kinds(application: Application) -> list[str]:
    """The letters to the applicant, oldest first."""
    to = application.person.email
    return list(Letter.objects.filter(to=to).order_by("pk").values_list("kind", flat=True))


def verbs(application: Application) -> Counter[str]:
    return Counter(history.of(application.person.history_key).values_list("verb", flat=True))


def make_member_officer(**kwargs):
    """Somebody of the office who is a person of the society as well."""
    user = make_officer()
    make_person(user=user, **kwargs)
    return user
