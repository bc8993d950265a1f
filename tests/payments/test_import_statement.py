"""The command prints what became of every line, and refuses a file whole."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from payments.models import BankAccount, BankFile, BankLine
from tests.factories import A_DAY
from tests.payments.banking import credit, make_debtor, reference_of
from tests.payments.money import money_of
from tests.payments.statement_files import Row, lloyds, natwest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
OTHER = Row(A_DAY, 5000, "A CLIENT LTD", "INVOICE 17")


def run(path, *arguments):
    out = io.StringIO()
    call_command("import_statement", str(path), "--account", "Main", *arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def statement(tmp_path):
    def write(*rows, bank=lloyds):
        path = tmp_path / "statement.csv"
        path.write_bytes(bank(rows))
        return path

    return write


def test_every_line_is_told_with_what_became_of_it(statement):
    invoice = make_debtor()

    told = run(statement(credit(invoice), OTHER, credit(invoice, 7199), bank=natwest))

    assert told[0] == {
        "line": 3,
        "date": "2026-11-22",
        "pence": 7200,
        "payer": "P EXAMPLE",
        "text": f"P EXAMPLE , {reference_of(invoice)}",
        "reference": reference_of(invoice),
        "state": "posted",
        "member_number": "CM-0001",
        "reason": "The reference is there, and the sum is what is due.",
    }
    assert [(one["state"], one["reference"]) for one in told[1:]] == [
        ("unmatched", ""),
        ("suggested", reference_of(invoice)),
        ("ignored", ""),
    ]


def test_the_account_is_made_where_there_is_none_and_found_where_there_is(statement):
    run(statement(OTHER))
    run(statement(OTHER, OTHER))

    assert BankAccount.objects.get().name == "Main"
    assert BankLine.objects.count() == 2


def test_a_file_taken_twice_is_known(statement):
    invoice = make_debtor()
    path = statement(credit(invoice), OTHER)
    run(path)

    again = run(path)

    assert [one["state"] for one in again] == ["already_known", "already_known"]
    assert money_of(invoice) == [7200]


def test_a_dry_run_says_the_same_and_stores_nothing(statement):
    invoice = make_debtor()
    path = statement(credit(invoice), OTHER)

    dry = run(path, "--dry-run")
    left = (BankAccount.objects.count(), BankFile.objects.count(), money_of(invoice))
    real = run(path, "--format", "json")

    assert left == (0, 0, [])
    assert [one["state"] for one in dry] == [one["state"] for one in real]
    assert dry[0]["member_number"] == ""


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_bad_amount_refuses_the_file_and_names_the_line(statement, dry):
    invoice = make_debtor()
    path = statement(credit(invoice), OTHER)
    path.write_bytes(path.read_bytes().replace(b"50.00", b"fifty"))

    with pytest.raises(CommandError, match=r"was refused\. Line 3: “fifty”"):
        run(path, *dry)

    assert (BankAccount.objects.count(), money_of(invoice)) == (0, [])


def test_a_layout_that_nobody_knows_is_refused(statement):
    path = statement(OTHER)
    path.write_text("When;Who;What\n1;2;3\n")

    with pytest.raises(CommandError, match="layout that is not known"):
        run(path)


def test_a_file_that_is_not_there_is_said_in_words(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be read: No such file"):
        run(tmp_path / "missing.csv")


def test_an_account_without_a_name_is_refused(statement):
    with pytest.raises(CommandError, match="Name the bank account"):
        call_command("import_statement", str(statement(OTHER)), "--account", " ")
