"""The policy for a member's own practice says what the live rules say, with their name and firm."""

import io

import pytest
from pypdf import PdfReader

from records import own_policy, versions
from records.models import RetentionRules
from tests.factories import A_DAY, make_person
from tests.signed_in import browser_of

pytestmark = pytest.mark.django_db


def make_ruth(**kwargs):
    return make_person(given_name="Ruth", family_name="Invented", **kwargs)


def words_of(answer):
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("reading", ["nhs_2021", "faq_only"])
def test_it_has_every_rule_in_force_on_the_day_and_no_other(reading):
    RetentionRules.objects.update(reading=reading)
    rules = versions.in_force(on=A_DAY)

    paper = own_policy.paper_for(make_ruth(), on=A_DAY)

    (table,) = [part for part in paper.parts if part.kind == "table"]
    assert [row[0] for row in table.rows] == [rule.period for rule in rules.dated]
    assert [row[2] for row in table.rows] == [rule.source for rule in rules.dated]


@pytest.mark.parametrize(
    ("organisation", "firm"),
    [
        ("Invented Care Ltd", "Invented Care Ltd"),
        ("Self-employed", "Ruth Invented"),
        ("", "Ruth Invented"),
    ],
)
def test_it_names_the_firm_or_whoever_works_alone(organisation, firm):
    assert own_policy.firm_of(make_ruth(work_organisation=organisation)) == firm


def test_the_page_and_the_pdf_say_the_same_under_their_own_letterhead():
    client = browser_of(make_ruth(work_organisation="Invented Care Ltd"))

    page = " ".join(client.get("/records/own-policy/").content.decode().split())
    printed = words_of(client.get("/records/own-policy/pdf/"))

    for words in ("Invented Care Ltd", "Ruth Invented", own_policy.TITLE, own_policy.DESTROYED):
        assert words in page
        assert words in printed
    assert "Case Management Society" not in printed


def test_a_stranger_logs_in_first(client):
    codes = {client.get(f"/records/own-policy/{end}").status_code for end in ("", "pdf/")}

    assert codes == {302}


def test_nobody_reads_anothers_name():
    make_ruth(work_organisation="Invented Care Ltd")

    page = browser_of(make_person()).get("/records/own-policy/").content.decode()

    assert "Invented Care" not in page
