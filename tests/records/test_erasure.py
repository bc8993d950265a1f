"""Somebody asks to be erased: what names them is found nowhere, save where the plan says so."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from directory.models import Enquiry, Listing
from foundation import history, letters
from foundation.dates import add_years
from foundation.models import Letter
from foundation.nameless import nobodys_address
from membership.models import Application, FeeDue, Membership, Person
from payments import invoicing
from records import erasure, keeping
from records.belongings import somebody, tables_of
from records.erasure import NotYet
from tests.factories import (
    make_application,
    make_evidence_file,
    make_fee,
    make_member,
    make_officer,
    make_person,
    make_referee,
    make_registration,
    make_user,
)
from tests.records.records import make_record
from website.models import CallbackRequest

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
NAME, EMAIL, WORDS = "Zebedina", "zebedina@example.org", "a rare sentence of hers"


def make_zebedina(**kwargs):
    facts = {"given_name": NAME, "family_name": "Made-Up", "work_organisation": f"{NAME} Ltd"}
    return make_person(user=make_user(email=EMAIL), **{**facts, **kwargs})


def everything_about(person):
    """One row of everything that somebody leaves behind."""
    application = make_application(person, "declined", question=WORDS)
    make_referee(application, opinion=WORDS, relationship=f"{NAME}'s manager")
    make_evidence_file(application, name=f"{NAME}.pdf")
    make_registration(person)
    listing = Listing.objects.create(
        person=make_member(), slug="another", public_name="Another", edited_at=NOW
    )
    Enquiry.objects.create(
        listing=listing, name=NAME, email=EMAIL.upper(), message=WORDS, sent_at=NOW
    )
    CallbackRequest.objects.create(
        name=NAME,
        phone="020 7946 0123",
        email=EMAIL,
        topic="other",
        message=WORDS,
        asked_at=NOW,
        due_at=NOW + dt.timedelta(days=1),
    )
    letters.queue(
        "resigned",
        key="a letter",
        to=EMAIL,
        context={"person": person, "membership": Membership(number=1)},
        subject_key=person.history_key,
    )
    history.record(person.history_key, "told us", at=NOW, by=None, text=WORDS)
    LogEntry.objects.create(
        user=make_officer(),
        content_type=ContentType.objects.get_for_model(Person),
        object_id=str(person.pk),
        object_repr=person.name,
        action_flag=CHANGE,
        change_message=WORDS,
    )
    client = Client()
    client.force_login(person.user)
    return application


def found(*needles):
    """Table, column and value of every stored value that holds one of these words."""
    return {
        (f"{model._meta.label}.{field.name}", value)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        for value in map(str, model._default_manager.values_list(field.name, flat=True))
        for needle in needles
        if needle.lower() in value.lower()
    }


def test_after_erasure_name_address_and_words_are_found_in_no_table():
    person = make_zebedina()
    everything_about(person)
    before = {column for column, _value in found(NAME, EMAIL, WORDS)}

    erasure.erase(person, by=None, at=NOW)

    assert len(before) > 15
    assert {column for column, _value in found(NAME, EMAIL, WORDS)} == {
        "foundation.Letter.to",
        "foundation.Letter.text",
        "foundation.Letter.html",
    }
    assert Letter.objects.get(to=EMAIL).kind == "erased"


def test_the_last_letter_is_forgotten_a_day_after_it_went():
    person = make_zebedina()
    everything_about(person)
    erasure.erase(person, by=None, at=NOW)
    Letter.objects.filter(kind="erased").update(sent_at=NOW)

    keeping.run(on=dt.date(2026, 11, 21))

    assert found(NAME, EMAIL, WORDS) == set()


def test_the_history_still_verifies():
    person = make_zebedina()
    everything_about(person)

    erasure.erase(person, by=None, at=NOW)

    assert list(history.faults()) == []
    assert history.of(person.history_key).first().verb == "erased on request"


def test_no_letter_that_waited_goes_out_afterwards(django_capture_on_commit_callbacks):
    person = make_zebedina()
    everything_about(person)

    erasure.erase(person, by=None, at=NOW)
    letters.send_waiting()

    assert [letter.subject for letter in mail.outbox] == ["We have erased what we held about you"]


def written_to(person, key="a letter"):
    context = {"person": person, "membership": Membership(number=1)}
    return letters.queue("resigned", key=key, to=person.email, context=context)


def make_ann():
    return make_person(user=make_user(email="ann@example.org"), given_name="Ann", family_name="Lee")


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("joann@example.org", "Joann Lee"),
        ("ann@example.org.uk", "Ann Leeson"),
        ("jo.ann@example.org", "Jo-Ann Lee"),
        ("office+ann@example.org", "Ann Lee-Made-Up"),
    ],
)
def test_whose_name_and_address_hold_theirs_loses_nothing(email, name):
    given, _space, family = name.rpartition(" ")
    other = make_person(user=make_user(email=email), given_name=given, family_name=family)
    letter = written_to(other)
    history.record(other.history_key, "told us", at=NOW, by=None, text=f"{name}, {email}")
    ann = make_ann()
    written_to(ann, "another")

    erasure.erase(ann, by=None, at=NOW)

    letter.refresh_from_db()
    assert (letter.refused_at, name in letter.text or given in letter.text) == (None, True)
    assert history.of(other.history_key).first().text == f"{name}, {email}"
    assert Letter.objects.get(key="another").text == ""


@pytest.mark.parametrize(
    "words",
    [
        "Ann Lee's reference",
        "Of ANN LEE.",
        "(Ann Lee)",
        "Write to ann@example.org.",
        "<ANN@example.org>",
        '{"to":"ann@example.org"}',
        "ann@example.org, and others",
    ],
)
def test_their_name_and_address_are_found_whatever_stands_beside_them(words):
    other, ann = make_person(), make_ann()
    history.record(other.history_key, "told us", at=NOW, by=None, text=words)

    erasure.erase(ann, by=None, at=NOW)

    assert history.of(other.history_key).first().text == ""


def test_their_login_and_its_sessions_are_gone():
    person = make_zebedina()
    everything_about(person)
    client = Client()
    client.force_login(person.user)

    erasure.erase(person, by=None, at=NOW)

    assert Session.objects.count() == 0
    assert client.get("/profile/").status_code == 302


def test_who_once_decided_here_is_erased_and_the_decision_stays():
    person = make_zebedina()
    login, fee = person.user, make_fee(make_person())
    said = {"waived_at": NOW, "waived_by": login, "waiver_reason": "A hard year."}
    FeeDue.objects.filter(pk=fee.pk).update(**said)

    erasure.erase(person, by=None, at=NOW)

    login.refresh_from_db()
    fee.refresh_from_db()
    assert (fee.waived_by, login.email) == (login, nobodys_address(login.pk))
    assert {column for column, _value in found(EMAIL)} <= {
        "foundation.Letter.to",
        "foundation.Letter.text",
        "foundation.Letter.html",
    }


def test_a_former_member_stays_in_the_register_and_the_books_as_the_plan_said():
    person = make_zebedina()
    make_member(person, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 12, 31))
    fee = FeeDue.objects.get(person=person)
    fee_left = FeeDue.objects.create(
        person=person, purpose="renewal", type="case_manager", pence=9000, fixed_at=NOW
    )
    invoice = invoicing.raise_for(fee_left, at=NOW)
    FeeDue.objects.filter(pk=fee_left.pk).update(cancelled_at=NOW)

    plan = erasure.plan(person, on=NOW.date())
    done = erasure.erase(person, by=None, at=NOW)

    staying = {(item.title, item.until) for item in plan if not item.goes and item.until}
    assert plan == done
    assert staying == {
        ("Your details", dt.date(2030, 12, 31)),
        ("Your membership", dt.date(2030, 12, 31)),
        ("Invoices", add_years(invoice.issued_on, 7)),
    }
    kept = Person.objects.get(pk=person.pk)
    assert (kept.given_name, kept.phone, kept.user) == (NAME, "", None)
    assert fee.pk in FeeDue.objects.values_list("pk", flat=True)


def test_the_ledger_and_its_sums_stay():
    person = make_zebedina()
    everything_about(person)

    done = erasure.erase(person, by=None, at=NOW)

    assert {item.title for item in done if not item.goes} <= {"Fees", "Your payment reference"}


def test_nobody_is_erased_while_something_binds_them():
    member = make_member()
    applicant = make_application(make_person(), "submitted").person
    officer = make_person(user=make_officer())
    owner = make_record(make_person()).owner

    for person in (member, applicant, officer, owner):
        with pytest.raises(NotYet):
            erasure.erase(person, by=None, at=NOW)

    assert Person.objects.exclude(user=None).filter(pk=owner.pk).exists()


def test_another_persons_rows_are_left_alone():
    other = make_person(given_name="Quentina")
    application = make_application(other, "declined")
    make_referee(application, name="Quentina's referee", email="someone@example.org")
    before = found("Quentina")

    erasure.erase(make_zebedina(), by=None, at=NOW)

    assert found("Quentina") == before


def test_whoever_was_somebody_elses_referee_goes_from_there_too():
    application = make_application(make_person(), "declined")
    make_referee(application, name=NAME, email=EMAIL, opinion=WORDS)

    erasure.erase(make_zebedina(), by=None, at=NOW)

    assert {column for column, _value in found(NAME, WORDS)} == {
        "foundation.Letter.to",
        "foundation.Letter.text",
        "foundation.Letter.html",
    }


def test_a_reference_that_somebody_waits_for_stays_and_the_plan_says_so():
    application = make_application(make_person(), "submitted")
    make_referee(application, name=NAME, email=EMAIL, opinion=WORDS)

    plan = erasure.erase(make_zebedina(), by=None, at=NOW)

    (staying,) = [item for item in plan if not item.goes]
    assert (staying.title, staying.rows) == ("Your referees, and what they wrote", 1)
    assert staying.kept == "until the application is decided, and then as long as decided ones"
    assert application.referees.get().opinion == WORDS


def test_every_row_of_somebody_is_in_the_plan():
    person = make_zebedina()
    everything_about(person)
    make_member(person, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 12, 31))

    unplanned = {
        table.model: len(rows.exclude(pk__in=planned(table, rows)))
        for table, rows in tables_of(somebody(person))
    }

    assert {model: rows for model, rows in unplanned.items() if rows} == {}


def planned(table, rows):
    return {
        pk for rule in table.rules for pk in rows.filter(**rule.when).values_list("pk", flat=True)
    }


def test_the_same_person_can_join_again(client):
    person = make_zebedina()
    everything_about(person)
    erasure.erase(person, by=None, at=NOW)

    again = make_zebedina()

    assert again.pk != person.pk
    assert Application.objects.filter(person=again).count() == 0
