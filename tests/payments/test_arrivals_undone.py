"""A whole file of members is taken back where nothing has happened to its people since."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from foundation import history
from foundation.models import Letter
from membership import lifecycle
from membership.arrivals import welcome
from membership.models import (
    Arrival,
    ExpertiseAssignment,
    FeeDue,
    Membership,
    Person,
    Registration,
    User,
)
from payments import arrivals, arrivals_undoing, invoicing, ledger_checks, treasurer
from payments.models import Entry, Invoice
from tests.factories import A_DAY, A_MOMENT, make_application, make_fee_rate, make_officer
from tests.payments.arriving import UNPAID, another, bring, row
from tests.payments.money import make_attempt, receive

pytestmark = pytest.mark.django_db
LATER = A_MOMENT + dt.timedelta(days=1)


def undo(file, at=LATER):
    return arrivals_undoing.undo(file.pk, by=make_officer(), at=at)


def person_of(email="ariadne@example.org"):
    return Person.objects.get(email=email)


def test_nothing_of_them_stays_but_the_sums():
    make_fee_rate()
    registered = {"profession": "Nurse", "registration_number": "12A3456E", "areas": "brain_injury"}
    logins = User.objects.count()
    file = bring(row(**registered), another(1, amount_paid="0", paid_on=""), another(2, **UNPAID))

    gone = undo(file)

    file.refresh_from_db()
    [left] = Person.objects.all()
    assert (gone, file.undone, file.brought_in) == (3, 3, 3)
    assert (left.name, left.postcode, left.user) == ("", "", None)
    assert left.email == f"removed-{left.pk}@removed.invalid"
    assert User.objects.count() == logins + 2  # the officers of this test
    for model in (Arrival, Membership, Registration, ExpertiseAssignment, EmailAddress):
        assert model.objects.count() == 0
    assert FeeDue.objects.filter(cancelled_at=None).count() == 0


def test_the_ledger_is_added_to_and_comes_to_nothing():
    file = bring(row(), another(1))
    before = list(Entry.objects.order_by("pk").values())

    undo(file)

    entries = Entry.objects.order_by("pk")
    assert list(entries.values())[: len(before)] == before
    assert sum(entries.values_list("pence", flat=True)) == 0
    assert set(Invoice.objects.values_list("state", flat=True)) == {"void"}
    assert list(ledger_checks.violations()) == []
    closing = {
        line.closing_pence
        for line in treasurer.trial_balance(A_DAY, timezone.localdate(LATER)).lines
    }
    assert closing == {0}


def test_their_history_keeps_its_lines_and_loses_its_words():
    file = bring(row())
    key = person_of().history_key

    undo(file)

    lines = history.of(key).order_by("number")
    assert lines.last().verb == "taken back: the file was undone"
    assert set(lines.values_list("text", flat=True)) == {""}
    assert list(history.faults()) == []


def test_the_same_people_can_be_brought_in_again_with_their_numbers():
    undo(bring(row()))

    again = bring(row(), at=LATER)

    assert again.brought_in == 1
    assert Membership.objects.get().number == 42
    assert list(ledger_checks.violations()) == []


def sign_in(person):
    User.objects.filter(pk=person.user_id).update(last_login=LATER)


def choose_password(person):
    person.user.set_password("correct horse battery")
    person.user.save()


def pay(person):
    fee = FeeDue.objects.create(
        person=person, purpose="renewal", type="case_manager", pence=9000, fixed_at=LATER
    )
    receive(invoicing.raise_for(fee, at=LATER), 9000, at=LATER)


def go_to_pay(person):
    fee = FeeDue.objects.create(
        person=person, purpose="renewal", type="case_manager", pence=9000, fixed_at=LATER
    )
    make_attempt(invoicing.raise_for(fee, at=LATER))


def apply(person):
    make_application(person)


def suspend(person):
    lifecycle.suspend(
        membership_id=person.membership.pk, by=make_officer(), at=LATER, reason="A complaint"
    )


def merge(person):
    Person.objects.filter(pk=person.pk).update(merged_into=person_of("barnaby1@example.org"))


def take_in(person):
    Person.objects.filter(email="barnaby1@example.org").update(merged_into=person)


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (sign_in, "signed in on 23 November 2026"),
        (choose_password, "has chosen a password"),
        (pay, "a payment has come"),
        (go_to_pay, "has gone to pay"),
        (apply, "has an application"),
        (suspend, "suspended the membership on 23 November 2026"),
        (merge, "was merged with somebody"),
        (take_in, "was merged with somebody"),
    ],
)
def test_whom_something_has_happened_to_stays_and_is_named(happens, words):
    file = bring(row(), another(1), another(2))
    happens(person_of())

    named = {one.person.email: one.why for one in arrivals_undoing.staying(file)}
    gone = undo(file)

    assert named["ariadne@example.org"] == words
    assert gone == 3 - len(named)
    assert Membership.objects.filter(person__email="ariadne@example.org").exists()
    assert not Person.objects.filter(email="barnaby2@example.org").exists()
    assert list(ledger_checks.violations()) == []


def test_what_the_portal_does_by_itself_stands_in_nobodys_way():
    make_fee_rate()
    file = bring(row(paid_until="30/11/2026"))
    Arrival.objects.update(written_at=A_MOMENT)
    lifecycle.raise_renewals(at=A_MOMENT)
    invoicing.raise_missing(at=A_MOMENT)

    gone = undo(file)

    assert gone == 1
    assert set(Invoice.objects.values_list("state", flat=True)) == {"void"}
    assert FeeDue.objects.outstanding().count() == 0
    assert list(ledger_checks.violations()) == []


def test_a_letter_that_has_not_left_is_held_back():
    file = bring(row())
    arrivals.ask_for_letters(file.pk, by=file.sent_by, at=A_MOMENT)
    arrivals.write_letters(file.pk, at=A_MOMENT)

    undo(file)

    assert Letter.objects.get(kind="brought_in").held_back_at == LATER


def test_the_link_of_somebody_who_was_taken_back_leads_nowhere(client):
    file = bring(row())
    token = welcome.token_of(person_of().user)

    undo(file)

    answer = client.get(f"/brought-in/{token}/")
    assert answer.status_code == 404
    assert "This link leads nowhere any more." in answer.text


@pytest.mark.parametrize(
    ("after", "is_too_late"),
    [(dt.timedelta(days=30, seconds=-1), False), (dt.timedelta(days=30), True)],
)
def test_a_file_can_be_undone_for_thirty_days(after, is_too_late):
    file = bring(row())

    if is_too_late:
        with pytest.raises(arrivals_undoing.NotUndone):
            undo(file, at=A_MOMENT + after)
    else:
        undo(file, at=A_MOMENT + after)

    assert Membership.objects.exists() is is_too_late


def test_undone_again_nothing_more_happens():
    file = bring(row())
    undo(file)
    entries = Entry.objects.count()

    assert undo(file) == 0
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("people", [1, 3])
def test_who_stays_is_asked_in_the_same_few_queries(django_assert_num_queries, people):
    file = bring(*(another(number) for number in range(people)))
    for person in Person.objects.all():
        sign_in(person)

    with django_assert_num_queries(9):
        assert len(arrivals_undoing.staying(file)) == people
