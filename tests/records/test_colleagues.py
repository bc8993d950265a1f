"""In a firm the second signature is that of another member who is named in the register."""

import datetime as dt

import pytest

from foundation.models import Letter
from records import closing, naming
from records.disposal import chasing, people, signing
from records.disposal.proposing import Second
from records.models import Certificate, ClientRecord, Disposal, NamedMember
from tests.factories import A_MOMENT, make_member, make_officer, make_person
from tests.records.disposals import destroyed, propose
from tests.records.records import make_due_record, make_register, name_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
COLLEAGUE = Second(Disposal.Way.COLLEAGUE)
DAY = dt.timedelta(days=1)


@pytest.fixture
def firm():
    """A register with an owner, a colleague and a record that is due."""
    register = make_register(make_person(given_name="Ruth"))
    name_in(register, make_member(make_person(given_name="Colin")))
    make_due_record(register.owner, reference="ZS-42")
    return register


@pytest.fixture
def colleague(firm):
    return firm.named.get().person


def address(disposal, way=""):
    return f"/records/disposals/{disposal.key}/{way}"


def test_the_colleague_is_written_to_and_signs(client, firm, colleague):
    disposal = propose(firm.records.get(), second=COLLEAGUE)
    client.force_login(colleague.user)

    shown = client.get(address(disposal, "sign/"))
    client.post(address(disposal, "sign/"), {"agrees": "on"})

    letter = Letter.objects.get(kind="disposal_to_sign")
    assert (letter.to, "ZS-42" in letter.text) == (colleague.email, False)
    assert "ZS-42" in shown.text
    certificate = Certificate.objects.get()
    assert (certificate.first_role, certificate.second_role) == ("owner", "named")
    assert not ClientRecord.objects.exists()


def test_the_colleague_proposes_and_the_owner_signs(firm, colleague):
    disposal = propose(firm.records.get(), second=COLLEAGUE, by=colleague.user)

    signing.sign(disposal_id=disposal.pk, by=firm.owner.user, at=A_MOMENT)

    certificate = Certificate.objects.get()
    assert (certificate.first_role, certificate.second_role) == ("named", "owner")
    assert Letter.objects.get(kind="disposal_to_sign").to == firm.owner.email


def test_a_post_without_the_tick_signs_nothing(client, firm, colleague):
    disposal = propose(firm.records.get(), second=COLLEAGUE)
    client.force_login(colleague.user)

    page = client.post(address(disposal, "sign/"), {})

    assert "Tick the box if you agree" in page.text
    assert ClientRecord.objects.exists()


@pytest.mark.parametrize(
    ("way", "shown"), [(Disposal.Way.COLLEAGUE, True), (Disposal.Way.OFFICER, False)]
)
def test_a_colleague_is_shown_what_was_put_to_them_alone(client, firm, colleague, way, shown):
    disposal = propose(firm.records.get(), second=Second(way))
    client.force_login(colleague.user)
    page = f"/records/disposals/{disposal.key}/"

    before = client.get(f"{page}sign/")
    Disposal.objects.update(ended_at=A_MOMENT, ending="withdrawn", because="")
    after = client.get(f"{page}sign/")

    assert (before.status_code == 200) is shown
    assert after.url == page


def test_the_colleague_may_say_no(client, firm, colleague):
    disposal = propose(firm.records.get(), second=COLLEAGUE)
    client.force_login(colleague.user)

    page = client.post(address(disposal, "sign/"), {"decline": "1"}, follow=True)

    assert "Nothing was destroyed" in page.text
    assert Disposal.objects.get().ending == "declined"
    assert ClientRecord.objects.exists()


def test_the_proposer_cannot_sign_on_the_colleagues_page(client, firm):
    disposal = propose(firm.records.get(), second=COLLEAGUE)
    client.force_login(firm.owner.user)

    page = client.post(address(disposal, "sign/"), {"agrees": "on"}, follow=True)

    assert "The same person cannot sign twice" in page.text
    assert ClientRecord.objects.exists()


@pytest.mark.parametrize("way", ["", "sign/", "withdraw/", "ask/"])
def test_who_is_no_longer_named_finds_nothing(client, firm, colleague, way):
    disposal = propose(firm.records.get(), second=COLLEAGUE)
    naming.end(
        named_id=firm.named.get().pk, how=NamedMember.End.REMOVED, by=firm.owner.user, at=A_MOMENT
    )
    client.force_login(colleague.user)

    answers = [client.get(address(disposal, way)), client.post(address(disposal, way))]

    assert {answer.status_code for answer in answers} == {404}
    with pytest.raises(signing.NotAsked):
        signing.sign(disposal_id=disposal.pk, by=colleague.user, at=A_MOMENT)


def test_an_officer_does_not_sign_for_a_colleague(firm):
    disposal = propose(firm.records.get(), second=COLLEAGUE)

    with pytest.raises(signing.NotAsked):
        signing.sign(disposal_id=disposal.pk, by=make_officer(), at=A_MOMENT)


def test_a_colleague_cannot_take_back_what_another_proposed(client, firm, colleague):
    disposal = propose(firm.records.get(), second=COLLEAGUE)
    client.force_login(colleague.user)

    client.post(address(disposal, "withdraw/"))

    assert Disposal.objects.get().is_waiting


def test_the_owner_may_take_back_what_a_colleague_proposed(client, firm, colleague):
    disposal = propose(firm.records.get(), second=COLLEAGUE, by=colleague.user)
    client.force_login(firm.owner.user)

    client.post(address(disposal, "withdraw/"))

    assert Disposal.objects.get().ending == "withdrawn"


def test_who_asks_for_another_witness_is_not_that_witness(client, firm, colleague):
    disposal = propose(firm.records.get(), second=COLLEAGUE, by=colleague.user)
    client.force_login(firm.owner.user)

    page = client.post(
        address(disposal, "ask/"),
        {"way": "witness", "witness_name": "Me", "witness_email": firm.owner.email},
    )

    assert "The same person cannot sign twice" in page.text


@pytest.mark.parametrize(("days", "letters"), [(6, 1), (7, 2), (20, 2)])
def test_colleagues_are_reminded_once_after_a_week(firm, colleague, days, letters):
    propose(firm.records.get(), second=COLLEAGUE)

    for _ in range(2):
        chasing.chase(at=A_MOMENT + days * DAY)

    assert Letter.objects.filter(kind="disposal_to_sign", to=colleague.email).count() == letters


def test_others_who_may_act_are_everybody_of_the_register_but_one(firm, colleague):
    name_in(make_register(), make_member())

    assert people.others_who_may_act(firm, besides=firm.owner) == [colleague]
    assert people.others_who_may_act(firm, besides=colleague) == [firm.owner]


def test_a_register_is_not_closed_while_a_destruction_waits(firm):
    naming.end(
        named_id=firm.named.get().pk, how=NamedMember.End.REMOVED, by=firm.owner.user, at=A_MOMENT
    )
    propose(firm.records.get())

    assert "proposed for destruction" in closing.obstacle(firm)


def test_certificates_stay_with_whoever_closed_the_register(client):
    certificate = destroyed()
    register = certificate.register
    closing.close(register_id=register.pk, counted=0, by=register.owner.user, at=A_MOMENT)
    client.force_login(register.owner.user)

    assert client.get(f"/records/certificates/{certificate.number}/").status_code == 200
