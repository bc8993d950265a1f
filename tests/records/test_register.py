"""What an owner does with the register, and what the database holds to."""

import datetime as dt

import pytest
from django.db import IntegrityError

from foundation import history
from records import register
from records.models import ClientRecord, Hold, Review
from tests.factories import A_DAY, A_MOMENT, make_person
from tests.records.records import facts, make_due_record, make_record

pytestmark = pytest.mark.django_db


def answer(record):
    record = ClientRecord.objects.get(pk=record.pk)
    return record.status, record.retain_until, record.rule


def open_review(record):
    return Review.objects.filter(record=record, settled_at=None).first()


def hold(record, **changed):
    who = {"record_id": record.pk, "by": record.owner.user, "at": A_MOMENT}
    return register.open_hold(
        **who | {"kind": "complaint", "opened_on": dt.date(2026, 1, 5)} | changed
    )


def keep(record, **changed):
    who = {"record_id": record.pk, "by": record.owner.user, "at": A_MOMENT}
    return register.keep_longer(
        **who | {"until": dt.date(2027, 5, 1), "because": "A claim is expected."} | changed
    )


def test_a_record_is_answered_as_it_is_added():
    record = make_record()

    assert answer(record) == ("retain", dt.date(2030, 6, 15), "R-A1")
    assert record.look_again_on == dt.date(2030, 6, 16)
    assert record.rule_set == "2026-1"
    assert record.computed_on == A_DAY
    assert record.reason.startswith("Keep until 15 June 2030: ")
    assert open_review(record) is None


def test_adding_and_changing_leave_a_line_of_history_without_health():
    record = make_record(category="mental_health")

    register.change(
        record_id=record.pk,
        facts=facts(reference=record.reference),
        by=record.owner.user,
        at=A_MOMENT,
    )

    lines = [(event.verb, event.text) for event in history.of(record.history_key)]
    assert lines == [
        ("record changed", "Keep, 15 June 2030"),
        ("record added", "Keep, 15 June 2042"),
    ]


def test_a_record_past_its_period_waits_for_its_owner_at_once():
    record = make_due_record()

    assert answer(record) == ("due_for_review", dt.date(2023, 6, 15), "R-A1")
    assert open_review(record).why == Review.Why.PERIOD_OVER


def test_a_record_without_an_end_asks_at_once_why_it_is_needed():
    record = make_record(capacity="lacks")

    assert answer(record) == ("indefinite_review", None, "R-A2")
    assert open_review(record).why == Review.Why.INDEFINITE


def test_correcting_a_date_works_the_answer_out_anew_and_closes_the_review():
    record = make_due_record()

    register.change(
        record_id=record.pk,
        facts=facts(reference=record.reference),
        by=record.owner.user,
        at=A_MOMENT,
    )

    assert answer(record) == ("retain", dt.date(2030, 6, 15), "R-A1")
    assert [review.outcome for review in record.reviews.all()] == [Review.Outcome.NOT_DUE]


def test_a_hold_stops_the_clock_and_two_holds_need_two_ends():
    record = make_due_record()
    hold(record)
    hold(record, kind="legal", opened_on=dt.date(2026, 2, 1))
    first, second = record.holds.order_by("pk")
    assert answer(record) == ("on_hold", dt.date(2023, 6, 15), "R-A1")
    assert open_review(record) is None

    for ended, day in ((first, dt.date(2026, 3, 1)), (second, dt.date(2026, 4, 1))):
        statuses = [answer(record)[0]]
        register.resolve_hold(hold_id=ended.pk, resolved_on=day, by=record.owner.user, at=A_MOMENT)
        statuses.append(answer(record)[0])

    assert statuses == ["on_hold", "due_for_review"]
    assert answer(record) == ("due_for_review", dt.date(2026, 4, 1), "R-H1")
    assert open_review(record) is not None


def test_the_same_hold_sent_twice_is_one_hold():
    record = make_record()

    hold(record)
    hold(record)
    hold(record, kind="legal")

    assert [each.kind for each in record.holds.order_by("pk")] == ["complaint", "legal"]
    assert history.of(record.history_key).filter(verb="hold opened").count() == 2


def test_a_hold_is_resolved_once():
    record = make_record()
    hold(record)
    ended = record.holds.get()
    register.resolve_hold(hold_id=ended.pk, resolved_on=A_DAY, by=record.owner.user, at=A_MOMENT)

    with pytest.raises(register.HoldIsResolved, match="already resolved on 22 November 2026"):
        register.resolve_hold(
            hold_id=ended.pk, resolved_on=A_DAY, by=record.owner.user, at=A_MOMENT
        )


def test_a_due_record_is_kept_longer_for_a_reason():
    record = make_due_record()

    kept = keep(record)

    assert (kept.extended_until, kept.extended_because) == (
        dt.date(2027, 5, 1),
        "A claim is expected.",
    )
    (review,) = record.reviews.all()
    assert (review.outcome, review.settled_by) == (Review.Outcome.KEPT_LONGER, record.owner.user)


def test_a_record_that_does_not_wait_cannot_be_kept_longer():
    with pytest.raises(register.NothingToReview):
        keep(make_record())


@pytest.mark.parametrize(
    ("capacity", "until", "words"),
    [
        ("has", A_DAY, "Choose a day after today."),
        ("lacks", dt.date(2027, 11, 23), "at least every 12 months"),
    ],
)
def test_the_day_to_look_again_is_after_today_and_within_a_year_without_an_end(
    capacity, until, words
):
    record = make_due_record(capacity=capacity)

    with pytest.raises(register.DayNotAllowed, match=words):
        keep(record, until=until)


@pytest.mark.parametrize(
    ("capacity", "until"),
    [
        ("has", dt.date(2026, 11, 23)),
        ("has", dt.date(2027, 11, 23)),
        ("lacks", dt.date(2027, 11, 22)),
    ],
)
def test_tomorrow_and_the_last_day_of_the_twelve_months_are_allowed(capacity, until):
    record = make_due_record(capacity=capacity)

    assert keep(record, until=until).extended_until == until


def test_a_reference_is_used_once_by_an_owner_whatever_its_case():
    record = make_record(reference="CM-7a")

    with pytest.raises(register.ReferenceTaken, match="already a record cm-7A"):
        make_record(record.owner, reference="cm-7A")

    assert ClientRecord.objects.count() == 1


def test_two_owners_may_use_the_same_reference():
    make_record(reference="CM-7")

    make_record(reference="CM-7")

    assert ClientRecord.objects.filter(reference="CM-7").count() == 2


def test_a_hold_may_be_resolved_on_the_day_it_was_opened():
    record = make_record()
    hold(record)

    assert Hold.objects.update(resolved_on=dt.date(2026, 1, 5)) == 1


def test_a_person_with_records_cannot_be_deleted():
    record = make_record(make_person())

    with pytest.raises(IntegrityError):
        record.owner.delete()

    assert ClientRecord.objects.filter(pk=record.pk).exists()
