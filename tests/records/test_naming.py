"""Who shares a register: asked by number and address, joined by their own word, written down."""

import datetime as dt

import pytest

from foundation import history
from foundation.models import Letter
from membership.models import Membership
from records import naming, terms
from records.models import ClientRecord, NamedMember, Register
from tests.factories import A_MOMENT, make_member, make_person
from tests.records.records import make_record, make_register, name_in

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
End = NamedMember.End


def ask(register, member, **changed):
    facts = {"number": member.membership.number, "email": member.email}
    return naming.name(register=register, **facts | changed, by=register.owner.user, at=A_MOMENT)


def join(named):
    return naming.accept(
        named_id=named.pk, version=terms.IN_FORCE, by=named.person.user, at=A_MOMENT
    )


def finish(named, how, by=None):
    return naming.end(named_id=named.pk, how=how, by=by, at=A_MOMENT)


def sees(person, record):
    return ClientRecord.objects.of(person).filter(pk=record.pk).exists()


def letters_to(person):
    letters = Letter.objects.filter(to=person.email).order_by("pk")
    return list(letters.values_list("kind", flat=True))


def test_a_member_sees_the_records_once_they_have_joined_and_until_the_naming_ends():
    record, colleague = make_record(), make_member()

    before = sees(colleague, record)
    named = ask(record.register, colleague)
    asked = sees(colleague, record)
    join(named)
    joined = sees(colleague, record)
    finish(named, End.REMOVED)

    assert [before, asked, joined, sees(colleague, record)] == [False, False, True, False]
    assert sees(record.owner, record)


def test_every_step_is_in_the_history_of_the_register_without_a_name():
    register, colleague = make_register(), make_member(make_person(given_name="Quentina"))

    finish(join(ask(register, colleague)), End.LEFT, by=colleague.user)

    told = list(history.of(register.history_key).order_by("number").values_list("verb", "text"))
    assert told == [
        ("member invited", colleague.history_key),
        ("terms accepted", f"version {terms.IN_FORCE}"),
        ("member joined", colleague.history_key),
        ("member left the register", colleague.history_key),
    ]


def test_both_sides_are_written_to_and_no_letter_names_a_person_or_a_record():
    record = make_record(make_person(given_name="Ottoline"), reference="CM-8801")
    owner, colleague = record.owner, make_member(make_person(given_name="Quentina"))

    finish(join(ask(record.register, colleague)), End.REMOVED)

    assert letters_to(colleague) == ["records_named", "records_naming_answered"]
    assert letters_to(owner) == ["records_naming_answered"]
    assert not Letter.objects.filter(text__contains="CM-8801").exists()
    assert not Letter.objects.filter(to=owner.email, text__contains="Quentina").exists()
    assert not Letter.objects.filter(to=colleague.email, text__contains="Ottoline").exists()


def test_number_and_address_are_known_together_or_nobody_is_found():
    register, colleague, other = make_register(), make_member(), make_member()

    for changed in ({"email": other.email}, {"number": other.membership.number}, {"number": 9999}):
        with pytest.raises(naming.CannotName, match="No active member has this number together"):
            ask(register, colleague, **changed)

    assert NamedMember.objects.count() == 0
    assert ask(register, colleague, email=f" {colleague.email.upper()} ").person == colleague


def lapsed():
    return make_member(starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2024, 12, 31))


def resigned():
    member = make_member()
    Membership.objects.filter(person=member).update(resigned_on=A_MOMENT.date())
    return member


@pytest.mark.parametrize("gone", [lapsed, resigned])
def test_only_members_can_be_named(gone):
    with pytest.raises(naming.CannotName, match="No active member"):
        ask(make_register(), gone())


def test_the_owner_and_who_is_named_already_are_refused():
    owner, colleague = make_member(), make_member()
    register = make_register(owner)
    ask(register, colleague)

    with pytest.raises(naming.CannotName, match="yours already"):
        ask(register, owner)
    with pytest.raises(naming.CannotName, match="named this member already"):
        ask(register, colleague)


@pytest.mark.parametrize(("there", "refused"), [(29, False), (30, True)])
def test_so_many_share_a_register_and_no_more(there, refused):
    register = make_register()
    people = [make_person() for _number in range(there)]
    for person in people:
        name_in(register, person)

    if refused:
        with pytest.raises(naming.CannotName, match="at most 30 members"):
            ask(register, make_member())
    else:
        assert ask(register, make_member()).ended_at is None


def test_joining_twice_is_joining_once():
    named = join(ask(make_register(), make_member()))

    join(named)

    events = history.of(named.register.history_key)
    assert events.filter(verb="member joined").count() == 1


def test_an_invitation_that_was_taken_back_cannot_be_accepted():
    named = ask(make_register(), make_member())
    finish(named, End.WITHDRAWN)

    with pytest.raises(naming.NoLongerOpen):
        join(named)

    assert not Register.objects.of(named.person).exists()


def test_ending_twice_keeps_the_first_end():
    named = finish(ask(make_register(), make_member()), End.DECLINED)

    assert finish(named, End.REMOVED).end == End.DECLINED


def test_an_invitation_ends_the_day_after_thirty_days():
    named = ask(make_register(), make_member())

    counts = [naming.sweep(at=A_MOMENT + days * DAY) for days in (30, 31, 32)]

    named.refresh_from_db()
    assert (counts, named.end) == ([0, 1, 0], End.EXPIRED)


def test_who_is_no_member_any_more_shares_no_longer_and_both_are_told():
    record = make_record()
    named = name_in(record.register)
    Membership.objects.filter(person=named.person).update(resigned_on=A_MOMENT.date())

    naming.sweep(at=A_MOMENT)

    assert not sees(named.person, record)
    assert letters_to(named.person) == letters_to(record.owner) == ["records_naming_answered"]


def test_a_member_who_is_removed_can_be_named_again():
    register, colleague = make_register(), make_member()
    finish(ask(register, colleague), End.REMOVED)

    assert ask(register, colleague).ended_at is None
