"""Two signatures at once, or a signature beside a hold: one effect."""

import datetime as dt

import pytest

from records import register
from records.disposal import proposing, signing
from records.models import Certificate, ClientRecord, Disposal, Hold
from tests.factories import A_MOMENT, make_officer, make_person
from tests.races import at_once, refused
from tests.records.disposals import OFFICER, WITNESS, propose
from tests.records.records import make_due_record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
LATER = A_MOMENT + dt.timedelta(days=1)


def test_two_officers_at_once_destroy_once():
    owner = make_person()
    disposal = propose(*[make_due_record(owner) for _ in range(3)], second=OFFICER)
    officers = [make_officer() for _ in range(4)]

    ends = at_once(
        (lambda by=by: signing.sign(disposal_id=disposal.pk, by=by, at=LATER) for by in officers),
        refusals=(proposing.HasEnded,),
    )

    assert refused(ends).count(True) == 3
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert numbers == [f"CMSD-2026-000{number}" for number in (1, 2, 3)]


@pytest.mark.parametrize("attempt", range(5))
def test_a_signature_and_a_withdrawal_at_once_are_one_of_the_two(attempt):
    disposal = propose(make_due_record(), second=OFFICER)
    by, first = make_officer(), disposal.proposed_by

    ends = at_once(
        [
            lambda: signing.sign(disposal_id=disposal.pk, by=by, at=LATER),
            lambda: proposing.withdraw(disposal_id=disposal.pk, by=first, at=LATER),
        ],
        refusals=(proposing.HasEnded,),
    )

    disposal.refresh_from_db()
    gone = disposal.ending == "signed"
    assert refused(ends) == [not gone, gone]
    assert Certificate.objects.filter(line__disposal=disposal).exists() == gone


def test_the_witness_clicks_twice():
    disposal = propose(make_due_record(), second=WITNESS)
    witness = disposal.witnesses.get()

    def sign():
        signing.sign_as_witness(witness_id=witness.pk, browser=None, at=LATER)

    at_once([sign] * 3, refusals=(proposing.HasEnded,))

    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_a_hold_beside_a_signature_holds_or_comes_too_late_and_never_half(attempt):
    record = make_due_record()
    disposal = propose(record, second=OFFICER)
    by = make_officer()

    def hold():
        register.open_hold(
            record_id=record.pk,
            kind="legal",
            opened_on=dt.date(2026, 2, 1),
            by=disposal.proposed_by,
            at=LATER,
        )

    def sign():
        signing.sign(disposal_id=disposal.pk, by=by, at=LATER)

    ends = at_once([hold, sign], refusals=(ClientRecord.DoesNotExist,))

    kept = ClientRecord.objects.filter(pk=record.pk).exists()
    assert Hold.objects.exists() == kept
    assert refused(ends) == [not kept, False]


def test_two_proposals_of_one_record_at_once_are_one():
    record = make_due_record()

    ends = at_once([lambda: propose(record, second=OFFICER)] * 4, refusals=(proposing.NotPossible,))

    assert Disposal.objects.waiting().count() == 1
    assert refused(ends).count(True) == 3
