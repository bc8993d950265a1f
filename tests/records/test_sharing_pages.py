"""The pages of a shared register: what its owner, a named member and everybody else can do."""

import csv
import io
import re

import pytest
from django.test import Client

from membership.models import Membership
from records import care, handing_over, naming, terms
from records.models import ClientRecord, HandoverOffer, NamedMember, Register
from tests.factories import A_DAY, A_MOMENT, make_clerk, make_member, make_officer, make_person
from tests.records.records import (
    hold_on,
    make_due_record,
    make_record,
    make_register,
    name_in,
)
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
ACCEPTED = {"version": terms.IN_FORCE, "accepted": "on"}


def asked(register, person=None):
    person = person or make_member()
    return naming.name(
        register=register,
        number=person.membership.number,
        email=person.email,
        by=register.owner.user,
        at=A_MOMENT,
    )


def pages_of(register):
    start = f"/records/registers/{register.key}/"
    return [start, *(f"{start}{page}/" for page in ("add", "sharing", "close", "terms"))]


def test_the_terms_come_before_the_first_record_and_open_the_register():
    owner = make_member(make_person(work_organisation="Example Case Management"))
    client = browser_of(owner)

    sent_on = client.get("/records/add/")
    shown = client.get("/records/terms/")
    page = client.post("/records/terms/", {"name": "Example Care", **ACCEPTED}, follow=True)

    assert sent_on["Location"] == "/records/terms/"
    assert 'value="Example Case Management"' in shown.text
    register = Register.objects.get()
    assert (register.owner, register.name) == (owner, "Example Care")
    assert [one.version for one in register.acceptances.all()] == [terms.IN_FORCE]
    assert "You have no records here yet" in page.text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"version": terms.IN_FORCE}, "Tick the box to accept the terms"),
        ({"version": "2020-01", "accepted": "on"}, "The terms have changed since"),
    ],
)
def test_terms_that_were_not_accepted_open_nothing(sent, words):
    page = browser_of(make_member()).post("/records/terms/", sent)

    assert words in page.text
    assert Register.objects.count() == 0


def test_a_register_is_opened_once_however_often_the_form_is_sent():
    client = browser_of(make_member())

    for _tab in range(2):
        client.post("/records/terms/", ACCEPTED)

    assert Register.objects.get().acceptances.count() == 1


def test_who_is_no_member_opens_no_register():
    client = browser_of(make_person())

    page = client.post("/records/terms/", ACCEPTED)

    assert "A register is for members of" in page.text
    assert Register.objects.count() == 0


def test_new_terms_are_accepted_before_the_next_record():
    record = make_record()
    record.register.acceptances.update(version="2020-01")
    colleague = name_in(record.register).person

    owners = browser_of(record.owner).get("/records/add/")
    colleagues = browser_of(colleague).get("/records/add/", follow=True)

    assert owners["Location"] == f"/records/registers/{record.register.key}/terms/"
    assert "The owner of this register has to accept the new terms first." in colleagues.text


def test_the_wording_of_a_version_can_be_read_by_anybody(client):
    page = client.get(f"/records/terms/{terms.IN_FORCE}/")

    assert "UK GDPR Article 28" in page.text
    assert client.get("/records/terms/2020-01/").status_code == 404


def test_a_colleague_is_invited_joins_and_works_in_the_register():
    record, colleague = make_record(make_member(), reference="CM-8801"), make_member()
    owners, theirs = browser_of(record.owner), browser_of(colleague)
    address = f"/records/registers/{record.register.key}/"

    page = owners.post(
        f"{address}sharing/",
        {"number": colleague.membership.written_number, "email": colleague.email},
        follow=True,
    )
    before = theirs.get("/records/")
    named = NamedMember.objects.get()
    theirs.post(f"/records/invitations/{named.key}/", ACCEPTED)
    joined = theirs.get("/records/")
    changed = theirs.get(f"/records/{record.key}/")

    assert "Has not answered" in page.text
    assert "invites you to share" in before.text
    assert "CM-8801" not in before.text
    assert "CM-8801" in joined.text
    assert f"owned by {record.owner}" in joined.text
    assert changed.status_code == 200


def test_a_wrong_number_names_nobody_and_keeps_what_was_typed():
    register = make_register(make_member())

    page = browser_of(register.owner).post(
        f"/records/registers/{register.key}/sharing/",
        {"number": "CM-9999", "email": "nobody@example.org"},
    )

    assert "No active member has this number together" in page.text
    assert 'value="CM-9999"' in page.text
    assert NamedMember.objects.count() == 0


def test_guessing_numbers_is_stopped_after_ten_tries():
    register, colleague = make_register(make_member()), make_member()
    client = browser_of(register.owner)
    url = f"/records/registers/{register.key}/sharing/"
    for number in range(1000, 1010):
        client.post(url, {"number": str(number), "email": colleague.email})

    page = client.post(url, {"number": str(colleague.membership.number), "email": colleague.email})

    assert "tried too often" in page.text
    assert NamedMember.objects.count() == 0


def test_an_invitation_is_declined():
    named = asked(make_register())

    browser_of(named.person).post(f"/records/invitations/{named.key}/decline/")

    named.refresh_from_db()
    assert named.end == NamedMember.End.DECLINED


def test_the_owner_removes_a_member_in_two_steps():
    record = make_record()
    named = name_in(record.register)
    client = browser_of(record.owner)

    shown = client.get(f"/records/named/{named.key}/end/")
    still = ClientRecord.objects.of(named.person).count()
    client.post(f"/records/named/{named.key}/end/")

    assert f"Remove {named.person}?" in shown.text
    assert (still, ClientRecord.objects.of(named.person).count()) == (1, 0)
    assert browser_of(named.person).get(f"/records/{record.key}/").status_code == 404


def test_a_named_member_leaves_by_themselves():
    named = name_in(make_register())

    page = browser_of(named.person).post(f"/records/named/{named.key}/end/", follow=True)

    assert "You no longer share this register." in page.text
    named.refresh_from_db()
    assert named.end == NamedMember.End.LEFT


def removed(register):
    named = name_in(register)
    naming.end(named_id=named.pk, how=NamedMember.End.REMOVED, by=None, at=A_MOMENT)
    return named.person.user


@pytest.mark.parametrize(
    "somebody",
    [
        lambda register: make_record(make_member()).owner.user,
        lambda register: asked(register).person.user,
        removed,
        lambda register: make_clerk(),
        lambda register: make_officer(),
    ],
)
def test_nobody_else_finds_the_register_or_anything_in_it(somebody):
    record = make_due_record(make_member(), reference="CM-SEEN-1")
    named = name_in(record.register)
    offer = handing_over.offer(
        register_id=record.register.pk, to=named.person, by=record.owner.user, at=A_MOMENT
    )
    client = Client()
    client.force_login(somebody(record.register))
    start = f"/records/registers/{record.register.key}/"
    urls = [
        *pages_of(record.register),
        f"{start}offer/{named.key}/",
        f"/records/named/{named.key}/end/",
        f"/records/offers/{offer.key}/",
        f"/records/invitations/{named.key}/",
        f"/records/{record.key}/",
    ]
    posted = [
        *urls,
        f"{start}take-out/",
        f"{start}offer/take-back/",
        f"/records/offers/{offer.key}/decline/",
        f"/records/invitations/{named.key}/decline/",
    ]
    before = [list(model.objects.values()) for model in (Register, HandoverOffer, ClientRecord)]

    codes = {client.get(url).status_code for url in urls}
    codes |= {client.post(url, {**ACCEPTED, "counted": "1"}).status_code for url in posted}

    assert codes == {404}
    assert "CM-SEEN-1" not in client.get("/records/").text
    after = [list(model.objects.values()) for model in (Register, HandoverOffer, ClientRecord)]
    assert after == before
    assert NamedMember.objects.get(pk=named.pk).ended_at is None


def test_a_visitor_signs_in_first(client):
    register = make_register()
    named = name_in(register)

    for url in [*pages_of(register), f"/records/named/{named.key}/end/"]:
        assert client.get(url)["Location"] == f"/accounts/login/?next={url}"


def test_a_named_member_can_not_do_what_is_the_owners():
    record = make_record(make_member())
    named, other = name_in(record.register), name_in(record.register)
    client = browser_of(named.person)
    start = f"/records/registers/{record.register.key}/"

    codes = [
        client.post(f"{start}close/", {"counted": "1"}).status_code,
        client.post(f"{start}offer/{other.key}/").status_code,
        client.post(f"{start}offer/take-back/").status_code,
        client.post(f"/records/named/{other.key}/end/").status_code,
    ]
    invited = client.post(
        f"{start}sharing/",
        {"number": make_member().membership.number, "email": "somebody@example.org"},
    )

    assert codes == [404] * 4
    assert "Name a member" not in invited.text
    assert NamedMember.objects.filter(ended_at=None).count() == 2
    assert Register.objects.get().state == "open"


def test_a_register_is_handed_over_on_its_pages():
    record = make_record(make_member())
    named = name_in(record.register)
    owners, theirs = browser_of(record.owner), browser_of(named.person)

    owners.post(f"/records/registers/{record.register.key}/offer/{named.key}/")
    waits = owners.get(f"/records/registers/{record.register.key}/sharing/")
    told = theirs.get("/records/")
    offer = HandoverOffer.objects.get()
    page = theirs.post(f"/records/offers/{offer.key}/", ACCEPTED, follow=True)

    assert "Offered to them until 6 December 2026" in waits.text
    assert "is offered to you" in told.text
    assert "The register is yours now." in page.text
    assert Register.objects.get().owner == named.person
    assert owners.get(f"/records/{record.key}/").status_code == 404


def test_an_offer_is_taken_back_by_the_button_of_its_page():
    record = make_record(make_member())
    named = name_in(record.register)
    owner = browser_of(record.owner)
    register = f"/records/registers/{record.register.key}/"
    owner.post(f"{register}offer/{named.key}/")
    page = owner.get(f"{register}sharing/").text
    before = page[: page.index("Take the offer back")]

    owner.post(re.findall(r'action="([^"]+)"', before)[-1])

    assert HandoverOffer.objects.get().outcome == "withdrawn"


def test_two_tabs_answer_an_offer_once():
    record = make_record(make_member())
    named = name_in(record.register)
    offer = handing_over.offer(
        register_id=record.register.pk, to=named.person, by=record.owner.user, at=A_MOMENT
    )
    client = browser_of(named.person)

    client.post(f"/records/offers/{offer.key}/", ACCEPTED)
    again = client.post(f"/records/offers/{offer.key}/", ACCEPTED)
    declined = client.post(f"/records/offers/{offer.key}/decline/", follow=True)

    assert "This offer is over: taken over." in again.text
    assert "answered or taken back already" in declined.text
    assert Register.objects.get().owner == named.person


def test_an_owner_who_left_finds_what_to_do_and_closes_it_after_taking_it_out():
    record = make_record(make_member())
    Membership.objects.filter(person=record.owner).update(resigned_on=A_DAY)
    care.sweep(at=A_MOMENT)
    client = browser_of(record.owner)
    start = f"/records/registers/{record.register.key}/"

    told = client.get("/records/")
    first = client.get(f"{start}close/")
    file = client.post(f"{start}take-out/")
    b"".join(file.streaming_content)
    wrong = client.post(f"{start}close/", {"counted": "7"})
    client.post(f"{start}close/", {"counted": "1"})

    assert "Your membership has ended." in told.text
    assert "Add a record" not in told.text
    assert "Take everything out as a file first" in first.text
    assert "holds 1 records" in wrong.text
    assert (Register.objects.get().state, ClientRecord.objects.count()) == ("closed", 0)


def test_a_file_holds_the_facts_the_answer_and_its_source_and_no_formula():
    record = make_record(make_member(), reference="=2+3 CM-1")
    hold_on(record)
    make_record(into=record.register, reference="CM-2", capacity="lacks")
    make_record(reference="CM-OTHER")
    client = browser_of(name_in(record.register).person)

    answer = client.post(f"/records/registers/{record.register.key}/take-out/")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text))
    assert answer["Content-Disposition"] == 'attachment; filename="client-records-2026-11-22.csv"'
    assert (first["id"], first["status"], first["rule"]) == ("'=2+3 CM-1", "on_hold", "R-A1")
    assert first["holds"] == "legal:2026-01-05/"
    assert first["citation"].startswith("NHS Records Management Code of Practice 2021")
    assert (second["id"], second["retain_until"]) == ("CM-2", "indefinite")


def test_records_are_found_by_what_they_need_and_by_reference():
    owner = make_member()
    make_record(owner, reference="CM-0001")
    make_due_record(owner, reference="CM-0002")
    hold_on(make_due_record(owner, reference="CM-0003"))
    make_record(owner, reference="ZZ-0004", category="")
    make_record(owner, reference="CM-0005", capacity="lacks")
    client = browser_of(owner)

    found = {
        query: sorted(line.reference for line in client.get(f"/records/?{query}").context["lines"])
        for query in (
            "show=due",
            "show=held",
            "show=indefinite",
            "show=missing",
            "find=zz",
            "find=cm-000&show=kept",
            "show=nonsense",
            "find=%00",
        )
    }

    everything = ["CM-0001", "CM-0002", "CM-0003", "CM-0005", "ZZ-0004"]
    assert found == {
        "show=due": ["CM-0002"],
        "show=held": ["CM-0003"],
        "show=indefinite": ["CM-0005"],
        "show=missing": ["ZZ-0004"],
        "find=zz": ["ZZ-0004"],
        "find=cm-000&show=kept": ["CM-0001"],
        "show=nonsense": everything,
        "find=%00": everything,
    }


def test_a_search_that_finds_nothing_says_so_and_leads_back():
    record = make_record()

    page = browser_of(record.owner).get("/records/?find=CM-9")

    assert "No record of this register is like that." in page.text
    assert f'href="/records/registers/{record.register.key}/"' in page.text


def test_each_register_is_shown_by_itself():
    mine = make_record(make_member(), reference="CM-MINE-1")
    theirs = make_record(reference="CM-THEIRS-1")
    name_in(theirs.register, mine.owner)
    client = browser_of(mine.owner)

    first = client.get("/records/").text
    second = client.get(f"/records/registers/{theirs.register.key}/").text

    assert ("CM-MINE-1" in first, "CM-THEIRS-1" in first) == (True, False)
    assert ("CM-MINE-1" in second, "CM-THEIRS-1" in second) == (False, True)


def test_a_record_goes_into_the_register_that_was_chosen():
    mine = make_record(make_member())
    theirs = make_register()
    colleague = name_in(theirs, mine.owner).person
    typed = {"reference": "CM-0042", "capacity": "has", "category": "general"}

    browser_of(colleague).post(f"/records/registers/{theirs.key}/add/", typed)

    assert [one.reference for one in theirs.records.all()] == ["CM-0042"]
    assert mine.register.records.count() == 1


def test_the_page_of_who_shares_takes_the_same_queries_for_one_and_for_three(
    django_assert_max_num_queries,
):
    register = make_register(make_member())
    name_in(register)
    client = browser_of(register.owner)
    url = f"/records/registers/{register.key}/sharing/"
    client.get(url)

    with django_assert_max_num_queries(12) as one:
        client.get(url)
    name_in(register)
    name_in(register)
    with django_assert_max_num_queries(12) as three:
        client.get(url)

    assert len(one) == len(three)
