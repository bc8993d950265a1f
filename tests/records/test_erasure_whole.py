"""The fullest person is erased, and her referee, and a purchaser: nothing names them anywhere."""

import base64
import datetime as dt
import logging
import re

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection, models
from django.test import Client

from foundation import history, letters
from membership import lifecycle
from membership.models import Application, Person
from records import erasure, keeping
from records.policy import in_force
from tests.factories import A_MOMENT
from tests.records.fullest import (
    EMAIL,
    NAME,
    NEEDLES,
    OWEN,
    OWEN_EMAIL,
    OWENS_WORDS,
    RAE,
    RAE_EMAIL,
    RAES_WORDS,
    make_everything,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
LATER = A_MOMENT + 2 * DAY
IN_TWELVE_YEARS = A_MOMENT.date().replace(year=2038)
# What the law asks for: the register of members, and the accounts.
STAYS = {
    "membership.Person": {"given_name", "family_name", "address_line_1"},
    "payments.Invoice": {"payer_name", "payer_address"},
    "payments.Receipt": {"payer_name", "payer_address", "source"},
    "payments.Entry": {"note"},
    "payments.BankLine": {"payer", "payer_key", "text"},
}
THE_LAST_LETTER = {"to", "subject", "text", "html"}


@pytest.fixture(autouse=True)
def the_day(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "evidence"},
        },
    }
    cache.clear()
    with time_machine.travel(A_MOMENT, tick=False) as clock:
        yield clock
    cache.clear()


@pytest.fixture
def zebedina(the_day, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return make_everything()


def left(person, the_day):
    """She has left the society, the day after."""
    the_day.move_to(LATER)
    person = Person.objects.get(pk=person.pk)
    lifecycle.resign(membership_id=person.membership.pk, by=person.user, at=LATER)
    return person


def in_tables(*needles):
    """Table and column of every stored value that holds one of these words."""
    return {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if not isinstance(field, models.BinaryField)
        for value in model._default_manager.values_list(field.name, flat=True)
        for needle in needles
        if needle.lower() in str(value).lower()
    }


def in_the_cache(*needles):
    """Keys of the cache under which one of these words lies, be it Redis or a table."""
    return [key for key, value in cached() if any(one.lower() in value.lower() for one in needles)]


def cached():
    if "Redis" in settings.CACHES["default"]["BACKEND"]:
        store = cache._cache.get_client()
        keys = list(store.scan_iter())
        return [
            (str(key), str(store.get(key)) if store.type(key) == b"string" else "") for key in keys
        ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        return [(key, str(base64.b64decode(value))) for key, value in cursor.fetchall()]


def in_files(*needles):
    """Names of files in the media folders that have one of these words in them."""
    found = []
    for alias in ("default", "evidence"):
        store = storages[alias]
        try:
            _folders, names = store.listdir("")
        except FileNotFoundError:
            continue
        found += [name for name in names if _holds(store, name, needles)]
    return found


def _holds(store, name, needles):
    with store.open(name) as file:
        content = file.read().lower()
    return any(one.lower().encode() in content or one in name for one in needles)


def expected(*, last_letter=True):
    found = {(model, column) for model, columns in STAYS.items() for column in columns}
    letter = {("foundation.Letter", column) for column in THE_LAST_LETTER}
    return found | (letter if last_letter else set())


def test_before_she_lies_in_every_room(zebedina):
    found = {model.split(".")[0] for model, _column in in_tables(*NEEDLES)}

    rooms = {"membership", "payments", "directory", "website", "foundation", "admin", "account"}
    assert found == rooms
    assert in_the_cache("zebedina") != []
    assert len(storages["evidence"].listdir("")[1]) > 0


def test_after_erasure_she_is_found_nowhere_but_where_the_plan_says(
    zebedina, the_day, caplog, django_capture_on_commit_callbacks
):
    person = left(zebedina, the_day)
    plan = erasure.plan(person, on=LATER.date())

    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        done = erasure.erase(person, by=None, at=LATER)
        letters.send_waiting()

    assert in_tables(*NEEDLES) - expected() == set()
    assert in_the_cache(*NEEDLES) == []
    assert in_files(*NEEDLES) == []
    assert storages["evidence"].listdir("")[1] == []
    assert not [one for one in NEEDLES if one.lower() in caplog.text.lower()]
    assert done == plan
    staying = {item.title for item in plan if not item.goes and item.until}
    titles = {in_force().table(model).title for model in STAYS}
    assert titles <= staying
    assert [letter.subject for letter in mail.outbox][-1] == (
        "We have erased what we held about you"
    )


def test_what_the_law_asked_for_goes_by_itself_when_its_time_is_over(zebedina, the_day):
    erasure.erase(left(zebedina, the_day), by=None, at=LATER)
    letters.send_waiting()

    keeping.run(on=IN_TWELVE_YEARS)

    assert in_tables(*NEEDLES) == set()


def test_every_chain_still_verifies(zebedina, the_day, capsys):
    erasure.erase(left(zebedina, the_day), by=None, at=LATER)

    call_command("verify_history")

    assert list(history.faults()) == []


def test_a_referee_is_erased_from_the_tables_and_from_what_quoted_them(zebedina):
    before = in_tables(RAE, RAE_EMAIL, RAES_WORDS)

    erasure.erase_address(RAE_EMAIL, at=LATER)

    assert ("membership.Referee", "opinion") in before
    found = in_tables(RAE, RAES_WORDS)
    letter = {("foundation.Letter", column) for column in THE_LAST_LETTER}
    assert found == set()
    assert in_tables(RAE_EMAIL) <= letter
    assert list(history.faults()) == []
    assert in_tables(NAME) != set()


def test_a_purchaser_is_erased_and_so_are_the_letters_that_quote_them(zebedina):
    before = in_tables(OWEN, OWENS_WORDS)

    erasure.erase_address(OWEN_EMAIL, at=LATER)

    assert {("directory.Enquiry", "message"), ("foundation.Letter", "text")} <= before
    assert in_tables(OWEN, OWENS_WORDS) == set()
    letter = {("foundation.Letter", column) for column in THE_LAST_LETTER}
    assert in_tables(OWEN_EMAIL) <= letter


def test_the_same_person_joins_again_cleanly(zebedina, the_day, client):
    gone = left(zebedina, the_day)
    erasure.erase(gone, by=None, at=LATER)
    letters.send_waiting()
    mail.outbox.clear()

    typed = {"email": EMAIL, "password1": "three words unrelated"}
    page = client.post("/accounts/signup/", typed, follow=True)
    code = re.search(r"Your code: (\S+)", mail.outbox[-1].body)[1]
    client.post(page.request["PATH_INFO"], {"code": code})
    client.post("/apply/", {"type": "supporter"})

    again = Person.objects.get(email=EMAIL)
    assert again.pk != gone.pk
    assert again.name == ""
    assert [one.state for one in Application.objects.filter(person=again)] == ["draft"]
    assert history.of(again.history_key).last().verb == "started an application"
    assert Client().get("/profile/").status_code == 302
