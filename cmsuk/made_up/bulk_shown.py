"""What made-up members in bulk show and keep: expertise, listings, client records."""

import datetime as dt
import random
import uuid
from collections.abc import Sequence

from django.utils import timezone
from django.utils.text import slugify

from directory.models import Area, Listing, Outcode
from membership.models import (
    ExpertiseArea,
    ExpertiseAssignment,
    Person,
    Qualification,
    Registration,
    User,
)
from records import terms, versions
from records.models import ClientRecord, Hold, Register, TermsAcceptance
from records.reckoning import reckon_by
from records.retention_facts import Capacity, Category, HoldKind

ONE_IN_WHICH_HIDES = 5
DAYS_OF_CARE = 365 * 12
ABOUT = "I work with people after injury and illness, at home and on their way back to work."


def show(people: Sequence[Person], *, rng: random.Random, officer: User, at: dt.datetime) -> None:
    """A checked registration, two areas of expertise and a listing each; most opt in."""
    Qualification.objects.bulk_create(
        Qualification(
            person=person,
            title="BSc (Hons)",
            awarding_body="University of Example",
            level=Qualification.Level.DEGREE,
            relation=Qualification.Relation.CLINICAL,
            year=rng.randint(1985, 2020),
        )
        for person in people
    )
    registrations = Registration.objects.bulk_create(
        Registration(
            person=person,
            body="NMC",
            profession="nurse",
            number=f"{person.pk // 10_000 % 100:02d}A{person.pk % 10_000:04d}N",
            status=Registration.Status.REGISTERED,
            checked_on=timezone.localdate(at),
            checked_by=officer,
        )
        for person in people
    )
    _assign(registrations, rng=rng, officer=officer, at=at)
    _list(people, rng=rng, at=at)


def _assign(
    registrations: Sequence[Registration], *, rng: random.Random, officer: User, at: dt.datetime
) -> None:
    codes = list(ExpertiseArea.objects.order_by("code").values_list("code", flat=True))
    ExpertiseAssignment.objects.bulk_create(
        ExpertiseAssignment(
            person=registration.person,
            area_id=code,
            registration=registration,
            assigned_by=officer,
            assigned_at=at,
        )
        for registration in registrations
        for code in rng.sample(codes, 2)
    )


def _list(people: Sequence[Person], *, rng: random.Random, at: dt.datetime) -> None:
    """A base and miles each; the region of the base as area of work for every third."""
    places = list(Outcode.objects.exclude(postcode_area=None).order_by("code"))
    listings = Listing.objects.bulk_create(
        Listing(
            person=person,
            slug=f"{slugify(person.name)}-{person.pk}",
            public_name=person.name,
            about=ABOUT,
            taking_cases=rng.random() < 0.9,
            base=rng.choice(places),
            radius_miles=rng.choice((10, 25, 40, 60)),
            edited_at=at,
            opted_in_at=None if rng.randrange(ONE_IN_WHICH_HIDES) == 0 else at,
        )
        for person in people
    )
    regions = list(Area.objects.filter(kind=Area.Kind.REGION).order_by("code"))
    stated = Listing.areas.through
    stated.objects.bulk_create(
        stated(listing=listing, area=rng.choice(regions)) for listing in listings[::3]
    )


def keep_records(
    owners: Sequence[Person], how_many: int, *, rng: random.Random, at: dt.datetime
) -> None:
    """Client records shared out among these owners, answered as of today; a few are on hold."""
    registers = _open_registers(owners[:how_many], at=at)
    records, holds = [], []
    on = timezone.localdate(at)
    rules = versions.in_force(on=on)
    for number in range(how_many):
        record = _record(registers[number % len(registers)], number, rng=rng, at=at)
        held = [_hold(record)] if number % 50 == 0 and record.care_concluded_on else []
        reckon_by(rules, record, held, on=on)
        records.append(record)
        holds += held
    ClientRecord.objects.bulk_create(records)
    Hold.objects.bulk_create(holds)


def _open_registers(owners: Sequence[Person], *, at: dt.datetime) -> list[Register]:
    registers = Register.objects.bulk_create(Register(owner=one, opened_at=at) for one in owners)
    TermsAcceptance.objects.bulk_create(
        TermsAcceptance(
            register=register,
            version=terms.IN_FORCE,
            accepted_at=at,
            accepted_by=register.owner.user,
        )
        for register in registers
    )
    return registers


def _record(
    register: Register, number: int, *, rng: random.Random, at: dt.datetime
) -> ClientRecord:
    on = timezone.localdate(at)
    return ClientRecord(
        key=uuid.UUID(int=rng.getrandbits(128), version=4),
        register=register,
        reference=f"BULK-{number:07d}",
        born_on=dt.date(1940, 1, 1) + dt.timedelta(days=rng.randrange(60 * 365)),
        capacity=Capacity.LACKS if rng.random() < 0.05 else Capacity.HAS,
        category=rng.choice(list(Category)),
        care_concluded_on=on - dt.timedelta(days=rng.randrange(1, DAYS_OF_CARE)),
        added_at=at,
    )


def _hold(record: ClientRecord) -> Hold:
    opened_on = record.care_concluded_on or record.added_at.date()
    return Hold(record=record, kind=HoldKind.COMPLAINT.value, opened_on=opened_on)
