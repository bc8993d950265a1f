"""Students whose course has ended: which day that was, what they are asked, and what they answer.

Student membership is for people on a course (CMSUK: before you apply). Nothing ends by itself: the
member chooses another type, or tells us that the course goes on.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation import history, letters
from foundation.dates import in_words
from foundation.links import absolute
from foundation.one_by_one import each
from membership import post, standing
from membership.models import Application, Person, User
from membership.types import MembershipType

TELL_WITHIN = dt.timedelta(days=60)
"""A night that was missed is made up for; who joined long after their course is not written to."""


class NoCourse(Exception):
    """Somebody told of a course who is no Student member."""


def of(applications: Iterable[Application]) -> Application | None:
    """The application by which somebody became a Student member; the newest comes first."""
    return next((one for one in applications if _is_of_a_student(one)), None)


def ended_on(person: Person, on: dt.date) -> dt.date | None:
    """The last day of a Student's course where it is over on a day. One query."""
    found = of(person.applications.order_by("-started_at", "-pk"))
    day = found.course_ends_on if found else None
    return day if day is not None and day < on else None


@transaction.atomic
def tell(person: Person, *, ends_on: dt.date, by: User, at: dt.datetime) -> Application:
    """The member says when their course ends now. Raises NoCourse."""
    Person.objects.select_for_update().get(pk=person.pk)
    found = of(person.applications.order_by("-started_at", "-pk"))
    if found is None:
        raise NoCourse
    if found.course_ends_on != ends_on:
        found.course_ends_on = ends_on
        found.save(update_fields=["course_ends_on"])
        words = f"It ends on {in_words(ends_on)}"
        history.record(person.history_key, "told of a course", at=at, by=by, text=words)
    return found


def ask_what_follows(*, at: dt.datetime) -> int:
    """The nightly sweep; how many were written to. Each is a transaction; twice is once."""
    on = timezone.localdate(at)
    return sum(each(list(_over(on)), lambda one: _ask(one, at=at)))


def _is_of_a_student(application: Application) -> bool:
    joined = application.state == Application.State.ACTIVATED
    return joined and application.type == MembershipType.STUDENT


def _over(on: dt.date) -> QuerySet[Application]:
    """Of active Students who have not asked for anything themselves."""
    asking = Application.objects.open().values("person")
    over = Application.objects.filter(
        type=MembershipType.STUDENT,
        state=Application.State.ACTIVATED,
        course_ends_on__lt=on,
        course_ends_on__gte=on - TELL_WITHIN,
        person__in=standing.active(on, type=MembershipType.STUDENT),
    )
    return over.exclude(person__in=asking).select_related("person").order_by("pk")


@transaction.atomic
def _ask(application: Application, *, at: dt.datetime) -> bool:
    key = f"course_ended:{application.pk}:{application.course_ends_on}"
    if letters.is_queued(key):
        return False
    person = application.person
    post.tell(
        person,
        "course_ended",
        key=key,
        at=at,
        ended_on=application.course_ends_on,
        course=application.course_title,
        upgrade_url=absolute("/apply/upgrade/"),
        apply_url=post.own_application_url(),
        course_url=absolute("/profile/dates/course/"),
    )
    post.note(person, "asked what follows the course", at=at, by=None)
    return True
