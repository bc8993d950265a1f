"""The demo: somebody in every state, and the books in order."""

import re
from html import unescape

import pytest
import time_machine
from django.contrib import admin
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cmsuk.made_up import people, portal
from foundation import history
from foundation.models import Letter
from membership import replay, standing
from membership.models import Application, EligibilityRules, Person, User
from membership.types import MembershipType
from payments import ledger_checks, statement_uploads
from payments.models import BankLine
from records.disposal import certificates
from records.models import Certificate, ClientRecord, Disposal, RetentionRules
from tests.factories import A_MOMENT
from tests.look.crawling import signed_in
from website import packs

pytestmark = pytest.mark.django_db
MOST_QUERIES_OF_AN_OFFICE_LIST = 12


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """Filled once for all that look at it; undone after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(A_MOMENT, tick=False):
            portal.fill(now=timezone.now())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(filled):
    """Looked at on the day on which it was filled: what is due in it follows no other day."""
    with time_machine.travel(A_MOMENT, tick=False):
        yield


def test_there_is_an_application_in_every_state(demo):
    states = set(Application.objects.values_list("state", flat=True))

    assert states == set(Application.State.values)


def test_the_office_is_warned_of_somebody_known_already_and_of_referees_who_stand_close(demo):
    office = signed_in(people.OFFICER)

    shown = {}
    for who in (people.SUBMITTED, people.TIED):
        application = Application.objects.get(person__email=who.email)
        address = reverse("admin:membership_application_change", args=[application.pk])
        shown[who] = unescape(office.get(address, follow=True).content.decode())

    assert re.search(r"Nadia Waitley[^:]*</a>: [^<]*postcode", shown[people.SUBMITTED])
    assert [words in shown[people.TIED] for words in TIES] == [True] * len(TIES)


TIES = (
    "works for Fictional Care Ltd like the applicant",
    "has an address at invented-care.example, as Rex Related has",
)


def test_draft_rules_change_the_outcome_of_some_past_applications_and_not_of_all(demo):
    tried = replay.replay(EligibilityRules.objects.get(version="sample-draft"))

    assert 0 < len(tried.changed) < tried.judged


def test_there_is_a_member_of_every_type_that_has_a_fee_and_one_in_every_standing(demo):
    today = timezone.localdate()
    found = [standing.of(person, today) for person in Person.objects.all()]

    assert {one.type for one in found if one.is_active} == set(MembershipType) - {
        MembershipType.STUDENT
    }
    assert {one.state for one in found} == {
        "none",
        "active",
        "grace",
        "lapsed",
        "suspended",
        "resigned",
    }


def test_there_is_a_client_record_of_every_kind_that_can_be_stored(demo):
    statuses = set(ClientRecord.objects.values_list("status", flat=True))

    assert statuses == {
        "active",
        "needs_information",
        "on_hold",
        "indefinite_review",
        "retain",
        "due_for_review",
    }


def test_one_record_is_destroyed_with_its_certificate_and_one_waits_in_each_way(demo):
    certificate = Certificate.objects.get()

    assert certificates.prove(certificate).is_sound
    assert certificate.file_confirmed_at is not None
    waiting = Disposal.objects.waiting().order_by("pk")
    assert [each.way for each in waiting] == ["witness", "officer", "colleague"]


def test_the_records_lead_has_a_letter_of_the_week_about_everything_that_waits(demo):
    letter = Letter.objects.get(kind="records_digest", to=people.MEMBER.email)

    assert re.findall(r"^- (\d+) (\S+ \S+ \S+)", letter.text, re.MULTILINE) == [
        ("4", "due for review,"),
        ("1", "kept without an"),
        ("1", "without a date,"),
        ("2", "holds that have"),
    ]


def test_draft_retention_rules_say_how_many_dates_they_would_move(demo):
    trial = RetentionRules.objects.get(version="sample-draft").redatings.get()

    page = signed_in(people.OFFICER).get(
        reverse("admin:retention_rules_moves", args=[trial.rules_id])
    )

    moves = page.context["moves"]
    assert trial.finished_at is not None
    assert (moves.total.earlier, moves.total.later, moves.total.falls_due) == (1, 9, 0)


def test_history_and_books_of_the_made_up_people_are_in_order(demo):
    assert list(history.faults()) == []
    assert list(ledger_checks.violations()) == []


def test_a_bank_line_waits_to_be_confirmed_and_one_to_be_looked_at(demo):
    lines = BankLine.objects.order_by("position").values_list("state", flat=True)

    assert list(lines) == ["suggested", "unmatched", "ignored"]


def test_a_portal_with_somebody_in_it_is_not_filled_again(demo):
    before = User.objects.count()

    assert portal.is_empty() is False
    assert User.objects.count() == before


def test_every_list_of_the_office_has_few_queries_however_long_it_is(demo):
    client, many = signed_in(people.OFFICER), {}
    for model in admin.site._registry:
        meta = model._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(address)
        if answer.status_code != 200 or len(queries) > MOST_QUERIES_OF_AN_OFFICE_LIST:
            many[address] = (answer.status_code, len(queries))

    assert many == {}


def test_a_statement_and_a_pack_of_own_data_can_be_looked_at(demo):
    officer = User.objects.get(email=people.OFFICER.email)
    member = Person.objects.get(user__email=people.MEMBER.email)

    (upload,) = statement_uploads.of(officer)

    assert statement_uploads.stands(upload) == "waits for you to look at it"
    assert packs.of(member).count() == 1
