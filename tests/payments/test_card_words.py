"""The words of the money card: the same facts, said to the payer and said to the office."""

import datetime as dt
import itertools
import re
from dataclasses import replace

import pytest

from payments.card_words import Back, Facts, Reader, State, heading_of, notes_of, state_of
from payments.standing import REASONS

DAY = dt.date(2026, 11, 23)
ONE_DAY = dt.timedelta(days=1)
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


FEE = Facts(DAY, is_due=True, due_on=LATER)
LATE = Facts(DAY, is_due=True, due_on=EARLIER)
RENEWAL = Facts(DAY, is_due=True, is_renewal=True, due_on=EARLIER)
DISPUTED = Back(9000, 3000, DAY, is_disputed=True)
TAKEN = Back(9000, 9000, was_taken=True)

# How things stand, the state, and the whole card as the payer and as the office reads it.
CARDS = [
    (replace(FEE, is_checking=True), State.CHECKING, "We are checking your payment: £9.00", ()),
    (replace(FEE, on=LATER), State.DUE, "Fee due: £9.00", ()),
    (Facts(DAY, is_due=True), State.DUE, "Fee due: £9.00", ()),
    (replace(FEE, may_still_arrive=True), State.DUE, "Fee due: £9.00", ()),
    (replace(FEE, paid_pence=1), State.PART_PAID, "Still to pay: £9.00", ()),
    (replace(FEE, known_until=DAY), State.DUE, "Fee due: £9.00", ()),
    (
        replace(FEE, known_until=DAY - ONE_DAY),
        *(State.DUE, "Fee due: £9.00"),
        (
            (
                "We have seen our bank statements up to 22 November 2026. If you made a transfer "
                "since then, it may have arrived: nothing ends for want of it."
            ),
        ),
    ),
    (
        replace(FEE, transfer_sent_on=EARLIER, may_still_arrive=True),
        *(State.ON_ITS_WAY, "Your bank transfer is on its way: £9.00"),
        (
            (
                "You told us on 18 November 2026 that you made a bank transfer. We e-mail you a "
                "receipt once it shows on our statement. Do not pay again."
            ),
        ),
    ),
    (
        replace(FEE, transfer_sent_on=EARLIER),
        *(State.DUE, "Fee due: £9.00"),
        (
            (
                "You told us on 18 November 2026 that you made a bank transfer. We have not found "
                "it yet. Please check the reference and the amount with your bank, and write to us."
            ),
        ),
    ),
    (LATE, State.OVERDUE, "Overdue: £9.00", ()),
    (replace(LATE, grace_until=LATER), State.OVERDUE, "Overdue: £9.00", ()),
    (RENEWAL, State.OVERDUE, "Overdue: £9.00", ()),
    (
        replace(RENEWAL, grace_until=DAY, renewable_until=LATER),
        *(State.OVERDUE, "Overdue: £9.00"),
        ("Your benefits go on until 23 November 2026. Please pay by then.",),
    ),
    (
        replace(RENEWAL, grace_until=EARLIER, renewable_until=DAY),
        *(State.OVERDUE, "Overdue: £9.00"),
        ("Your membership has ended. Until 23 November 2026 this fee still renews it.",),
    ),
    (
        replace(RENEWAL, grace_until=EARLIER, renewable_until=DAY - ONE_DAY),
        *(State.OVERDUE, "Overdue: £9.00", ()),
    ),
    (Facts(DAY), State.NOTHING_DUE, "Payments", ("No membership fee is due.",)),
    (
        Facts(DAY, transfer_sent_on=EARLIER, known_until=EARLIER),
        *(State.NOTHING_DUE, "Payments", ("No membership fee is due.",)),
    ),
    (
        Facts(DAY, waived_on=EARLIER),
        *(State.WAIVED, "Nothing to pay"),
        ("We let you off the fee of £9.00 on 18 November 2026. There is nothing to pay for it.",),
    ),
    (
        Facts(DAY, back=DISPUTED),
        *(State.DISPUTED, "Your payment is disputed at PayPal"),
        (
            (
                "You complained at PayPal about your payment of £90.00. PayPal looks into it. "
                "Nothing else changes meanwhile."
            ),
            "No membership fee is due.",
        ),
    ),
    (
        Facts(DAY, back=TAKEN),
        *(State.TAKEN_BACK, "Your payment was taken back"),
        (
            (
                "PayPal or the bank took your payment of £90.00 back. Write to us if that was a "
                "mistake."
            ),
            "No membership fee is due.",
        ),
    ),
    (
        Facts(DAY, back=Back(9000, 9000, DAY)),
        *(State.REFUNDED, "Your payment was refunded"),
        (
            "Your payment of £90.00 went back through PayPal on 23 November 2026.",
            "No membership fee is due.",
        ),
    ),
    (
        Facts(DAY, back=Back(9000, 3000, DAY)),
        *(State.PART_REFUNDED, "Part of your payment was refunded"),
        (
            "£30.00 of your payment of £90.00 went back through PayPal on 23 November 2026.",
            "No membership fee is due.",
        ),
    ),
]


@pytest.mark.parametrize(("facts", "state", "heading", "notes"), CARDS)
def test_the_payer_reads_the_whole_card(facts, state, heading, notes):
    assert state_of(facts) == state
    assert heading_of(state, "£9.00") == heading
    assert notes_of(facts, state, "£9.00") == notes


@pytest.mark.parametrize(
    ("facts", "heading", "notes"),
    [
        (replace(FEE, is_checking=True), "We are checking their payment: £9.00", ()),
        (
            replace(FEE, known_until=EARLIER),
            "Fee due: £9.00",
            (
                (
                    "We have seen our bank statements up to 18 November 2026. If they made a "
                    "transfer since then, it may have arrived: nothing ends for want of it."
                ),
            ),
        ),
        (
            replace(FEE, transfer_sent_on=EARLIER, may_still_arrive=True),
            "Their bank transfer is on its way: £9.00",
            (
                (
                    "They told us on 18 November 2026 that they made a bank transfer. They are not "
                    "reminded meanwhile."
                ),
            ),
        ),
        (
            replace(FEE, transfer_sent_on=EARLIER),
            "Fee due: £9.00",
            (
                (
                    "They told us on 18 November 2026 that they made a bank transfer. It is not "
                    "on any statement yet. Ask for the reference that they gave."
                ),
            ),
        ),
        (
            replace(RENEWAL, grace_until=LATER),
            "Overdue: £9.00",
            ("Their benefits go on until 28 November 2026.",),
        ),
        (
            replace(RENEWAL, renewable_until=LATER),
            "Overdue: £9.00",
            ("Their membership has ended. Until 28 November 2026 this fee still renews it.",),
        ),
        (Facts(DAY), "Payments", ("They owe no fee.",)),
        (
            Facts(DAY, waived_on=EARLIER),
            "Nothing to pay",
            (
                (
                    "We let them off the fee of £9.00 on 18 November 2026. There is nothing to pay "
                    "for it."
                ),
            ),
        ),
        (
            Facts(DAY, back=DISPUTED),
            "Their payment is disputed at PayPal",
            (
                (
                    "They complained at PayPal about their payment of £90.00. It is answered "
                    "there. Nothing else changes meanwhile."
                ),
                "They owe no fee.",
            ),
        ),
        (
            Facts(DAY, back=TAKEN),
            "Their payment was taken back",
            ("PayPal or the bank took their payment of £90.00 back.", "They owe no fee."),
        ),
        (
            Facts(DAY, back=Back(9000, 9000, DAY)),
            "Their payment was refunded",
            (
                "Their payment of £90.00 went back through PayPal on 23 November 2026.",
                "They owe no fee.",
            ),
        ),
        (
            Facts(DAY, back=Back(9000, 3000, DAY)),
            "Part of their payment was refunded",
            (
                "£30.00 of their payment of £90.00 went back through PayPal on 23 November 2026.",
                "They owe no fee.",
            ),
        ),
    ],
)
def test_the_office_reads_the_whole_card_of_somebody_else(facts, heading, notes):
    facts = replace(facts, reader=Reader.OFFICE)
    state = state_of(facts)

    assert heading_of(state, "£9.00", Reader.OFFICE) == heading
    assert notes_of(facts, state, "£9.00") == notes
