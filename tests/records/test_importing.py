"""A file is taken in once, whole, and can be taken back as long as nobody touched its records."""

import datetime as dt

import pytest

from foundation import history
from records import importing, judging, register, schedule, terms, undoing
from records.models import ClientRecord, ImportedRow, RecordImport, Review
from tests.factories import A_DAY, A_MOMENT
from tests.records.records import facts, hold_on, make_record, make_register
from tests.records.test_import_file import GOOD, HEAD

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def send(one, *rows, at=A_MOMENT):
    content = "\n".join([HEAD, *rows, ""]).encode()
    return importing.keep(register=one, content=content, by=one.owner.user, at=at)


def look(batch):
    return importing.shown(batch, on=A_DAY)


def take(batch, at=A_MOMENT):
    seen = judging.digest(look(batch))
    return importing.take(batch_id=batch.pk, seen=seen, by=batch.register.owner.user, at=at)


def undo(batch, at=A_MOMENT):
    return undoing.undo(batch_id=batch.pk, by=batch.register.owner.user, at=at)


def verdicts(batch):
    return [(one.line, one.verdict.value) for one in look(batch)]


def row(reference, **changed):
    cells = dict(zip(HEAD.split(","), GOOD.split(","), strict=True)) | {"id": reference, **changed}
    return ",".join(cells.values())


def everything(one):
    """Facts, answers and holds of a register, without what tells when they were written."""
    return [
        (record.reference, record.born_on, record.status, record.retain_until, held(record))
        for record in one.records.order_by("reference")
    ]


def held(record):
    return list(record.holds.order_by("kind").values_list("kind", "opened_on", "resolved_on"))


def test_nothing_is_in_the_register_before_it_is_confirmed():
    batch = send(make_register(), row("CM-1"))

    assert verdicts(batch) == [(2, "taken")]
    assert ClientRecord.objects.count() == 0


def test_of_a_refused_row_only_the_line_and_the_reason_are_kept():
    batch = send(make_register(), row("Zebedina 7"), row("CM-1"))

    kept = RecordImport.objects.values().get(pk=batch.pk)
    assert "Zebedina" not in str(kept)
    assert verdicts(batch) == [(2, "refused"), (3, "taken")]


def test_each_row_gets_its_verdict_in_the_order_of_the_file():
    one = make_register()
    make_record(into=one, reference="CM-OLD-1", born_on=dt.date(1975, 3, 9))
    make_record(into=one, reference="CM-OLD-2")
    batch = send(
        one,
        row("CM-1"),
        row("cm-old-1", care_concluded_on="2022-06-15"),
        row("CM-OLD-2", date_of_death="2024-01-02"),
        row("CM-1"),
        row("CM-1", capacity="lacks"),
        row("9434765919"),
    )

    told = [(judged.verdict.value, judged.words) for judged in look(batch)]

    assert told == [
        ("taken", "Keep, until 15 June 2030."),
        ("twin", "It is in the register already, with the same facts."),
        ("changed", "Date of death (empty) → 2024-01-02."),
        ("twin", "The same as line 2."),
        (
            "refused",
            "Line 2 has the same reference and says something else. Keep one of the two.",
        ),
        ("refused", "The reference looks like an NHS number. Use a number of your own."),
    ]


def test_taken_rows_are_answered_held_queued_and_in_the_history():
    one = make_register()
    batch = send(
        one,
        row("CM-1"),
        row("CM-2", care_concluded_on="2015-06-15"),
        row("CM-3", holds="legal:2022-02-02/"),
    )

    done = take(batch)

    assert (done.added, done.changed, done.turned_away, done.rows) == (3, 0, 0, [])
    assert everything(one) == [
        ("CM-1", dt.date(1975, 3, 9), "retain", dt.date(2030, 6, 15), []),
        ("CM-2", dt.date(1975, 3, 9), "due_for_review", dt.date(2023, 6, 15), []),
        (
            *("CM-3", dt.date(1975, 3, 9), "on_hold", dt.date(2030, 6, 15)),
            [("legal", dt.date(2022, 2, 2), None)],
        ),
    ]
    assert [review.record.reference for review in Review.objects.all()] == ["CM-2"]
    record = one.records.get(reference="CM-1")
    assert [line.verb for line in history.of(record.history_key)] == ["record imported"]
    assert history.of(one.history_key).first().text == "3 added, 0 changed, 0 refused"
    assert list(history.faults()) == []


def test_confirmed_twice_it_is_taken_once():
    batch = send(make_register(), row("CM-1"))
    first = take(batch)

    again = importing.take(batch_id=batch.pk, seen="", by=batch.register.owner.user, at=A_MOMENT)

    assert (again.added, ClientRecord.objects.count()) == (1, 1)
    assert again.taken_at == first.taken_at


def test_the_same_file_sent_again_changes_nothing():
    one = make_register()
    rows = [row("CM-1", holds="legal:2022-02-02/2023-03-03"), row("CM-2")]
    take(send(one, *rows))

    again = take(send(one, *rows))

    assert (again.added, again.changed, again.twins) == (0, 0, 2)


def test_what_was_overtaken_by_another_tab_is_shown_again():
    one = make_register()
    batch = send(one, row("CM-1"))
    seen = judging.digest(look(batch))
    make_record(into=one, reference="CM-1", capacity="lacks")

    with pytest.raises(importing.Overtaken):
        importing.take(batch_id=batch.pk, seen=seen, by=one.owner.user, at=A_MOMENT)

    assert one.records.get().capacity == "lacks"


def test_a_record_that_changes_keeps_what_the_file_leaves_empty():
    record = make_record(reference="CM-1", died_on=dt.date(2024, 1, 2), last_contact_on=None)
    batch = send(record.register, row("CM-1", last_contact_on="2023-02-03", category=""))

    take(batch)

    record.refresh_from_db()
    assert (record.died_on, record.category) == (dt.date(2024, 1, 2), "general")
    assert record.last_contact_on == dt.date(2023, 2, 3)
    assert history.of(record.history_key).first().verb == "record changed by an import"


def test_a_hold_is_added_or_resolved_and_never_dropped():
    record = make_record(reference="CM-1")
    hold_on(record)
    stated = "complaint:2023-01-01/;legal:2026-01-05/2026-03-04"

    take(send(record.register, row("CM-1", holds=stated)))
    take(send(record.register, row("CM-1")))

    assert held(record) == [
        ("complaint", dt.date(2023, 1, 1), None),
        ("legal", dt.date(2026, 1, 5), dt.date(2026, 3, 4)),
    ]


def test_a_change_that_contradicts_the_register_is_refused():
    record = make_record(reference="CM-1", died_on=dt.date(2000, 1, 1))
    record.care_concluded_on = None
    record.save()
    stated = row("CM-1", date_of_birth="2001-01-01", care_concluded_on="")

    (judged,) = look(send(record.register, stated))

    assert judged.verdict == "refused"
    assert "before the date of birth" in judged.words


def test_undoing_takes_back_what_was_added_and_puts_back_what_was_changed():
    record = make_record(reference="CM-OLD-1")
    hold_on(record)
    one = record.register
    before = everything(one)
    batch = take(
        send(
            one,
            row("CM-1", care_concluded_on="2015-06-15", holds="complaint:2023-01-01/2023-02-02"),
            row(
                "CM-OLD-1",
                date_of_birth="1980-01-01",
                holds="complaint:2023-01-01/;legal:2026-01-05/2026-03-04",
            ),
        )
    )
    between = everything(one)

    done = undo(batch)

    assert between != before
    assert everything(one) == before
    assert (done.undone, done.done.count()) == (2, 0)
    assert list(history.faults()) == []


def test_a_row_that_somebody_touched_stays_and_says_why():
    one = make_register()
    batch = take(send(one, row("CM-1"), row("CM-2"), row("CM-3")))
    touched, held_one = one.records.get(reference="CM-1"), one.records.get(reference="CM-2")
    register.change(
        record_id=touched.pk, facts=facts(reference="CM-1"), by=one.owner.user, at=A_MOMENT
    )
    hold_on(held_one)

    done = undo(batch)

    assert [record.reference for record in one.records.order_by("reference")] == ["CM-1", "CM-2"]
    assert [(row.reference, row.why) for row in undoing.staying(done)] == [
        ("CM-1", "record changed on 22 November 2026"),
        ("CM-2", "hold opened on 22 November 2026"),
    ]
    assert (done.undone, undoing.is_possible(done, at=A_MOMENT)) == (1, False)


def test_undoing_twice_is_undoing_once():
    batch = take(send(make_register(), row("CM-1")))
    undo(batch)

    again = undo(batch, at=A_MOMENT + DAY)

    assert (again.undone, again.undone_at) == (1, A_MOMENT)


@pytest.mark.parametrize(("days", "left"), [(29, 0), (30, 1)])
def test_an_import_can_be_undone_for_thirty_days(days, left):
    batch = take(send(make_register(), row("CM-1")))

    undo(batch, at=A_MOMENT + days * DAY)

    assert ClientRecord.objects.count() == left


def test_the_nightly_run_does_not_count_as_a_touch():
    batch = take(send(make_register(), row("CM-1", care_concluded_on="2018-11-22")))

    schedule.run(on=A_DAY + DAY)

    assert Review.objects.count() == 1
    assert undo(batch).undone == 1


def test_nothing_is_taken_where_terms_are_missing_or_the_owner_leaves():
    without, leaving = make_register(), make_register()
    without.acceptances.all().delete()
    leaving.state, leaving.leaving_since, leaving.leaving_because = "leaving", A_DAY, "resigned"
    leaving.save()

    with pytest.raises(terms.TermsNotAccepted):
        send(without, row("CM-1"))
    with pytest.raises(register.RegisterEnds):
        send(leaving, row("CM-1"))

    assert RecordImport.objects.count() == 0


def test_a_long_file_tells_how_far_it_is():
    one = make_register()
    batch = send(one, *(row(f"CM-{number}") for number in range(450)))
    told = []

    importing.take(
        batch_id=batch.pk,
        seen=judging.digest(look(batch)),
        by=one.owner.user,
        at=A_MOMENT,
        tell=lambda done, total: told.append((done, total)),
    )

    assert told == [(200, 450), (400, 450), (450, 450)]
    assert one.records.count() == ImportedRow.objects.count() == 450


def test_many_new_rows_cost_few_queries(django_assert_max_num_queries):
    one = make_register()
    batch = send(one, *(row(f"CM-{number}") for number in range(200)))
    seen = judging.digest(look(batch))

    with django_assert_max_num_queries(60):
        importing.take(batch_id=batch.pk, seen=seen, by=one.owner.user, at=A_MOMENT)


def test_the_worker_says_why_it_could_not_take_a_file_and_it_can_be_tried_again():
    one = make_register()
    batch = send(one, row("CM-1"))
    assert importing.begin(batch, at=A_MOMENT)

    importing.take_or_say_why(
        batch_id=batch.pk, seen="other", user_id=one.owner.user.pk, at=A_MOMENT
    )

    batch.refresh_from_db()
    assert batch.stopped == "The register has changed since you looked. Look at the file again."
    assert importing.begin(batch, at=A_MOMENT)
    assert not importing.begin(batch, at=A_MOMENT)


def test_a_worker_that_was_killed_does_not_keep_the_file_for_ever():
    batch = send(make_register(), row("CM-1"))
    importing.begin(batch, at=A_MOMENT)

    tries = [importing.begin(batch, at=A_MOMENT + dt.timedelta(minutes=m)) for m in (15, 16)]

    assert tries == [False, True]
