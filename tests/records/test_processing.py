"""The record of processing is the policy in another shape, and leaves nothing out."""

import csv
import io

import pytest
from django.core.management import call_command
from django.test import Client

from records import processing
from records.policy import in_force
from tests.factories import make_clerk, make_officer

pytestmark = pytest.mark.django_db


def printed(*arguments):
    out = io.StringIO()
    call_command("record_of_processing", *arguments, stdout=out)
    return out.getvalue()


def test_every_table_about_people_stands_in_an_activity():
    told = [line for one in processing.activities(in_force()) for line in one.data]

    for table in in_force().tables:
        if table.rules:
            assert any(line.startswith(f"{table.title}: ") for line in told), table.model


def test_each_activity_says_what_article_30_asks_for():
    for activity in processing.activities(in_force()):
        assert all(cell for cell in activity.cells), activity.title


def test_what_the_law_counts_as_special_is_said():
    special = [one.title for one in processing.activities(in_force()) if one.special]

    assert special == [
        "You applied to join",
        "You became a member",
        "You booked an event",
        "You keep a register of client records here",
    ]


def test_the_companies_are_those_of_the_settings(settings):
    settings.PROCESSORS = {
        "hosting": {"name": "Invented Hosting Ltd", "where": "Iceland"},
        "email": {"name": "Invented Mail Ltd", "where": "United Kingdom"},
    }

    account = processing.activities(in_force())[0]

    assert "Invented Hosting Ltd (on our instructions)" in account.cells[7]
    assert account.outside == "Invented Hosting Ltd: Iceland"


def test_the_command_prints_a_document_or_a_table():
    rows = list(csv.reader(io.StringIO(printed("--format", "csv"))))
    document = printed()

    assert rows[0] == list(processing.HEAD)
    assert [row[0] for row in rows[1:]] == [one.title for one in in_force().groups.values()]
    assert [f"## {row[0]}" in document for row in rows[1:]] == [True] * (len(rows) - 1)
    assert "Companies Act 2006" in document


def test_the_office_reads_it_and_takes_it_out():
    client = Client()
    client.force_login(make_officer())

    page = client.get("/admin/office/processing/").content.decode()
    table = client.get("/admin/office/processing/csv/")
    document = client.get("/admin/office/processing/document/").content.decode()

    assert "You applied to join" in page
    assert table["Content-Type"].startswith("text/csv")
    assert "## You applied to join" in document
    assert "/admin/office/processing/" in client.get("/admin/website/datarequest/").content.decode()


def test_who_may_not_see_requests_does_not_read_it():
    client = Client()
    client.force_login(make_clerk())

    codes = {client.get(f"/admin/office/processing/{end}").status_code for end in ("", "csv/")}

    assert codes == {403}
