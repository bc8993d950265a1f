"""The copy of an application, as a paper: for its applicant alone, and with the acknowledgement."""

import datetime as dt

from django.utils import timezone

from foundation.enclosures import Enclosure
from foundation.look import Row
from foundation.papers import Facts, Heading, Paper, Part, Words
from membership import answers, known
from membership.answers import day
from membership.models import Application

KIND = "application"
NOT_GIVEN = "Not provided"
NO_ANSWERS = "Nothing to answer."


def name_of(application: Application) -> str:
    """How a letter names the copy that it encloses."""
    return f"{KIND}:{application.pk}"


def enclosed(key: str) -> Enclosure | None:
    """The copy for a letter that is sent now; None when the application was erased meanwhile."""
    application = Application.objects.select_related("person").filter(pk=key).first()
    return enclosure_of(application) if application is not None else None


def enclosure_of(application: Application) -> Enclosure:
    return Enclosure(f"application-{application.reference}.pdf", paper_of(application))


def paper_of(application: Application) -> Paper:
    """The rows of the page to print; the same rows give the same paper on any day."""
    told = known.of_application(application)
    head = (
        ("Reference", application.reference),
        ("Applicant", application.person.name or application.person.email),
        ("Sent", _moment(application.submitted_at)),
    )
    parts: list[Part] = [Facts(head)]
    for section in answers.sections(told, to_change=False):
        parts += [Heading(section.step.title), _answers(section.rows)]
    return Paper(
        title="Application for membership",
        parts=tuple(parts),
        foot=f"Application {application.reference}",
        subject=f"Copy of application {application.reference}",
    )


def _answers(rows: list[Row]) -> Part:
    if not rows:
        return Words(NO_ANSWERS)
    return Facts(tuple((row.key, row.value or NOT_GIVEN) for row in rows))


def _moment(at: dt.datetime | None) -> str:
    if at is None:
        return "Not sent yet"
    local = timezone.localtime(at)
    return f"{day(local.date())}, {local:%H:%M}"
