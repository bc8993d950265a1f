"""A register outlives its owner's membership: offered, exported, and only then closed, by hand."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from foundation import history
from foundation.models import Letter
from membership.models import FeeDue, Membership, Person
from records import care, closing, erasure, export, handing_over, naming, register, terms
from records.models import ClientRecord, HandoverOffer, NamedMember, Register
from tests.factories import A_DAY, A_MOMENT, make_member, make_officer, make_person
from tests.records.records import (
    facts,
    hold_on,
    make_due_record,
    make_record,
    make_register,
    name_in,
)
from tests.refusing import refuse_history_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
State = Register.State


def shared(owner=None):
    """A register with a record, an owner and a member who shares it."""
    record = make_record(owner or make_member())
    return record.register, name_in(record.register)


def resign(person, on=A_DAY):
    Membership.objects.filter(person=person).update(resigned_on=on)


def seen(one):
    return Register.objects.get(pk=one.pk)


def take_over(offer, at=A_MOMENT):
    return handing_over.accept(
        offer_id=offer.pk, version=terms.IN_FORCE, by=offer.person.user, at=at
    )


def offer_to(register, person):
    return handing_over.offer(
        register_id=register.pk, to=person, by=register.owner.user, at=A_MOMENT
    )


def take_out(one):
    export.take(register_id=one.pk, by=one.owner.user, at=A_MOMENT, is_owner=True)


def close(one, counted):
    return closing.close(register_id=one.pk, counted=counted, by=one.owner.user, at=A_MOMENT)


def kinds(person):
    letters = Letter.objects.filter(to=person.email).order_by("pk")
    return list(letters.values_list("kind", flat=True))


def test_who_takes_a_register_over_owns_it_and_the_old_owner_sees_it_no_longer():
    one, named = shared()
    before = one.owner

    take_over(offer_to(one, named.person))

    assert seen(one).owner == named.person
    assert ClientRecord.objects.of(named.person).count() == 1
    assert ClientRecord.objects.of(before).count() == 0
    named.refresh_from_db()
    assert named.end == NamedMember.End.NOW_OWNER
    assert kinds(before) == ["records_offer_settled"]
    (line,) = history.of(one.history_key).filter(verb="register taken over")
    assert line.text == f"from {before.history_key} by {named.person.history_key}"


def test_nothing_happens_while_the_owner_is_a_member():
    one, _named = shared()

    care.sweep(at=A_MOMENT)

    assert seen(one).state == State.OPEN
    assert Letter.objects.count() == 0


def test_when_the_owner_resigns_the_register_is_offered_to_a_member_it_names():
    one, named = shared()
    resign(one.owner)

    care.sweep(at=A_MOMENT)
    care.sweep(at=A_MOMENT)

    assert (seen(one).state, seen(one).leaving_because) == (State.LEAVING, "resigned")
    (made,) = one.offers.all()
    assert (made.person, made.by_portal, made.offered_by) == (named.person, True, None)
    assert kinds(named.person) == ["records_offered"]
    assert kinds(one.owner) == ["records_owner_leaves"]


@pytest.mark.parametrize(("days", "state"), [(89, "open"), (90, "leaving")])
def test_a_lapsed_owner_has_ninety_days_to_come_back(days, state):
    ended = dt.date(2026, 3, 31)
    owner = make_member(starts_on=dt.date(2025, 4, 1), ends_on=ended)
    one, _named = shared(owner)

    care.sweep(at=dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC) + days * DAY)

    assert seen(one).state == state


def test_a_lapsed_owner_who_renews_keeps_their_register_and_the_offer_is_taken_back():
    owner = make_member(starts_on=dt.date(2025, 4, 1), ends_on=dt.date(2026, 3, 31))
    one, named = shared(owner)
    care.sweep(at=A_MOMENT)
    FeeDue.objects.filter(person=owner).update(ends_on=dt.date(2027, 3, 31))

    care.sweep(at=A_MOMENT + DAY)

    assert (seen(one).state, seen(one).owner) == (State.OPEN, owner)
    assert one.offers.get().outcome == "withdrawn"
    assert kinds(named.person) == ["records_offered", "records_offer_settled"]


def test_the_dead_get_no_letter_and_their_register_is_offered():
    one, named = shared()
    Person.objects.filter(pk=one.owner_id).update(
        died_on=A_DAY, death_recorded_at=A_MOMENT, death_recorded_by=make_officer()
    )

    care.sweep(at=A_MOMENT)
    care.sweep(at=A_MOMENT + 40 * DAY)

    assert seen(one).leaving_because == "died"
    assert kinds(one.owner) == []
    assert kinds(named.person)[0] == "records_offered"


def test_who_declines_is_followed_by_the_next_and_then_the_owner_is_left_to_close():
    one, first = shared()
    second = name_in(one, at=A_MOMENT + DAY)
    resign(one.owner)
    care.sweep(at=A_MOMENT)

    handing_over.decline(offer_id=one.offers.get().pk, by=first.person.user, at=A_MOMENT + DAY)
    (then,) = one.offers.filter(settled_at=None)
    handing_over.decline(offer_id=then.pk, by=second.person.user, at=A_MOMENT + 2 * DAY)
    care.sweep(at=A_MOMENT + 3 * DAY)

    assert (then.person, one.offers.filter(settled_at=None).count()) == (second.person, 0)
    assert seen(one).state == State.LEAVING
    assert kinds(one.owner) == ["records_owner_leaves"] + ["records_offer_settled"] * 2


def test_an_offer_is_reminded_of_after_a_week_and_over_after_its_last_day():
    one, named = shared()
    resign(one.owner)
    care.sweep(at=A_MOMENT)
    made = one.offers.get()

    states = []
    for days in (6, 7, 8, 14, 15):
        care.sweep(at=A_MOMENT + days * DAY)
        made.refresh_from_db()
        states.append((made.reminded_at is not None, made.outcome))

    assert states == [(False, ""), (True, ""), (True, ""), (True, ""), (True, "expired")]
    assert handing_over.answer_by(made) == A_DAY + 14 * DAY
    assert kinds(named.person) == ["records_offered", "records_offered"]


def test_the_owner_is_reminded_every_thirty_days_and_nothing_else_happens_for_ten_years():
    record = make_record(make_member())
    one = record.register
    resign(one.owner)

    for days in (0, 29, 30, 31, 60, 3650):
        care.sweep(at=A_MOMENT + days * DAY)

    assert kinds(one.owner) == ["records_owner_leaves"] * 4
    assert seen(one).state == State.LEAVING
    assert ClientRecord.objects.filter(pk=record.pk).exists()


def test_an_empty_register_of_somebody_who_left_is_closed_by_itself():
    one = make_register(make_member())
    resign(one.owner)

    care.sweep(at=A_MOMENT)

    assert (seen(one).state, seen(one).closed_records) == (State.CLOSED, 0)


def test_nothing_new_goes_into_a_register_whose_owner_is_leaving():
    record = make_record(make_member())
    resign(record.owner)
    care.sweep(at=A_MOMENT)

    with pytest.raises(register.RegisterEnds):
        make_record(into=record.register)
    register.change(
        record_id=record.pk,
        facts=facts(reference=record.reference),
        by=record.owner.user,
        at=A_MOMENT,
    )

    assert record.register.records.count() == 1


def test_a_register_is_offered_to_one_member_at_a_time_who_shares_it():
    one, named = shared()
    another = name_in(one)
    stranger = make_member()
    with pytest.raises(handing_over.CannotOffer, match="who shares the register"):
        offer_to(one, stranger)
    made = offer_to(one, named.person)

    with pytest.raises(handing_over.CannotOffer, match="offered to somebody already"):
        offer_to(one, another.person)
    handing_over.withdraw(offer_id=made.pk, by=one.owner.user, at=A_MOMENT)

    assert offer_to(one, another.person).person == another.person


def test_an_offer_is_answered_once():
    one, named = shared()
    made = offer_to(one, named.person)
    handing_over.decline(offer_id=made.pk, by=named.person.user, at=A_MOMENT)

    for again in (take_over, lambda o: handing_over.withdraw(offer_id=o.pk, by=None, at=A_MOMENT)):
        with pytest.raises(handing_over.NoLongerOpen):
            again(made)

    assert seen(one).owner == one.owner


def test_whoever_stops_sharing_is_no_longer_offered_the_register():
    one, named = shared()
    made = offer_to(one, named.person)

    naming.end(named_id=named.pk, how=NamedMember.End.LEFT, by=None, at=A_MOMENT)

    made.refresh_from_db()
    assert made.outcome == HandoverOffer.Outcome.WITHDRAWN


def test_a_register_is_closed_only_after_it_was_declined_and_exported():
    one, named = shared()
    obstacles = [closing.obstacle(one)]
    made = offer_to(one, named.person)
    obstacles.append(closing.obstacle(one))
    handing_over.decline(offer_id=made.pk, by=named.person.user, at=A_MOMENT)
    obstacles.append(closing.obstacle(one))
    take_out(one)

    assert [words.partition(".")[0] for words in obstacles] == [
        "Members share this register",
        "It is offered to somebody",
        "Take everything out as a file first: there is no file of it as it is now",
    ]
    assert closing.obstacle(seen(one)) == ""


def test_a_file_from_before_a_change_does_not_count():
    one = make_record().register
    take_out(one)
    make_record(into=one)

    with pytest.raises(closing.CannotClose, match="no file of it as it is now"):
        close(one, 2)

    assert ClientRecord.objects.count() == 2


def test_a_named_members_file_does_not_count_for_closing():
    one, named = shared()
    export.take(register_id=one.pk, by=named.person.user, at=A_MOMENT, is_owner=False)

    assert seen(one).exported_at is None


def test_the_number_of_records_is_confirmed():
    one = make_record().register
    take_out(one)

    with pytest.raises(closing.CannotClose, match="holds 1 records"):
        close(one, 2)

    assert ClientRecord.objects.count() == 1


def test_closing_takes_the_records_out_and_leaves_a_line_with_their_number():
    other = make_due_record()
    one = make_due_record(reference="CM-8801").register
    hold_on(make_due_record(into=one))
    take_out(one)

    close(one, 2)

    assert list(ClientRecord.objects.all()) == [other]
    closed = seen(one)
    assert (closed.state, closed.closed_records, closed.name) == (State.CLOSED, 2, "")
    assert Register.objects.of(one.owner).count() == 0
    last = history.of(one.history_key).first()
    assert (last.verb, last.text) == (
        "register closed",
        "2 records, taken out by their owner first",
    )


def test_closing_takes_along_every_table_that_hangs_on_a_record():
    fields = ClientRecord._meta.get_fields(include_hidden=True)
    hanging = {field.related_model for field in fields if field.one_to_many or field.one_to_one}

    assert hanging == {*closing.HANGING, *closing.OUTLIVING}


def test_a_closed_register_stays_closed():
    one = make_register()
    close(one, 0)

    with pytest.raises(closing.CannotClose, match="is closed"):
        close(one, 0)
    with pytest.raises(register.RegisterEnds):
        make_record(into=one)


def test_the_sweep_is_one_of_those_that_beat_starts(settings):
    names = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]

    assert names.count("records.tasks.care_for_registers") == 1


def test_who_only_shares_can_be_erased_and_shares_no_longer():
    record = make_record()
    person = make_person()
    name_in(record.register, person)

    erasure.erase(person, by=None, at=timezone.now())

    assert NamedMember.objects.count() == 0
    assert record.register.named.count() == 0
    assert ClientRecord.objects.of(record.owner).count() == 1


def test_an_empty_register_is_closed_when_its_owner_is_erased():
    one = make_register()

    erasure.erase(one.owner, by=None, at=timezone.now())

    assert seen(one).state == State.CLOSED


def test_a_register_that_the_database_refuses_keeps_no_other_and_no_later_step():
    refused, sound = make_record(make_member()).register, make_record(make_member()).register
    for one in (refused, sound):
        resign(one.owner)
    empty = make_register(make_member())
    resign(empty.owner)
    refuse_history_of(refused.history_key)

    with pytest.raises(IntegrityError):
        care.sweep(at=A_MOMENT)

    assert [seen(one).state for one in (refused, sound, empty)] == [
        State.OPEN,
        State.LEAVING,
        State.CLOSED,
    ]


def test_a_naming_that_the_database_refuses_keeps_no_other_from_ending():
    (first, refused), (second, sound) = shared(), shared()
    for named in (refused, sound):
        resign(named.person)
    refuse_history_of(first.history_key)

    with pytest.raises(IntegrityError):
        care.sweep(at=A_MOMENT)

    ended = NamedMember.objects.filter(ended_at__isnull=False)
    assert [one.register for one in ended] == [second]
