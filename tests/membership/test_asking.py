"""Asking for more: named items, each of which reopens its own section and no other."""

import datetime as dt

import pytest

from membership import clock, drafts, lifecycle, steps
from membership.models import Application, AskedItem
from tests.factories import A_DAY, A_MOMENT, make_officer, make_ready_application
from tests.membership import applying, deciding
from tests.membership.deciding import LATER, fresh, sent
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("five_minutes_later")]
State = Application.State
ITEMS = {"dbs": "Which certificate is it?", "work": "Which ward?"}


def asked(items=None, **kwargs):
    application = sent(**kwargs)
    lifecycle.ask(
        application_id=application.pk, by=make_officer(), at=A_MOMENT, items=items or ITEMS
    )
    return fresh(application)


def test_the_sections_that_can_be_asked_about_are_those_of_the_application():
    assert list(AskedItem.Section.choices) == [(step.key, step.title) for step in steps.STEPS]


def test_the_letter_lists_each_item_by_its_section():
    asked()

    text = deciding.newest_letter("more_information")

    assert "DBS check\nWhich certificate is it?" in text
    assert "Work details\nWhich ward?" in text


def test_asking_for_nothing_is_refused():
    application = sent()

    with pytest.raises(lifecycle.NothingAsked):
        lifecycle.ask(
            application_id=application.pk, by=make_officer(), at=A_MOMENT, items={"dbs": "  "}
        )

    assert fresh(application).state == State.SUBMITTED


def test_the_applicant_sees_what_is_asked_and_reads_the_rest():
    page = browser_of(asked().person).get("/apply/")

    assert [(task.name, task.status, task.hint) for task in page.context["tasks"][:2]] == [
        ("Work details", "Please answer", "Which ward?"),
        ("DBS check", "Please answer", "Which certificate is it?"),
    ]
    titles = [section.step.title for section in page.context["sections"]]
    assert "Home details" in titles
    assert "DBS check" not in titles


@pytest.mark.parametrize(
    "key", ["home", "qualifications", "registration", "history", "referees", "dbs"]
)
def test_the_page_of_a_section_repeats_what_is_asked_of_it(key):
    client = browser_of(asked({key: "Is “this” right?"}).person)

    page = client.get(f"/apply/{key}/").content.decode()

    assert "The office asks" in page
    assert "Is “this” right?" in page


def test_a_draft_is_asked_nothing():
    client = browser_of(make_ready_application().person)

    assert "The office asks" not in client.get("/apply/dbs/").content.decode()


@pytest.mark.parametrize(
    "way",
    [
        "/apply/home/",
        "/apply/qualifications/",
        "/apply/qualifications/add/",
        "/apply/qualifications/files/",
        "/apply/registration/",
        "/apply/referees/",
        "/apply/type/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_other_section_can_be_opened_or_changed(way, method):
    application = asked()
    before = list(type(application.person).objects.filter(pk=application.person.pk).values())

    answer = getattr(browser_of(application.person), method)(way, {"town": "Swansea"}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        (
            "The office did not ask about this section, so it stays as you sent it. "
            "If something in it is wrong, tell the office."
        )
    ]
    assert (
        list(type(application.person).objects.filter(pk=application.person.pk).values()) == before
    )


def test_it_is_not_sent_again_before_every_item_is_answered():
    application = asked()

    with pytest.raises(lifecycle.Unfinished) as caught:
        lifecycle.submit(application_id=application.pk, by=application.person.user, at=LATER)

    assert str(caught.value) == ("Finish these sections before you send: Work details, DBS check.")


def test_the_writer_refuses_a_closed_section_too():
    application = asked()

    with pytest.raises(drafts.NotAskedFor):
        drafts.finish(application_id=application.pk, key="history", at=A_MOMENT)


def test_an_entry_of_a_reopened_list_can_be_added():
    application = asked({"history": "Which of your jobs was it?"})

    drafts.finish(application_id=application.pk, key="history", at=LATER)

    assert "history" in fresh(application).sections_done


def test_another_type_opens_the_sections_that_it_needs_beside():
    application = asked({"type": "Are you a student?"})
    client = browser_of(application.person)

    client.post("/apply/type/", {"type": "student"})
    names = [task.name for task in client.get("/apply/").context["tasks"]]

    assert "Your course" in names
    assert "Home details" not in names


def test_it_is_sent_again_once_every_item_is_answered():
    application = asked({"dbs": "Which certificate is it?"})
    client = browser_of(application.person)

    too_early = applying.send(client)
    client.post("/apply/dbs/", applying.DBS)
    applying.send(client)

    assert "Finish these sections before you send: DBS check." in too_early.content.decode()
    again = fresh(application)
    assert (again.state, again.submitted_at) == (State.SUBMITTED, A_MOMENT)
    assert again.question == ""
    assert not again.asked_items.open().exists()
    assert "back with us, in the place that it had" in deciding.newest_letter("answers_received")


def test_what_is_missing_elsewhere_is_open_too_and_holds_it_up():
    application = asked({"dbs": "Which certificate is it?"})
    Application.objects.filter(pk=application.pk).update(indemnity_confirmed_at=None)

    with pytest.raises(lifecycle.Unfinished):
        deciding.send_again(application)


def test_a_finding_about_a_closed_section_does_not_hold_the_answer_up():
    application = asked({"dbs": "Which certificate is it?"})
    application.person.employments.update(is_case_management=False)

    deciding.send_again(application)

    assert fresh(application).state == State.SUBMITTED


def test_a_finding_about_a_reopened_section_does():
    application = asked({"history": "Which of your jobs was it?"})
    application.person.employments.update(is_case_management=False)

    with pytest.raises(lifecycle.NotReady):
        deciding.send_again(application)


def test_who_comes_second_is_told_who_asked_and_when():
    application = asked()

    with pytest.raises(lifecycle.WrongState) as caught:
        lifecycle.approve(application_id=application.pk, by=make_officer(), at=A_MOMENT)

    assert str(caught.value) == (
        "Olive Office asked the applicant for more on 22 November 2026 at 10:00. "
        "It waits for the applicant, so this cannot be done now."
    )


def test_declining_or_withdrawing_closes_the_items():
    one, other = asked(), asked()

    lifecycle.decline(application_id=one.pk, by=make_officer(), at=LATER, reason="No answer.")
    lifecycle.withdraw(application_id=other.pk, by=other.person.user, at=LATER)

    assert not AskedItem.objects.open().exists()


# The clock -----------------------------------------------------------------------------------

MONDAY = dt.date(2026, 11, 2)


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("pauses", "on", "paused"),
    [
        ([], day(10), 0),
        ([(day(1), day(1))], day(10), 0),
        ([(day(1), day(3))], day(10), 2),
        ([(day(1), None)], day(3), 2),
        ([(day(4), day(7))], day(10), 1),
        ([(day(1), day(2)), (day(2), day(4))], day(10), 3),
        ([(day(8), day(9))], day(7), 0),
    ],
)
def test_working_days_with_the_applicant_are_counted(pauses, on, paused):
    assert clock.days_paused(pauses, on=on) == paused


def test_the_clock_stands_while_it_waits_for_the_applicant():
    application = sent()
    week = dt.timedelta(days=7)
    lifecycle.ask(application_id=application.pk, by=make_officer(), at=A_MOMENT + week, items=ITEMS)

    away = clock.of(fresh(application), on=A_DAY + 3 * week)
    deciding.send_again(application, at=A_MOMENT + 3 * week)
    back = clock.of(fresh(application), on=A_DAY + 4 * week)

    assert (away.waited, away.is_paused) == (5, True)
    assert (back.waited, back.is_paused, back.is_late) == (10, False, False)


def test_who_comes_back_stands_before_who_was_sent_later():
    first = asked()
    second = sent()
    Application.objects.filter(pk=second.pk).update(submitted_at=A_MOMENT + dt.timedelta(hours=1))
    deciding.send_again(first, at=A_MOMENT + dt.timedelta(days=9))

    assert list(clock.waiting()) == [first, second]
