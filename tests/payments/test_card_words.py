"""The words of the money card: the same facts, said to the payer and said to the office."""

import datetime as dt
import itertools
import re

import pytest

from payments.card_words import Back, Facts, Reader, State, heading_of, notes_of, state_of
from payments.standing import REASONS

DAY = dt.date(2026, 11, 23)
LATER, EARLIER = DAY + dt.timedelta(days=5), DAY - dt.timedelta(days=5)
TO_THE_PAYER = re.compile(r"\b(you|your|yours)\b", re.IGNORECASE)


def every_card(reader):
    """The facts of every kind of card that there is."""
    days = (None, LATER, EARLIER)
    for due, sent, grace, renewable in itertools.product(days, repeat=4):
        for is_due, may_arrive, checking in itertools.product((True, False), repeat=3):
            yield Facts(
                DAY,
                reader,
                is_due=is_due,
                is_renewal=True,
                due_on=due,
                is_checking=checking,
                transfer_sent_on=sent,
                may_still_arrive=may_arrive,
                grace_until=grace,
                renewable_until=renewable,
                known_until=EARLIER,
                waived_on=sent,
            )


def every_way_back():
    """A payment of £90.00 of which something went back, or that is disputed."""
    for pence, taken, disputed in ((3000, False, False), (9000, False, False), (9000, True, False)):
        yield Back(9000, pence, DAY, was_taken=taken, is_disputed=disputed)
    yield Back(9000, is_disputed=True)


def words(facts):
    state = state_of(facts)
    return " ".join((heading_of(state, "£9.00", facts.reader), *notes_of(facts, state, "£9.00")))


def test_the_office_is_never_spoken_to_as_if_it_were_the_payer():
    found = {text for text in map(words, every_card(Reader.OFFICE)) if TO_THE_PAYER.search(text)}

    assert found == set()
    assert not any(map(TO_THE_PAYER.search, REASONS[Reader.OFFICE].values()))


def test_of_what_went_back_the_office_reads_as_of_somebody_else():
    cards = [Facts(DAY, Reader.OFFICE, back=back) for back in every_way_back()]

    assert [text for text in map(words, cards) if TO_THE_PAYER.search(text)] == []


@pytest.mark.parametrize(
    ("back", "state", "said"),
    [
        (
            Back(9000, 8999, DAY),
            State.PART_REFUNDED,
            "£89.99 of your payment of £90.00 went back through PayPal on 23 November 2026.",
        ),
        (
            Back(9000, 9000, DAY),
            State.REFUNDED,
            "Your payment of £90.00 went back through PayPal on 23 November 2026.",
        ),
        (
            Back(9000, 9000, DAY, was_taken=True),
            State.TAKEN_BACK,
            (
                "PayPal or the bank took your payment of £90.00 back on 23 November 2026. "
                "Write to us if that was a mistake."
            ),
        ),
        (
            Back(9000, 3000, DAY, is_disputed=True),
            State.DISPUTED,
            (
                "You complained at PayPal about your payment of £90.00. PayPal looks into it. "
                "Nothing else changes meanwhile."
            ),
        ),
    ],
)
def test_what_went_back_is_said(back, state, said):
    facts = Facts(DAY, back=back)

    assert state_of(facts) == state
    assert notes_of(facts, state) == (said, "No membership fee is due.")


def test_while_a_fee_is_due_the_card_is_about_the_fee():
    facts = Facts(DAY, is_due=True, due_on=LATER, back=Back(9000, 9000, DAY))

    assert state_of(facts) == State.DUE
    assert notes_of(facts, State.DUE) == ()


def test_payers_are_spoken_to():
    spoken_to = {state_of(facts) for facts in every_card(Reader.PAYER) if "ou" in words(facts)}

    assert spoken_to == {
        State.CHECKING,
        State.ON_ITS_WAY,
        State.OVERDUE,
        State.DUE,
        State.WAIVED,
    }


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        (Reader.PAYER, "Your bank transfer is on its way: £9.00"),
        (Reader.OFFICE, "Their bank transfer is on its way: £9.00"),
    ],
)
def test_the_heading_says_whose_transfer_it_is(reader, said):
    assert heading_of(State.ON_ITS_WAY, "£9.00", reader) == said
