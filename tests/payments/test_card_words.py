"""The words of the money card: the same facts, said to the payer and said to the office."""

import datetime as dt
import itertools
import re

import pytest

from payments.card_words import Facts, Reader, State, heading_of, notes_of, state_of
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


def words(facts):
    state = state_of(facts)
    return " ".join((heading_of(state, "£9.00", facts.reader), *notes_of(facts, state, "£9.00")))


def test_the_office_is_never_spoken_to_as_if_it_were_the_payer():
    found = {text for text in map(words, every_card(Reader.OFFICE)) if TO_THE_PAYER.search(text)}

    assert found == set()
    assert not any(map(TO_THE_PAYER.search, REASONS[Reader.OFFICE].values()))


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
