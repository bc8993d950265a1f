"""Drafts that nobody comes back to: a reminder after 60 days, the end after 90.

Periods of the society's privacy notice: a draft that was never sent is kept for 90 days after the
last edit, with a reminder at 60.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from foundation.one_by_one import each
from membership import post
from membership.lifecycle.transitions import State
from membership.models import Application, Person

REMIND_AFTER = dt.timedelta(days=60)
DELETE_AFTER = dt.timedelta(days=90)
# Where the sweep did not run for a while, nobody loses a draft without having been warned.
WARNED_FOR = dt.timedelta(days=14)


def care_for_drafts(*, at: dt.datetime) -> dict[str, int]:
    """The nightly sweep: warn, then delete. Each row is a transaction of its own; twice is once."""
    deleted = each(_ids(_forgotten(at)), lambda pk: _delete(pk, at=at))
    reminded = each(_ids(_untouched(at)), lambda pk: _remind(pk, at=at))
    return {"drafts_reminded": sum(reminded), "drafts_deleted": sum(deleted)}


def _untouched(at: dt.datetime) -> QuerySet[Application]:
    """Drafts left alone for 60 days, and not warned about since the last edit."""
    unwarned = Q(draft_reminded_at=None) | Q(draft_reminded_at__lt=F("edited_at"))
    return _drafts().filter(unwarned, edited_at__lte=at - REMIND_AFTER)


def _forgotten(at: dt.datetime) -> QuerySet[Application]:
    """Drafts left alone for 90 days, of whose end their applicant was warned."""
    return _drafts().filter(
        edited_at__lte=at - DELETE_AFTER,
        draft_reminded_at__gte=F("edited_at"),
        draft_reminded_at__lte=at - WARNED_FOR,
    )


def _drafts() -> QuerySet[Application]:
    return Application.objects.filter(state=State.DRAFT, submitted_at=None)


def _ids(drafts: QuerySet[Application]) -> list[int]:
    return list(drafts.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(application_id: int, *, at: dt.datetime) -> bool:
    """Once more under the lock: the applicant may just have come back."""
    application = _untouched(at).select_for_update().filter(pk=application_id).first()
    if application is None:
        return False
    application.draft_reminded_at = at
    application.save(update_fields=["draft_reminded_at"])
    ends_at = max(application.edited_at + DELETE_AFTER, at + WARNED_FOR)
    _tell(application, "draft_reminder", at=at, ends_on=timezone.localdate(ends_at))
    _note(application, "reminded of an unsent application", at=at)
    return True


@transaction.atomic
def _delete(application_id: int, *, at: dt.datetime) -> bool:
    """The draft goes with the referees it names, and with evidence that nothing else needs.

    What somebody showed of themselves for this draft alone was part of it, so it has the same 90
    days. The login stays, with the name and addresses it was opened with: it is the person's own to
    use or to erase.
    """
    application = _forgotten(at).select_for_update().filter(pk=application_id).first()
    if application is None:
        return False
    person = application.person
    _tell(application, "draft_deleted", at=at)
    _note(application, "deleted an application that was never sent", at=at)
    application.delete()
    if not _is_needed(person):
        person.qualifications.all().delete()
        person.registrations.all().delete()
        person.employments.all().delete()
    return True


def _is_needed(person: Person) -> bool:
    """Whether another application, a membership or an assigned area rests on the evidence."""
    return (
        person.applications.exists()
        or person.assignments.exists()
        or person.fees.exists()
        or hasattr(person, "membership")
    )


def _tell(application: Application, kind: str, *, at: dt.datetime, **context: Any) -> None:
    """The draft may be gone when the letter goes, so it names no application."""
    post.tell(
        application.person,
        kind,
        key=f"{kind}:{application.reference}:{application.edited_at.isoformat()}",
        at=at,
        edited_on=timezone.localdate(application.edited_at),
        apply_url=post.own_application_url(),
        **context,
    )


def _note(application: Application, verb: str, *, at: dt.datetime) -> None:
    post.note(application.person, verb, at=at, by=None, text=str(application))
