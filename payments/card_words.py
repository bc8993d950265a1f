"""Pure: what the money card says for the way things stand; one state, one heading, what to do."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from foundation.dates import in_words
from foundation.look import Tone
from foundation.pence import pounds


class State(StrEnum):
    """How somebody's money stands; the first that holds, from the top."""

    CHECKING = "checking"
    ON_ITS_WAY = "on_its_way"
    OVERDUE = "overdue"
    PART_PAID = "part_paid"
    DUE = "due"
    DISPUTED = "disputed"
    TAKEN_BACK = "taken_back"
    REFUNDED = "refunded"
    PART_REFUNDED = "part_refunded"
    WAIVED = "waived"
    NOTHING_DUE = "nothing_due"


class Reader(StrEnum):
    """Who reads the card: the payer of their own money, or the office of somebody else's."""

    PAYER = "payer"
    OFFICE = "office"


@dataclass(frozen=True)
class Back:
    """The newest payment through PayPal, where something of it went back or is disputed. Pence."""

    paid_pence: int
    back_pence: int = 0
    on: dt.date | None = None
    was_taken: bool = False
    is_disputed: bool = False


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
    back: Back | None = None


TONES = {
    State.DISPUTED: Tone.WAIT,
    State.TAKEN_BACK: Tone.ACT,
    State.REFUNDED: Tone.PLAIN,
    State.PART_REFUNDED: Tone.PLAIN,
    State.CHECKING: Tone.WAIT,
    State.ON_ITS_WAY: Tone.WAIT,
    State.OVERDUE: Tone.STOP,
    State.PART_PAID: Tone.ACT,
    State.DUE: Tone.ACT,
}


def state_of(facts: Facts) -> State:
    if not facts.is_due:
        return _without_a_fee(facts)
    if facts.is_checking:
        return State.CHECKING
    if facts.transfer_sent_on and facts.may_still_arrive:
        return State.ON_ITS_WAY
    if facts.due_on and facts.on > facts.due_on:
        return State.OVERDUE
    return State.PART_PAID if facts.paid_pence > 0 else State.DUE


def _without_a_fee(facts: Facts) -> State:
    back = facts.back
    if back is None:
        return State.WAIVED if facts.waived_on else State.NOTHING_DUE
    if back.is_disputed:
        return State.DISPUTED
    if back.was_taken:
        return State.TAKEN_BACK
    return State.REFUNDED if back.back_pence >= back.paid_pence else State.PART_REFUNDED


def heading_of(state: State, rest: str, reader: Reader = Reader.PAYER) -> str:
    """The heading; `rest` is the sum that is still to be paid, in words."""
    your = "your" if reader == Reader.PAYER else "their"
    return {
        State.CHECKING: f"We are checking {your} payment: {rest}",
        State.ON_ITS_WAY: f"{your.capitalize()} bank transfer is on its way: {rest}",
        State.OVERDUE: f"Overdue: {rest}",
        State.PART_PAID: f"Still to pay: {rest}",
        State.DUE: f"Fee due: {rest}",
        State.DISPUTED: f"{your.capitalize()} payment is disputed at PayPal",
        State.TAKEN_BACK: f"{your.capitalize()} payment was taken back",
        State.REFUNDED: f"{your.capitalize()} payment was refunded",
        State.PART_REFUNDED: f"Part of {your} payment was refunded",
        State.WAIVED: "Nothing to pay",
        State.NOTHING_DUE: "Payments",
    }[state]


def notes_of(facts: Facts, state: State, waived: str = "") -> tuple[str, ...]:
    """What else to know: what happens meanwhile, and what we cannot know yet."""
    found = (
        _of_waiver(facts, waived) if state == State.WAIVED else "",
        _of_back(facts.back, facts.reader) if facts.back and not facts.is_due else "",
        _of_nothing(facts) if not facts.is_due and state != State.WAIVED else "",
        _of_transfer(facts),
        _of_lateness(facts) if state == State.OVERDUE else "",
        _of_statements(facts),
    )
    return tuple(note for note in found if note)


def _is_for_office(facts: Facts) -> bool:
    return facts.reader == Reader.OFFICE


def _of_nothing(facts: Facts) -> str:
    return "They owe no fee." if _is_for_office(facts) else "No membership fee is due."


def _of_back(back: Back, reader: Reader) -> str:
    is_office = reader == Reader.OFFICE
    your, you = ("their", "they") if is_office else ("your", "you")
    paid, day = pounds(back.paid_pence), f" on {in_words(back.on)}" if back.on else ""
    if back.is_disputed:
        answer = "It is answered there." if is_office else "PayPal looks into it."
        said = f"{you.capitalize()} complained at PayPal about {your} payment of {paid}."
        return f"{said} {answer} Nothing else changes meanwhile."
    if back.was_taken:
        mistake = "" if is_office else " Write to us if that was a mistake."
        return f"PayPal or the bank took {your} payment of {paid} back{day}.{mistake}"
    if back.back_pence >= back.paid_pence:
        return f"{your.capitalize()} payment of {paid} went back through PayPal{day}."
    part = pounds(back.back_pence)
    return f"{part} of {your} payment of {paid} went back through PayPal{day}."


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
