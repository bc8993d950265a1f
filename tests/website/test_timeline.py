"""One timeline a person: everything that happened, for whom it may be shown."""

import datetime as dt
import json

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from foundation import history, letters, seals
from foundation.models import Letter
from membership import evidence_files, lifecycle
from payments import invoicing
from tests.factories import (
    A_MOMENT,
    make_clerk,
    make_evidence_file,
    make_fee,
    make_fee_rate,
    make_officer,
    make_person,
    make_ready_application,
    make_rules,
)
from tests.foundation.files import pdf, sent
from tests.foundation.tampering import tampered
from tests.payments.money import receive
from tests.signed_in import browser_of
from website import timeline
from website.timeline import Kind

pytestmark = pytest.mark.django_db

AN_HOUR = dt.timedelta(hours=1)


def allowed(*codenames):
    user = make_clerk()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return browser_of(user)


def write(person, kind="resigned", **kwargs):
    letter = letters.queue(
        kind,
        key=f"{kind}:{person.pk}:{Letter.objects.count()}",
        to=person.email,
        subject_key=person.history_key,
        at=A_MOMENT + AN_HOUR,
        context={"person": person},
    )
    Letter.objects.filter(pk=letter.pk).update(**kwargs)
    return letter


def somebody_with_everything():
    """A member who sent an application with a file that was looked at, and who paid."""
    application = make_ready_application()
    person = application.person
    make_rules()
    file = evidence_files.add(
        sent(pdf(), "bsc.pdf"),
        application_id=application.pk,
        section="qualifications",
        by=person.user,
        at=A_MOMENT,
    )
    lifecycle.submit(application_id=application.pk, by=person.user, at=A_MOMENT + AN_HOUR)
    evidence_files.look_at(file, by=make_officer(), at=A_MOMENT + 2 * AN_HOUR)
    receive(invoice_of(person), 9000)
    return person


def invoice_of(person):
    return invoicing.raise_for(make_fee(person), at=A_MOMENT)


def page_of(person, client, show=""):
    answer = client.get(f"/admin/office/people/{person.pk}/timeline/", {"show": show})
    assert answer.status_code == 200
    return answer.content.decode()


def test_states_letters_money_and_views_stand_in_one_line_newest_first():
    person = somebody_with_everything()

    lines = timeline.of(person)

    assert {line.kind for line in lines} == set(Kind)
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    (view,) = (line for line in lines if line.kind == Kind.VIEWS)
    assert (view.words, view.who) == ("Looked at a file", "Olive Office")
    assert view.detail.endswith("Qualifications: bsc.pdf")


def test_a_payment_is_told_once_by_the_ledger():
    person = somebody_with_everything()

    paid = [line.words for line in timeline.of(person) if "£90.00" in line.words + line.detail]

    assert sorted(paid) == ["Invoice: £90.00", "Payment: £90.00 by bank transfer"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Waits to be sent"),
        ({"sent_at": A_MOMENT}, "Sent"),
        ({"last_error": "SMTPException", "tries": 1}, "Failed once, and is tried again"),
        ({"last_error": "SMTPException", "tries": 3}, "Failed 3 times, and is tried again"),
        ({"refused_at": A_MOMENT}, "Came back: their mail server refuses it"),
        ({"sent_at": A_MOMENT, "returned_at": A_MOMENT}, "Came back: nobody reads this address"),
    ],
)
def test_what_became_of_a_letter_is_said(changes, words):
    person = make_person()
    write(person, **changes)

    (line,) = timeline.of(person)

    assert line.detail == f"{words}. To {person.email}."


def test_the_office_notes_once_that_a_letter_came_back():
    person, client = make_person(), browser_of(make_officer())
    letter = write(person, sent_at=A_MOMENT)

    answers = [
        client.post(f"/admin/office/letters/{letter.pk}/came-back/", follow=True) for _ in range(2)
    ]

    assert "Noted. Ask the person for an address that they read." in answers[0].content.decode()
    assert "Nothing changed" in answers[1].content.decode()
    assert history.of(person.history_key).get().verb == "a letter came back"


def test_a_letter_that_has_not_gone_cannot_come_back():
    person, client = make_person(), browser_of(make_officer())
    letter = write(person)

    client.post(f"/admin/office/letters/{letter.pk}/came-back/")

    letter.refresh_from_db()
    assert letter.returned_at is None


@pytest.mark.parametrize(
    ("show", "seen", "unseen"),
    [
        ("", "Sent the application", "Nothing yet"),
        ("states", "Sent the application", "Payment: £90.00"),
        ("letters", "Letter: ", "Sent the application"),
        ("money", "Payment: £90.00", "Sent the application"),
        ("views", "Looked at a file", "Payment: £90.00"),
        ("nonsense", "Payment: £90.00", "Nothing yet"),
    ],
)
def test_the_page_is_narrowed_to_a_kind(show, seen, unseen):
    page = page_of(somebody_with_everything(), browser_of(make_officer()), show)

    assert seen in page
    assert unseen not in page


def test_another_persons_lines_are_not_shown():
    person = make_person()
    write(somebody_with_everything())

    assert timeline.of(person) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_questions_however_long_it_is(rows, django_assert_num_queries):
    person = make_person()
    invoice = invoice_of(person)
    for number in range(rows):
        at = A_MOMENT + number * AN_HOUR
        history.record(person.history_key, "looked at a file", at=at, by=make_officer())
        write(person, sent_at=A_MOMENT)
        receive(invoice, 1000)

    with django_assert_num_queries(5):
        timeline.of(person)


def test_what_somebody_may_not_see_elsewhere_is_not_shown_here():
    person = somebody_with_everything()

    people_only = page_of(person, allowed("view_person"))
    applications = page_of(person, allowed("view_person", "view_application"))
    ledger = page_of(person, allowed("view_person", "view_entry"))

    assert "Nothing yet." in people_only
    assert ("Sent the application" in applications, "£90.00" in applications) == (True, False)
    assert ("Sent the application" in ledger, "£90.00" in ledger) == (False, True)


# The person's own page ------------------------------------------------------------------------


def own_page(person):
    return browser_of(person.user).get("/profile/history/").content.decode()


def test_a_member_reads_what_happened_and_who_looked():
    page = own_page(somebody_with_everything())

    assert [words in page for words in ("Sent the application", "Payment: £90.00")] == [True, True]
    assert "The office. " in page
    assert "Qualifications: bsc.pdf" in page


def test_a_member_reads_no_name_and_no_reason_of_the_office():
    person, officer = make_person(), make_officer()
    at = A_MOMENT
    history.record(person.history_key, "waived the fee", at=at, by=officer, text="Hardship.")
    history.record(person.history_key, "a secret note", at=at, by=officer, text="Careful.")

    page = own_page(person)

    assert "Waived the fee" in page
    assert [w for w in ("Hardship", "secret note", "Careful", "Olive") if w in page] == []


def test_a_letter_about_a_member_to_somebody_else_is_not_the_members_to_read():
    person = make_person()
    own = write(person)
    about = write(person, to="referee@example.org")

    page = own_page(person)

    assert timeline.of(person)[0].kind == Kind.LETTERS
    assert (own.to in page, "referee@example.org" in page) == (True, False)
    assert about.subject_key == own.subject_key


def test_nobody_reads_anothers_history():
    somebody_with_everything()

    assert "Nothing yet." in own_page(make_person())


def test_a_stranger_signs_in_first(client):
    assert client.get("/profile/history/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_own_page_asks_the_same_questions_however_long_it_is(rows, django_assert_num_queries):
    person = make_person()
    invoice = invoice_of(person)
    for number in range(rows):
        at = A_MOMENT + number * AN_HOUR
        history.record(person.history_key, "sent the application", at=at, by=person.user)
        write(person, sent_at=A_MOMENT)
        receive(invoice, 1000)

    with django_assert_num_queries(4):
        timeline.own(person)


# Sealed copies --------------------------------------------------------------------------------


def test_a_persons_sealed_copy_verifies_and_says_that_it_was_taken():
    make_fee_rate()
    person = somebody_with_everything()
    make_evidence_file(make_ready_application())
    client = browser_of(make_officer())

    answer = client.post(f"/admin/office/people/{person.pk}/timeline/export/")

    rows = answer.content.decode().splitlines()
    last = [json.loads(row) for row in rows if '"line"' in row][-1]
    assert seals.check_file(rows).faults == []
    assert last["verb"] == "history exported"
    assert "no-store" in answer["Cache-Control"]


def test_the_whole_history_verifies_and_who_took_it_is_noted():
    somebody_with_everything()
    client = browser_of(make_officer())

    answer = client.post("/admin/office/history/export/")

    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert seals.check_file(rows).faults == []
    assert history.of("staff").get().verb == "whole history exported"


def test_a_copy_of_a_changed_history_says_so():
    person = somebody_with_everything()
    client = browser_of(make_officer())
    change = "UPDATE foundation_event SET verb = 'agreed' WHERE chain_id = %s AND number = 2"

    with tampered(change, person.history_key):
        answer = client.post(f"/admin/office/people/{person.pk}/timeline/export/")

    faults = seals.check_file(answer.content.decode().splitlines()).faults
    assert [(one.subject_key, one.number) for one in faults] == [(person.history_key, 2)]


def test_the_script_is_the_one_that_the_portal_uses():
    answer = browser_of(make_officer()).get("/admin/office/history/script/")

    assert answer.content.decode().startswith("#!/usr/bin/env python3")
    assert 'filename="verify_history.py"' in answer["Content-Disposition"]


def test_the_newest_anchors_are_shown_to_be_kept_elsewhere():
    assert "The first is made tonight." in _history_page()

    history.record("one", "came", at=A_MOMENT, by=None)
    anchor = history.add(seals.ANCHORS, "anchored", at=timezone.now(), by=None, text="", salt="")

    assert anchor.digest in _history_page()


def _history_page():
    return browser_of(make_officer()).get("/admin/office/history/").content.decode()


@pytest.mark.parametrize(
    "way",
    [
        "people/{}/timeline/",
        "people/{}/timeline/export/",
        "history/",
        "history/export/",
        "history/script/",
        "letters/{}/came-back/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_the_permission_and_members_are_refused(way, method):
    person = somebody_with_everything()
    way = f"/admin/office/{way.format(person.pk)}"

    codes = {
        getattr(browser_of(user), method)(way).status_code for user in (make_clerk(), person.user)
    }

    assert codes <= {302, 403, 405}
    assert 403 in codes or method == "get" or "export" not in way
