"""Hostile requests to every address: none breaks it, tells a secret, or changes what it may not."""

import hashlib
import random
import re
import traceback

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from foundation import links
from membership.models import FeeDue, Membership, Person, User
from records.models import ClientRecord
from tests.factories import A_MOMENT, make_clerk
from tests.filling import SENSIBLE
from tests.hostile import hostile, place_in, ways
from tests.profiles import CHOSEN, LONG
from tests.test_every_form import noting
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.soak]

ALL = 10_000 if CHOSEN == LONG else 420
ROLES = ("visitor", "applicant", "sent", "member", "payer", "officer", "clerk")
EACH = ALL // len(ROLES)
BROKEN = 500
ANSWERS = {200, 204, 302, 304, 400, 401, 403, 404, 405, 409, 410, 413, 415, 429, 502, 503}
# What is written before anybody is known, and why that is no harm.
MAY_CHANGE = {
    "django_session": "a visitor's own session, which goes by itself",
    "cache": "how often something was tried",
}
# In the open a person's name may stand; these never.
SECRET = ("77 Unguessable Row", "secret.keeper@example.org", "ZS-UNGUESSABLE", "+44 20 7946 0177")
INSIDES = ("Traceback (most recent", "site-packages", "django.db.utils", "psycopg2", "DEBUG = True")
LEFT_ALONE = re.compile(r"^/accounts/logout/|^/admin/logout/|^/outbox/")


@pytest.fixture
def world(settings):
    # Nobody listens there: what asks PayPal is told so at once.
    settings.PAYPAL_ENDPOINT = "http://127.0.0.1:9"
    with time_machine.travel(A_MOMENT, tick=False):
        world = World()
        world.clerk = make_clerk()
        Person.objects.filter(pk=world.other.pk).update(
            address_line_1=SECRET[0], work_email=SECRET[1], work_phone=SECRET[3]
        )
        theirs = ClientRecord.objects.of(world.other).order_by("pk").first()
        ClientRecord.objects.filter(pk=theirs.pk).update(reference=SECRET[2])
        world.before = world.rows_of_the_other()
        yield world


def known_to(world):
    """Numbers, names and tokens that are somebody's: of others, of another purpose, used up."""
    tokens = [way.strip("/").rpartition("/")[2] for way in world.starts("visitor")[4:]]
    forged = [links.sign({"user": world.other.user.pk}, purpose="typed"), tokens[0][:-3], "x:y:z"]
    own = [str(world.member.pk), str(world.applicant.applications.get().pk), "home", "work", "csv"]
    return [*world.strangers, *tokens, *forged, *own, world.other.listing.slug]


def grown():
    """What no request may give anybody: rights, memberships, fees that are settled."""
    return [
        list(User.objects.order_by("pk").values_list("pk", "is_staff", "is_superuser")),
        list(User.user_permissions.through.objects.order_by("pk").values()),
        list(User.groups.through.objects.order_by("pk").values()),
        Membership.objects.count(),
        FeeDue.objects.exclude(settled_on=None, waived_at=None).count(),
    ]


def read(answer):
    """All of it; a file is closed with its last piece."""
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode(errors="replace")


def told(role, request, answer):
    """Secrets of others in an answer, and of the house in any; what was sent may come back."""
    text = read(answer)
    sent = f"{request.query}{request.body!r}"
    hidden = () if role == "officer" else (secret for secret in SECRET if secret not in sent)
    return [word for word in (*hidden, *INSIDES, django_settings.SECRET_KEY) if word in text]


def why(answer):
    """Where it broke, and of what."""
    _kind, error, trace = answer.exc_info
    last = traceback.extract_tb(trace)[-1]
    return f"breaks: {type(error).__name__}: {error} in {last.filename}:{last.lineno}"[:400]


def send(world, role, request):
    """One request, taken back again afterwards; what was wrong with it."""
    cache.clear()
    written: list[str] = []
    with transaction.atomic(), connection.execute_wrapper(noting(written)):
        client = world.client_of(role)
        client.raise_request_exception = False
        answer = request.send(client)
        if answer.status_code == BROKEN:
            transaction.set_rollback(True)
            return [why(answer)]
        wrong = [f"tells {word}" for word in told(role, request, answer)]
        if written and role != "officer":
            wrong += ["changes another's"] * (world.rows_of_the_other() != world.before)
            wrong += ["gives rights"] * (grown() != world.rights)
        transaction.set_rollback(True)
    if answer.status_code not in ANSWERS:
        wrong.append(f"answers {answer.status_code}")
    return wrong


def requests_for(role, known):
    """The same ones every time; each can be made again from its number."""
    open_to_all = [way for way in ways() if not LEFT_ALONE.match(way)]
    names = sorted({*SENSIBLE, "q", "action", "_selected_action", "credential", "code", "reason"})
    for number in range(EACH):
        choose = random.Random(f"{role} {number}")  # noqa: S311
        way = open_to_all[(number * len(ROLES) + ROLES.index(role)) % len(open_to_all)]
        if number >= len(open_to_all):
            way = choose.choice(open_to_all)
        yield number, hostile(choose, way, known=known, names=names)


@pytest.mark.parametrize("role", ROLES)
def test_no_request_breaks_tells_or_changes_what_it_should_not(world, role):
    known, found = known_to(world), {}
    world.rights = grown()

    for number, request in requests_for(role, known):
        wrong = send(world, role, request)
        if wrong:
            found[f"{role} {number}: {request}"] = wrong

    assert found == {}


def digest():
    """Of every row of every table, but for what a stranger may cause."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        name = model._meta.db_table
        if name not in MAY_CHANGE:
            rows = sorted(map(repr, model._base_manager.values_list()))
            found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def test_what_strangers_send_changes_no_row_of_any_table(world):
    known, before = known_to(world), digest()
    client = world.client_of("visitor")

    for _number, request in requests_for("visitor", known):
        with transaction.atomic():
            read(request.send(client))

    assert len(before) > 90
    after = digest()
    assert [name for name in before if before[name] != after[name]] == []


class Always(random.Random):
    """Chooses what is known."""

    def random(self):
        return 0.0


@pytest.mark.parametrize("role", ["visitor", "member", "officer"])
def test_no_address_is_broken_by_a_letter_that_no_database_takes(world, role):
    client = world.client_of(role)
    client.raise_request_exception = False

    codes = {
        way: client.get(place_in(way, Always(), ["\0"])).status_code
        for way in ways()
        if not LEFT_ALONE.match(way)
    }

    assert {way: code for way, code in codes.items() if code not in ANSWERS} == {}
    assert client.get("/records/verify/%00/").status_code == 404


def test_the_requests_are_to_every_address():
    known = ["1"]
    made = {role: [request.way for _n, request in requests_for(role, known)] for role in ROLES}

    everywhere = {way for ways_ in made.values() for way in ways_}

    assert len(ways()) > 250
    assert len(everywhere) > 200


def test_every_address_can_be_filled_in():
    choose = random.Random(1)  # noqa: S311

    filled = [place_in(way, choose, ["1"]) for way in ways()]

    assert [way for way in filled if re.search(r"[<>^$()]", way)] == []
    assert all(way.startswith("/") for way in filled)
    assert reverse("website:home") in filled
