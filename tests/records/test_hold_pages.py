"""Putting a record on hold, resolving the hold, and keeping a record longer."""

import pytest

from records import register
from tests.factories import A_DAY, A_MOMENT, make_person
from tests.records.records import hold_on, in_boxes, make_due_record, make_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]


def test_a_hold_is_put_on_and_resolved(client):
    record = make_record()
    client.force_login(record.owner.user)

    held = client.post(
        f"/records/{record.key}/holds/add/",
        in_boxes({"kind": "complaint", "opened_on": "2026-10-01"}),
        follow=True,
    )
    listed = client.get("/records/").context["lines"]
    hold = record.holds.get()
    free = client.post(
        f"/records/{record.key}/holds/{hold.pk}/resolve/",
        in_boxes({"resolved_on": "2026-11-22"}),
        follow=True,
    )

    assert "On hold. Without the hold: keep until 15 June 2030" in held.text
    assert [(line.status, line.open_holds) for line in listed] == [("On hold", 1)]
    assert "Keep until 15 June 2030" in free.text


@pytest.mark.parametrize(
    ("resolved_on", "words"),
    [
        ("2026-01-04", "It was opened on 5 January 2026"),
        ("2026-11-23", "in the future"),
        ("", "enter the date"),
    ],
)
def test_a_hold_ends_between_its_opening_and_today(client, resolved_on, words):
    record = make_record()
    hold = hold_on(record)
    client.force_login(record.owner.user)

    page = client.post(
        f"/records/{record.key}/holds/{hold.pk}/resolve/", in_boxes({"resolved_on": resolved_on})
    )

    assert words in page.context["form"].errors["resolved_on"][0]
    hold.refresh_from_db()
    assert hold.resolved_on is None


def test_a_hold_resolved_in_another_window_is_not_resolved_again(client):
    record = make_record()
    hold = hold_on(record)
    register.resolve_hold(hold_id=hold.pk, resolved_on=A_DAY, by=record.owner.user, at=A_MOMENT)
    client.force_login(record.owner.user)

    page = client.post(
        f"/records/{record.key}/holds/{hold.pk}/resolve/", in_boxes({"resolved_on": "2026-06-01"})
    )

    assert "already resolved on 22 November 2026" in page.text


def test_a_hold_is_not_opened_in_the_future(client):
    record = make_record()
    client.force_login(record.owner.user)

    page = client.post(
        f"/records/{record.key}/holds/add/", in_boxes({"kind": "legal", "opened_on": "2026-11-23"})
    )

    assert "in the future" in page.context["form"].errors["opened_on"][0]
    assert record.holds.count() == 0


def test_a_record_that_waits_comes_first_and_can_be_kept_longer(client):
    owner = make_person()
    make_record(owner, reference="CM-1", category="")
    due = make_due_record(owner, reference="CM-2")
    client.force_login(owner.user)

    lines = [line.reference for line in client.get("/records/").context["lines"]]
    shown = client.get(f"/records/{due.key}/")
    kept = client.post(
        f"/records/{due.key}/keep/",
        in_boxes({"until": "2027-05-01", "because": "A claim is expected."}),
        follow=True,
    )

    assert lines == ["CM-2", "CM-1"]
    assert "has waited for you since 22 November 2026" in shown.text
    assert "Kept longer until 1 May 2027: A claim is expected." in kept.text
    assert "has waited for you" not in kept.text
    assert "Kept longer, until 1 May 2027" in client.get("/records/").text


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"until": "2026-11-22"}, "until", "Choose a day after today"),
        ({"because": ""}, "because", "Say why the record is still needed"),
        ({"because": "   "}, "because", "Say why the record is still needed"),
        ({"because": "ask p@example.org"}, "because", "looks like an e-mail address"),
    ],
)
def test_keeping_longer_needs_a_later_day_and_a_reason(client, changed, field, words):
    record = make_due_record()
    client.force_login(record.owner.user)

    page = client.post(
        f"/records/{record.key}/keep/",
        in_boxes({"until": "2027-05-01", "because": "A claim."} | changed),
    )

    assert words in page.context["form"].errors[field][0]
    record.refresh_from_db()
    assert record.extended_until is None


def test_a_record_that_does_not_wait_is_not_kept_longer(client):
    record = make_record()
    client.force_login(record.owner.user)

    page = client.post(
        f"/records/{record.key}/keep/", in_boxes({"until": "2027-05-01", "because": "A claim."})
    )

    assert "Nothing has to be decided about this record" in page.text
