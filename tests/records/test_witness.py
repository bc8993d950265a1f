"""A witness signs by a link that works once, sees three things, and needs no account."""

import datetime as dt

import pytest
import time_machine

from foundation.models import Letter
from records.disposal import chasing, proposing, witnesses
from records.disposal.proposing import Second
from records.models import Certificate, ClientRecord, Disposal, Witness
from tests.factories import A_MOMENT, make_person
from tests.records.disposals import BECAUSE, OFFICER, link_in, propose, token_in
from tests.records.records import hold_on, make_due_record

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(A_MOMENT, tick=False) as clock:
        yield clock


@pytest.fixture
def record():
    return make_due_record(make_person(given_name="Ruth"), reference="ZS-42", category="general")


def ask_another(disposal, name, email):
    second = Second(Disposal.Way.WITNESS, name, email)
    return proposing.ask_another(
        disposal_id=disposal.pk, second=second, by=disposal.proposed_by, at=A_MOMENT + DAY
    )


def test_opening_the_link_changes_nothing_however_often(client, record):
    propose(record)
    link = link_in()
    before = list(Witness.objects.values())

    answers = [getattr(client, method)(link) for method in ("get", "head", "get")]

    assert {answer.status_code for answer in answers} == {200}
    assert list(Witness.objects.values()) == before
    assert ClientRecord.objects.count() == 1


def test_the_page_shows_reference_dates_and_rule_and_nothing_else(client, record):
    propose(record)

    text = client.get(link_in()).content.decode()

    assert "ZS-42" in text
    assert "15 June 2023" in text
    assert "R-A1" in text
    hidden = (BECAUSE, "1975", "General", "Has capacity", "2015", record.owner.email)
    assert [words for words in hidden if words in text] == []


def test_a_post_without_the_tick_signs_nothing(client, record):
    propose(record)

    page = client.post(link_in(), {})

    assert "Tick the box if you agree" in page.text
    assert ClientRecord.objects.exists()


def test_the_witness_signs_and_the_link_is_used_up(client, record):
    propose(record)
    link = link_in()

    signed = client.post(link, {"agrees": "on"}, follow=True)
    again = client.get(link)
    posted = client.post(link, {"agrees": "on"})

    assert "You have signed" in signed.text
    assert (again.status_code, posted.status_code) == (410, 410)
    assert "you have signed" in again.text
    assert Certificate.objects.get().second_role == "witness"
    assert not ClientRecord.objects.exists()


def test_the_proposer_does_not_sign_by_the_link_of_their_witness(client, record):
    propose(record)
    client.force_login(record.owner.user)

    page = client.post(link_in(), {"agrees": "on"})

    assert "The same person cannot sign twice" in page.text
    assert ClientRecord.objects.exists()


def test_an_address_that_becomes_the_proposers_no_longer_witnesses(client, record):
    propose(record)
    record.owner.work_email = "Wanda@example.org"
    record.owner.save()

    page = client.post(link_in(), {"agrees": "on"})

    assert "The same person cannot sign twice" in page.text
    assert ClientRecord.objects.exists()


def test_what_changed_meanwhile_is_not_destroyed_by_the_witness(client, record):
    propose(record)
    hold_on(record)

    client.post(link_in(), {"agrees": "on"})

    assert ClientRecord.objects.exists()
    assert "a legal case" in Disposal.objects.get().lines.get().refused_because


def test_a_witness_may_rather_not_and_another_is_asked(client, record):
    disposal = propose(record)

    client.post(f"{link_in()}rather-not/")
    ask_another(disposal, "Nora Next", "nora@example.org")

    assert Letter.objects.get(kind="disposal_news").subject == "Your witness would rather not sign"
    assert client.get(link_in()).status_code == 410
    assert client.get(link_in("nora@example.org")).status_code == 200


def test_a_witness_who_is_replaced_cannot_sign(client, record):
    disposal = propose(record)
    old = link_in()
    ask_another(disposal, "Nora Next", "nora@example.org")

    page = client.post(old, {"agrees": "on"})

    assert page.status_code == 410
    assert "somebody else was asked" in page.text
    assert ClientRecord.objects.exists()


def test_a_witness_who_is_replaced_by_an_officer_cannot_sign(client, record):
    disposal = propose(record)
    proposing.ask_another(
        disposal_id=disposal.pk, second=OFFICER, by=disposal.proposed_by, at=A_MOMENT
    )

    assert client.post(link_in(), {"agrees": "on"}).status_code == 410


@pytest.mark.parametrize(("days", "status"), [(14, 200), (15, 410)])
def test_the_link_lasts_fourteen_days(client, record, november, days, status):
    propose(record)
    november.move_to(A_MOMENT + days * DAY)

    answer = client.get(link_in())

    assert answer.status_code == status


def test_a_link_that_was_cut_or_made_up_is_not_found(client, record):
    propose(record)

    answers = [client.get(f"/records/witness/{token}/") for token in (token_in()[:-4], "made-up")]

    assert {answer.status_code for answer in answers} == {404}


def test_the_table_holds_no_link(record):
    propose(record)
    secret = witnesses.links.read(token_in(), purpose=witnesses.PURPOSE, lasts=DAY)["secret"]

    stored = [str(value) for row in Witness.objects.values_list() for value in row]

    assert secret not in "".join(stored)
    assert token_in() not in "".join(stored)


def test_the_letter_names_no_record(record):
    propose(record)

    letter = Letter.objects.get(kind="disposal_witness")

    assert "ZS-42" not in letter.subject + letter.text
    assert letter.subject_key == ""


@pytest.mark.parametrize(("days", "letters"), [(4, 1), (5, 2), (9, 2)])
def test_the_witness_is_reminded_once_after_five_days_by_a_new_link(
    client, record, november, days, letters
):
    propose(record)
    first = link_in()
    november.move_to(A_MOMENT + days * DAY)

    for _ in range(2):
        chasing.chase(at=A_MOMENT + days * DAY)

    assert Letter.objects.filter(kind="disposal_witness").count() == letters
    assert client.get(link_in()).status_code == 200
    if letters == 2:
        assert "A newer letter has a newer link" in client.get(first).text


def test_who_does_not_answer_in_time_is_told_of_and_the_proposal_waits(record):
    disposal = propose(record)

    for days in (15, 15, 16):
        chasing.chase(at=A_MOMENT + days * DAY)

    assert disposal.witnesses.get().ending == "expired"
    disposal.refresh_from_db()
    assert disposal.is_waiting
    letters = Letter.objects.filter(kind="disposal_news")
    assert [each.subject for each in letters] == ["Your witness has not answered"]


@pytest.mark.parametrize(("days", "waits"), [(59, True), (60, False)])
def test_a_proposal_that_nobody_signs_runs_out_after_sixty_days(record, days, waits):
    disposal = propose(record, second=OFFICER)

    for _ in range(2):
        chasing.chase(at=A_MOMENT + days * DAY)

    disposal.refresh_from_db()
    assert disposal.is_waiting == waits
    assert ClientRecord.objects.exists()
    subjects = Letter.objects.values_list("subject", flat=True)
    assert list(subjects) == ([] if waits else ["A proposal to destroy records has run out"])
