"""The week's letter to owners: counts, no reference, once."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.models import Letter
from membership.models import Person
from records import digest, register, tasks
from tests.factories import A_DAY, A_MOMENT, make_officer, make_person
from tests.records.records import make_due_record, make_record

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def write(on=A_DAY):
    return digest.write(on=on, at=A_MOMENT)


def old_hold_on(record):
    register.open_hold(
        record_id=record.pk,
        kind="legal",
        opened_on=A_DAY.replace(year=2025) - DAY,
        by=record.owner.user,
        at=A_MOMENT,
    )


def test_an_owner_gets_one_letter_a_week_while_something_waits():
    owner = make_due_record().owner
    make_due_record(owner)
    monday = dt.date(2026, 11, 23)

    written = [write(day) for day in (monday, monday + DAY, monday + 6 * DAY, monday + 7 * DAY)]

    letters = Letter.objects.filter(kind="records_digest")
    assert written == [1, 0, 0, 1]
    assert [letter.to for letter in letters] == [owner.email, owner.email]


def test_an_owner_for_whom_nothing_waits_gets_no_letter():
    make_record()
    make_record(care_concluded_on=None)
    due = make_due_record()

    write()

    assert list(Letter.objects.values_list("to", flat=True)) == [due.owner.email]


def test_the_letter_counts_and_names_no_record():
    owner = make_person()
    make_due_record(owner, reference="CM-8801")
    make_record(owner, reference="CM-8802", capacity="lacks")
    make_record(owner, reference="CM-8804", category="")
    make_record(owner, reference="CM-8805", born_on=None)
    old_hold_on(make_record(owner, reference="CM-8803"))
    make_due_record(reference="CM-8806")

    write()

    letter = Letter.objects.get(to=owner.email)
    assert letter.subject == "Your client records: 2 to review"
    assert "- 1 due for review" in letter.text
    assert "- 1 kept without an end date" in letter.text
    assert "- 2 without a date, because facts are missing" in letter.text
    assert "- 1 hold that has been open for over a year" in letter.text
    assert "/records/" in letter.text
    assert "CM-88" not in letter.text + letter.html + letter.subject


def test_missing_facts_and_old_holds_are_worth_a_letter_by_themselves():
    incomplete = make_record(category="").owner
    held = make_record()
    old_hold_on(held)

    write()

    subjects = dict(Letter.objects.values_list("to", "subject"))
    words = "Your client records: something to look at"
    assert subjects == {incomplete.email: words, held.owner.email: words}


def test_a_hold_is_old_after_a_year_and_not_before():
    record = make_record()
    register.open_hold(
        record_id=record.pk,
        kind="legal",
        opened_on=A_DAY.replace(year=2025),
        by=record.owner.user,
        at=A_MOMENT,
    )

    assert [write(A_DAY), write(A_DAY + DAY)] == [0, 1]


def test_who_has_no_address_or_has_died_is_passed_over():
    nobody, dead, other = (make_due_record().owner for _each in range(3))
    Person.objects.filter(pk=nobody.pk).update(email="")
    Person.objects.filter(pk=dead.pk).update(
        died_on=A_DAY, death_recorded_at=A_MOMENT, death_recorded_by=make_officer()
    )

    write()

    assert list(Letter.objects.values_list("to", flat=True)) == [other.email]


def test_the_questions_asked_do_not_grow_with_the_records():
    def queries(on):
        with CaptureQueriesContext(connection) as captured:
            write(on)
        return len(captured)

    owner = make_due_record().owner
    write(A_DAY)
    one = queries(A_DAY + 7 * DAY)
    make_due_record(owner)
    make_record(owner, category="")

    assert queries(A_DAY + 14 * DAY) == one


def test_the_task_is_the_one_that_beat_starts(settings):
    make_due_record()
    names = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]

    tasks.write_digests.apply().get()

    assert names.count(tasks.write_digests.name) == 1
    assert Letter.objects.count() == 1
