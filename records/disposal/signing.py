"""The second signature: everything is checked again, and only what still may go is destroyed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation import history
from membership.accounts import person_of
from membership.models import User
from records import versions
from records.disposal import destroying, letters_of, people, proposing, witnesses
from records.disposal.checking import objection
from records.disposal_words import Role, Verdict
from records.models import ClientRecord, Disposal, DisposalLine, Witness

OFFICER = "records.dispose_record"
Way = Disposal.Way


class NotAsked(ValueError):
    """The second signature was asked of somebody else."""

    def __init__(self) -> None:
        super().__init__("You cannot sign this: the signature was asked of somebody else.")


@transaction.atomic
def sign(*, disposal_id: int, by: User, at: dt.datetime) -> Disposal:
    """Sign second, as somebody of the register or as an officer, whichever was asked.

    Raises proposing.HasEnded, people.SamePerson or NotAsked.
    """
    disposal = proposing.locked(disposal_id)
    second = role_for(disposal, by)
    disposal.second_by = by
    _take_effect(disposal, second, by=by, at=at)
    return disposal


@transaction.atomic
def sign_as_witness(*, witness_id: int, browser: User | None, at: dt.datetime) -> Disposal:
    """Sign second by a link; `browser` is whoever is signed in there, who may be the proposer.

    Raises proposing.HasEnded, people.SamePerson or witnesses.UsedLink.
    """
    witness, disposal = _locked_witness(witness_id)
    proposer = disposal.proposed_by
    if browser is not None and people.is_same(proposer, browser):
        raise people.SamePerson
    if proposer is not None and people.is_address_of(proposer, witness.email):
        raise people.SamePerson
    witnesses.end(disposal, Witness.Ending.SIGNED, at=at)
    _take_effect(disposal, Role.WITNESS, by=None, at=at)
    return disposal


@transaction.atomic
def decline(*, disposal_id: int, by: User, at: dt.datetime) -> Disposal:
    """Who was asked to sign second says no: nothing is destroyed, and the proposal ends.

    Raises proposing.HasEnded, people.SamePerson or NotAsked.
    """
    disposal = proposing.locked(disposal_id)
    role_for(disposal, by)
    disposal.second_by = by
    proposing.drop(disposal, Disposal.Ending.DECLINED, by=by, at=at)
    letters_of.tell_news(disposal, "declined", at=at)
    return disposal


@transaction.atomic
def decline_as_witness(*, witness_id: int, at: dt.datetime) -> Disposal:
    """A witness would rather not; the proposer is told to ask somebody else."""
    _witness, disposal = _locked_witness(witness_id)
    witnesses.end(disposal, Witness.Ending.DECLINED, at=at)
    proposing.note(disposal, "a witness would rather not sign", at=at, by=None)
    letters_of.tell_news(disposal, "rather_not", at=at)
    return disposal


def role_for(disposal: Disposal, by: User) -> Role:
    """As what somebody signs second. Raises people.SamePerson or NotAsked."""
    if people.is_same(disposal.proposed_by, by):
        raise people.SamePerson
    person = person_of(by)
    if disposal.way == Way.COLLEAGUE and people.may_act(person, disposal):
        return people.role_of(person, disposal.owner)
    if disposal.way == Way.OFFICER and by.is_staff and by.has_perm(OFFICER):
        return Role.OFFICER
    raise NotAsked


def _locked_witness(witness_id: int) -> tuple[Witness, Disposal]:
    """The disposal is locked first, by everybody, so that two at once never wait for each other."""
    asked = Witness.objects.values_list("disposal_id", flat=True).get(pk=witness_id)
    disposal = proposing.locked(asked)
    witness = Witness.objects.get(pk=witness_id)
    if witness.ended_at is not None:
        raise witnesses.UsedLink(witnesses.ENDED[Witness.Ending(witness.ending)])
    return witness, disposal


def _take_effect(disposal: Disposal, second: Role, *, by: User | None, at: dt.datetime) -> None:
    first, on = _first_role(disposal), timezone.localdate(at)
    in_force = versions.in_force(on=on)
    for line in disposal.lines.filter(settled_at=None).order_by("record"):
        record = ClientRecord.objects.select_for_update(of=("self",)).get(disposal_lines=line)
        words = objection(in_force, line, record, on=on)
        if words:
            _refuse(line, record, words, by=by, at=at)
        else:
            destroying.destroy(record, line, first=first, second=second, by=by, at=at)
    proposing.end(disposal, Disposal.Ending.SIGNED, at=at)
    proposing.note(disposal, "destruction signed by a second person", at=at, by=by)
    letters_of.tell_news(disposal, "signed", at=at)


def _first_role(disposal: Disposal) -> Role:
    """A proposer whose login is gone since can only have been named: an owner cannot go."""
    if disposal.proposed_by is None:
        return Role.NAMED
    return people.role_of(person_of(disposal.proposed_by), disposal.owner)


def _refuse(
    line: DisposalLine, record: ClientRecord, words: str, *, by: User | None, at: dt.datetime
) -> None:
    line.settled_at, line.verdict = at, Verdict.REFUSED
    line.refused_because, line.facts = words, {}
    line.save()
    # No reason here: it may tell of a client's health, and history is kept for years.
    history.record(record.history_key, "destruction refused at the second signature", at=at, by=by)
