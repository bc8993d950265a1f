"""Members from before the portal come once each, with what they had paid, and nothing else."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.utils import timezone

from directory.models import Listing
from foundation import history
from foundation.models import Letter
from membership import lifecycle, standing
from membership.arrivals import welcome
from membership.models import Arrival, ArrivalFile, FeeDue, Membership, Person, User
from payments import arrivals, ledger_checks, nominal, treasurer
from payments.models import Entry, Invoice, Receipt
from tests.factories import A_DAY, A_MOMENT, make_fee_rate, make_member, make_person
from tests.payments.arriving import UNPAID, another, bring, confirm, keep, row

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def everything():
    """How many rows each table has."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed
    }


def person_of(email="ariadne@example.org"):
    return Person.objects.get(email=email)


def test_looking_at_a_file_writes_nothing_but_the_file_itself():
    by = keep(row()).sent_by
    before = everything()

    file = keep(row(email="other@example.org", member_number="7"), row(last_name=""), by=by)
    arrivals.shown(file, on=A_DAY)

    assert everything() == {**before, "membership.ArrivalFile": 2}


def test_a_member_who_has_paid_is_active_with_their_number_and_their_dates():
    bring(row())

    person, membership = person_of(), Membership.objects.get()
    stands = standing.of(person, A_DAY)
    assert (stands.state, stands.type, stands.until) == (
        "active",
        "case_manager",
        dt.date(2027, 3, 31),
    )
    assert (membership.written_number, membership.joined_on) == ("CM-0042", dt.date(2019, 4, 1))
    assert (person.fees.get().starts_on, person.fees.get().settled_on) == (
        dt.date(2026, 4, 1),
        dt.date(2026, 3, 28),
    )


def test_nobody_can_sign_in_is_listed_or_is_written_to():
    bring(row())

    user = User.objects.get(email="ariadne@example.org")
    address = EmailAddress.objects.get(user=user)
    assert (user.has_usable_password(), user.is_active) == (False, False)
    assert (address.verified, address.primary) == (False, True)
    assert Listing.objects.count() == Letter.objects.count() == len(mail.outbox) == 0


def test_what_they_had_paid_is_booked_against_earlier_books_and_the_ledger_holds():
    bring(row(), another(1, amount_paid="90.00"))

    entries = Entry.objects.filter(kind=Entry.Kind.PAYMENT).order_by("pk")
    balance = treasurer.trial_balance(A_DAY - DAY, A_DAY)
    sums = {line.account: line.closing_pence for line in balance.lines}
    assert [(one.pence, one.method, one.occurred_on) for one in entries] == [
        (12000, "before", A_DAY),
        (9000, "before", A_DAY),
    ]
    assert Receipt.objects.count() == 0
    assert sums == {nominal.MEMBERS: 0, nominal.BEFORE: 0}
    assert balance.balances
    assert list(ledger_checks.violations()) == []


def test_its_paper_has_a_row_of_numbers_of_its_own():
    bring(row(), another(1))

    numbers = Invoice.objects.order_by("number").values_list("number", "kind", "state")
    assert list(numbers) == [
        ("CMSB-2026-0001", "before", "paid"),
        ("CMSB-2026-0002", "before", "paid"),
    ]


@pytest.mark.parametrize(
    ("until", "state", "told"),
    [
        ("22/11/2026", "active", False),
        ("21/11/2026", "grace", False),
        ("23/10/2026", "grace", False),
        ("22/10/2026", "lapsed", True),
    ],
)
def test_standing_follows_from_the_last_day_that_was_paid_for(settings, until, state, told):
    settings.GRACE_DAYS = 30

    bring(row(paid_until=until, paid_on="01/11/2025"))

    assert standing.of(person_of(), A_DAY).state == state
    assert (Membership.objects.get().lapse_written_for is not None) is told
    assert list(ledger_checks.violations()) == []


def test_somebody_who_never_paid_owes_todays_fee_and_is_no_member():
    make_fee_rate(pence=9500)

    bring(row(**UNPAID))

    fee = person_of().fees.get()
    assert (fee.pence, fee.purpose, fee.is_outstanding) == (9500, "joining", True)
    assert Membership.objects.count() == 0
    assert standing.of(person_of(), A_DAY).state == "none"


def test_where_nothing_was_asked_the_waiver_has_a_name_and_a_reason():
    file = bring(row(amount_paid="0", paid_on=""))

    fee = person_of().fees.get()
    assert (fee.waived_by, fee.settled_on, fee.pence) == (file.confirmed_by, None, 0)
    assert fee.waiver_reason == "Nothing was asked, as the society's earlier list says."
    assert standing.of(person_of(), A_DAY).is_active
    assert list(ledger_checks.violations()) == []


def test_who_paid_years_ahead_is_a_member_now():
    bring(row(paid_until="31/03/2029"))

    assert standing.of(person_of(), A_DAY).is_active
    assert person_of().fees.get().starts_on == A_DAY


def test_a_new_number_is_never_one_that_the_file_brings():
    bring(another(1), row(member_number="1"), another(2))

    numbers = dict(Membership.objects.values_list("person__email", "number"))
    assert numbers == {
        "ariadne@example.org": 1,
        "barnaby1@example.org": 2,
        "barnaby2@example.org": 3,
    }


def test_an_unverified_registration_stands_behind_clinical_areas_that_do_not_count_yet():
    bring(row(profession="Nurse", registration_number="12A3456E", areas="brain_injury;vocational"))

    person = person_of()
    held = person.assignments.held().order_by("area").values_list("area", "registration__number")
    counting = person.assignments.current(A_DAY).values_list("area", flat=True)
    assert list(held) == [("brain_injury", "12A3456E"), ("vocational", None)]
    assert list(counting) == ["vocational"]
    assert person.registrations.get().status == "unchecked"


def test_history_says_who_brought_them_in_and_from_which_file():
    file = bring(row())

    lines = list(history.of(person_of().history_key).order_by("number"))
    assert [(line.verb, line.text) for line in lines] == [
        ("brought in from the society's earlier list", "line 2 of members.csv"),
        ("had paid before the portal", "£120.00, on 28 March 2026"),
        ("a member since before the portal", "CM-0042, Case Manager, until 31 March 2027"),
    ]
    assert {line.actor for line in lines} == {f"user {file.confirmed_by_id}"}


def test_the_same_file_twice_brings_nobody_new():
    bring(row(), another(1))
    before = everything()

    again = bring(row(), another(1))

    assert (again.brought_in, again.left_out) == (0, 2)
    grown = {label for label, count in everything().items() if count != before[label]}
    assert grown <= {
        "membership.ArrivalFile",
        "membership.User",
        "foundation.Chain",
        "foundation.Event",
    }


def test_a_file_is_confirmed_once_and_not_when_it_would_do_something_else():
    file = keep(row())

    with pytest.raises(arrivals.Overtaken):
        arrivals.confirm(file.pk, seen="what was shown before", by=file.sent_by, at=A_MOMENT)
    first = confirm(file).confirmed_at
    again = arrivals.confirm(file.pk, seen="", by=file.sent_by, at=A_MOMENT + DAY).confirmed_at

    assert first == again == A_MOMENT


@pytest.mark.parametrize("survivors", [0, 1, 2, 3])
def test_a_worker_that_is_killed_at_any_line_leaves_the_rest_to_the_next(survivors):
    """What a killed worker leaves: some people are here, the file is not done."""
    file = keep(another(1), another(2), row(last_name=""), another(3))
    confirm(file)
    rows = file.rows
    ArrivalFile.objects.filter(pk=file.pk).update(rows=rows[:survivors])
    arrivals.bring_in(file.pk, at=A_MOMENT)
    ArrivalFile.objects.filter(pk=file.pk).update(
        rows=rows, done_at=None, brought_in=0, left_out=0, moved_at=A_MOMENT
    )
    here = set(Arrival.objects.values_list("pk", flat=True))

    found = arrivals.look_after(at=A_MOMENT + arrivals.ANOTHER_TRY + dt.timedelta(seconds=1))

    file.refresh_from_db()
    assert found["came"] == 3 - len(here)
    assert (file.brought_in, file.left_out) == (3, 1)
    assert here <= set(Arrival.objects.values_list("pk", flat=True))
    assert sorted(Arrival.objects.values_list("line", flat=True)) == [2, 3, 5]
    assert list(ledger_checks.violations()) == []


def test_a_worker_that_is_still_at_it_is_left_alone():
    file = keep(row())
    confirm(file)

    assert arrivals.look_after(at=A_MOMENT + arrivals.ANOTHER_TRY)["came"] == 0
    assert arrivals.is_at_work(file, at=A_MOMENT) is False
    file.refresh_from_db()
    assert arrivals.is_at_work(file, at=A_MOMENT)


def test_somebody_who_signed_up_meanwhile_is_left_out_and_nothing_of_theirs_is_touched():
    file = keep(row(), another(1))
    confirm(file)
    theirs = make_person(email="ariadne@example.org")

    arrivals.bring_in(file.pk, at=A_MOMENT)

    file.refresh_from_db()
    assert (file.brought_in, file.left_out) == (1, 1)
    assert [(row.line, words) for row, _verdict, words in arrivals.stays_out(file)] == [
        (2, "The same e-mail address.")
    ]
    assert Person.objects.get(email="ariadne@example.org") == theirs


def test_of_a_file_that_is_done_only_the_rows_that_stayed_out_are_kept():
    file = bring(row(), another(1, last_name=""))

    assert [line for line, *_rest in file.rows] == [3]


def test_a_file_that_nobody_confirms_is_forgotten_after_thirty_days():
    keep(row())

    assert arrivals.look_after(at=A_MOMENT + arrivals.KEPT_FOR)["dropped"] == 0
    assert arrivals.look_after(at=A_MOMENT + arrivals.KEPT_FOR + DAY)["dropped"] == 1


def test_letters_go_once_and_only_when_they_are_asked_for():
    file = bring(row(), another(1), another(2, **UNPAID) if make_fee_rate() else {})

    before = arrivals.write_letters(file.pk, at=A_MOMENT)
    arrivals.ask_for_letters(file.pk, by=file.sent_by, at=A_MOMENT)
    first = arrivals.write_letters(file.pk, at=A_MOMENT)
    again = arrivals.ask_for_letters(file.pk, by=file.sent_by, at=A_MOMENT)
    arrivals.write_letters(file.pk, at=A_MOMENT)

    assert (before, first, again) == (0, 3, 0)
    assert Letter.objects.filter(kind="brought_in").count() == 3
    assert welcome.unwritten([file.pk]) == {}


def test_nobody_is_written_to_before_their_file_is_done():
    file = keep(row())

    with pytest.raises(arrivals.NotDone):
        arrivals.ask_for_letters(file.pk, by=file.sent_by, at=A_MOMENT)


def test_until_they_are_told_no_renewal_and_no_lapse_is_written_of():
    make_fee_rate()
    file = bring(
        row(paid_until="30/11/2026"),
        another(1, paid_until="30/11/2026"),
        another(2, paid_until="15/11/2026", paid_on="01/11/2025"),
    )
    Arrival.objects.filter(person=person_of("barnaby1@example.org")).update(written_at=A_MOMENT)
    late = A_MOMENT + 60 * DAY

    raised = lifecycle.raise_renewals(at=A_MOMENT)
    lapsed = lifecycle.lapse_due(at=late)

    assert raised["renewals_raised"] == 1
    assert FeeDue.objects.outstanding().get().person.email == "barnaby1@example.org"
    assert lapsed["lapses_written"] == 1
    assert file.brought_in == 3


def test_others_are_reminded_and_lapse_as_before():
    make_fee_rate()
    make_member(ends_on=dt.date(2026, 11, 30))

    assert lifecycle.raise_renewals(at=A_MOMENT)["renewals_raised"] == 1
    assert timezone.localdate(A_MOMENT) == A_DAY
