"""The first signature: proposing records for destruction, asking who signs second, taking back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from foundation import history
from membership.accounts import person_of
from membership.models import User
from records import handing_over, versions
from records.disposal import letters_of, people, rules, witnesses
from records.disposal.checking import Checked, check
from records.disposal_words import Verdict
from records.models import ClientRecord, Disposal, DisposalLine, Register
from records.reckoning import facts_of

MOST = 200
"""Records that can be proposed in one go: more than a meeting looks at."""

GONE = "A record of these is not there any more. Load the page again."

Way = Disposal.Way


class NotPossible(ValueError):
    """The records cannot be proposed; the text says which and why."""


class HasEnded(ValueError):
    """Nothing can be done with a disposal that has ended."""

    def __init__(self, disposal: Disposal) -> None:
        super().__init__(f"This has ended already: {disposal.get_ending_display().lower()}.")


@dataclass(frozen=True)
class Second:
    """Who is asked to sign second: a way, and what that way needs."""

    way: Disposal.Way
    witness_name: str = ""
    witness_email: str = ""
    shows_names: bool = False


@transaction.atomic
def propose(
    *,
    record_ids: Iterable[int],
    because: str,
    second: Second,
    by: User,
    at: dt.datetime,
) -> Disposal:
    """Sign first, for all of these records or for none.

    Raises NotPossible, naming each record that the rules keep, or people.SamePerson for a witness
    who is the proposer.
    """
    on = timezone.localdate(at)
    wanted = _wanted(record_ids)
    register = _register_of(wanted)
    records = _locked(wanted)
    in_force = versions.in_force(on=on)
    found = [check(in_force, record, record.holds.all(), on=on) for record in records]
    _refuse(found)
    _refuse_second(second, register, by)
    disposal = _put_down(register, because, second, by=by, at=at)
    DisposalLine.objects.bulk_create(_line(disposal, each) for each in found)
    for record in records:
        history.record(record.history_key, "destruction proposed", at=at, by=by)
    note(disposal, "destruction proposed", at=at, by=by)
    _ask(disposal, second, at=at)
    return disposal


def _put_down(
    register: Register, because: str, second: Second, *, by: User, at: dt.datetime
) -> Disposal:
    return Disposal.objects.create(
        register=register,
        because=because,
        proposed_at=at,
        proposed_by=by,
        way=second.way,
        shows_names=second.shows_names,
        asked_at=at,
    )


@transaction.atomic
def ask_another(*, disposal_id: int, second: Second, by: User, at: dt.datetime) -> Disposal:
    """Put an open disposal to somebody else. Raises HasEnded, NotPossible or people.SamePerson."""
    disposal = locked(disposal_id)
    _refuse_second(second, disposal.register, disposal.proposed_by or by, by)
    witnesses.end(disposal, "replaced", at=at)
    disposal.way, disposal.shows_names = second.way, second.shows_names
    disposal.asked_at, disposal.reminded_at = at, None
    disposal.save()
    note(disposal, "second signature asked of somebody else", at=at, by=by)
    _ask(disposal, second, at=at)
    return disposal


@transaction.atomic
def withdraw(*, disposal_id: int, by: User, at: dt.datetime) -> Disposal:
    """Take the first signature back: nothing is destroyed. Raises HasEnded."""
    disposal = locked(disposal_id)
    witnesses.end(disposal, "withdrawn", at=at)
    drop(disposal, Disposal.Ending.WITHDRAWN, by=by, at=at)
    return disposal


def drop(disposal: Disposal, ending: Disposal.Ending, *, by: User | None, at: dt.datetime) -> None:
    """End a disposal without an effect; its records wait for a person as before."""
    for line in disposal.lines.filter(settled_at=None).select_related("record"):
        if line.record is not None:
            history.record(line.record.history_key, f"destruction {VERBS[ending]}", at=at, by=by)
    disposal.lines.filter(settled_at=None).update(settled_at=at, verdict=Verdict.DROPPED, facts={})
    end(disposal, ending, at=at)
    note(disposal, f"destruction {VERBS[ending]}", at=at, by=by)


VERBS = {
    Disposal.Ending.WITHDRAWN: "withdrawn",
    Disposal.Ending.DECLINED: "declined",
    Disposal.Ending.RAN_OUT: "not signed in time",
}


def end(disposal: Disposal, ending: Disposal.Ending, *, at: dt.datetime) -> None:
    """Close it; the reason, which may tell of somebody, is forgotten."""
    disposal.ended_at, disposal.ending, disposal.because = at, ending, ""
    disposal.save()


def locked(disposal_id: int) -> Disposal:
    """An open disposal, for this transaction alone. Raises HasEnded."""
    disposal = (
        Disposal.objects.select_for_update(of=("self",))
        .select_related("register__owner", "proposed_by")
        .get(pk=disposal_id)
    )
    if not disposal.is_waiting:
        raise HasEnded(disposal)
    return disposal


def note(disposal: Disposal, verb: str, *, at: dt.datetime, by: User | None) -> None:
    """A line in the history of the register: how many, never which."""
    count = disposal.lines.count()
    text = f"{count} client record{'' if count == 1 else 's'}"
    history.record(disposal.register.history_key, verb, at=at, by=by, text=text)


def _wanted(record_ids: Iterable[int]) -> list[int]:
    wanted = sorted(set(record_ids))
    if not wanted:
        raise NotPossible("Choose at least one record.")
    if len(wanted) > MOST:
        raise NotPossible(f"Choose {MOST} records at most; propose the others afterwards.")
    return wanted


def _register_of(wanted: list[int]) -> Register:
    """Where all of them stand: a disposal is signed by the people of one register.

    Under lock before any record of it, as closing it is: one of the two sees what the other did.
    """
    found = set(ClientRecord.objects.filter(pk__in=wanted).values_list("register_id", flat=True))
    if len(found) > 1:
        raise NotPossible("Choose records of one register at a time.")
    if not found:
        raise NotPossible(GONE)
    return handing_over.locked(found.pop())


def _locked(wanted: list[int]) -> list[ClientRecord]:
    found = ClientRecord.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    records = list(found.order_by("pk"))
    if len(records) != len(wanted):
        raise NotPossible(GONE)
    return records


def _refuse(found: list[Checked]) -> None:
    open_already = {
        *DisposalLine.objects.filter(
            record__in=[each.record for each in found], settled_at=None
        ).values_list("record_id", flat=True)
    }
    words = [
        f"{each.record.reference}: {each.judgement.objection or 'it is proposed already.'}"
        for each in found
        if not each.may_go or each.record.pk in open_already
    ]
    if words:
        raise NotPossible(" ".join(words))


def _refuse_second(second: Second, register: Register, *signers: User) -> None:
    """Whoever signs first, or asks for the second signature, is not the one who gives it."""
    besides = person_of(signers[0])
    if second.way == Way.COLLEAGUE and not people.others_who_may_act(register, besides=besides):
        raise NotPossible("Nobody else is named in this register. Ask a witness instead.")
    if second.way == Way.WITNESS and any(
        people.is_address_of(each, second.witness_email) for each in signers
    ):
        raise people.SamePerson


def _line(disposal: Disposal, checked: Checked) -> DisposalLine:
    record, judgement = checked.record, checked.judgement
    if judgement.kept_until is None:
        raise NotPossible(f"{record.reference}: no rule says how long it is kept.")
    facts = facts_of(record, record.holds.all())
    return DisposalLine(
        disposal=disposal,
        record=record,
        rule=checked.rule,
        kept_until=judgement.kept_until,
        ground=judgement.ground,
        facts=rules.as_proposed(facts, reference=record.reference),
    )


def _ask(disposal: Disposal, second: Second, *, at: dt.datetime) -> None:
    if second.way == Way.WITNESS:
        witnesses.ask(disposal, name=second.witness_name, email=second.witness_email, at=at)
    elif second.way == Way.COLLEAGUE:
        letters_of.ask_colleagues(disposal, at=at)
