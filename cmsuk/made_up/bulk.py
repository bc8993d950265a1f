"""Made-up members in bulk, for benchmarks: rows as the verbs would have left them, in chunks.

The same seed on the same day makes the same people. They have logins with the demo's password,
but no history and no letters: those are written by the verbs alone.
"""

import datetime as dt
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from cmsuk.made_up import bulk_money, bulk_shown
from cmsuk.made_up.stages import shared_password
from directory import counting, draws
from foundation.counters import next_numbers
from foundation.dates import add_months
from membership.models import Application, EligibilityRules, FeeDue, Membership, Person, User

A_CHUNK = 2_000
ONE_IN_WHICH_OWES = 20
DAYS_OF_MEMBERSHIP = 365
OFFICER = "bulk-office@example.org"
COUNTER = "made-up people"

GIVEN = "Aled Bao Carys Dafydd Efa Farah Gwen Huw Ines Jamal Kofi Lowri Mair Noor Owain Pia"
FAMILY_STEMS = "Ash Birch Cedar Dale Elm Fern Glen Heath Ivy Juniper Kelp Larch Moss Nettle"
FAMILY_ENDS = "bank by combe dale field ford ham hurst ley low more stead thorpe ton"
TOWNS = "Cardiff Leeds Bristol York Perth Derby Hull Exeter Truro Newport"
TYPES = ("case_manager",) * 16 + ("associate",) * 3 + ("supporter",)


@dataclass(frozen=True)
class Debt:
    """A fee that is due: what a bank statement would name."""

    reference: str
    surname: str
    fee_due_pence: int


@dataclass
class Lot:
    """One chunk on its way: its people, and what was made for them, in the same order."""

    rng: random.Random
    at: dt.datetime
    officer: User
    people: list[Person] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    owes: list[bool] = field(default_factory=list)
    fees: list[FeeDue] = field(default_factory=list)

    @property
    def on(self) -> dt.date:
        return timezone.localdate(self.at)


def populate(*, members: int, records: int, seed: int, at: dt.datetime) -> Iterator[Debt]:
    """Make so many people, one in twenty with a fee due, and so many client records.

    Each chunk is one transaction; what is yielded is stored.
    """
    officer, _made = User.objects.get_or_create(email=OFFICER, defaults={"name": "Bulk Office"})
    bulk_money.set_fees(timezone.localdate(at))
    for first in range(0, members, A_CHUNK):
        size = min(A_CHUNK, members - first)
        share = records * (first + size) // members - records * first // members
        yield from _make_lot(size, share, seed=seed, at=at, officer=officer)
    draws.draw_lots(on=timezone.localdate(at))
    counting.recount(at=at)


@transaction.atomic
def _make_lot(
    size: int, records: int, *, seed: int, at: dt.datetime, officer: User
) -> Sequence[Debt]:
    numbers = next_numbers(COUNTER, size)
    lot = Lot(random.Random(f"{seed} {numbers.start}"), at, officer)  # noqa: S311  # not a secret
    _make_people(lot, numbers)
    _admit(lot)
    accounts = bulk_money.invoice_and_settle(lot.fees, lot.people, rng=lot.rng, at=lot.at)
    members = [fee.person for fee in lot.fees if fee.settled_on]
    listed = [fee.person for fee in lot.fees if fee.settled_on and fee.type == "case_manager"]
    bulk_shown.show(listed, rng=lot.rng, officer=officer, at=at)
    bulk_shown.keep_records(members or lot.people, records, rng=lot.rng, at=at)
    return [
        Debt(account.payment_reference, person.family_name, fee.pence)
        for account, person, fee in zip(accounts, lot.people, lot.fees, strict=True)
        if fee.is_outstanding
    ]


def _make_people(lot: Lot, numbers: range) -> None:
    """Logins with confirmed addresses, and the Home section of each person."""
    users = User.objects.bulk_create(
        User(email=f"bulk{number}@example.org", password=shared_password(), joined_at=lot.at)
        for number in numbers
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    lot.people = Person.objects.bulk_create(_person(lot.rng, user) for user in users)
    lot.types = [lot.rng.choice(TYPES) for _person in lot.people]
    lot.owes = [number % ONE_IN_WHICH_OWES == 0 for number in numbers]


def _person(rng: random.Random, user: User) -> Person:
    return Person(
        user=user,
        key=uuid.UUID(int=rng.getrandbits(128), version=4),
        given_name=rng.choice(GIVEN.split()),
        family_name=rng.choice(FAMILY_STEMS.split()) + rng.choice(FAMILY_ENDS.split()),
        email=user.email,
        phone="+442079460123",
        address_line_1=f"{rng.randint(1, 99)} Invented Street",
        town=rng.choice(TOWNS.split()),
        postcode="CF14 4XW",
    )


def _admit(lot: Lot) -> None:
    """Everybody was approved; whoever has paid is a member, with a number."""
    version = EligibilityRules.objects.in_force(lot.on).version
    applications = Application.objects.bulk_create(
        _application(lot, index, version) for index in range(len(lot.people))
    )
    lot.fees = FeeDue.objects.bulk_create(
        _fee(lot, index, application) for index, application in enumerate(applications)
    )
    paid = [(fee.person, fee.starts_on) for fee in lot.fees if fee.starts_on]
    Membership.objects.bulk_create(
        Membership(person=person, number=number, joined_on=joined_on)
        for number, (person, joined_on) in zip(next_numbers("member", len(paid)), paid, strict=True)
    )


def _application(lot: Lot, index: int, version: str) -> Application:
    owes = lot.owes[index]
    decided_at = lot.at - dt.timedelta(days=lot.rng.randrange(1, 14) if owes else 700)
    return Application(
        person=lot.people[index],
        reference=f"B{lot.people[index].pk:09d}",
        type=lot.types[index],
        state=Application.State.APPROVED if owes else Application.State.ACTIVATED,
        started_at=decided_at - dt.timedelta(days=20),
        edited_at=decided_at - dt.timedelta(days=10),
        submitted_at=decided_at - dt.timedelta(days=10),
        rules_version=version,
        decided_at=decided_at,
        decided_by=lot.officer,
        decision_reason="A made-up application.",
    )


def _fee(lot: Lot, index: int, application: Application) -> FeeDue:
    """Settled some day of the last year, so that it covers today; or still due."""
    fee = FeeDue(
        person=lot.people[index],
        application=application,
        purpose=FeeDue.Purpose.JOINING,
        type=lot.types[index],
        pence=bulk_money.FEES_PENCE[lot.types[index]],
        fixed_at=application.decided_at or lot.at,
    )
    if not lot.owes[index]:
        start = lot.on - dt.timedelta(days=lot.rng.randrange(DAYS_OF_MEMBERSHIP - 1))
        fee.settled_on = fee.starts_on = start
        fee.ends_on = add_months(start, 12) - dt.timedelta(days=1)
    return fee
