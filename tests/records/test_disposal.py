"""Destroying a record takes two people, and everything is checked again when the second signs."""

import datetime as dt

import pytest
import time_machine
from django.apps import apps
from django.db.models import ProtectedError

from foundation import history
from foundation.models import Counter, Event, Letter
from records import closing, register
from records.disposal import people, proposing, signing, witnesses
from records.disposal.proposing import Second
from records.models import Certificate, ClientRecord, Disposal, DisposalLine, Hold, Review
from tests.factories import A_MOMENT, make_clerk, make_officer, make_person
from tests.records.disposals import BECAUSE, OFFICER, WITNESS, destroyed, propose, token_in
from tests.records.records import facts, hold_on, make_due_record, make_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
LATER = A_MOMENT + dt.timedelta(days=1)
OVER = dt.date(2015, 6, 15)


@pytest.fixture
def november():
    with time_machine.travel(A_MOMENT, tick=False):
        yield


def sign(disposal, by=None, at=LATER):
    return signing.sign(disposal_id=disposal.pk, by=by or make_officer(), at=at)


# The first signature --------------------------------------------------------------------------


def test_a_proposal_destroys_nothing_and_is_noted():
    record = make_due_record()

    disposal = propose(record)

    assert ClientRecord.objects.filter(pk=record.pk).exists()
    assert disposal.is_waiting
    assert history.of(record.history_key).first().verb == "destruction proposed"
    told = history.of(record.register.history_key).first()
    assert (told.verb, told.text) == ("destruction proposed", "1 client record")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"care_concluded_on": dt.date(2022, 6, 15)}, "Keep until 15 June 2030"),
        ({"care_concluded_on": None}, "care has not been concluded"),
        ({"category": ""}, "add what is missing"),
        ({"capacity": "unknown"}, "Whether the client has capacity is not recorded"),
        (
            {"capacity": "lacks", "care_concluded_on": dt.date(2022, 6, 15)},
            "must be kept until 15 June 2030",
        ),
    ],
)
def test_what_the_rules_keep_cannot_be_proposed(changed, words):
    record = make_record(**{"care_concluded_on": OVER} | changed)

    with pytest.raises(proposing.NotPossible) as refused:
        propose(record)

    assert words in str(refused.value)
    assert not Disposal.objects.exists()


def test_a_record_without_an_end_may_be_proposed_once_every_other_period_is_over():
    record = make_due_record(capacity="lacks")

    line = propose(record).lines.get()

    assert (line.rule, line.ground) == ("R-A2", "no_relevance")
    assert line.kept_until == dt.date(2023, 6, 15)


@pytest.mark.parametrize(("day", "goes"), [(15, False), (16, True)])
def test_the_last_day_of_keeping_is_still_a_day_of_keeping(day, goes):
    at = dt.datetime(2023, 6, day, 9, 0, tzinfo=dt.UTC)
    record = make_due_record(at=at)

    with time_machine.travel(at, tick=False):
        if goes:
            propose(record, at=at)
        else:
            with pytest.raises(proposing.NotPossible):
                propose(record, at=at)

    assert Disposal.objects.exists() == goes


def test_a_record_that_is_kept_longer_or_on_hold_cannot_be_proposed():
    longer, held = make_due_record(), make_due_record()
    register.keep_longer(
        record_id=longer.pk,
        until=dt.date(2027, 5, 1),
        because="A claim is expected.",
        by=longer.owner.user,
        at=A_MOMENT,
    )
    hold_on(held)

    for record, words in ((longer, "kept longer, until 1 May 2027"), (held, "a legal case")):
        with pytest.raises(proposing.NotPossible, match=words):
            propose(record)


def test_one_record_is_proposed_once():
    record = make_due_record()
    propose(record)

    with pytest.raises(proposing.NotPossible, match="proposed already"):
        propose(record)


def test_what_went_with_its_register_meanwhile_is_not_proposed():
    gone, stays = make_due_record(), make_due_record()
    key = gone.pk
    closing.close_released(gone.register, by=make_officer(), at=A_MOMENT)

    for chosen in ([key], [key, stays.pk]):
        with pytest.raises(proposing.NotPossible, match="not there any more"):
            proposing.propose(
                record_ids=chosen, because=BECAUSE, second=OFFICER, by=stays.owner.user, at=A_MOMENT
            )

    assert not Disposal.objects.exists()


def test_of_several_records_one_that_must_stay_stops_the_proposal_and_is_named():
    owner = make_person()
    due, young = make_due_record(owner), make_record(owner, reference="CM-YOUNG-1")

    with pytest.raises(proposing.NotPossible, match="CM-YOUNG-1: Keep until") as refused:
        propose(due, young)

    assert due.reference not in str(refused.value)
    assert not DisposalLine.objects.exists()


@pytest.mark.parametrize(
    "email", ["OWNER@example.org", "owner+witness@example.org", "work@example.org"]
)
def test_the_proposer_is_not_their_own_witness(email):
    owner = make_person(email="owner@example.org", work_email="work@example.org")
    record = make_due_record(owner)

    with pytest.raises(people.SamePerson):
        propose(record, second=Second(Disposal.Way.WITNESS, "Me Myself", email))

    assert not Disposal.objects.exists()
    assert not Letter.objects.exists()


def test_nobody_else_is_named_in_the_register_of_who_works_alone():
    with pytest.raises(proposing.NotPossible, match="Nobody else"):
        propose(second=Second(Disposal.Way.COLLEAGUE))


# The second signature -------------------------------------------------------------------------


def test_the_second_signature_leaves_a_certificate_and_nothing_of_the_record():
    record = make_due_record(reference="ZS-42", born_on=dt.date(1975, 3, 9))
    key = record.key
    register.keep_longer(
        record_id=record.pk,
        until=dt.date(2026, 11, 23),
        because="Secret reason.",
        by=record.owner.user,
        at=A_MOMENT,
    )
    after = A_MOMENT + dt.timedelta(days=2)

    certificate = destroyed(record, at=after)

    assert not ClientRecord.objects.exists()
    assert not Hold.objects.exists()
    assert not Review.objects.exists()
    assert certificate.record_key == key
    assert certificate.number == "CMSD-2026-0001"
    assert (certificate.first_role, certificate.second_role) == ("owner", "officer")
    assert certificate.kept_until == dt.date(2023, 6, 15)
    line = DisposalLine.objects.get()
    assert (line.verdict, line.record, line.facts) == ("destroyed", None, {})
    assert Disposal.objects.get().because == ""
    lines = list(Event.objects.filter(chain=certificate.history_key).order_by("number"))
    assert [each.verb for each in lines][-2:] == ["destruction proposed", "destroyed"]
    assert {each.text for each in lines[:-1]} == {""}
    assert list(history.faults()) == []


def test_nothing_of_the_reference_is_left_in_any_table():
    destroyed(make_due_record(reference="ZS-42-SECRET", born_on=dt.date(1961, 7, 19)))

    everything = [
        str(value)
        for model in apps.get_models()
        for row in model._base_manager.values_list()
        for value in row
    ]
    assert [text for text in everything if "ZS-42-SECRET" in text or "1961-07-19" in text] == []


def test_the_proposer_cannot_sign_second_even_as_an_officer():
    officer = make_officer()
    record = make_due_record(make_person(user=officer))
    disposal = propose(record, second=OFFICER)

    with pytest.raises(people.SamePerson):
        sign(disposal, by=officer)

    assert ClientRecord.objects.exists()


def test_a_login_that_was_merged_into_the_proposers_is_the_same_person():
    owner = make_person()
    other = make_person(merged_into=owner, user=make_officer())
    disposal = propose(make_due_record(owner), second=OFFICER)

    with pytest.raises(people.SamePerson):
        sign(disposal, by=other.user)


@pytest.mark.parametrize("make", [make_clerk, lambda: make_person().user])
def test_who_was_not_asked_cannot_sign(make):
    disposal = propose(second=OFFICER)

    with pytest.raises(signing.NotAsked):
        sign(disposal, by=make())


def test_an_officer_cannot_sign_what_a_witness_was_asked_for():
    disposal = propose(second=WITNESS)

    with pytest.raises(signing.NotAsked):
        sign(disposal)


def test_signing_twice_is_signing_once():
    disposal = propose(second=OFFICER)
    sign(disposal)

    with pytest.raises(proposing.HasEnded, match="signed by two people"):
        sign(disposal)

    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (hold_on, "Keep while open: a legal case"),
        (
            lambda record: register.change(
                record_id=record.pk,
                facts=facts(reference=record.reference, care_concluded_on=dt.date(2014, 6, 15)),
                by=record.owner.user,
                at=LATER,
            ),
            "Changed since it was proposed: the day care ended was not the same then",
        ),
        (
            lambda record: register.change(
                record_id=record.pk,
                facts=facts(
                    reference="CM-OTHER-1", care_concluded_on=OVER, died_on=dt.date(2016, 1, 1)
                ),
                by=record.owner.user,
                at=LATER,
            ),
            "Changed since it was proposed: the reference and the date of death were",
        ),
        (
            lambda record: register.change(
                record_id=record.pk,
                facts=facts(reference=record.reference, care_concluded_on=dt.date(2026, 1, 1)),
                by=record.owner.user,
                at=LATER,
            ),
            "Keep until 1 January 2034",
        ),
        (
            lambda record: register.keep_longer(
                record_id=record.pk,
                until=dt.date(2027, 5, 1),
                because="A claim is expected.",
                by=record.owner.user,
                at=LATER,
            ),
            "It is kept longer, until 1 May 2027",
        ),
        (
            lambda record: ClientRecord.objects.filter(pk=record.pk).update(born_on=None),
            "add what is missing: date of birth",
        ),
        (
            lambda record: DisposalLine.objects.update(kept_until=dt.date(2020, 1, 1)),
            "The rules were changed since it was proposed: now R-A1 governs, until 15 June 2023",
        ),
    ],
)
def test_what_changed_since_is_found_at_the_second_signature_and_said(change, words):
    record = make_due_record()
    disposal = propose(record, second=OFFICER)
    change(record)

    sign(disposal)

    assert ClientRecord.objects.filter(pk=record.pk).exists()
    line = disposal.lines.get()
    assert line.verdict == "refused"
    assert words in line.refused_because
    assert not Certificate.objects.exists()
    assert not Counter.objects.filter(name__startswith="certificates").exists()


def test_a_hold_that_came_and_went_is_a_change_too():
    record = make_due_record()
    disposal = propose(record, second=OFFICER)
    hold = hold_on(record)
    register.resolve_hold(
        hold_id=hold.pk, resolved_on=dt.date(2026, 3, 1), by=record.owner.user, at=LATER
    )

    sign(disposal)

    assert "the holds were not the same" in disposal.lines.get().refused_because


def test_of_several_records_each_is_checked_and_the_others_go():
    owner = make_person()
    records = [make_due_record(owner) for _ in range(3)]
    disposal = propose(*records, second=OFFICER)
    hold_on(records[1])

    sign(disposal)

    assert list(ClientRecord.objects.all()) == [records[1]]
    numbers = list(Certificate.objects.order_by("number").values_list("number", flat=True))
    assert numbers == ["CMSD-2026-0001", "CMSD-2026-0002"]
    letter = Letter.objects.get(kind="disposal_news")
    assert letter.subject == "Signed by a second person: 2 client records destroyed"
    assert "1 record was not destroyed" in letter.text
    assert records[0].reference not in letter.text


def test_what_was_refused_can_be_proposed_anew():
    record = make_due_record()
    disposal = propose(record, second=OFFICER)
    hold = hold_on(record)
    sign(disposal)
    register.resolve_hold(
        hold_id=hold.pk, resolved_on=dt.date(2026, 3, 1), by=record.owner.user, at=LATER
    )

    certificate = destroyed(record, at=LATER)

    assert certificate.kept_until == dt.date(2026, 3, 1)
    assert DisposalLine.objects.filter(record__isnull=False).count() == 0


def test_numbers_of_certificates_begin_anew_each_year_without_a_gap():
    first, second = destroyed(), destroyed()
    next_year = dt.datetime(2027, 1, 5, 9, 0, tzinfo=dt.UTC)
    third = destroyed(at=next_year)

    numbers = [each.number for each in (first, second, third)]
    assert numbers == ["CMSD-2026-0001", "CMSD-2026-0002", "CMSD-2027-0001"]


# Until then -----------------------------------------------------------------------------------


def test_the_first_signature_is_taken_back_until_the_second():
    record = make_due_record()
    disposal = propose(record)

    proposing.withdraw(disposal_id=disposal.pk, by=record.owner.user, at=LATER)

    disposal.refresh_from_db()
    assert (disposal.ending, disposal.because) == ("withdrawn", "")
    assert disposal.lines.get().facts == {}
    with pytest.raises(witnesses.UsedLink, match="taken back"):
        witnesses.find(token_in())
    assert propose(record).is_waiting


def test_after_the_second_signature_nothing_is_taken_back():
    disposal = propose(second=OFFICER)
    sign(disposal)

    with pytest.raises(proposing.HasEnded):
        proposing.withdraw(disposal_id=disposal.pk, by=disposal.proposed_by, at=LATER)


def test_who_was_asked_may_say_no():
    record = make_due_record()
    disposal = propose(record, second=OFFICER)

    signing.decline(disposal_id=disposal.pk, by=make_officer(), at=LATER)

    disposal.refresh_from_db()
    assert disposal.ending == "declined"
    assert ClientRecord.objects.exists()
    assert Letter.objects.get(kind="disposal_news").subject == "The second person did not agree"


def test_a_record_that_is_proposed_is_deleted_by_no_other_way():
    record = make_due_record()
    propose(record)
    record.reviews.all().delete()

    with pytest.raises(ProtectedError):
        record.delete()


def test_the_reason_is_kept_while_it_waits():
    assert propose().because == BECAUSE
