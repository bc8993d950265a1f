"""Makes client records for the tests of this room."""

import datetime as dt
import itertools
from typing import Any

from records import register, terms
from records.models import (
    ClientRecord,
    Hold,
    NamedMember,
    Register,
    RetentionRules,
    TermsAcceptance,
)
from tests.factories import A_DAY, A_MOMENT, make_member, make_person

_numbers = itertools.count(1)


def facts(**changed: Any) -> dict[str, Any]:
    """An adult whose care ended in June 2022: kept until 15 June 2030."""
    return {
        "reference": f"CM-{next(_numbers):04}",
        "born_on": dt.date(1975, 3, 9),
        "capacity": "has",
        "category": "general",
        "care_concluded_on": dt.date(2022, 6, 15),
        "last_contact_on": None,
        "died_on": None,
        "known_on": None,
    } | changed


def make_register(owner=None, *, at: dt.datetime = A_MOMENT, **kwargs: Any) -> Register:
    """An open register whose owner has accepted the terms, whether they are a member or not."""
    owner = owner or make_person()
    made = Register.objects.create(owner=owner, opened_at=at, **kwargs)
    TermsAcceptance.objects.create(
        register=made, version=terms.IN_FORCE, accepted_at=at, accepted_by=owner.user
    )
    return made


def name_in(register: Register, person=None, *, at: dt.datetime = A_MOMENT) -> NamedMember:
    """An active member who shares a register."""
    person = person or make_member()
    named = NamedMember.objects.create(
        register=register,
        person=person,
        asked_at=at,
        asked_by=register.owner.user,
        accepted_at=at,
    )
    TermsAcceptance.objects.create(
        register=register, version=terms.IN_FORCE, accepted_at=at, accepted_by=person.user
    )
    return named


def register_of(owner) -> Register:
    """The register of somebody who has one or gets one."""
    return Register.objects.owned_by(owner).order_by("pk").first() or make_register(owner)


def make_record(owner=None, *, at: dt.datetime = A_MOMENT, into=None, **changed: Any):
    """A record in the register named, else in its owner's."""
    into = into or register_of(owner or make_person())
    return register.add(register=into, facts=facts(**changed), by=into.owner.user, at=at)


def make_due_record(owner=None, **changed: Any) -> ClientRecord:
    """A record whose period ended in 2023, with its review open."""
    return make_record(owner, **{"care_concluded_on": dt.date(2015, 6, 15)} | changed)


def hold_on(record: ClientRecord) -> Hold:
    """The open hold that is put on a record."""
    register.open_hold(
        record_id=record.pk,
        kind="legal",
        opened_on=dt.date(2026, 1, 5),
        by=record.owner.user,
        at=A_MOMENT,
    )
    return record.holds.get()


def in_boxes(typed: dict[str, Any]) -> dict[str, Any]:
    """What a browser posts: days, written like 2026-11-22, in the three boxes of their fields."""
    posted: dict[str, Any] = {}
    for name, value in typed.items():
        if not name.endswith("_on") and name != "until":
            posted[name] = value
            continue
        year, month, day = [*value.split("-"), "", ""][:3]
        posted |= {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}
    return posted


def make_draft_retention_rules(**kwargs: Any) -> RetentionRules:
    return RetentionRules.objects.create(**{"version": "next", **kwargs})


def make_retention_rules(**kwargs: Any) -> RetentionRules:
    """Rules that the board adopted, in force from the day on which most tests run."""
    adopted = {
        "version": "2026-2",
        "effective_from": A_DAY,
        "adopted_at": A_MOMENT,
        "board_minute": "Board of 1 November 2026, item 4",
    }
    return RetentionRules.objects.create(**{**adopted, **kwargs})
