"""The pages of destruction: choosing, proposing, the office's, the meeting pack."""

import pytest
import time_machine
from django.contrib.auth.models import Permission

from foundation import papers
from records import register
from records.disposal import meeting
from records.models import Certificate, ClientRecord, Disposal
from tests.factories import A_DAY, A_MOMENT, make_clerk, make_member, make_person
from tests.records.disposals import BECAUSE, OFFICER, destroyed, propose
from tests.records.records import hold_on, in_boxes, make_due_record, make_record, make_register
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
PROPOSE = "/records/disposals/propose/"
TYPED = {
    "because": BECAUSE,
    "way": "witness",
    "witness_name": "Wanda Witness",
    "witness_email": "Wanda@example.org",
    "looked": "on",
}


@pytest.fixture
def november():
    with time_machine.travel(A_MOMENT, tick=False):
        yield


@pytest.fixture
def owner():
    return make_person(given_name="Ruth", family_name="Secretname")


@pytest.fixture
def hers(client, owner):
    client.force_login(owner.user)
    return client


@pytest.fixture
def officer():
    user = make_clerk()
    user.user_permissions.add(Permission.objects.get(codename="dispose_record"))
    return browser_of(user)


def naming(*records):
    return PROPOSE + "?" + "&".join(f"record={record.key}" for record in records)


# Choosing and proposing -----------------------------------------------------------------------


def test_what_waits_is_shown_with_what_the_rules_say_of_each(hers, owner):
    make_due_record(owner, reference="CM-1")
    make_due_record(owner, reference="CM-2", capacity="unknown")
    make_record(owner, reference="CM-3")

    page = hers.get(PROPOSE)

    verdicts = {each.record.reference: each.may_go for each in page.context["found"]}
    assert verdicts == {"CM-1": True, "CM-2": False}
    assert "Whether the client has capacity is not recorded" in page.text


def test_choosing_nothing_is_said(hers, owner):
    make_due_record(owner)

    assert "Choose at least one record" in hers.get(f"{PROPOSE}?choose=1").text


def test_several_are_proposed_in_one_go(hers, owner):
    records = [make_due_record(owner) for _ in range(3)]

    page = hers.post(naming(*records), TYPED, follow=True)

    disposal = Disposal.objects.get()
    assert "Waits for the second signature" in page.text
    assert disposal.lines.count() == 3
    assert disposal.witnesses.get().email == "wanda@example.org"


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"because": ""}, "because", "Say why it is no longer needed"),
        ({"because": "Ask pat@example.org"}, "because", "looks like an e-mail address"),
        ({"way": ""}, "way", "Choose who signs second"),
        ({"way": "colleague"}, "way", "Select a valid choice"),
        ({"witness_name": ""}, "witness_name", "Enter the name of the witness"),
        ({"witness_email": ""}, "witness_email", "Enter the e-mail address"),
        ({"witness_email": "nobody"}, "witness_email", "name@example.org"),
        ({"looked": ""}, "looked", "Confirm that you have looked"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_proposed(hers, owner, changed, field, words):
    record = make_due_record(owner)

    page = hers.post(naming(record), TYPED | changed)

    assert words in page.context["form"].errors[field][0]
    assert not Disposal.objects.exists()


def test_ones_own_address_is_no_witness(hers, owner):
    record = make_due_record(owner)

    page = hers.post(naming(record), TYPED | {"witness_email": owner.email.upper()})

    assert "cannot sign twice" in page.context["form"].errors["witness_email"][0]


def test_records_of_two_registers_are_not_proposed_together(hers, owner):
    first = make_due_record(owner)
    second = make_record(
        owner, into=make_register(owner), care_concluded_on=first.care_concluded_on
    )

    page = hers.post(naming(first, second), TYPED)

    assert "one register at a time" in page.text
    assert not Disposal.objects.exists()


def test_somebody_elses_record_is_passed_over(hers, owner):
    theirs = make_due_record(reference="CM-THEIRS-1")

    page = hers.post(naming(theirs), TYPED)

    assert "CM-THEIRS-1" not in page.text
    assert not Disposal.objects.exists()


def test_a_key_that_is_none_is_passed_over(hers):
    assert hers.get(f"{PROPOSE}?record=nonsense").status_code == 200


def test_a_record_on_hold_says_that_it_cannot_be_destroyed(hers, owner):
    record = make_due_record(owner)
    hold_on(record)

    page = hers.get(f"/records/{record.key}/")
    tried = hers.post(naming(record), TYPED)

    assert "this record cannot be destroyed" in page.text
    assert "propose it for destruction" not in page.text
    assert "Cannot be destroyed" in tried.text
    assert not Disposal.objects.exists()


def test_a_record_shows_that_it_is_proposed(hers, owner):
    record = make_due_record(owner)
    disposal = propose(record)

    page = hers.get(f"/records/{record.key}/")

    assert f"/records/disposals/{disposal.key}/" in page.text


def test_what_has_changed_shows_before_anybody_signs(hers, owner):
    record = make_due_record(owner)
    disposal = propose(record)
    hold_on(record)

    page = hers.get(f"/records/disposals/{disposal.key}/")

    assert "Would not be destroyed now" in page.text


def test_what_waits_is_named_by_its_reference(hers, owner):
    propose(make_due_record(owner, reference="A-1"), make_due_record(owner, reference="B-2"))

    assert ">A-1 and 1 more</a>, proposed on" in hers.get("/records/disposals/").text


def test_after_the_second_signature_one_press_leads_to_confirming_the_file(hers, owner):
    certificate = destroyed(make_due_record(owner))
    page = f"/records/disposals/{certificate.line.disposal.key}/"
    confirm = f"/records/certificates/{certificate.number}/file/"

    before = hers.get(page).text
    hers.post(confirm, in_boxes({"method": "shredded", "destroyed_on": f"{A_DAY}"}))
    after = hers.get(page).text

    assert f'href="{confirm}"' in before
    assert f'href="{confirm}"' not in after


def test_a_disposal_is_taken_back_by_its_proposer(hers, owner):
    disposal = propose(make_due_record(owner))

    asked = hers.get(f"/records/disposals/{disposal.key}/withdraw/")
    page = hers.post(f"/records/disposals/{disposal.key}/withdraw/", follow=True)

    assert "Take the proposal back?" in asked.text
    assert "Nothing was destroyed" in page.text
    assert Disposal.objects.get().ending == "withdrawn"


@pytest.mark.parametrize("way", ["", "sign/", "withdraw/", "ask/"])
@pytest.mark.parametrize("somebody", [lambda: make_member().user, make_clerk])
def test_a_disposal_is_nobody_elses(owner, somebody, way):
    disposal = propose(make_due_record(owner))
    client = browser_of(somebody())
    address = f"/records/disposals/{disposal.key}/{way}"

    assert {client.get(address).status_code, client.post(address).status_code} == {404}
    assert Disposal.objects.get().is_waiting


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_however_long(
    hers, owner, django_assert_max_num_queries, count
):
    for _ in range(count):
        make_due_record(owner)
        propose(make_due_record(owner), second=OFFICER)
        destroyed(make_due_record(owner))

    with django_assert_max_num_queries(13):
        hers.get("/records/disposals/")
    with django_assert_max_num_queries(12):
        hers.get(PROPOSE)
    with django_assert_max_num_queries(12):
        hers.get("/records/meeting-pack/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_disposal_takes_the_same_queries_however_many_records(
    hers, owner, django_assert_max_num_queries, count
):
    disposal = propose(*[make_due_record(owner) for _ in range(count)])

    with django_assert_max_num_queries(14):
        hers.get(f"/records/disposals/{disposal.key}/")


# The meeting pack -----------------------------------------------------------------------------


def test_the_pack_has_every_record_that_is_due_with_dates_holds_and_boxes(hers, owner):
    make_due_record(owner, reference="CM-DUE-1")
    held = make_due_record(owner, reference="CM-HELD-1")
    hold_on(held)
    make_record(owner, reference="CM-KEPT-1")
    make_due_record(reference="CM-THEIRS-1")

    page = hers.get("/records/meeting-pack/")
    pdf = hers.get("/records/meeting-pack/pdf/")

    assert [words for words in ("CM-KEPT-1", "CM-THEIRS-1") if words in page.text] == []
    for words in ("CM-DUE-1", "15 June 2023: R-A1, governs", "Legal case, opened 5 January 2026"):
        assert words in page.text
    assert page.text.count("Second signature") == 2
    assert pdf.content.startswith(b"%PDF")


def test_a_pack_of_very_many_records_says_that_it_is_the_first_ones(owner):
    for _ in range(3):
        record = make_due_record(owner)

    paper = meeting.pack(record.register, on=A_DAY, most=2)

    assert "the first 2 of more than 2 records" in paper.parts[1].text
    assert papers.pdf(paper).startswith(b"%PDF")


def test_without_a_register_there_is_no_pack(hers):
    assert hers.get("/records/meeting-pack/")["Location"] == "/records/"


def test_who_has_nothing_due_gets_an_empty_pack(hers, owner):
    make_record(owner)

    assert "No record is due for review" in hers.get("/records/meeting-pack/").text


# The office -----------------------------------------------------------------------------------


def test_an_officer_sees_how_many_dates_and_rules_and_no_name(officer, owner):
    disposal = propose(make_due_record(owner, reference="ZS-42"), second=OFFICER)

    pages = [officer.get(f"/admin/office/disposals/{way}") for way in ("", f"{disposal.pk}/")]

    assert "1 record" in pages[0].text
    assert "R-A1" in pages[1].text
    assert "15 June 2023" in pages[1].text
    for page in pages:
        hidden = ("ZS-42", "Secretname", "Ruth", owner.email, BECAUSE, "1975")
        assert [words for words in hidden if words in page.text] == []


def test_an_officer_sees_name_and_reference_where_the_owner_chose_so(hers, officer, owner):
    record = make_due_record(owner, reference="ZS-42")
    hers.post(naming(record), TYPED | {"way": "officer", "shows_names": "on"})
    disposal = Disposal.objects.get()

    page = officer.get(f"/admin/office/disposals/{disposal.pk}/")

    assert disposal.shows_names
    assert "ZS-42" in page.text
    assert "Secretname" in page.text


def test_the_choice_for_an_officer_counts_for_no_other_way(hers, owner):
    hers.post(naming(make_due_record(owner)), TYPED | {"shows_names": "on"})

    assert not Disposal.objects.get().shows_names


def test_an_officer_signs(officer, owner):
    disposal = propose(make_due_record(owner), second=OFFICER)

    page = officer.post(f"/admin/office/disposals/{disposal.pk}/", {"agrees": "on"}, follow=True)

    assert "You have signed." in page.text
    assert Certificate.objects.get().second_role == "officer"


def test_an_officer_who_ticks_nothing_signs_nothing(officer, owner):
    disposal = propose(make_due_record(owner), second=OFFICER)

    page = officer.post(f"/admin/office/disposals/{disposal.pk}/", {})

    assert "Tick the box if you agree" in page.text
    assert ClientRecord.objects.exists()


def test_an_officer_says_no(officer, owner):
    disposal = propose(make_due_record(owner), second=OFFICER)

    officer.post(f"/admin/office/disposals/{disposal.pk}/", {"decline": "1"})

    assert Disposal.objects.get().ending == "declined"


def test_what_a_witness_was_asked_is_not_on_the_offices_list(officer, owner):
    disposal = propose(make_due_record(owner))

    assert "Nothing waits." in officer.get("/admin/office/disposals/").text
    assert officer.get(f"/admin/office/disposals/{disposal.pk}/").status_code == 404


@pytest.mark.parametrize("way", ["", "1/"])
def test_staff_without_the_permission_are_refused(way):
    client = browser_of(make_clerk())

    assert client.get(f"/admin/office/disposals/{way}").status_code == 403


def test_the_offices_first_screen_says_how_many_wait(officer, owner):
    propose(make_due_record(owner, reference="ZS-42"), second=OFFICER)

    page = officer.get("/admin/")

    assert "disposal is to be signed" in page.text
    assert "Secretname" not in page.text


# The indefinite -------------------------------------------------------------------------------


def test_a_record_without_an_end_is_justified_for_a_year_and_then_again(owner):
    record = make_due_record(owner, capacity="lacks")
    with pytest.raises(register.DayNotAllowed, match="at least every 12 months"):
        keep(record, "2027-11-23")

    keep(record, "2027-11-22")

    waiting = ClientRecord.objects.filter(pk=record.pk)
    assert not waiting.waiting(A_DAY).exists()
    assert not waiting.waiting(A_DAY.replace(year=2027)).exists()
    assert waiting.waiting(A_DAY.replace(year=2027, day=23)).exists()


def keep(record, until):
    register.keep_longer(
        record_id=record.pk,
        until=A_DAY.fromisoformat(until),
        because="Care goes on elsewhere.",
        by=record.owner.user,
        at=A_MOMENT,
    )
