"""The date in three boxes: what it takes, what it says, and that it keeps what was typed."""

import datetime as dt

import pytest
from django import forms

from foundation.fields import DayMonthYearField, WordsField


class OneDate(forms.Form):
    began_on = DayMonthYearField(label="When did it begin?", help_text="For example, 2 3 2026.")


class PerhapsADate(forms.Form):
    ended_on = DayMonthYearField(required=False)


def typed(day="", month="", year=""):
    return OneDate({"began_on_day": day, "began_on_month": month, "began_on_year": year})


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MAR."])
def test_a_month_may_be_a_number_or_a_name(month):
    form = typed("2", month, "2026")

    assert form.is_valid()
    assert form.cleaned_data == {"began_on": dt.date(2026, 3, 2)}


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (("", "", ""), "Enter a date, for example 2 3 2026."),
        (("2", "", "2026"), "The date must include a month."),
        (("2", "", ""), "The date must include a month and a year."),
        (("31", "2", "2026"), "Enter a real date, for example 2 3 2026."),
        (("29", "2", "2026"), "Enter a real date, for example 2 3 2026."),
        (("0", "2", "2026"), "Enter a real date, for example 2 3 2026."),
        (("2", "13", "2026"), "There is no month 13. Enter the day first, then the month."),
        (("12", "31", "2026"), "There is no month 31. Enter the day first, then the month."),
        (("13", "31", "2026"), "Enter a real date, for example 2 3 2026."),
        (("2", "32", "2026"), "Enter a real date, for example 2 3 2026."),
        (("two", "3", "2026"), "Enter a real date, for example 2 3 2026."),
        (("²", "3", "2026"), "Enter a real date, for example 2 3 2026."),
        (("2", "3", "26"), "Enter the year in four figures, for example 2026."),
        (("2", "3", "1899"), "Enter the year in four figures, for example 2026."),
        (("2", "3", "20260"), "Enter the year in four figures, for example 2026."),
    ],
)
def test_what_is_missing_or_wrong_is_said(boxes, words):
    form = typed(*boxes)

    assert form.errors == {"began_on": [words]}


def test_the_29th_of_february_is_a_date_in_a_leap_year():
    form = typed("29", "2", "2028")

    assert form.is_valid()
    assert form.cleaned_data["began_on"] == dt.date(2028, 2, 29)


def test_what_was_typed_is_kept():
    html = str(typed("31", "Febuary", "2026")["began_on"])

    assert 'name="began_on_day" value="31"' in html
    assert 'name="began_on_month" value="Febuary"' in html
    assert 'name="began_on_year" value="2026"' in html


def test_each_box_has_its_own_label():
    html = str(OneDate()["began_on"])

    for number, name in enumerate(("Day", "Month", "Year")):
        assert f'<label for="id_began_on_{number}">{name}</label>' in html
        assert f'id="id_began_on_{number}"' in html


def test_a_date_that_is_known_fills_the_boxes():
    html = str(OneDate(initial={"began_on": dt.date(2026, 3, 2)})["began_on"])

    assert 'value="2"' in html
    assert 'value="3"' in html
    assert 'value="2026"' in html


def test_an_empty_date_that_may_be_empty_is_none():
    form = PerhapsADate({"ended_on_day": " ", "ended_on_month": "", "ended_on_year": ""})

    assert form.is_valid()
    assert form.cleaned_data == {"ended_on": None}


def test_boxes_that_were_not_sent_are_an_empty_date():
    form = PerhapsADate({})

    assert form.is_valid()
    assert form.cleaned_data == {"ended_on": None}


@pytest.mark.parametrize(
    ("initial", "boxes", "changed"),
    [
        (dt.date(2026, 3, 2), ("2", "mar", "2026"), False),
        (dt.date(2026, 3, 2), ("3", "3", "2026"), True),
        (dt.date(2026, 3, 2), ("", "", ""), True),
        (None, ("", "", ""), False),
        (None, ("2", "", ""), True),
    ],
)
def test_a_change_is_a_change_of_the_date(initial, boxes, changed):
    form = OneDate(
        dict(zip(("began_on_day", "began_on_month", "began_on_year"), boxes, strict=True)),
        initial={"began_on": initial},
    )

    assert form.has_changed() is changed


class LetterForm(forms.Form):
    words = WordsField(rows=5, max_length=1_000, missing="Write a few words.")
    more = WordsField(rows=2)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ("", {"words": ["Write a few words."]}),
        ("x" * 1_000, {}),
        ("x" * 1_001, {"words": ["Write it shorter, in 1,000 characters at most."]}),
    ],
)
def test_a_box_for_sentences_says_how_to_mend_what_was_typed(typed, errors):
    assert LetterForm({"words": typed, "more": ""}).errors == errors
