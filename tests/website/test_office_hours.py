"""When a call or an answer is due: working days, bank holidays, both sides of closing time."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from website import office_hours

LONDON = ZoneInfo("Europe/London")


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("asked", "until", "due"),
    [
        ("2026-11-23 09:00", dt.time(12), "2026-11-24 12:00"),  # Monday
        ("2026-11-23 16:59", dt.time(12), "2026-11-24 12:00"),
        ("2026-11-23 17:00", dt.time(12), "2026-11-25 12:00"),  # closed: it came on Tuesday
        ("2026-11-24 06:00", dt.time(17), "2026-11-25 17:00"),  # before opening is that day
        ("2026-11-27 16:59", dt.time(19), "2026-11-30 19:00"),  # Friday
        ("2026-11-27 17:00", dt.time(19), "2026-12-01 19:00"),
        ("2026-11-28 10:00", dt.time(17), "2026-12-01 17:00"),  # Saturday
        ("2026-12-24 10:00", dt.time(17), "2026-12-29 17:00"),  # Boxing Day is kept on Monday
        ("2027-03-25 17:00", dt.time(12), "2027-03-31 12:00"),  # before Good Friday
    ],
)
def test_a_call_is_due_one_working_day_after_it_came(asked, until, due):
    assert office_hours.call_by(at(asked), until=until) == at(due)


def test_noon_is_noon_by_the_clock_on_the_wall_when_the_clocks_change():
    due = office_hours.call_by(at("2027-03-26 17:30"), until=dt.time(12))

    assert due.isoformat() == "2027-03-31T12:00:00+01:00"


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-11-23 16:59", "2026-11-26"),
        ("2026-11-23 17:00", "2026-11-27"),
        ("2026-11-28 10:00", "2026-12-03"),
        ("2026-12-23 10:00", "2026-12-30"),
    ],
)
def test_a_message_is_answered_within_three_working_days(sent, due):
    assert office_hours.answer_by(at(sent)) == dt.date.fromisoformat(due)
