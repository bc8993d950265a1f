"""Who the applicant is and where they practise: each message, word for word."""

import pytest

from membership.models import Person
from tests.membership import applying
from tests.membership.applying import errors

pytestmark = pytest.mark.django_db


def test_no_type(page):
    answer = page.post("/apply/type/", {})

    assert errors(answer) == {"type": ["Choose a membership type. You can change it later."]}


def test_an_unknown_type(page):
    answer = page.post("/apply/type/", {"type": "emperor"})

    assert errors(answer) == {"type": ["Choose one of the answers shown."]}


def test_empty_home_details(page):
    answer = page.post("/apply/home/", {})

    assert errors(answer) == {
        "given_name": ["Enter your first name."],
        "family_name": ["Enter your last name."],
        "phone": ["Enter a telephone number we can reach you on."],
        "address_line_1": ["Enter the first line of your home address."],
        "town": ["Enter your town or city."],
        "country": ["Enter your country, for example United Kingdom."],
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"postcode": ""}, {"postcode": ["Enter a full UK postcode, for example CF14 4XW."]}),
        ({"postcode": "CF14"}, {"postcode": ["Enter a full UK postcode, for example CF14 4XW."]}),
        (
            {"phone": "12"},
            {
                "phone": [
                    "Enter a telephone number such as 020 7946 0000, or +64 3 941 0000 from abroad."
                ]
            },
        ),
        (
            {"given_name": "x" * 81},
            {"given_name": ["Use 80 characters or fewer. You entered 81."]},
        ),
        (
            {"town": "Car\0diff"},
            {"town": ["Take out the characters that cannot be read."]},
        ),
    ],
)
def test_home_details_that_need_mending(page, change, expected):
    answer = page.post("/apply/home/", {**applying.HOME, **change})

    assert errors(answer) == expected


def test_a_postcode_is_not_asked_for_abroad(page):
    abroad = {**applying.HOME, "country": "New Zealand", "postcode": "8011"}

    answer = page.post("/apply/home/", abroad)

    assert answer.status_code == 302
    assert Person.objects.get().postcode == "8011"


def test_a_postcode_is_written_the_usual_way(page):
    page.post("/apply/home/", applying.HOME)

    assert Person.objects.get().postcode == "CF14 4XW"


def test_what_was_typed_is_kept_beside_its_error(page):
    answer = page.post("/apply/home/", {**applying.HOME, "postcode": "nowhere"})

    assert 'value="nowhere"' in answer.content.decode()
    assert 'value="Priya"' in answer.content.decode()
    assert "<title>Error: Home details" in answer.content.decode()


def test_work_details_that_need_mending(page):
    answer = page.post("/apply/work/", {"work_email": "not an address", "work_postcode": "CF"})

    assert errors(answer) == {
        "work_organisation": ["Enter the organisation you work for, or “Self-employed”."],
        "work_role": ["Enter your job title."],
        "work_email": ["Enter an e-mail address such as name@example.org."],
        "work_postcode": ["Enter a full UK postcode, for example CF14 4XW."],
    }


def test_practice_in_the_uk_needs_its_nation(page):
    answer = page.post("/apply/practice/", {"practice": "uk"})

    assert errors(answer) == {"nation": ["Choose the nation in which you mostly practise."]}


def test_no_practice_chosen(page):
    answer = page.post("/apply/practice/", {})

    assert errors(answer) == {
        "practice": ["Choose where you practise, or that you do not practise."]
    }


def test_no_route_chosen(page):
    answer = page.post("/apply/route/", {})

    assert errors(answer) == {"vocational_only": ["Choose whether you have a registered body."]}
