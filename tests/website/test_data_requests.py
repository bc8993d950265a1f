"""What others wrote of somebody: asked for, decided entry by entry, answered in time, fetched."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from cmsuk.schedule import BEAT_SCHEDULE
from foundation import history
from foundation.dates import add_months, add_years
from foundation.models import Letter
from membership.models import Person
from records import keeping
from records.pack import Verdict
from tests.factories import A_MOMENT, make_clerk, make_officer, make_person
from tests.website.asking import (
    COMPLAINT,
    ENQUIRY,
    NOTE,
    OPINION,
    ask,
    make_zebedina,
    signed_in,
    unpacked,
    written_about,
)
from website import data_requests, tasks
from website.data_requests import NotPossible
from website.models import DataItem, DataRequest

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
THIRTY_FIRST = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)


def office_client(officer=None):
    client = Client()
    client.force_login(officer or make_officer())
    return client


def decide_all(request, verdict=Verdict.WHOLE, words=""):
    for item in request.items.all():
        data_requests.decide(
            item_id=item.pk, verdict=verdict, words=words, by=make_officer(), at=A_MOMENT
        )


def answered(request, at=A_MOMENT):
    decide_all(request)
    return data_requests.answer(request_id=request.pk, words="", by=make_officer(), at=at)


def letters():
    return sorted(Letter.objects.exclude(kind__startswith="directory").values_list("kind", "to"))


# Asked ---------------------------------------------------------------------------------------


def test_asking_gathers_what_every_other_person_wrote_and_tells_both_sides():
    person = written_about()
    Letter.objects.all().delete()

    request = ask(person)

    assert [item.model for item in request.items.all()] == [
        "membership.Referee",
        "directory.Enquiry",
        "foundation.Event",
        "website.Complaint",
    ]
    assert letters() == [
        ("data_request_received", person.email),
        ("office_data_request", "info@cmsuk.org"),
    ]
    assert history.of(request.history_key).get().verb == "asked"


def test_ones_own_words_are_not_among_them():
    person = make_zebedina()
    history.record(person.history_key, "told us", at=A_MOMENT, by=person.user, text="I moved.")
    history.record(person.history_key, "approved", at=A_MOMENT, by=make_officer(), text="A1234567.")
    history.record(person.history_key, "lapsed", at=A_MOMENT, by=None, text="on 3 March 2026")

    assert ask(person).items.count() == 0


def test_while_one_is_open_asking_again_is_the_same_request():
    person = make_zebedina()
    first = ask(person)

    again = ask(person)
    answered(first)
    later = ask(person, at=A_MOMENT + DAY)

    assert (again, later == first) == (first, False)


@pytest.mark.parametrize(
    ("asked_at", "due"),
    [
        (dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC), dt.date(2026, 4, 15)),
        (THIRTY_FIRST, dt.date(2026, 2, 28)),
        (dt.datetime(2028, 1, 31, 12, tzinfo=dt.UTC), dt.date(2028, 2, 29)),
        (dt.datetime(2026, 12, 31, 12, tzinfo=dt.UTC), dt.date(2027, 1, 31)),
    ],
)
def test_the_answer_is_due_in_a_calendar_month_and_never_a_day_later(asked_at, due):
    assert ask(make_zebedina(), at=asked_at).due_on == due


# The clock -----------------------------------------------------------------------------------


def test_two_months_more_are_counted_from_the_day_of_asking_and_told_with_the_reason():
    request = ask(make_zebedina(), at=THIRTY_FIRST)

    extended = data_requests.extend(
        request_id=request.pk, because="There is much.", by=make_officer(), at=THIRTY_FIRST + DAY
    )

    assert extended.due_on == dt.date(2026, 4, 30)
    assert "There is much." in Letter.objects.get(kind="data_request_extended").text


@pytest.mark.parametrize(("days", "may"), [(28, True), (29, False)])
def test_more_time_is_taken_within_the_first_month_and_once(days, may):
    request = ask(make_zebedina(), at=THIRTY_FIRST)
    facts = {"request_id": request.pk, "because": "Much.", "by": make_officer()}

    if not may:
        with pytest.raises(NotPossible, match="too late"):
            data_requests.extend(**facts, at=THIRTY_FIRST + days * DAY)
        return
    data_requests.extend(**facts, at=THIRTY_FIRST + days * DAY)
    with pytest.raises(NotPossible, match="twice"):
        data_requests.extend(**facts, at=THIRTY_FIRST + days * DAY)


def test_the_clock_stands_while_it_is_not_known_who_asks():
    request = ask(make_zebedina(), at=THIRTY_FIRST)
    step = {"request_id": request.pk, "by": make_officer()}

    data_requests.pause(**step, at=THIRTY_FIRST + 2 * DAY)
    reminded = data_requests.remind(on=request.due_on, at=A_MOMENT)
    resumed = data_requests.resume(**step, at=THIRTY_FIRST + 7 * DAY)

    assert reminded == 0
    assert resumed.due_on == request.due_on + 5 * DAY
    assert "Do not send copies" in Letter.objects.get(kind="data_request_paused").text
    with pytest.raises(NotPossible):
        data_requests.resume(**step, at=A_MOMENT)


@pytest.mark.parametrize(("left", "letters"), [(8, 0), (7, 1), (1, 0), (0, 1), (-1, 0), (-7, 1)])
def test_the_office_is_reminded_before_on_and_after_the_day(left, letters):
    request = ask(make_zebedina())
    on = request.due_on - left * DAY

    for _twice in range(2):
        data_requests.remind(on=on, at=A_MOMENT)

    assert Letter.objects.filter(kind="office_data_request_due").count() == letters


def test_celery_reminds_every_morning():
    request = ask(make_zebedina())

    with time_machine.travel(dt.datetime.combine(request.due_on, dt.time(9), dt.UTC), tick=False):
        tasks.remind_of_data_requests.apply().get()

    assert Letter.objects.filter(kind="office_data_request_due").count() == 1
    name = tasks.remind_of_data_requests.name
    assert [each["task"] for each in BEAT_SCHEDULE.values()].count(name) == 1


# Decided and answered ------------------------------------------------------------------------


def test_nothing_is_answered_while_an_entry_waits():
    request = ask(written_about())

    with pytest.raises(NotPossible, match="4 entries wait"):
        data_requests.answer(request_id=request.pk, words="", by=make_officer(), at=A_MOMENT)


@pytest.mark.parametrize("verdict", [Verdict.REDACTED, Verdict.WITHHELD])
def test_a_part_and_a_refusal_need_words(verdict):
    item = ask(written_about()).items.first()

    with pytest.raises(NotPossible, match="Write what may be given"):
        data_requests.decide(
            item_id=item.pk, verdict=verdict, words=" ", by=make_officer(), at=A_MOMENT
        )


def test_what_was_decided_is_in_the_pack_and_what_was_withheld_is_not():
    person = written_about()
    request = ask(person)
    verdicts = {
        "membership.Referee": (Verdict.WITHHELD, "Given in confidence (paragraph 24)."),
        "directory.Enquiry": (Verdict.WHOLE, ""),
        "foundation.Event": (Verdict.REDACTED, "Called about the form."),
        "website.Complaint": (Verdict.WITHHELD, "It would tell of another person."),
    }
    for item in request.items.all():
        verdict, words = verdicts[item.model]
        data_requests.decide(
            item_id=item.pk, verdict=verdict, words=words, by=make_officer(), at=A_MOMENT
        )
    data_requests.answer(request_id=request.pk, words="Thank you.", by=make_officer(), at=A_MOMENT)

    with time_machine.travel(A_MOMENT + DAY, tick=False):
        client = signed_in(person)
        page = client.get("/profile/data/take/").content.decode()
        files = unpacked(client.get(f"/profile/data/fetch/{request}/"))

    whole = " ".join(files.values())
    assert f"/profile/data/fetch/{request}/" in page
    assert ENQUIRY in whole
    assert not [words for words in (OPINION, NOTE, COMPLAINT) if words in whole]
    read_me = files["read-me-first.html"]
    assert "Given in confidence (paragraph 24)." in read_me
    assert "Called about the form." in read_me
    assert "set aside" not in read_me
    assert history.of(request.history_key).first().verb == "downloaded their data"
    assert "/profile/data/" in Letter.objects.get(kind="data_request_ready").text


@pytest.mark.parametrize(("days", "status"), [(0, 200), (29, 200), (30, 404)])
def test_what_was_decided_can_be_fetched_for_thirty_days(days, status):
    person = make_zebedina()
    request = answered(ask(person))

    with time_machine.travel(A_MOMENT + days * DAY + dt.timedelta(seconds=1), tick=False):
        answer = signed_in(person).get(f"/profile/data/fetch/{request}/")

    assert answer.status_code == status


def test_nobody_fetches_what_was_decided_for_somebody_else():
    request = answered(ask(written_about()))

    with time_machine.travel(A_MOMENT, tick=False):
        answer = signed_in(make_person()).get(f"/profile/data/fetch/{request}/")

    assert answer.status_code == 404


def test_what_was_handed_out_goes_a_month_later_and_the_request_after_three_years():
    person = written_about()
    request = ask(person)
    decide_all(request, Verdict.WITHHELD, "A ground.")
    data_requests.answer(request_id=request.pk, words="", by=make_officer(), at=A_MOMENT)
    closed_on = A_MOMENT.date()

    keeping.run(on=add_months(closed_on, 1))
    emptied = set(DataItem.objects.values_list("words", "verdict"))
    keeping.run(on=add_years(closed_on, 3))

    assert emptied == {("", "withheld")}
    assert not DataRequest.objects.exists()


# Corrections ---------------------------------------------------------------------------------


def test_a_new_name_is_asked_for_checked_and_written():
    person = make_zebedina()
    client = signed_in(person)
    client.post("/profile/data/correct/", {"about": "name", "words": "I am Mrs Example now."})
    request = DataRequest.objects.get()

    page = f"/admin/website/datarequest/{request.pk}/answer/"
    office_client().post(page, {"family_name": "Example", "words": "Done."})

    assert Person.objects.get(pk=person.pk).name == "Zebedina Example"
    assert history.of(person.history_key).first().verb == "put the name right"
    assert "Done." in Letter.objects.get(kind="data_request_answered").text
    assert "Done." in client.get("/profile/data/").content.decode()


def test_sending_a_correction_twice_is_sending_it_once():
    client = signed_in(make_zebedina())
    for _twice in range(2):
        client.post("/profile/data/correct/", {"about": "other", "words": "The date is wrong."})

    assert DataRequest.objects.count() == 1


def test_a_correction_without_words_says_how_to_mend_it():
    answer = signed_in(make_zebedina()).post("/profile/data/correct/", {"about": "other"})

    assert "Write what is wrong and how it should be." in answer.content.decode()


# The office ----------------------------------------------------------------------------------


def test_the_office_reads_each_entry_decides_and_answers():
    request = ask(written_about())
    client = office_client()
    page = f"/admin/website/datarequest/{request.pk}/change/"
    items = list(request.items.all())

    shown = client.get(page).content.decode()
    read = client.get(f"/admin/website/datarequest/{items[0].pk}/decide/").content.decode()
    refused = client.post(
        f"/admin/website/datarequest/{items[0].pk}/decide/", {"verdict": "withheld"}
    ).content.decode()
    for item in items:
        client.post(f"/admin/website/datarequest/{item.pk}/decide/", {"verdict": "whole"})
    client.post(f"/admin/website/datarequest/{request.pk}/answer/", {"words": ""})

    assert shown.count("Not decided yet") == 4
    assert OPINION in read
    assert "Write the part that is given" in refused
    request.refresh_from_db()
    assert request.closed_at is not None


def test_an_entry_that_was_deleted_meanwhile_says_so():
    person = written_about()
    item = ask(person).items.first()
    person.applications.get(state="declined").referees.all().delete()

    page = office_client().get(f"/admin/website/datarequest/{item.pk}/decide/")

    assert "It was deleted meanwhile" in page.content.decode()


def test_a_clerk_reads_nothing_of_it():
    request = ask(written_about())
    client = office_client(make_clerk())
    item = request.items.first()

    pages = [f"/admin/website/datarequest/{request.pk}/{step}/" for step in ("extend", "answer")]
    codes = {client.get(page).status_code for page in pages}
    codes.add(client.get(f"/admin/website/datarequest/{item.pk}/decide/").status_code)
    codes.add(client.post(f"/admin/website/datarequest/{request.pk}/pause/").status_code)

    assert codes == {403}


@time_machine.travel(A_MOMENT + DAY, tick=False)
def test_the_clock_is_stopped_and_started_from_the_page():
    request = ask(make_zebedina())
    client = office_client()

    client.post(f"/admin/website/datarequest/{request.pk}/pause/")
    stands = DataRequest.objects.get().paused_on
    client.post(f"/admin/website/datarequest/{request.pk}/resume/")
    again = client.post(f"/admin/website/datarequest/{request.pk}/resume/", follow=True)
    client.post(f"/admin/website/datarequest/{request.pk}/extend/", {"because": "Much."})

    request.refresh_from_db()
    assert stands is not None
    assert request.paused_on is None
    assert "nothing to resume" in again.content.decode()
    assert request.extended_because == "Much."


def test_the_office_home_leads_to_what_is_due():
    request = ask(make_zebedina())

    page = office_client().get("/admin/").content.decode()

    assert "request about data is to be answered" in page
    assert "/admin/website/datarequest/?standing=open" in page
    answered(request)
    assert "request about data is" not in office_client().get("/admin/").content.decode()


def test_an_answered_request_takes_no_further_step():
    request = answered(ask(make_zebedina()))
    step = {"request_id": request.pk, "by": make_officer(), "at": A_MOMENT}

    for refused in (
        lambda: data_requests.pause(**step),
        lambda: data_requests.extend(**step, because="Much."),
        lambda: data_requests.answer(**step, words=""),
    ):
        with pytest.raises(NotPossible, match="was answered on"):
            refused()


# What must always be true --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"kind": "other"}, "a_data_request_says_who_and_what"),
        ({"due_on": dt.date(2020, 1, 1)}, "a_data_request_is_due_later"),
        ({"extended_at": A_MOMENT}, "a_data_request_is_extended_for_a_reason"),
        ({"extended_because": "Much."}, "a_data_request_is_extended_for_a_reason"),
        ({"closed_at": A_MOMENT}, "a_data_request_is_closed_by_somebody"),
    ],
)
def test_the_database_refuses_a_request_that_cannot_be(wrong, name):
    request = ask(make_zebedina())

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        DataRequest.objects.filter(pk=request.pk).update(**wrong)


def test_the_database_refuses_a_second_open_request_and_a_verdict_of_nobody():
    request = ask(written_about())
    item = request.items.first()
    row = {
        name: getattr(request, name) for name in ("kind", "person", "email", "asked_at", "due_on")
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.create(reference="D-2026-9999", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataItem.objects.filter(pk=item.pk).update(verdict="whole")
    with pytest.raises(IntegrityError), transaction.atomic():
        DataItem.objects.create(request=request, model=item.model, key=item.key, title="Twice")
