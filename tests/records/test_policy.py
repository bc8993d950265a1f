"""The policy over every column: the file, what the build holds against it, and its clocks."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.checks.registry import registry
from django.db import models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from foundation.dates import add_months
from membership.lifecycle import unsent
from membership.models import FeeDue, Membership, Person, Referee
from records import clocks, policy_checks
from records.policy import NAMED_CLOCKS, Period, Unreadable, Verb, read
from tests.factories import make_member, make_person

ABOUT = '[about]\nversion = "1"\nin_force_from = 2026-01-01\n'
PERIOD = '[periods.short]\nwords = "a month"\nwhy = "because"\nlaw = "a law"\nmonths = 1\n'
PERIOD += '[periods.open]\nwords = "always"\nwhy = "because"\nlaw = "a law"\n'


KEEP = (
    'rules = [{{ columns = ["{0}"], period = "open", verb = "keep" }}, '
    '{{ columns = ["{0}"], period = "short", verb = "keep" }}]'
)


def policy_of(tmp_path, text):
    file = tmp_path / "policy.toml"
    file.write_text(ABOUT + PERIOD + text, encoding="utf-8")
    return read(file)


def faults_of(tmp_path, text, model):
    found = policy_checks.faults(policy_of(tmp_path, text), [model])
    return [fault.id for fault in found]


def test_every_column_of_every_table_is_in_the_policy():
    assert list(policy_checks.faults(read(), apps.get_models(include_auto_created=True))) == []


@isolate_apps("records")
def test_a_column_without_a_policy_stops_the_build(tmp_path):
    class Note(models.Model):
        words = models.TextField()

        class Meta:
            app_label = "records"

        def __str__(self):
            return self.words

    text = '[[tables]]\nmodel = "records.Note"\nplain = ["id"]\n'

    found = list(policy_checks.faults(policy_of(tmp_path, text), [Note]))

    assert [fault.id for fault in found] == ["records.E003"]
    assert "records.Note.words has no policy" in found[0].msg


@isolate_apps("django.contrib.sessions")
def test_a_column_that_a_library_adds_stops_the_build_too():
    class Session(AbstractBaseSession):
        browser = models.TextField()

        class Meta:
            app_label = "sessions"

        @classmethod
        def get_session_store_class(cls):
            return None

    faults = policy_checks.faults(read(), [Session])
    found = [fault for fault in faults if fault.id != "records.E002"]  # the other tables

    assert [(fault.id, fault.msg.split(":")[0]) for fault in found] == [
        ("records.E003", "sessions.Session.browser has no policy")
    ]


def test_the_tables_of_libraries_are_in_the_policy_like_ours():
    rooms = {table.model.split(".")[0] for table in read().tables}

    assert {"account", "admin", "auth", "contenttypes", "mfa", "sessions"} <= rooms


def test_the_build_itself_asks():
    assert policy_checks.every_column_has_a_policy in registry.get_checks()
    assert policy_checks.every_column_has_a_policy(None) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[tables]]\nmodel = "records.Nothing"\nplain = []\n', "records.E002"),
        ('plain = ["id", "colour"]\n', "records.E004"),
        ('whose = "application__owner"\n', "records.E006"),
        (
            'rules = [{ columns = ["opinion"], period = "short", verb = "blank" }]\n',
            "records.E007",
        ),
        (
            (
                'rules = [{ columns = ["opinion"], period = "short", verb = "blank", '
                'clock = ["application__finished_at"] }]\n'
            ),
            "records.E008",
        ),
        (
            (
                'rules = [{ columns = ["position"], period = "short", verb = "blank", '
                'clock = ["asked_at"] }]\n'
            ),
            "records.E009",
        ),
        ('rules = [{ columns = ["opinion"], period = "open", verb = "keep" }]\n', "records.E005"),
        (f"{KEEP.format('opinion')}\n", "records.E011"),
        ('rules = [{ columns = ["name"], period = "open", verb = "keep" }]\n', "records.E010"),
        (
            'rules = [{ columns = ["application"], period = "open", verb = "keep" }]\n',
            "records.E010",
        ),
    ],
)
def test_a_rule_that_cannot_be_done_stops_the_build(tmp_path, text, fault):
    if not text.startswith("[["):
        text = '[[tables]]\nmodel = "membership.Referee"\ntitle = "Referees"\n' + text

    assert fault in faults_of(tmp_path, text, Referee)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[periods.x]\n", "lacks “words”"),
        (
            (
                '[[tables]]\nmodel = "a.B"\nrules = [{ columns = ["c"], period = "long", '
                'verb = "blank" }]\n'
            ),
            "names the period “long”",
        ),
        (
            (
                '[[tables]]\nmodel = "a.B"\nrules = [{ columns = ["c"], period = "short", '
                'verb = "burn" }]\n'
            ),
            "write delete, blank, pseudonymise, keep",
        ),
        ('[[tables]]\nmodel = "a.B"\n[[tables]]\nmodel = "a.B"\n', "stands in two"),
        ('[[tables]]\nmodel = "a.B"\nplain = ["c", "c"]\n', "personal and plain"),
        ("this is no TOML", "not readable"),
    ],
)
def test_an_unclear_file_is_refused_in_words(tmp_path, text, words):
    with pytest.raises(Unreadable, match=words):
        policy_of(tmp_path, text)


def test_every_named_clock_can_be_asked_for():
    assert sorted(clocks.NAMED) == sorted(NAMED_CLOCKS)


def test_a_draft_is_kept_as_long_as_its_sweep_says():
    assert dt.timedelta(days=read().periods["draft"].days) == unsent.DELETE_AFTER


def test_what_the_law_asks_for_is_measured_and_never_deleted_early():
    duties = [period for period in read().periods.values() if period.is_duty]

    assert {period.key for period in duties} == {"register", "money"}
    assert all(period.is_measured for period in duties)


def test_what_is_kept_for_good_says_so():
    kept = {
        rule.period.key for table in read().tables for rule in table.rules if rule.verb is Verb.KEEP
    }

    assert kept == {
        *("sums", "nameless", "client_records", "office", "open", "open_complaint"),
        *("proposal", "signature", "stub", "published", "handing_out"),
    }


@given(
    on=st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)),
    months=st.integers(0, 130),
    days=st.integers(0, 100),
)
def test_a_period_never_ends_a_day_early(on, months, days):
    period = Period("p", "w", "y", "l", is_duty=False, months=months, days=days)

    last = period.last_start(on)

    assert period.ends(last) <= on
    assert period.ends(last + dt.timedelta(days=1)) > on
    assert period.ends(on) >= add_months(on, months)


@pytest.mark.django_db
def test_a_member_has_left_on_the_day_they_resigned_or_the_last_they_paid_for():
    paid, resigned, nobody = make_member(), make_member(), make_person()
    Membership.objects.filter(person=resigned).update(resigned_on=dt.date(2026, 3, 4))

    found = clocks.with_clock(Person.objects.all(), ("left",), whose="pk")

    days = dict(found.values_list("pk", "clock_on"))
    assert days[resigned.pk] == dt.date(2026, 3, 4)
    assert days[paid.pk] == FeeDue.objects.get(person=paid).ends_on
    assert days[nobody.pk] is None
