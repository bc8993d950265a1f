"""What the database holds of registers, who shares them and their terms, whatever the code does."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from records.models import (
    HandoverOffer,
    ImportedRow,
    NamedMember,
    RecordImport,
    Register,
    TermsAcceptance,
)
from tests.factories import A_DAY, A_MOMENT, make_person
from tests.records.records import make_record, make_register

pytestmark = pytest.mark.django_db
OFFERED = "register_is_offered_to_one_at_a_time|handoveroffer.register_id"
BEFORE = A_MOMENT - dt.timedelta(seconds=1)


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def name_somebody(register=None, person=None, **changed):
    register = register or make_register()
    facts = {"asked_at": A_MOMENT, "asked_by": register.owner.user}
    return NamedMember.objects.create(
        register=register, person=person or make_person(), **facts | changed
    )


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        ("register_says_why_its_owner_leaves", {"state": "leaving"}),
        ("register_says_why_its_owner_leaves", {"state": "leaving", "leaving_since": A_DAY}),
        ("register_says_why_its_owner_leaves", {"leaving_because": "died"}),
        ("register_says_why_its_owner_leaves", {"leaving_since": A_DAY}),
        ("register_is_closed_with_its_day_and_count", {"state": "closed"}),
        ("register_is_closed_with_its_day_and_count", {"state": "closed", "closed_at": A_MOMENT}),
        ("register_is_closed_with_its_day_and_count", {"closed_records": 3}),
        ("register_is_closed_with_its_day_and_count", {"closed_at": A_MOMENT}),
        ("register_export_has_its_digest", {"exported_at": A_MOMENT}),
        ("register_export_has_its_digest", {"exported_digest": "0" * 64}),
    ],
)
def test_the_database_refuses_a_register_that_cannot_be(constraint, broken):
    register = make_register()

    with refused(constraint), transaction.atomic():
        Register.objects.filter(pk=register.pk).update(**broken)


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        ("naming_ends_in_some_way", {"ended_at": A_MOMENT}),
        ("naming_ends_in_some_way", {"end": "left"}),
        ("naming_is_answered_after_it_was_asked", {"accepted_at": BEFORE}),
        ("naming_is_answered_after_it_was_asked", {"ended_at": BEFORE, "end": "left"}),
    ],
)
def test_the_database_refuses_a_naming_that_cannot_be(constraint, broken):
    named = name_somebody()

    with refused(constraint), transaction.atomic():
        NamedMember.objects.filter(pk=named.pk).update(**broken)


def test_the_database_refuses_to_name_somebody_twice_at_a_time():
    first = name_somebody()
    NamedMember.objects.filter(pk=first.pk).update(ended_at=A_MOMENT, end="left")
    name_somebody(first.register, first.person)

    with refused("named_once_in_a_register|namedmember.register_id"), transaction.atomic():
        name_somebody(first.register, first.person)


def test_the_database_refuses_terms_without_a_version_and_the_same_twice():
    register = make_register()
    (accepted,) = register.acceptances.all()

    with refused("terms_have_a_version"), transaction.atomic():
        TermsAcceptance.objects.update(version="")
    with refused("terms_accepted_once|termsacceptance.register_id"), transaction.atomic():
        TermsAcceptance.objects.create(
            register=register,
            version=accepted.version,
            accepted_at=A_MOMENT,
            accepted_by=accepted.accepted_by,
        )


@pytest.mark.parametrize(
    "broken",
    [
        {"settled_at": A_MOMENT},
        {"outcome": "declined"},
        {"settled_at": BEFORE, "outcome": "declined"},
    ],
)
def test_the_database_refuses_an_offer_that_is_half_settled(broken):
    make_offer()

    with refused("offer_is_settled_with_an_outcome"), transaction.atomic():
        HandoverOffer.objects.update(**broken)


def test_the_database_refuses_to_offer_a_register_to_two_at_a_time():
    register = make_offer().register

    with refused(OFFERED), transaction.atomic():
        make_offer(register)


def make_offer(register=None):
    return HandoverOffer.objects.create(
        register=register or make_register(), person=make_person(), offered_at=A_MOMENT
    )


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        ("import_counts_what_was_taken", {"added": 1}),
        ("import_counts_what_was_taken", {"changed": 1}),
        ("import_counts_what_was_taken", {"taken_at": BEFORE}),
        ("import_is_undone_after_it_was_taken", {"undone_at": A_MOMENT}),
        ("import_is_undone_after_it_was_taken", {"undone": 1}),
    ],
)
def test_the_database_refuses_an_import_that_cannot_be(constraint, broken):
    RecordImport.objects.create(register=make_register(), sent_at=A_MOMENT)

    with refused(constraint), transaction.atomic():
        RecordImport.objects.update(**broken)


def test_the_database_refuses_a_record_twice_in_an_import():
    record = make_record()
    batch = RecordImport.objects.create(register=record.register, sent_at=A_MOMENT)
    ImportedRow.objects.create(batch=batch, record=record, line=2, events=1)

    with refused("a_record_once_in_an_import|importedrow.batch_id"), transaction.atomic():
        ImportedRow.objects.create(batch=batch, record=record, line=3, events=1)
