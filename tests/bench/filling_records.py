"""Client records by the million: some are made one by one, the rest copied within the database."""

import datetime as dt
import random
import uuid

from django.db import connection, transaction
from django.utils import timezone

from records import versions
from records.models import ClientRecord, Hold, Register
from records.reckoning import reckon_by
from records.retention_facts import Capacity, Category, HoldKind
from tests.bench.many import KEYS, count_rows
from tests.factories import make_person

SAMPLE = 1_000
REGISTERS = 50
ONE_IN_WHICH_IS_HELD = 50
A_YEAR = dt.timedelta(days=365)


def fill(records: int, *, due: int, on: dt.date) -> None:
    """So many records whose day is to come, and so many whose day comes on this one."""
    registers = list(Register.objects.order_by("pk")) or [
        Register.objects.create(owner=make_person(), opened_at=timezone.now())
        for _number in range(REGISTERS)
    ]
    there = ClientRecord.objects.count()
    if not there:
        rng = random.Random(7)  # noqa: S311  # the same each time
        make([_facts(rng, on) for _number in range(SAMPLE)], registers, on=on)
        make([_due(on) for _number in range(due)], registers, on=on)
    copy(records - (there - due if there else SAMPLE), registers)
    count_rows()


@transaction.atomic
def make(facts: list[dict], registers: list[Register], *, on: dt.date) -> None:
    """Answered as of the day before, so that nothing of this day is done yet."""
    eve = on - dt.timedelta(days=1)
    rules = versions.in_force(on=eve)
    records, holds = [], []
    for number, each in enumerate(facts):
        record = ClientRecord(
            register=registers[number % len(registers)],
            reference=f"BENCH-{uuid.uuid4().int % 10**12:012}",
            added_at=timezone.now(),
            **each,
        )
        held = "died_on" not in each and number % ONE_IN_WHICH_IS_HELD == 0
        own = [Hold(record=record, kind=HoldKind.LEGAL.value, opened_on=eve)] if held else []
        reckon_by(rules, record, own, on=eve)
        records.append(record)
        holds += own
    ClientRecord.objects.bulk_create(records)
    Hold.objects.bulk_create(holds)


def _facts(rng: random.Random, on: dt.date) -> dict:
    """Adults, children, mental health, contacts, knowledge: each is kept for a while yet."""
    ended_on = on - rng.randrange(1, 7 * 365) * dt.timedelta(days=1)
    kind = rng.random()
    facts = {
        "born_on": ended_on - rng.randrange(20, 80) * A_YEAR,
        "capacity": Capacity.HAS,
        "category": Category.MENTAL_HEALTH if kind < 0.3 else Category.GENERAL,
        "care_concluded_on": ended_on,
    }
    if kind > 0.8:
        facts["born_on"] = ended_on - rng.randrange(3, 17) * A_YEAR
    if 0.4 < kind < 0.6:
        facts["last_contact_on"] = ended_on + rng.randrange((on - ended_on).days) * (A_YEAR / 365)
    return facts


def _due(on: dt.date) -> dict:
    """An adult whose eight years ended the day before."""
    eve = on - dt.timedelta(days=1)
    return {
        "born_on": dt.date(1970, 5, 4),
        "capacity": Capacity.HAS,
        "category": Category.GENERAL,
        "care_concluded_on": eve.replace(year=eve.year - 8),
        "died_on": None,
    }


def copy(how_many: int, registers: list[Register]) -> None:
    """More of the first ones, by other keys and references; one in fifty stays on hold."""
    if how_many <= 0:
        return
    meta = ClientRecord._meta
    columns = [field.column for field in meta.concrete_fields if not field.primary_key]
    own = {"key": KEYS[connection.vendor], "reference": "'COPY-' || ({start} + n)"}
    start = ClientRecord.objects.order_by("-pk").values_list("pk", flat=True)[0]
    new = ", ".join(own.get(each, each).format(start=start) for each in columns)
    first = ClientRecord.objects.order_by("pk").values_list("pk", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers"  # noqa: S608
            f" WHERE n < {how_many}) INSERT INTO {meta.db_table} ({', '.join(columns)})"
            f" SELECT {new} FROM numbers JOIN {meta.db_table} AS record"
            f" ON record.id = {first} + n % {SAMPLE}"
        )
        cursor.execute(
            "INSERT INTO records_hold (record_id, kind, opened_on)"  # noqa: S608
            " SELECT record.id, 'legal', record.computed_on FROM records_clientrecord AS record"
            f" WHERE record.id > {start} AND record.status = 'on_hold'"
        )
