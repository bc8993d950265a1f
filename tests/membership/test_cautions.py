"""What the office is told before it decides."""

import datetime as dt

import pytest
from django.urls import reverse

from membership import cautions
from tests.factories import (
    A_MOMENT,
    make_application,
    make_officer,
    make_person,
    make_referee,
    make_rules,
)

pytestmark = pytest.mark.django_db

A_WEEK = dt.timedelta(days=7)


def codes(application):
    return [one.code for one in cautions.of(application).ties]


def test_nothing_to_say_is_false_and_shows_nothing(client):
    application = make_application(state="submitted")
    make_referee(application, email="rhona@north.example")
    client.force_login(make_officer())

    page = client.get(reverse("admin:application_review", args=[application.pk])).content.decode()

    assert not cautions.of(application)
    assert "Worth a look" not in page


def test_the_review_page_names_a_likeness_and_a_tie(client):
    known = make_person(given_name="Priya", family_name="Example")
    person = make_person(given_name="Priya", family_name="Example")
    application = make_application(person, "submitted")
    make_referee(application, name="Rhona Referee", phone="020 7946 0000", email="r@n.example")
    client.force_login(make_officer())

    page = client.get(reverse("admin:application_review", args=[application.pk])).content.decode()

    assert f"/person/{known.pk}/change/" in page
    assert "the same name and postcode" in page
    assert "Rhona Referee gives the applicant&#x27;s telephone number." in page


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (A_WEEK, ["fellow_applicant"]),
        (-A_WEEK, ["fellow_applicant"]),
        (A_WEEK + dt.timedelta(seconds=1), []),
        (-A_WEEK - dt.timedelta(seconds=1), []),
    ],
)
def test_a_fellow_applicant_counts_within_a_week(later, expected):
    fellow = make_person()
    make_application(fellow, "submitted", submitted_at=A_MOMENT + later)
    application = make_application(make_person(email="tom@home.example"), "submitted")
    make_referee(application, email=fellow.email.upper())

    assert [code for code in codes(application) if code != "domain"] == expected


def test_a_replaced_referee_is_no_matter_any_more():
    application = make_application(state="submitted")
    make_referee(application, phone="020 7946 0000", email="r@n.example", replaced_at=A_MOMENT)

    assert codes(application) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_takes_the_same_queries_for_one_and_for_three(rows, django_assert_num_queries):
    make_rules()
    fellow = make_person()
    for _row in range(rows):
        make_application(fellow, "declined", submitted_at=A_MOMENT)
    application = make_application(make_person(email="tom@home.example"), "submitted")
    make_referee(application, email=fellow.email)

    with django_assert_num_queries(6):
        found = cautions.of(application)

    assert [tie.code for tie in found.ties] == ["fellow_applicant"] * rows
