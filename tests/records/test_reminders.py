"""Reviews that nobody comes to: the owner, then who is named, then the office; each step once."""

import datetime as dt

import pytest
from django.conf import settings as django_settings

from foundation.models import Letter
from membership.models import Person
from records import register, reminders, tasks
from records.models import Review
from records.models.client_records import MOST_REMINDERS
from tests.factories import A_DAY, A_MOMENT, make_person
from tests.records.records import hold_on, make_due_record, name_in, register_of

pytestmark = pytest.mark.django_db


def remind(days):
    return reminders.remind(on=A_DAY + dt.timedelta(days=days), at=A_MOMENT)


def told(days):
    found = remind(days)
    return found.owners, found.named, found.office


def due_record_that_is_shared():
    """And who else shares its register."""
    owner = make_person()
    return make_due_record(owner), name_in(register_of(owner)).person


def test_the_owner_is_told_after_30_60_and_90_days_and_not_between():
    owner = make_due_record().owner

    letters = [remind(days).owners for days in (29, 30, 31, 59, 60, 61, 89, 90, 91, 119)]

    assert letters == [0, 1, 0, 0, 1, 0, 0, 1, 0, 0]
    assert set(Letter.objects.values_list("to", flat=True)) == {owner.email}


def test_the_same_day_twice_writes_once():
    make_due_record()

    assert [remind(30).owners, remind(30).owners] == [1, 0]


def test_one_letter_counts_everything_and_names_nothing():
    owner = make_due_record(reference="CM-8801").owner
    make_due_record(owner, reference="CM-8802")
    Review.objects.filter(record__reference="CM-8802").update(
        queued_on=A_DAY - dt.timedelta(days=60)
    )
    make_due_record(reference="CM-8803")

    remind(30)

    letter = Letter.objects.get(to=owner.email)
    assert letter.subject == "2 client records still wait for your decision"
    assert "- 1 has waited for over 30 days\n" in letter.text
    assert "- 1 has waited for over 90 days\n" in letter.text
    assert "CM-88" not in letter.text + letter.html + letter.subject


def test_then_who_is_named_in_the_register_is_told_once():
    record, somebody = due_record_that_is_shared()
    name_in(register_of(make_due_record().owner))
    Review.objects.exclude(record=record).update(reminders=MOST_REMINDERS)
    for days in (30, 60, 90):
        remind(days)

    steps = [told(days) for days in (119, 120, 121)]

    letter = Letter.objects.get(kind="records_reminder_named")
    assert steps == [(0, 0, 0), (0, 1, 0), (0, 0, 0)]
    assert letter.to == somebody.email
    assert "1 record has waited for over 120 days" in letter.text


def test_last_the_office_gets_a_count_once():
    owner = make_due_record(reference="CM-8801").owner
    make_due_record(owner)
    make_due_record()
    for days in (30, 60, 90, 120):
        remind(days)

    steps = [told(days) for days in (149, 150, 151)]

    letter = Letter.objects.get(kind="office_records_waiting")
    assert steps == [(0, 0, 0), (0, 0, 1), (0, 0, 0)]
    assert letter.to == django_settings.SOCIETY["email"]
    assert letter.subject == "3 client records wait for over 150 days"
    assert "In 2 registers of our members, 3 client records" in letter.text
    assert "CM-88" not in letter.text
    assert owner.email not in letter.text


def test_after_a_long_silence_each_is_still_asked_in_turn():
    due_record_that_is_shared()

    assert [told(days) for days in (400, 401, 402, 403)] == [
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
        (0, 0, 0),
    ]


def test_who_decided_or_put_it_on_hold_is_left_in_peace():
    kept, held, other = make_due_record(), make_due_record(), make_due_record()
    register.keep_longer(
        record_id=kept.pk,
        until=dt.date(2028, 1, 1),
        because="A claim.",
        by=kept.owner.user,
        at=A_MOMENT,
    )
    hold_on(held)

    remind(30)

    assert list(Letter.objects.values_list("to", flat=True)) == [other.owner.email]


def test_an_owner_without_an_address_does_not_stop_the_others():
    nobody, other = make_due_record().owner, make_due_record().owner
    Person.objects.filter(pk=nobody.pk).update(email="")

    steps = [told(days) for days in (90, 120, 150)]

    assert steps == [(1, 0, 0), (0, 0, 0), (0, 0, 1)]
    assert set(Letter.objects.values_list("to", flat=True)) == {
        other.email,
        django_settings.SOCIETY["email"],
    }


def test_the_task_is_the_one_that_beat_starts(settings):
    make_due_record()
    names = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    Review.objects.update(queued_on=dt.date(2020, 1, 1))

    tasks.remind_of_reviews.apply().get()

    assert names.count(tasks.remind_of_reviews.name) == 1
    assert Letter.objects.get().kind == "records_reminder"
