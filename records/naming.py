"""Who shares a register: members whom its owner names, who accept, and who leave or are removed.

Each step is written into the history of the register, by the keys of people and without names.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation import history
from foundation.links import absolute
from foundation.one_by_one import each
from membership import post, standing
from membership.models import Membership, Person, User
from records import terms
from records.models import HandoverOffer, NamedMember, Register

MAY_SHARE = ("active", "grace")
ANSWER_WITHIN = dt.timedelta(days=30)
MOST = 30
"""Members in one register: a firm larger than that needs more than one."""


class CannotName(ValueError):
    """Nobody can be named so; the words say why, and how to mend it."""


class NoLongerOpen(ValueError):
    """It was answered, taken back or ended meanwhile."""


@transaction.atomic
def name(*, register: Register, number: int, email: str, by: User, at: dt.datetime) -> NamedMember:
    """Ask a member to share a register. Raises CannotName.

    Number and address together tell that the owner knows them: neither alone says who is a member.
    """
    register = Register.objects.select_for_update(of=("self",)).get(pk=register.pk)
    if register.state != Register.State.OPEN:
        raise CannotName("Nobody can be named in a register whose owner is leaving.")
    person = find_member(number, email, on=timezone.localdate(at))
    _refuse(register, person)
    named = NamedMember.objects.create(register=register, person=person, asked_at=at, asked_by=by)
    _note(named, "member invited", by=by, at=at)
    _write(named, "records_named", to=person, at=at)
    return named


@transaction.atomic
def accept(*, named_id: int, version: str, by: User, at: dt.datetime) -> NamedMember:
    """Join a register, under its terms. Twice is once. Raises NoLongerOpen."""
    named = _locked(named_id)
    if named.ended_at is not None or named.register.state == Register.State.CLOSED:
        raise NoLongerOpen("This invitation was taken back, or its time is over.")
    if named.accepted_at is None:
        named.accepted_at = at
        named.save(update_fields=["accepted_at"])
        terms.accept(register=named.register, version=version, by=by, at=at)
        _note(named, "member joined", by=by, at=at)
        _write(named, "records_naming_answered", to=named.register.owner, at=at)
    return named


@transaction.atomic
def end(*, named_id: int, how: NamedMember.End, by: User | None, at: dt.datetime) -> NamedMember:
    """End a naming or an invitation in one of the ways there are. Twice is once."""
    named = _locked(named_id)
    if named.ended_at is None:
        named.ended_at, named.end = at, how
        named.save(update_fields=["ended_at", "end"])
        offers = HandoverOffer.objects.filter(register=named.register, person=named.person)
        offers.filter(settled_at=None).update(
            settled_at=at, outcome=HandoverOffer.Outcome.WITHDRAWN
        )
        _note(named, f"member {how.label}", by=by, at=at)
        for to in _told(named, how):
            _write(named, "records_naming_answered", to=to, at=at)
    return named


def end_all_of(person: Person, *, by: User | None, at: dt.datetime) -> None:
    """Take somebody who is erased out of every register of others."""
    for key in NamedMember.objects.filter(person=person, ended_at=None).values_list("pk"):
        end(named_id=key[0], how=NamedMember.End.LEFT, by=by, at=at)


def sweep(*, at: dt.datetime) -> int:
    """End invitations that nobody answered, and namings of who is no member; how many."""
    found = NamedMember.objects.filter(ended_at=None).select_related("person").order_by("pk")
    return sum(each(list(found), lambda named: _end_if_due(named, at=at)))


def _end_if_due(named: NamedMember, *, at: dt.datetime) -> bool:
    is_late = named.accepted_at is None and named.asked_at + ANSWER_WITHIN < at
    stands = standing.of(named.person, timezone.localdate(at)).state
    is_member = stands in (*MAY_SHARE, "suspended")
    if is_late or not is_member:
        how = NamedMember.End.EXPIRED if is_late else NamedMember.End.NO_MEMBER
        end(named_id=named.pk, how=how, by=None, at=at)
    return is_late or not is_member


def find_member(number: int, email: str, *, on: dt.date) -> Person:
    """The active member of a number and an address together. Raises CannotName."""
    found = Membership.objects.select_related("person__user").filter(number=number).first()
    person = found.person if found else None
    known = {person.email, person.user.email if person.user else ""} if person else set()
    if (
        person is None
        or email.strip().lower() not in {one.lower() for one in known if one}
        or standing.of(person, on).state not in MAY_SHARE
    ):
        raise CannotName(
            "No active member has this number together with this e-mail address. Ask your "
            "colleague for both: the number stands on their membership card."
        )
    return person.merged_into or person


def _refuse(register: Register, person: Person) -> None:
    if person.pk == register.owner_id:
        raise CannotName("This is your own number: the register is yours already.")
    open_ones = register.named.filter(ended_at=None)
    if open_ones.filter(person=person).exists():
        raise CannotName("You have named this member already.")
    if open_ones.count() >= MOST:
        raise CannotName(f"A register is shared by at most {MOST} members.")


def _locked(named_id: int) -> NamedMember:
    rows = NamedMember.objects.select_for_update(of=("self",))
    return rows.select_related("register__owner", "person").get(pk=named_id)


def _note(named: NamedMember, verb: str, *, by: User | None, at: dt.datetime) -> None:
    key = named.register.history_key
    history.record(key, verb, at=at, by=by, text=named.person.history_key)


def _told(named: NamedMember, how: NamedMember.End) -> list[Person]:
    """Whoever did not do it themselves."""
    end = NamedMember.End
    owner, person = named.register.owner, named.person
    return {
        end.DECLINED: [owner],
        end.LEFT: [owner],
        end.EXPIRED: [owner],
        end.NO_MEMBER: [owner, person],
        end.NOW_OWNER: [],
    }.get(how, [person])


def _write(named: NamedMember, kind: str, *, to: Person, at: dt.datetime) -> None:
    if not to.email:
        return
    step = named.end or ("accepted" if named.accepted_at else "asked")
    context: dict[str, Any] = {
        "to": to,
        "register": named.register,
        "named": named,
        "is_owner": to.pk == named.register.owner_id,
        "days": ANSWER_WITHIN.days,
        "url": absolute(f"/records/invitations/{named.key}/"),
        "register_url": absolute(f"/records/registers/{named.register.key}/sharing/"),
    }
    key = f"{kind}:{named.pk}:{step}:{to.pk}"
    post.tell(to, kind, key=key, at=at, **context)
