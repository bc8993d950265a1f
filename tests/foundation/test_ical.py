"""Calendar files as diaries read them."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from foundation import ical
from foundation.ical import Entry, calendar, escaped, folded

AT = dt.datetime(2027, 6, 10, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
ENTRY = Entry(
    uid="event-1@cmsuk.org",
    title="Study day; goals, and more",
    starts_at=AT,
    ends_at=AT + dt.timedelta(hours=7),
    changed_at=AT - dt.timedelta(days=30),
    place="Cardiff",
    words="One\nTwo",
    url="https://example.org/events/one/",
)


def test_an_entry_is_written_in_utc_with_its_signs_escaped():
    lines = calendar("CMSUK, events", [ENTRY]).decode().split("\r\n")

    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert "X-WR-CALNAME:CMSUK\\, events" in lines
    assert "DTSTART:20270610T080000Z" in lines
    assert "DTEND:20270610T150000Z" in lines
    assert "SUMMARY:Study day\\; goals\\, and more" in lines
    assert "DESCRIPTION:One\\nTwo" in lines
    assert "STATUS:CONFIRMED" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_what_is_cancelled_says_so():
    entry = Entry("1", "Off", AT, AT, AT, is_cancelled=True)

    assert b"STATUS:CANCELLED\r\n" in calendar("x", [entry])


@given(st.text())
def test_no_line_is_longer_than_75_bytes_and_unfolding_gives_it_back(text):
    line = f"SUMMARY:{escaped(text)}"

    parts = folded(line).split("\r\n ")

    assert max(len(part.encode()) for part in (parts[0], *(f" {one}" for one in parts[1:]))) <= 75
    assert "".join(parts) == line


@given(st.text(alphabet=st.sampled_from("BEGIN:VT\r\n;,\\ ")))
def test_no_words_can_begin_an_entry_of_their_own(text):
    entry = Entry("1", text, AT, AT, AT, place=text, words=text)

    lines = calendar("x", [entry]).decode().split("\r\n")

    assert lines.count("BEGIN:VEVENT") == 1
    assert not [line for line in lines if "\n" in line or "\r" in line]


def test_the_type_is_the_one_of_calendars():
    assert ical.TYPE == "text/calendar"
