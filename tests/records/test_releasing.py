"""A register whose owner has died: handed out by two officers, taken, and then closed."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from foundation import history
from foundation.links import ExpiredLink
from foundation.models import Letter
from membership.models import Person
from records import care, handing_over, releasing
from records.models import ClientRecord, Register, Release
from records.releasing import CannotRelease, UsedLink
from tests.factories import A_DAY, A_MOMENT, make_clerk, make_member, make_officer
from tests.records.disposals import OFFICER, propose
from tests.records.records import hold_on, make_due_record, make_record, name_in
from tests.records.test_registers_office import left_behind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
LIST = "/admin/records/register/"
DAY = dt.timedelta(days=1)
TO = {"to_name": "Edda Executor", "to_email": "edda@example.org", "reason": "Probate seen today"}


def asked(register=None, by=None):
    register = register or left_behind()
    return releasing.ask(register_id=register.pk, **TO, by=by or make_officer(), at=A_MOMENT)


def agreed():
    return releasing.agree(release_id=asked().pk, by=make_officer(), at=A_MOMENT)


def taken():
    release = agreed()
    releasing.take(release_id=release.pk, at=A_MOMENT)
    return Release.objects.get(pk=release.pk)


def close(release, counted=1):
    releasing.close(release_id=release.pk, counted=counted, by=make_officer(), at=A_MOMENT)


def link_to(address=TO["to_email"]):
    letter = Letter.objects.filter(to=address, kind="records_released").latest("pk")
    (link,) = [line for line in letter.text.splitlines() if "/records/released/" in line]
    return link[link.index("/records/") :]


def steps_of(register):
    return [event.verb for event in history.of(register.history_key).order_by("number")]


# What happens --------------------------------------------------------------------------------


def test_two_officers_hand_it_out_somebody_takes_it_and_then_it_is_closed():
    one = left_behind()
    release = asked(one)

    releasing.agree(release_id=release.pk, by=make_officer(), at=A_MOMENT)
    file = Client().post(link_to()).getvalue().decode()
    close(release)

    one.refresh_from_db()
    release.refresh_from_db()
    assert "CM-8801" in file
    assert (one.state, one.closed_records, ClientRecord.objects.count()) == ("closed", 1, 0)
    assert (release.ending, release.ended_at) == ("closed", A_MOMENT)
    assert steps_of(one)[-4:] == [
        "release of the register asked for",
        "release of the register agreed to",
        "register taken out by link",
        "register closed",
    ]
    said = Letter.objects.get(kind="records_release_closed")
    assert said.to == TO["to_email"]
    assert "It held 1 record," in said.text


def test_a_record_on_hold_goes_with_the_file_and_its_hold_stands_in_it():
    record = make_record(make_member())
    hold_on(record)
    die(record.owner)
    release = asked(record.register)
    releasing.agree(release_id=release.pk, by=make_officer(), at=A_MOMENT)

    file = Client().post(link_to()).getvalue().decode()

    assert "legal:2026-01-05/" in file


def die(person):
    Person.objects.filter(pk=person.pk).update(
        died_on=A_DAY, death_recorded_at=A_MOMENT, death_recorded_by=make_officer()
    )
    care.sweep(at=A_MOMENT)


def test_what_nobody_takes_stays_however_long_it_takes():
    release = agreed()

    for years in range(1, 11):
        care.sweep(at=A_MOMENT + dt.timedelta(days=365 * years))

    assert ClientRecord.objects.count() == 1
    assert Register.objects.get().state == "leaving"
    with pytest.raises(CannotRelease, match="Nobody has taken the file yet"):
        close(release)


# What is refused -----------------------------------------------------------------------------


def test_whoever_asked_cannot_agree():
    officer = make_officer()
    release = asked(by=officer)

    with pytest.raises(CannotRelease, match="Somebody else has to agree"):
        releasing.agree(release_id=release.pk, by=officer, at=A_MOMENT)

    assert not Letter.objects.filter(kind="records_released").exists()


def test_neither_officer_is_who_takes_it():
    one, first, second = left_behind(), make_officer(), make_officer()
    to_second = {**TO, "to_email": second.email.upper()}

    with pytest.raises(CannotRelease, match="your own address"):
        releasing.ask(register_id=one.pk, **{**TO, "to_email": first.email}, by=first, at=A_MOMENT)
    release = releasing.ask(register_id=one.pk, **to_second, by=first, at=A_MOMENT)
    with pytest.raises(CannotRelease, match="your own address"):
        releasing.agree(release_id=release.pk, by=second, at=A_MOMENT)

    assert not Letter.objects.filter(kind="records_released").exists()


@pytest.mark.parametrize("because", ["resigned", "lapsed"])
def test_only_a_register_whose_owner_has_died_is_handed_out(because):
    one = left_behind()
    Register.objects.filter(pk=one.pk).update(leaving_because=because)

    with pytest.raises(CannotRelease, match="whose owner has died"):
        asked(one)


def test_not_while_a_member_may_still_take_it_over():
    record = make_record(make_member())
    name_in(record.register)
    die(record.owner)

    with pytest.raises(CannotRelease, match="A member may still take it over"):
        asked(record.register)


def test_not_while_a_destruction_waits():
    record = make_due_record(make_member())
    propose(record, second=OFFICER)
    die(record.owner)

    with pytest.raises(CannotRelease, match="proposed for destruction"):
        asked(record.register)


def test_once_at_a_time_and_no_offer_beside_it():
    one = left_behind()
    asked(one)
    member = make_member()

    with pytest.raises(CannotRelease, match="being handed out already"):
        asked(one)
    with pytest.raises(handing_over.CannotOffer, match="Take that back first"):
        handing_over.offer_for_the_office(
            register_id=one.pk,
            number=member.membership.number,
            email=member.email,
            reason="A letter",
            by=make_officer(),
            at=A_MOMENT,
        )


def test_it_is_closed_only_as_it_was_taken_and_with_the_right_count():
    release = taken()

    with pytest.raises(CannotRelease, match="holds 1 records"):
        close(release, counted=2)
    ClientRecord.objects.update(reference="CM-8802")
    with pytest.raises(CannotRelease, match="changed since the file was taken"):
        close(release)

    assert ClientRecord.objects.count() == 1


def test_it_is_not_closed_while_a_destruction_waits():
    due = ClientRecord.objects.filter(register=left_behind().pk)
    due.update(care_concluded_on=dt.date(2015, 6, 15))
    release = asked(Register.objects.get())
    releasing.agree(release_id=release.pk, by=make_officer(), at=A_MOMENT)
    releasing.take(release_id=release.pk, at=A_MOMENT)
    propose(due.get(), second=OFFICER)

    with pytest.raises(CannotRelease, match="proposed for destruction"):
        close(release)

    assert due.exists()


def test_a_death_that_was_no_death_takes_it_back():
    release = agreed()
    Person.objects.update(died_on=None, death_recorded_at=None, death_recorded_by=None)

    care.sweep(at=A_MOMENT)

    release.refresh_from_db()
    assert (release.ending, release.register.state) == ("withdrawn", "open")

    assert Client().get(link_to()).status_code == 410


# The link ------------------------------------------------------------------------------------


def test_opening_the_page_takes_nothing_and_shows_no_record():
    agreed()

    page = Client().get(link_to())

    assert "Take this register out, Edda Executor" in page.text
    assert "CM-8801" not in page.text
    assert Release.objects.get().taken_at is None


def test_a_new_link_ends_the_one_before_it():
    release = agreed()
    old = link_to()

    releasing.send_again(release_id=release.pk, by=make_officer(), at=A_MOMENT)

    assert [Client().get(link).status_code for link in (old, link_to())] == [410, 200]
    with pytest.raises(UsedLink, match="A newer letter"):
        releasing.find(old.split("/")[-2])


@pytest.mark.parametrize(("days", "works"), [(30, True), (31, False)])
def test_a_link_lasts_thirty_days(days, works):
    agreed()
    token = link_to().split("/")[-2]

    with time_machine.travel(A_MOMENT + days * DAY, tick=False):
        if works:
            assert releasing.find(token).to_name == "Edda Executor"
            return
        with pytest.raises(ExpiredLink):
            releasing.find(token)


def test_a_link_that_is_broken_or_of_another_kind_finds_nothing():
    assert Client().get("/records/released/abc/").status_code == 404


# The office's page ---------------------------------------------------------------------------


def page_of(register):
    return f"{LIST}{register.pk}/release/"


def test_the_office_goes_all_the_way_on_its_page_and_sees_no_record(client):
    one = left_behind()
    first, second = make_officer(), make_officer()
    seen = []

    client.force_login(first)
    seen.append(client.post(page_of(one), {**TO, "step": "ask"}, follow=True))
    seen.append(client.post(page_of(one), {"step": "agree"}, follow=True))
    client.force_login(second)
    listed = client.get(LIST)
    seen.append(client.post(page_of(one), {"step": "agree"}, follow=True))
    Client().post(link_to())
    seen.append(client.post(page_of(one), {"step": "close", "counted": "7"}, follow=True))
    seen.append(client.post(page_of(one), {"step": "close", "counted": "1"}, follow=True))

    one.refresh_from_db()
    assert one.state == "closed"
    assert "a colleague has to agree" in listed.text
    assert [words in page.text for page, words in zip(seen, SAID, strict=True)] == [True] * 5
    assert not any("CM-8801" in page.text for page in seen)


SAID = (
    "so a colleague has to agree",
    "Somebody else has to agree",
    "The link is on its way",
    "The register holds 1 records",
    "The register is closed",
)


def test_the_office_mends_what_it_typed_and_takes_it_back(client):
    one = left_behind()
    client.force_login(make_officer())

    wrong = client.post(page_of(one), {**TO, "to_email": "edda", "step": "ask"})
    client.post(page_of(one), {**TO, "step": "ask"})
    back = client.post(page_of(one), {"step": "back"}, follow=True)

    assert "Enter an address such as name@example.org." in wrong.text
    assert 'value="Edda Executor"' in wrong.text
    assert "Taken back" in back.text
    assert Release.objects.get().ending == "withdrawn"


@pytest.mark.parametrize("step", ["", "close", "burn"])
def test_a_step_that_cannot_be_taken_now_takes_nothing(client, step):
    release = agreed()
    client.force_login(make_officer())

    page = client.post(page_of(release.register), {"step": step, "counted": "1"}, follow=True)

    assert "Choose one of the buttons below." in page.text
    assert Release.objects.get().ended_at is None


def test_whoever_may_not_hand_out_is_refused(client):
    one = left_behind()
    client.force_login(make_clerk())

    codes = [getattr(client, way)(page_of(one)).status_code for way in ("get", "post")]

    assert codes == [403, 403]


# What the database holds to ------------------------------------------------------------------

BREAKERS = [
    ("release_ends_in_some_way", asked, {"ended_at": A_MOMENT}),
    ("release_ends_in_some_way", asked, {"ending": "withdrawn"}),
    ("who_takes_a_register_can_be_written_to", asked, {"to_email": ""}),
    ("who_takes_a_register_can_be_written_to", asked, {"to_name": ""}),
    ("register_is_released_for_a_reason", asked, {"reason": ""}),
    ("release_has_a_link_once_it_is_agreed", asked, {"agreed_at": A_MOMENT}),
    ("release_has_a_link_once_it_is_agreed", agreed, {"token_digest": ""}),
    ("register_is_taken_once_it_is_agreed", asked, {"taken_at": A_MOMENT, "taken_digest": "x"}),
    ("register_is_taken_once_it_is_agreed", agreed, {"taken_at": A_MOMENT}),
    (
        "nothing_is_closed_that_nobody_took",
        agreed,
        {"ended_at": A_MOMENT, "ending": "closed"},
    ),
]


@pytest.mark.parametrize(
    ("name", "make", "changed"), BREAKERS, ids=[name for name, *_rest in BREAKERS]
)
def test_the_database_refuses_a_release_that_cannot_be(name, make, changed):
    release = make()

    with pytest.raises(IntegrityError, match=rf"\b{name}\b"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**changed)


def test_the_database_refuses_one_officer_twice():
    release = agreed()

    with pytest.raises(IntegrityError, match="two_officers_release_a_register"):
        Release.objects.update(agreed_by=release.asked_by)


def test_the_database_refuses_two_at_a_time():
    release = asked()
    release.pk = None

    with pytest.raises(IntegrityError, match=r"one_release_at_a_time|release\.register_id"):
        release.save(force_insert=True)
