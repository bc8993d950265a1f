"""What is there before a journey begins: accounts, and drafts that lack only what it is about."""

from collections.abc import Collection

from membership import drafts
from membership import steps as sections
from membership.models import Application, Person
from tests.factories import make_person, make_ready_application, make_user, now
from tests.journeys.steps import PASSWORD


def make_account(address: str, given: str, family: str, **facts: object) -> Person:
    """Somebody with a confirmed address and the password of every journey."""
    user = make_user(email=address)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=address, verified=True, primary=True)
    return make_person(user=user, given_name=given, family_name=family, **facts)


def make_draft(person: Person, *, lacks: Collection[str] = (), **facts: object) -> Application:
    """A nurse's draft that is ready to be sent but for the sections it lacks."""
    application = make_ready_application(person, edited_at=now(), **facts)
    if "registration" in lacks:
        person.registrations.all().delete()
    if "history" in lacks:
        person.employments.all().delete()
    if "qualifications" in lacks:
        person.qualifications.all().delete()
    if "expertise" in lacks:
        application.expertise_requested.clear()
    for section in sections.needed_by(application):
        if section.key not in lacks:
            drafts.finish(application_id=application.pk, key=section.key, at=now())
    return application
