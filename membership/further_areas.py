"""Areas of expertise after joining: members ask and tell what is new, the office gives and takes.

An area is never widened by itself: a registration or qualification that a member adds waits until
the office has looked (CMSUK FAQ: which type of membership).
"""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters
from foundation.dates import in_words
from foundation.links import absolute
from membership import checks, post, standing
from membership.checks import NotAssignable
from membership.models import (
    Application,
    ExpertiseArea,
    ExpertiseAssignment,
    Person,
    Registration,
    User,
)
from membership.types import FACTS

MEMBERS = ("active", "grace", "suspended")


def may_have_areas(stands: standing.Standing) -> bool:
    """Members who practise have areas of expertise, and nobody else."""
    practises = stands.type is not None and FACTS[stands.type].practising
    return practises and stands.state in MEMBERS


def not_held(person: Person) -> QuerySet[ExpertiseArea]:
    """What is offered and not assigned to somebody."""
    held = ExpertiseAssignment.objects.held().filter(person=person).values("area")
    return ExpertiseArea.objects.filter(is_offered=True).exclude(pk__in=held)


@transaction.atomic
def ask(person: Person, *, codes: Collection[str], words: str, by: User, at: dt.datetime) -> bool:
    """Ask the office for areas, once a day for the same ones; False where that was done."""
    Person.objects.select_for_update().get(pk=person.pk)
    areas = list(not_held(person).filter(pk__in=codes).order_by("label"))
    on = timezone.localdate(at)
    key = f"areas_asked:{person.pk}:{on}:{','.join(sorted(area.pk for area in areas))}"
    if not areas or letters.is_queued(key):
        return False
    _add_to_application(person, areas)
    labels = [area.label for area in areas]
    letters.to_office(
        "office_areas_asked",
        key=key,
        at=at,
        subject_key=person.history_key,
        person=person,
        areas=labels,
        words=words,
        page_url=absolute(reverse("admin:person_expertise", args=[person.pk])),
    )
    post.note(person, "asked for areas of expertise", at=at, by=by, text=", ".join(labels))
    return True


@transaction.atomic
def tell_registration(
    person: Person,
    *,
    body: str,
    profession: str,
    number: str,
    until: dt.date,
    by: User,
    at: dt.datetime,
) -> Registration:
    """A registration that the member has now: it waits until the office has looked it up.

    One that is known already keeps what the office saw of it; the new date waits beside it.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    told, _made = Registration.objects.get_or_create(
        person=person, body=body, number=number, defaults={"profession": profession}
    )
    told.told_until, told.told_at = until, at
    told.save(update_fields=["told_until", "told_at"])
    words = f"{body} until {in_words(until)}"
    history.record(person.history_key, "told of a registration", at=at, by=by, text=words)
    return told


@transaction.atomic
def assign(*, person_id: int, area_code: str, by: User, at: dt.datetime) -> ExpertiseAssignment:
    """Give a member an area, and write to them; twice is once. Raises NotAssignable."""
    on = timezone.localdate(at)
    person = Person.objects.select_for_update().get(pk=person_id)
    stands = standing.of(person, on)
    if not may_have_areas(stands):
        raise NotAssignable("Only Case Managers and Associates have areas of expertise.")
    given = checks.assign_expertise(person_id=person_id, area_code=area_code, by=by, on=on, at=at)
    key = f"expertise_given:{given.pk}"
    if not letters.is_queued(key) and given.assigned_at == at:
        _tell(person, given, key=key, at=at, is_given=True)
    return given


@transaction.atomic
def take_away(*, assignment_id: int, reason: str, by: User, at: dt.datetime) -> ExpertiseAssignment:
    """Take an area away with a reason that the member reads; twice is once."""
    found = ExpertiseAssignment.objects.select_related("person", "area").get(pk=assignment_id)
    was_held = found.withdrawn_at is None
    taken = checks.withdraw_expertise(assignment_id=assignment_id, by=by, at=at)
    if was_held and taken.withdrawn_at == at:
        key = f"expertise_taken:{taken.pk}"
        _tell(found.person, found, key=key, at=at, is_given=False, reason=reason)
        post.note(found.person, "said why", at=at, by=by, text=reason)
    return taken


def _add_to_application(person: Person, areas: list[ExpertiseArea]) -> None:
    """What is asked for shows as pending; a vocational case manager's new ground is not there."""
    sent = person.applications.filter(state=Application.State.ACTIVATED)
    newest = sent.order_by("-started_at", "-pk").first()
    if newest is not None and not newest.vocational_only:
        newest.expertise_requested.add(*areas)


def _tell(
    person: Person,
    about: ExpertiseAssignment,
    *,
    key: str,
    at: dt.datetime,
    is_given: bool,
    reason: str = "",
) -> None:
    post.tell(
        person,
        "expertise_changed",
        key=key,
        at=at,
        area=about.area.label,
        is_given=is_given,
        reason=reason,
        profile_url=absolute("/profile/"),
    )
