"""The pages of the register: the owner's alone."""

import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from records.models import ClientRecord, ScheduleRun
from tests.factories import A_DAY, A_MOMENT, make_clerk, make_officer, make_person
from tests.records.records import hold_on, in_boxes, make_due_record, make_record, make_register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]


def typed(**changed):
    facts = {
        "reference": "CM-0042",
        "born_on": "1975-03-09",
        "capacity": "has",
        "category": "general",
        "care_concluded_on": "2022-06-15",
    }
    return in_boxes(facts | changed)


def addresses(record):
    hold = hold_on(record)
    return [
        reverse("records:record", args=[record.key]),
        reverse("records:change", args=[record.key]),
        reverse("records:add_hold", args=[record.key]),
        reverse("records:keep_longer", args=[record.key]),
        reverse("records:resolve_hold", args=[record.key, hold.pk]),
    ]


def test_a_stranger_is_sent_to_the_login(client):
    record = make_record()

    for url in ["/records/", "/records/add/", *addresses(record)]:
        for answer in (client.get(url), client.post(url, typed())):
            assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={url}")

    assert ClientRecord.objects.count() == 1


@pytest.mark.parametrize("somebody_else", [lambda: make_person().user, make_clerk, make_officer])
def test_another_member_and_the_office_do_not_find_a_record(client, somebody_else):
    record = make_record(reference="CM-SEEN-1")
    urls = addresses(record)
    before = ClientRecord.objects.values().get()
    client.force_login(somebody_else())

    answers = [client.get(url).status_code for url in urls]
    answers += [client.post(url, typed(resolved_on="2026-06-01")).status_code for url in urls]

    assert answers == [404] * 10
    assert "CM-SEEN-1" not in client.get("/records/").text
    assert ClientRecord.objects.values().get() == before
    assert record.holds.get().resolved_on is None


def test_a_hold_of_somebody_else_is_not_reached_through_ones_own_record(client):
    theirs = hold_on(make_record())
    mine = make_record()
    client.force_login(mine.owner.user)

    answer = client.post(
        reverse("records:resolve_hold", args=[mine.key, theirs.pk]),
        in_boxes({"resolved_on": "2026-06-01"}),
    )

    assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.resolved_on is None


def test_an_empty_register_says_how_to_begin(client):
    register = make_register()
    client.force_login(register.owner.user)

    page = client.get("/records/")

    assert "You have no records here yet" in page.text
    assert f'href="/records/registers/{register.key}/add/"' in page.text


def test_a_record_is_added_and_shown_with_its_date_and_reason(client):
    client.force_login(make_register().owner.user)

    page = client.post("/records/add/", typed(), follow=True)

    record = ClientRecord.objects.get()
    assert page.redirect_chain == [(f"/records/{record.key}/", 302)]
    assert "The record is in your register." in page.text
    assert "Keep until 15 June 2030" in page.text
    assert "Record CM-0042" in page.text
    assert "record added" in page.text
    listed = client.get("/records/").text
    assert "CM-0042" in listed
    assert "Keep until 15 June 2030" in listed


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"reference": ""}, "reference", "Enter the number your organisation files"),
        ({"reference": "943 476 5919"}, "reference", "looks like an NHS number"),
        ({"reference": "Perdita Example 1"}, "reference", "reads like a name"),
        ({"reference": "1" * 41}, "reference", "at most 40 characters"),
        ({"reference": "CM\x001"}, "reference", "Null characters"),
        ({"care_concluded_on": "2026-11-23"}, "care_concluded_on", "is in the future"),
        ({"care_concluded_on": "1975-03-08"}, "care_concluded_on", "before the date of birth"),
        ({"category": "dental"}, "category", "dental"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_stored(client, changed, field, words):
    client.force_login(make_register().owner.user)

    page = client.post("/records/add/", typed(**changed))

    assert words in " ".join(page.context["form"].errors[field])
    assert 'name="born_on_year" value="1975"' in page.text
    assert ClientRecord.objects.count() == 0


def test_a_reference_with_markup_is_shown_as_typed(client):
    record = make_record(reference="<b>1</b>")
    client.force_login(record.owner.user)

    texts = [client.get("/records/").text, client.get(f"/records/{record.key}/").text]

    assert ["<b>1" in text for text in texts] == [False, False]
    assert ["&lt;b&gt;1" in text for text in texts] == [True, True]


def test_the_same_reference_twice_is_refused_at_its_field(client):
    record = make_record(reference="CM-0042")
    client.force_login(record.owner.user)

    page = client.post("/records/add/", typed(reference="cm-0042"))

    assert "already a record cm-0042" in page.context["form"].errors["reference"][0]
    assert ClientRecord.objects.count() == 1


def test_a_record_is_changed(client):
    record = make_record(reference="CM-0042")
    client.force_login(record.owner.user)
    url = f"/records/{record.key}/change/"

    shown = client.get(url)
    client.post(url, typed(care_concluded_on="2023-01-01"))

    record.refresh_from_db()
    assert 'name="care_concluded_on_day" value="15"' in shown.text
    assert record.retain_until == dt.date(2031, 1, 1)


def test_a_record_cannot_take_the_reference_of_another(client):
    record = make_record(reference="CM-0042")
    make_record(record.owner, reference="CM-0043")
    client.force_login(record.owner.user)

    page = client.post(f"/records/{record.key}/change/", typed(reference="CM-0043"))

    assert "already a record CM-0043" in page.context["form"].errors["reference"][0]
    record.refresh_from_db()
    assert record.reference == "CM-0042"


def test_a_record_that_is_not_there_is_not_found(client):
    client.force_login(make_person().user)

    assert client.get(f"/records/{uuid.uuid4()}/").status_code == 404
    assert client.get("/records/1/").status_code == 404


def test_the_register_takes_the_same_queries_for_one_record_and_for_three(
    client, django_assert_max_num_queries
):
    owner = make_person()
    client.force_login(owner.user)
    hold_on(make_record(owner))
    client.get("/records/")

    with django_assert_max_num_queries(10) as one:
        client.get("/records/")
    hold_on(make_due_record(owner))
    make_due_record(owner)
    with django_assert_max_num_queries(10) as three:
        client.get("/records/")

    assert len(one) == len(three)


def test_the_office_sees_the_runs_in_counts_and_no_record(client):
    make_due_record(reference="CM-8801")
    ScheduleRun.objects.create(judged_on=A_DAY, started_at=A_MOMENT, due_for_review=8801)
    client.force_login(make_officer())

    runs = client.get(reverse("admin:records_schedulerun_changelist"))
    index = client.get("/admin/").text

    assert "8801" in runs.text
    assert "CM-8801" not in runs.text
    assert client.get("/admin/records/clientrecord/").status_code == 404
    assert "/admin/records/clientrecord/" not in index
    assert "CM-8801" not in index
    assert client.get("/admin/records/schedulerun/add/").status_code == 403


def test_staff_without_the_permission_do_not_see_the_runs(client):
    clerk = make_clerk()
    client.force_login(clerk)
    url = reverse("admin:records_schedulerun_changelist")

    refused = client.get(url).status_code
    clerk.user_permissions.add(Permission.objects.get(codename="view_schedulerun"))

    assert (refused, client.get(url).status_code) == (403, 200)
