"""Pure: what the money card says for the way things stand; one state, one heading, what to do."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from foundation.dates import in_words
from foundation.look import Tone


class State(StrEnum):
    """How somebody's money stands; the first that holds, from the top."""

    CHECKING = "checking"
    ON_ITS_WAY = "on_its_way"
    OVERDUE = "overdue"
    PART_PAID = "part_paid"
    DUE = "due"
    WAIVED = "waived"
    NOTHING_DUE = "nothing_due"


class Reader(StrEnum):
    """Who reads the card: the payer of their own money, or the office of somebody else's."""

    PAYER = "payer"
    OFFICE = "office"


@dataclass(frozen=True)
class Facts:
    """What the words follow from. Sums in pence."""

    on: dt.date
    reader: Reader = Reader.PAYER
    is_due: bool = False
    is_renewal: bool = False
    paid_pence: int = 0
    due_on: dt.date | None = None
    is_checking: bool = False
    transfer_sent_on: dt.date | None = None
    may_still_arrive: bool = False
    grace_until: dt.date | None = None
    renewable_until: dt.date | None = None
    known_until: dt.date | None = None
    waived_on: dt.date | None = None


TONES = {
    State.CHECKING: Tone.WAIT,
    State.ON_ITS_WAY: Tone.WAIT,
    State.OVERDUE: Tone.STOP,
    State.PART_PAID: Tone.ACT,
    State.DUE: Tone.ACT,
}


def state_of(facts: Facts) -> State:
    if not facts.is_due:
        return State.WAIVED if facts.waived_on else State.NOTHING_DUE
    if facts.is_checking:
        return State.CHECKING
    if facts.transfer_sent_on and facts.may_still_arrive:
        return State.ON_ITS_WAY
    if facts.due_on and facts.on > facts.due_on:
        return State.OVERDUE
    return State.PART_PAID if facts.paid_pence > 0 else State.DUE


def heading_of(state: State, rest: str, reader: Reader = Reader.PAYER) -> str:
    """The heading; `rest` is the sum that is still to be paid, in words."""
    your = "your" if reader == Reader.PAYER else "their"
    return {
        State.CHECKING: f"We are checking {your} payment: {rest}",
        State.ON_ITS_WAY: f"{your.capitalize()} bank transfer is on its way: {rest}",
        State.OVERDUE: f"Overdue: {rest}",
        State.PART_PAID: f"Still to pay: {rest}",
        State.DUE: f"Fee due: {rest}",
        State.WAIVED: "Nothing to pay",
        State.NOTHING_DUE: "Payments",
    }[state]


def notes_of(facts: Facts, state: State, waived: str = "") -> tuple[str, ...]:
    """What else to know: what happens meanwhile, and what we cannot know yet."""
    found = (
        _of_waiver(facts, waived) if state == State.WAIVED else "",
        _of_nothing(facts) if state == State.NOTHING_DUE else "",
        _of_transfer(facts),
        _of_lateness(facts) if state == State.OVERDUE else "",
        _of_statements(facts),
    )
    return tuple(note for note in found if note)


def _is_for_office(facts: Facts) -> bool:
    return facts.reader == Reader.OFFICE


def _of_nothing(facts: Facts) -> str:
    return "They owe no fee." if _is_for_office(facts) else "No membership fee is due."


def _of_waiver(facts: Facts, waived: str) -> str:
    day = in_words(facts.waived_on) if facts.waived_on else ""
    whom = "them" if _is_for_office(facts) else "you"
    return f"We let {whom} off the fee of {waived} on {day}. There is nothing to pay for it."


def _of_transfer(facts: Facts) -> str:
    if not facts.is_due or facts.transfer_sent_on is None:
        return ""
    day = in_words(facts.transfer_sent_on)
    if _is_for_office(facts):
        sent = f"They told us on {day} that they made a bank transfer."
        if facts.may_still_arrive:
            return f"{sent} They are not reminded meanwhile."
        return f"{sent} It is not on any statement yet. Ask for the reference that they gave."
    sent = f"You told us on {day} that you made a bank transfer."
    if facts.may_still_arrive:
        return f"{sent} We e-mail you a receipt once it shows on our statement. Do not pay again."
    return (
        f"{sent} We have not found it yet. Please check the reference and the amount with your "
        "bank, and write to us."
    )


def _of_lateness(facts: Facts) -> str:
    if not facts.is_renewal:
        return ""
    your = "Their" if _is_for_office(facts) else "Your"
    if facts.grace_until and facts.on <= facts.grace_until:
        please = "" if _is_for_office(facts) else " Please pay by then."
        return f"{your} benefits go on until {in_words(facts.grace_until)}.{please}"
    if facts.renewable_until and facts.on <= facts.renewable_until:
        until = in_words(facts.renewable_until)
        return f"{your} membership has ended. Until {until} this fee still renews it."
    return ""


def _of_statements(facts: Facts) -> str:
    """While statements are behind, nobody is taken to be late."""
    if not facts.is_due or facts.known_until is None or facts.known_until >= facts.on:
        return ""
    who = "they" if _is_for_office(facts) else "you"
    return (
        f"We have seen our bank statements up to {in_words(facts.known_until)}. If {who} made a "
        "transfer since then, it may have arrived: nothing ends for want of it."
    )
