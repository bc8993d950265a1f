"""What must always be true of destruction: each is tried to be broken past all Python."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from records.models import Certificate, Disposal, DisposalLine, Witness
from tests.factories import A_MOMENT, make_user
from tests.records.disposals import OFFICER, destroyed, propose
from tests.records.records import make_due_record

pytestmark = pytest.mark.django_db
MODELS = (Certificate, Disposal, DisposalLine, Witness)
BREAKERS: list[tuple[str, Callable[[], object], dict]] = []


def breaks(constraint, make, /, **changed):
    BREAKERS.append((constraint, make, changed))


def a_disposal():
    return Disposal.objects.filter(pk=propose(second=OFFICER).pk)


def an_ended_disposal():
    return Disposal.objects.filter(pk=destroyed().line.disposal_id)


def a_line():
    return DisposalLine.objects.filter(disposal=propose())


def a_settled_line():
    return DisposalLine.objects.filter(pk=destroyed().line_id)


def a_witness():
    return Witness.objects.filter(disposal=propose())


def a_certificate():
    return Certificate.objects.filter(pk=destroyed().pk)


breaks("disposal_ends_in_some_way", a_disposal, ended_at=A_MOMENT, because="")
breaks("disposal_ends_in_some_way", a_disposal, ending="signed")
breaks("disposal_ends_in_some_way", an_ended_disposal, ending="forgotten", second_by=None)
breaks("disposal_has_a_reason_while_it_waits", a_disposal, because="")
breaks("disposal_has_a_reason_while_it_waits", an_ended_disposal, because="Still here.")
breaks("disposal_goes_a_known_way", a_disposal, way="nobody")
breaks("disposal_goes_a_known_way", a_disposal, way="witness", shows_names=True)
breaks("disposal_line_is_settled_with_a_verdict", a_line, verdict="dropped")
breaks("disposal_line_is_settled_with_a_verdict", a_line, settled_at=A_MOMENT, facts={})
breaks("disposal_line_is_settled_with_a_verdict", a_line, record=None)
breaks(
    "what_is_destroyed_has_no_record", a_line, settled_at=A_MOMENT, facts={}, verdict="destroyed"
)
breaks("facts_are_forgotten_with_the_verdict", a_settled_line, facts={"born_on": "1975-03-09"})
breaks("disposal_line_is_refused_for_a_reason", a_settled_line, verdict="refused")
breaks("disposal_line_is_refused_for_a_reason", a_line, refused_because="No verdict.")
breaks("disposal_ground_is_known", a_line, ground="whim")
breaks("witness_ends_in_some_way", a_witness, ended_at=A_MOMENT)
breaks("witness_ends_in_some_way", a_witness, ending="signed")
breaks("who_is_asked_to_witness_can_be_written_to", a_witness, email="")
breaks("who_is_asked_to_witness_can_be_written_to", a_witness, name="")
breaks("link_of_a_witness_has_a_digest", a_witness, token_digest="")
breaks("nothing_is_destroyed_before_its_day", a_certificate, kept_until=dt.date(2026, 11, 22))
breaks("certificate_has_two_signatures", a_certificate, second_role="owner")
breaks("certificate_has_two_signatures", a_certificate, second_role="")
breaks("certificate_has_two_signatures", a_certificate, first_role="witness")
breaks("certificate_says_what_it_certifies", a_certificate, number="")
breaks("certificate_says_what_it_certifies", a_certificate, rule="")
breaks("certificate_says_what_it_certifies", a_certificate, token="")
breaks("certificate_ground_is_known", a_certificate, ground="whim")
breaks("file_is_destroyed_after_both_have_signed", a_certificate, file_method="shredded")
breaks(
    "file_is_destroyed_after_both_have_signed",
    a_certificate,
    file_confirmed_at=A_MOMENT,
    file_method="shredded",
    file_destroyed_on=dt.date(2026, 11, 21),
)


@pytest.mark.parametrize(
    ("name", "make", "changed"), BREAKERS, ids=[name for name, _make, _changed in BREAKERS]
)
def test_the_database_refuses(name, make, changed):
    rows = make()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.update(**changed)


def test_nobody_signs_a_disposal_twice():
    disposals = a_disposal()
    proposer = disposals.get().proposed_by
    ended = {"ended_at": A_MOMENT, "ending": "signed", "because": ""}

    assert disposals.update(second_by=make_user(), **ended) == 1
    with pytest.raises(IntegrityError, match="nobody_signs_a_disposal_twice"):
        disposals.update(second_by=proposer)


def test_nobody_has_signed_what_still_waits():
    disposals = a_disposal()

    with pytest.raises(IntegrityError, match="disposal_is_signed_once_it_ends"):
        disposals.update(second_by=make_user())


def test_a_record_is_in_one_open_disposal():
    record = make_due_record()
    line = propose(record).lines.get()
    line.pk = None

    with pytest.raises(IntegrityError, match=r"one_open_disposal|disposalline.record_id"):
        line.save(force_insert=True)


def test_one_witness_is_asked_at_a_time():
    witness = a_witness().get()
    witness.pk, witness.token_digest = None, "another"

    with pytest.raises(IntegrityError, match=r"one_witness|witness.disposal_id"):
        witness.save(force_insert=True)


def test_every_constraint_has_a_test_that_tries_to_break_it():
    kept = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    elsewhere = {
        "nobody_signs_a_disposal_twice",
        "disposal_is_signed_once_it_ends",
        "one_open_disposal_a_record",
        "one_witness_at_a_time",
    }

    assert kept == {name for name, _make, _changed in BREAKERS} | elsewhere
