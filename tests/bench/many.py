"""Listed members by the tens of thousands: the made-up ones, copied within the database.

Rows as `populate` left them, set by set: 100,000 take seconds where one at a time takes minutes.
A copy has a base of its own, and no invoices; whoever is copied has a listing.
"""

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from cmsuk.made_up import bulk
from directory import counting, draws
from directory.models import Listing
from membership.models import (
    Application,
    ExpertiseAssignment,
    FeeDue,
    Membership,
    Person,
    Registration,
    User,
)

FIRST_LOT = 2_000
STATED = Listing.areas.through
COPIED = (
    User,
    Person,
    Application,
    FeeDue,
    Membership,
    Registration,
    ExpertiseAssignment,
    Listing,
    STATED,
)
MOVED = ("id", "user_id", "person_id", "application_id", "registration_id", "listing_id")
COPIES = """WITH RECURSIVE copy(k) AS (SELECT 1 UNION ALL
 SELECT k + 1 FROM copy WHERE k < {copies}),
 place(code, n) AS (SELECT code, row_number() OVER (ORDER BY code) - 1
  FROM directory_outcode WHERE postcode_area_id IS NOT NULL)"""
OWN = {
    User: {"email": "'copy' || k || '-' || email"},
    Person: {"key": "{key}", "email": "'copy' || k || '-' || email"},
    Application: {"reference": "'C' || ({id})"},
    Membership: {"number": "number + k * {stride}"},
    Listing: {
        "slug": "slug || '-' || k",
        "base_id": "CASE WHEN base_id IS NULL THEN NULL ELSE place.code END",
        "drawn_on": "NULL",
    },
}
KEYS = {
    "postgresql": "gen_random_uuid()",
    "sqlite": "lower(hex(randomblob(6)) || '4' || substr(hex(randomblob(2)), 2) || '8'"
    " || substr(hex(randomblob(8)), 2))",
}
WHOSE = {
    User: "id IN (SELECT user_id FROM membership_person p JOIN directory_listing l"
    " ON l.person_id = p.id)",
    Person: "id IN (SELECT person_id FROM directory_listing)",
    Listing: "1 = 1",
    STATED: "1 = 1",
}
OF_A_PERSON = "person_id IN (SELECT person_id FROM directory_listing)"


def fill(listed: int, *, first: int = FIRST_LOT) -> None:
    """Until so many are shown at least; PostgreSQL counts its rows as its own service would."""
    now = timezone.now()
    on = timezone.localdate(now)
    if not Person.objects.filter(listing__isnull=False, user__email__startswith="bulk").exists():
        list(bulk.populate(members=first, records=1, seed=1, at=now))
    shown = Listing.objects.visible(on).count()
    copies = -(-listed // shown) - 1
    if copies > 0:
        copy(copies)
        draws.draw_lots(on=on)
    count_rows()
    counting.recount(at=now)


@transaction.atomic
def copy(copies: int) -> None:
    """Everybody who has a listing, so many times more."""
    stride = 1 + max(_last(model) for model in COPIED)
    places = _number("SELECT count(*) FROM directory_outcode WHERE postcode_area_id IS NOT NULL")
    statements = [_copy(model, copies, stride, places) for model in COPIED]
    statements += connection.ops.sequence_reset_sql(no_style(), list(COPIED))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def count_rows() -> None:
    """What the database does by itself after a while, so that it plans for what there is."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            cursor.execute("VACUUM")
        cursor.execute("ANALYZE")


def _copy(model: type[models.Model], copies: int, stride: int, places: int) -> str:
    said = {"id": f"id + k * {stride}", "stride": stride, "key": KEYS[connection.vendor]}
    own = {name: words.format(**said) for name, words in OWN.get(model, {}).items()}
    columns = [field.column for field in model._meta.concrete_fields]
    moved = {each: f"{each} + k * {stride}" for each in MOVED}
    new = [own.get(each) or moved.get(each, each) for each in columns]
    table = model._meta.db_table
    joined = f" JOIN place ON place.n = (id * 31 + k * 977) % {places}" if model is Listing else ""
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) {COPIES.format(copies=copies)}"  # noqa: S608
        f" SELECT {', '.join(new)} FROM {table} CROSS JOIN copy{joined}"
        f" WHERE {WHOSE.get(model, OF_A_PERSON)}"
    )


def _last(model: type[models.Model]) -> int:
    return model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0


def _number(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0] or 0
