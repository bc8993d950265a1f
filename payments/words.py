"""What an attempt to pay means for the person who made it, in words fit for a page."""

from dataclasses import dataclass

from foundation.dates import in_words
from foundation.look import Tone
from foundation.pence import pounds
from payments.models import Attempt

State = Attempt.State


@dataclass(frozen=True)
class Words:
    """A heading, what happened, and what comes next."""

    heading: str
    said: str
    then: str
    tone: Tone


REFUSED_CARD = frozenset({"INSTRUMENT_DECLINED", "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING"})
WRITES = "We will e-mail you as soon as we know. Please do not pay again."


def words_of(attempt: Attempt) -> Words:
    """The words for an attempt as it stands."""
    if attempt.is_open:
        return _of_open(attempt)
    return _of_closed(attempt)


def runs_until(attempt: Attempt) -> str:
    """“Your membership runs until 22 November 2027.”, where this payment is what it runs by."""
    fee = attempt.invoice.fee
    if attempt.state != State.CAPTURED or not fee or not fee.ends_on:
        return ""
    return f"Your membership runs until {in_words(fee.ends_on)}."


OFFICE_REASONS = {
    "OTHER_ATTEMPT": "PayPal's order names another payment than ours",
    "OTHER_CURRENCY": "PayPal's order is not in pounds",
    "OTHER_AMOUNT": "PayPal's order is for another sum",
    "OTHER_PAYEE": "the money would go to another account than ours",
    "REFUNDED_AT_PAYPAL": "it was refunded in PayPal's own pages. Say what that means for the"
    " membership",
    "REVERSED_BY_PAYPAL": "the money was taken back through PayPal. The membership stays until"
    " somebody says what that means for it",
    "DISPUTE": "the payer complains at PayPal. Answer there in time; the membership stays",
    "CREDIT_MOVED_BACK": "the money that went back had been used as credit. What it paid for is"
    " to be paid again: say what that means for the membership",
    "REFUND_UNKNOWN": "PayPal does not say whether a refund was made. Look at PayPal's own list",
}


def reason_in_words(reason: str) -> str:
    """PayPal's code, or ours, in words for the office; a code that nobody knows stays as it is."""
    return OFFICE_REASONS.get(reason, reason)


def still_due(attempt: Attempt) -> str:
    """“£72.00 is still due.”, or nothing where nothing is."""
    rest = attempt.invoice.rest_pence
    return f"{pounds(rest)} is still due." if rest else ""


def _of_open(attempt: Attempt) -> Words:
    due = f"Nothing was taken. {still_due(attempt)}".strip()
    if attempt.state == State.CAPTURING:
        return Words("Thank you. We are confirming your payment.", "", WRITES, Tone.WAIT)
    if attempt.state == State.PENDING:
        said = "PayPal is checking your payment before it lets it through. There is nothing to do."
        then = f"It counts once the money has arrived. {WRITES}"
        return Words("PayPal is reviewing your payment", said, then, Tone.WAIT)
    if attempt.reason in REFUSED_CARD:
        return Words("Your card was refused", due, "Try another card, or pay by BACS.", Tone.ACT)
    if attempt.last_error or attempt.state == State.CREATED:
        return Words("PayPal is not answering", due, "Try later or pay by BACS.", Tone.WAIT)
    then = "Continue at PayPal, or pay by BACS."
    return Words("Your payment is not finished", due, then, Tone.ACT)


def _of_closed(attempt: Attempt) -> Words:
    due = f"Nothing was taken. {still_due(attempt)}".strip()
    again = "You can pay again, by PayPal or by BACS."
    if attempt.is_paid and attempt.state != State.CAPTURED:
        return Words("This payment was refunded", _gone(attempt), "", Tone.PLAIN)
    if attempt.state == State.CAPTURED:
        said = f"We have received {pounds(attempt.amount_pence)} for {attempt.invoice.text}."
        return Words("Thank you. Your payment has arrived.", said, "A receipt follows.", Tone.GOOD)
    if attempt.state == State.MISMATCH:
        said = "What PayPal told us does not agree with your invoice, so we stopped."
        then = "Our office has been told and will write to you. Please do not pay again."
        return Words("We are looking into your payment", said, then, Tone.STOP)
    if not attempt.invoice.is_payable:
        said = "Nothing was taken by PayPal: the fee was settled in another way."
        return Words("There is nothing left to pay", said, "", Tone.GOOD)
    if attempt.state == State.CANCELLED:
        return Words("Payment cancelled", due, again, Tone.ACT)
    if attempt.state == State.DECLINED:
        return Words("PayPal refused the payment", due, again, Tone.ACT)
    return Words("This payment ran out of time", due, again, Tone.ACT)


def _gone(attempt: Attempt) -> str:
    """How much of a payment went back, or is on its way."""
    return f"{pounds(attempt.refunded_pence)} of {pounds(attempt.captured_pence)} went back."
