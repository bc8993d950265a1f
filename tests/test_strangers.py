"""What lies behind a person's own pages is nobody else's, whatever room it belongs to."""

import re
from urllib.parse import urljoin

import pytest

from membership import evidence_files
from payments import invoicing
from tests.factories import (
    A_MOMENT,
    make_clerk,
    make_fee,
    make_member,
    make_person,
    make_ready_application,
)
from tests.foundation.files import pdf, sent
from tests.payments.money import receive
from tests.records.disposals import destroyed, propose
from tests.records.records import hold_on, make_due_record, make_record
from tests.signed_in import browser_of
from tests.walking import Page

pytestmark = pytest.mark.django_db

OWN = ("/apply/", "/profile/", "/payments/", "/records/")
STARTS = ("/apply/", "/apply/check/", "/profile/", "/records/")
# One of each that she has: a walk that met fewer would prove little.
NUMBERED = {
    "/apply/qualifications/N/",
    "/apply/qualifications/N/remove/",
    "/apply/qualifications/files/N/replace/",
    "/apply/qualifications/files/N/remove/",
    "/apply/history/N/",
    "/apply/history/N/remove/",
    "/profile/registration/N/",
    "/payments/N/",
    "/payments/N/bank-transfer/",
    "/payments/N/pdf/",
    "/payments/receipts/N/",
    "/payments/receipts/N/pdf/",
    "/records/registers/N/",
    "/records/registers/N/add/",
    "/records/registers/N/sharing/",
    "/records/registers/N/close/",
    "/records/N/",
    "/records/N/change/",
    "/records/N/holds/add/",
    "/records/N/holds/N/resolve/",
    "/records/disposals/N/",
    "/records/disposals/N/withdraw/",
    "/records/disposals/N/ask/",
    "/records/certificates/N/",
    "/records/certificates/N/pdf/",
    "/records/certificates/N/history/",
    "/records/certificates/N/file/",
}
SECRETS = (
    "Zenobia",
    "Secret Street",
    "Secret degree",
    "Secret Employer",
    "Secret Referee",
    "ZS-42",
)
NUMBER = re.compile(r"(?<=/)([0-9a-f]{8}-[0-9a-f-]{27}|[A-Z0-9-]+)(?=/)")


def belongings(member):
    """Everything that a person can have: a draft with its entries and a file, a fee, a record."""
    application = make_ready_application(member)
    member.qualifications.update(title="Secret degree")
    member.employments.update(employer="Secret Employer")
    application.referees.update(name="Secret Referee")
    evidence_files.add(
        sent(pdf(), "Secret degree.pdf"),
        application_id=application.pk,
        section="qualifications",
        by=member.user,
        at=A_MOMENT,
    )
    invoice = invoicing.raise_for(make_fee(member, purpose="renewal"), at=A_MOMENT)
    receive(invoice, 100)
    hold_on(make_record(member, reference="ZS-42"))
    propose(make_due_record(member))
    destroyed(make_due_record(member))


@pytest.fixture
def zenobia():
    person = make_person(given_name="Zenobia", address_line_1="1 Secret Street")
    member = make_member(person, type="associate")
    belongings(member)
    return member


@pytest.fixture
def hers(zenobia):
    """Every page of hers that her own pages lead to."""
    client = browser_of(zenobia.user)
    found: dict[str, None] = dict.fromkeys(STARTS)
    waiting = list(found)
    while waiting:
        path = waiting.pop()
        links = links_of(client.get(path, follow=True))
        new = {urljoin(path, link).partition("#")[0] for link in links}
        waiting += [one for one in sorted(new) if one.startswith(OWN) and one not in found]
        found |= dict.fromkeys(waiting)
    return list(found)


def links_of(answer):
    """A file has none: its bytes are no page to be read."""
    is_page = answer.get("Content-Type", "").startswith("text/html")
    return Page(words(answer)).links if is_page else []


def words(answer):
    return answer.content.decode(errors="replace")


def told(answer):
    return [one for one in SECRETS if one in words(answer)]


def pattern(path):
    return NUMBER.sub("N", path.partition("?")[0])


def another_member():
    """With as much of everything as she has, so that a wrong page could be shown."""
    other = make_member(make_person(given_name="Otto"), type="associate")
    make_ready_application(other)
    return other.user


def test_her_own_pages_lead_to_all_that_she_has(zenobia, hers):
    client = browser_of(zenobia.user)

    shown = {one for path in hers for one in told(client.get(path, follow=True))}

    assert NUMBERED - {pattern(path) for path in hers} == set()
    assert shown == set(SECRETS)


@pytest.mark.parametrize("somebody", [another_member, make_clerk])
def test_nothing_of_hers_is_shown_to_anybody_else(hers, somebody):
    client = browser_of(somebody())

    answers = {path: client.get(path, follow=True) for path in hers}

    assert {path: told(one) for path, one in answers.items() if told(one)} == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_hers_by_its_number_is_not_found_by_another_member(hers, method):
    client = browser_of(another_member())

    numbered = [path for path in hers if pattern(path) in NUMBERED]
    codes = {path: getattr(client, method)(path).status_code for path in numbered}

    assert {path for path, code in codes.items() if code not in (404, 405)} == set()
    assert method == "post" or 405 not in codes.values()


def test_a_visitor_logs_in_before_any_of_it(hers, client):
    answers = {path: client.get(path) for path in hers}

    refused = {path: one.get("Location", "")[:10] for path, one in answers.items()}
    assert {path for path, where in refused.items() if where != "/accounts/"} == {
        "/records/calculator/",
        "/records/policy/",
        "/records/terms/2026-11/",
    }
