"""Every worked example under both rule sets: command, calculator page and file import say the same.

The examples were worked out by hand from the published rules; see `docs/records.md`.
"""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from records import importing, judging
from records.answers import until_words
from records.models import ClientRecord
from records.retention import Status
from records.retention_file import COLUMNS, facts_of
from records.retention_rules import RULE_SETS
from records.words import STATUSES
from tests.records.records import in_boxes, make_register, make_retention_rules

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent / "data" / "retention_examples.csv"
EXAMPLES = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
ON = dt.date(2026, 11, 22)
AT = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
both_rule_sets = pytest.mark.parametrize("rules", sorted(RULE_SETS))


def expected(example, rules):
    """Status, date and rule; the status of a dated example follows from its date."""
    until, status = example[f"{rules}_until"], example["status"]
    if status in {"retain", "due_for_review"}:
        status = "retain" if until >= ON.isoformat() else "due_for_review"
    return status, until, example[f"{rules}_rule"]


def test_there_is_an_example_of_everything():
    assert len(EXAMPLES) == 52
    assert {example["as_of"] for example in EXAMPLES} == {ON.isoformat()}
    assert {example["status"] for example in EXAMPLES} == {
        *("retain", "due_for_review", "indefinite_review", "on_hold", "needs_information"),
        "invalid",
    }


@both_rule_sets
def test_the_command_answers_every_example(rules, capsys):
    call_command("assess_retention", str(FILE), rule_set=rules)

    said = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    answers = {row["id"]: (row["status"], row["retain_until"], row["rule"]) for row in said}
    assert answers == {example["id"]: expected(example, rules) for example in EXAMPLES}


@both_rule_sets
@time_machine.travel(AT, tick=False)
def test_the_calculator_answers_every_example(rules, client):
    answers = {
        example["id"]: calculated(client.post("/records/calculator/", typed(example, rules)))
        for example in EXAMPLES
    }

    assert answers == {example["id"]: in_words(example, rules) for example in EXAMPLES}


@both_rule_sets
@time_machine.travel(AT, tick=False)
def test_a_file_of_every_example_is_taken_in_with_the_same_answers(rules):
    make_retention_rules(reading=rules)
    register = make_register(at=AT - dt.timedelta(days=1))
    by = register.owner.user

    batch = importing.keep(register=register, content=FILE.read_bytes(), by=by, at=AT)
    seen = judging.digest(importing.shown(batch, on=ON))
    turned_away = {line["line"] for line in batch.refused}
    importing.take(batch_id=batch.pk, seen=seen, by=by, at=AT)

    answers = {record.reference: stored(record) for record in ClientRecord.objects.all()}
    invalid = [number for number, one in enumerate(EXAMPLES) if one["status"] == "invalid"]
    assert turned_away == {number + 2 for number in invalid}
    assert answers == {
        example["id"]: expected(example, rules)
        for example in EXAMPLES
        if example["status"] != "invalid"
    }


def typed(example, rules):
    """An example as somebody types it into the calculator, which asks for holds in short."""
    holds = COLUMNS["holds"](example["holds"])
    resolved = [hold.resolved_on.isoformat() for hold in holds if hold.resolved_on]
    days = {
        "born_on": example["date_of_birth"],
        "care_concluded_on": example["care_concluded_on"],
        "last_contact_on": example["last_contact_on"],
        "died_on": example["date_of_death"],
        "known_on": example["knowledge_date"],
        "hold_resolved_on": max(resolved, default=""),
    }
    return in_boxes(days) | {
        "capacity": example["capacity"],
        "category": example["category"],
        "open_holds": [hold.kind.value for hold in holds if not hold.resolved_on],
        "rule_set": rules,
    }


def calculated(page):
    """Headline and governing rules of the page; nothing where the form refuses the facts."""
    shown = page.context.get("answer")
    if shown is None or page.context["form"].errors:
        return "invalid"
    return shown.status.words, [line.code for line in shown.lines if line.governs]


def in_words(example, rules):
    """What the calculator's headline has to be."""
    status, _until, rule = expected(example, rules)
    if status == "invalid":
        return "invalid"
    if status == "needs_information":
        return STATUSES[Status.NEEDS_INFORMATION], []
    result = reckoned(example, rules)
    until = until_words(result)
    headline = {
        "retain": f"Keep until {until}",
        "due_for_review": f"Due for review: the period ended on {until}",
        "indefinite_review": "Keep without an end date, and review every 12 months",
        "on_hold": f"On hold. Without the hold: keep until {until}",
    }[status]
    return headline, [rule]


def reckoned(example, rules):
    """The expected date in the words of a page, out of the example and not out of the rules."""
    _status, until, _rule = expected(example, rules)
    facts = {name: parse(example[name]) for name, parse in COLUMNS.items()}
    result = judging.assess(facts_of(facts), rules=RULE_SETS[rules], on=ON)
    written = result.retain_until.isoformat() if isinstance(result.retain_until, dt.date) else ""
    assert written == (until if until != "indefinite" else "")
    return result


def stored(record):
    until = record.retain_until.isoformat() if record.retain_until else ""
    return record.status, "indefinite" if record.is_indefinite else until, record.rule
