"""Opens a register, once somebody has accepted the terms that it is kept under.

The wording of each version stands in `templates/records/terms/<version>.html` and is never
changed: a new wording is a new version, which the owner accepts before the next record is added.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation import history
from membership import standing
from membership.models import Person, User
from records.models import Register, TermsAcceptance

VERSIONS = ("2026-11",)
"""Oldest first; the last one is in force."""

IN_FORCE = VERSIONS[-1]
MAY_OPEN = ("active", "grace")


class TermsNotAccepted(Exception):
    """Nothing is put into a register whose owner has not accepted the terms in force."""


class MembersOnly(Exception):
    """A register is opened by a member."""


@transaction.atomic
def open_register(*, owner: Person, name: str, version: str, by: User, at: dt.datetime) -> Register:
    """Open a register under terms that its owner accepts. Raises MembersOnly.

    Twice is once: who keeps an open register already gets that one, with the terms accepted.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    register = Register.objects.owned_by(owner).order_by("pk").first()
    if register is None:
        if standing.of(owner, timezone.localdate(at)).state not in MAY_OPEN:
            raise MembersOnly("A register is for members. The calculator is for everybody.")
        register = Register.objects.create(owner=owner, name=name.strip(), opened_at=at)
        history.record(register.history_key, "register opened", at=at, by=by)
    accept(register=register, version=version, by=by, at=at)
    return register


@transaction.atomic
def accept(*, register: Register, version: str, by: User, at: dt.datetime) -> None:
    """Note that somebody accepted a version of the terms. Twice is once."""
    accepted, made = TermsAcceptance.objects.get_or_create(
        register=register, version=version, accepted_by=by, defaults={"accepted_at": at}
    )
    if made:
        text = f"version {accepted.version}"
        history.record(register.history_key, "terms accepted", at=at, by=by, text=text)


def wording(version: str) -> str:
    """The template of a version."""
    return f"records/terms/{version}.html"


def are_accepted(register: Register) -> bool:
    """Whether the owner of a register has accepted the terms in force."""
    return register.acceptances.filter(
        version=IN_FORCE, accepted_by__person__in=_logins_of(register)
    ).exists()


def require(register: Register) -> None:
    """Raise TermsNotAccepted, with words for whoever wanted to add something."""
    if not are_accepted(register):
        raise TermsNotAccepted(
            "The owner of this register has to accept the terms of use before anything is added."
        )


def _logins_of(register: Register) -> list[int]:
    """The owner, and those whose accounts were merged into theirs."""
    merged = register.owner.merged_from.values_list("pk", flat=True)
    return [register.owner_id, *merged]
