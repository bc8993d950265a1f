"""Insurance and DBS dates: told by members, seen by the office, watched by the night."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from foundation import history
from foundation.models import Letter
from membership import assurances, checks_due, lifecycle
from membership.models import Assurance, Registration
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_approved,
    make_clerk,
    make_fee_rate,
    make_member,
    make_officer,
    make_person,
    make_registration,
)
from tests.profiles import pages
from tests.refusing import refuse_history_of
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
DAY = dt.timedelta(days=1)


def tell(person, dated_on, kind="indemnity", at=A_MOMENT):
    return assurances.tell(person, kind=kind, dated_on=dated_on, by=person.user, at=at)


def night(days_later=0):
    return assurances.watch_assurances(at=A_MOMENT + days_later * DAY)


def boxes(day):
    return {"date_day": day.day, "date_month": day.month, "date_year": day.year}


# Telling and seeing --------------------------------------------------------------------------


def test_another_date_is_never_taken_for_seen():
    person = make_member()
    told = tell(person, A_DAY + 90 * DAY)
    assurances.check(assurance_id=told.pk, by=make_officer(), on=A_DAY, at=A_MOMENT)

    same = tell(person, A_DAY + 90 * DAY)
    assert same.checked_on == A_DAY

    other = tell(person, A_DAY + 91 * DAY)
    assert (other.pk, other.checked_on, other.checked_by) == (told.pk, None, None)


def test_who_saw_a_date_first_is_kept():
    told, first = tell(make_member(), A_DAY), make_officer()
    assurances.check(assurance_id=told.pk, by=first, on=A_DAY, at=A_MOMENT)

    assurances.check(assurance_id=told.pk, by=make_officer(), on=A_DAY + DAY, at=A_MOMENT)

    told.refresh_from_db()
    assert (told.checked_by, told.checked_on) == (first, A_DAY)
    assert [one.verb for one in history.of(told.person.history_key)] == [
        "saw a date",
        "told a date",
    ]


def test_a_membership_starts_with_the_dates_of_its_application():
    fee = make_approved(dbs_on=dt.date(2026, 3, 2), indemnity_ends_on=dt.date(2027, 1, 31))
    tell(fee.person, dt.date(2026, 5, 1), kind="dbs")

    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)

    assert dict(fee.person.assurances.values_list("kind", "dated_on")) == {
        "dbs": dt.date(2026, 5, 1),
        "indemnity": dt.date(2027, 1, 31),
    }


# Watching ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["indemnity", "dbs"])
def test_each_letter_is_written_once_and_the_office_hears_once_of_the_end(kind):
    last_good = A_DAY + 65 * DAY
    dated_on = last_good if kind == "indemnity" else dt.date(2024, 1, 27)  # three years and a day
    told = tell(make_member(), dated_on, kind=kind)
    assert told.good_until == last_good

    nights = [night(day) for day in range(80)]

    assert [day for day, done in enumerate(nights) if done["members_told"]] == [5, 35, 58]
    assert [day for day, done in enumerate(nights) if done["office_told"]] == [66]
    assert [night(66), night(5)] == 2 * [{"members_told": 0, "office_told": 0}]


def test_a_new_date_starts_the_letters_anew():
    person = make_member()
    tell(person, A_DAY + 7 * DAY)
    assert night()["members_told"] == 1

    tell(person, A_DAY + 60 * DAY)

    assert night()["members_told"] == 1
    assert Letter.objects.filter(kind="assurance_ends").count() == 2


@pytest.mark.parametrize("type", ["supporter", "overseas", "student"])
def test_nothing_is_watched_of_who_does_not_practise(type):
    tell(make_member(type=type), A_DAY)

    assert night() == {"members_told": 0, "office_told": 0}
    assert assurances.unseen(A_DAY).count() == 0


def suspend(person):
    lifecycle.suspend(
        membership_id=person.membership.pk, by=make_officer(), at=A_MOMENT, reason="A complaint."
    )


def die(person):
    lifecycle.record_death(person_id=person.pk, died_on=A_DAY, by=make_officer(), at=A_MOMENT)


def resign(person):
    lifecycle.resign(membership_id=person.membership.pk, by=person.user, at=A_MOMENT)


@pytest.mark.parametrize("end", [suspend, die, resign])
def test_nobody_who_is_suspended_gone_or_dead_gets_a_letter(end):
    person = make_member()
    tell(person, A_DAY)
    end(person)

    assert [night(day)["members_told"] + night(day)["office_told"] for day in range(3)] == [0, 0, 0]


@pages(2)
@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2032, 12, 31)),
    st.integers(1, 60),
    st.integers(-40, 40),
)
def test_the_query_and_the_property_agree_on_every_day(settings, dated_on, months, off):
    settings.DBS_RECHECK_MONTHS = months
    told = Assurance(kind="dbs", dated_on=dated_on)
    day = told.good_until + off * DAY
    Assurance.objects.all().delete()
    Assurance.objects.create(person=make_person(), kind="dbs", dated_on=dated_on, told_at=A_MOMENT)

    found = Assurance.objects.filter(assurances._good_until_before(day)).exists()

    assert found is (told.good_until < day)


# The office ----------------------------------------------------------------------------------


def one_of_each():
    """A register to look up, an insurance that is over, another that nobody saw."""
    make_registration(make_member(make_person(given_name="Rita")), expires_on=A_DAY - DAY)
    tell(make_member(make_person(given_name="Ida")), A_DAY - DAY)
    tell(make_member(make_person(given_name="Dora")), A_DAY + 90 * DAY)
    tell(make_member(), A_DAY - 30 * DAY, kind="dbs")


def test_the_office_is_told_once_a_week_what_is_due():
    one_of_each()

    written = [checks_due.tell_the_office(at=A_MOMENT + day * DAY) for day in range(10)]

    # 22 November 2026 is a Sunday: the next weeks begin on the days after 0 and 7.
    assert [day for day, done in enumerate(written) if done] == [0, 1, 8]
    text = Letter.objects.filter(kind="office_checks_due").earliest("queued_at").text
    assert "Registers to look up: 1." in text
    assert "too old: 1." in text
    assert "has seen: 1." in text


def test_no_letter_says_that_nothing_is_due():
    make_registration(make_member())

    assert checks_due.tell_the_office(at=A_MOMENT) is False


@pytest.mark.parametrize("times", [1, 3])
def test_the_list_of_the_office_costs_the_same_queries(
    client, times, django_assert_max_num_queries
):
    client.force_login(make_officer())
    for _ in range(times):
        one_of_each()
    client.get("/admin/")

    with django_assert_max_num_queries(9):
        page = client.get(reverse("admin:membership_watch")).content.decode()

    assert [page.count(name) for name in ("Rita", "Ida", "Dora")] == [2 * times, times, 2 * times]


def test_the_office_notes_that_it_saw_a_date(client):
    told = tell(make_member(), A_DAY + 90 * DAY)
    officer = make_officer()
    client.force_login(officer)

    client.post(reverse("admin:membership_watch_seen", args=[told.pk]))

    told.refresh_from_db()
    assert (told.checked_by, told.checked_on) == (officer, A_DAY)


def test_staff_without_permission_see_and_note_nothing(client):
    told = tell(make_member(), A_DAY + 90 * DAY)
    registration = make_registration(make_member(), expires_on=A_DAY - DAY)
    client.force_login(make_clerk())

    codes = [
        client.get(reverse("admin:membership_watch")).status_code,
        client.post(reverse("admin:membership_watch_seen", args=[told.pk])).status_code,
        client.post(
            reverse("admin:membership_watch_register", args=[registration.pk]),
            {"status": "removed"},
        ).status_code,
    ]

    told.refresh_from_db()
    registration.refresh_from_db()
    assert codes == [403, 403, 403]
    assert (told.checked_on, registration.status) == (None, "registered")


# The member's pages --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day", "said"),
    [
        ("indemnity", A_DAY, ""),
        ("indemnity", A_DAY - DAY, "That day is over."),
        ("indemnity", dt.date(2031, 11, 22), ""),
        ("indemnity", dt.date(2031, 11, 23), "more than 5 years ahead"),
        ("dbs", A_DAY, ""),
        ("dbs", A_DAY + DAY, "cannot be in the future"),
        ("dbs", dt.date(2002, 3, 1), ""),
        ("dbs", dt.date(2002, 2, 28), "no such checks before March 2002"),
    ],
)
def test_a_member_tells_a_date_that_makes_sense(kind, day, said):
    person = make_member()

    answer = browser_of(person).post(f"/profile/dates/{kind}/", boxes(day))

    assert said in answer.content.decode()
    kept = list(person.assurances.values_list("kind", "dated_on"))
    assert kept == ([] if said else [(kind, day)])


def test_the_profile_shows_the_dates_of_who_practises_alone():
    member, student = make_member(), make_member(type="student")

    assert "Your registration, insurance and checks" in browser_of(member).get("/profile/").text
    assert (
        "Your registration, insurance and checks" not in browser_of(student).get("/profile/").text
    )


def test_who_is_no_member_tells_no_dates():
    somebody = browser_of(make_person())
    registration = make_registration(make_member())

    codes = [
        somebody.get("/profile/dates/indemnity/").status_code,
        somebody.get(f"/profile/registration/{registration.pk}/").status_code,
        browser_of(make_member()).get("/profile/dates/certificate/").status_code,
        Client().get("/profile/dates/dbs/").status_code,
    ]

    assert codes == [404, 404, 404, 302]


def test_a_registration_is_told_of_by_its_own_member_alone():
    registration = make_registration(make_member(), expires_on=A_DAY + 10 * DAY)
    path = f"/profile/registration/{registration.pk}/"

    answer = browser_of(make_member()).post(path, boxes(A_DAY + 300 * DAY))

    assert answer.status_code == 404
    assert Registration.objects.get().told_until is None


def test_a_renewed_insurance_that_was_asked_for_when_applying_is_kept():
    make_fee_rate()
    person = make_member()
    fee = make_approved(person, indemnity_ends_on=A_DAY + 10 * DAY)
    tell(person, A_DAY + 300 * DAY)

    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)

    assert person.assurances.get().dated_on == A_DAY + 300 * DAY


def test_a_date_that_the_database_refuses_keeps_no_other_member_from_hearing():
    refused, sound = make_member(), make_member()
    for person in (refused, sound):
        Assurance.objects.create(
            person=person, kind="indemnity", dated_on=A_DAY + 30 * DAY, told_at=A_MOMENT
        )
    refuse_history_of(refused.history_key)

    with pytest.raises(IntegrityError):
        assurances.watch_assurances(at=A_MOMENT)

    assert [letter.to for letter in Letter.objects.all()] == [sound.email]
