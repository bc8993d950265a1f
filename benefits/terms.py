"""Pure: what is given back when somebody cancels, by the terms of the event."""

import datetime as dt
from dataclasses import dataclass

from foundation.dates import in_words
from foundation.pence import pounds


@dataclass(frozen=True)
class Terms:
    """All is refunded up to `full_days` days before the event's day, half up to `half_days`."""

    event_on: dt.date
    full_days: int
    half_days: int

    @property
    def full_until(self) -> dt.date:
        """The last day on which all is refunded."""
        return self.event_on - dt.timedelta(days=self.full_days)

    @property
    def half_until(self) -> dt.date:
        return self.event_on - dt.timedelta(days=self.half_days)


@dataclass(frozen=True)
class Refund:
    """How much goes back, in pence, and the sentence that says why."""

    pence: int
    why: str


def refund_of(terms: Terms, *, paid_pence: int, on: dt.date) -> Refund:
    """What goes back to somebody who cancels on a day. Half a penny is rounded up."""
    if not paid_pence:
        return Refund(0, "Nothing was paid, so nothing goes back.")
    if on <= terms.full_until:
        why = f"Up to {in_words(terms.full_until)} all is refunded"
        return Refund(paid_pence, f"{why}: {pounds(paid_pence)}.")
    if on <= terms.half_until:
        half = (paid_pence + 1) // 2
        why = f"Up to {in_words(terms.half_until)} half is refunded"
        return Refund(half, f"{why}: {pounds(half)} of {pounds(paid_pence)}.")
    return Refund(0, f"After {in_words(terms.half_until)} nothing is refunded.")


def in_sentences(terms: Terms, *, on: dt.date) -> tuple[str, ...]:
    """The terms as the event's page prints them on a day, without what is over by then."""
    if on > terms.event_on:
        return ()
    full, half = in_words(terms.full_until), in_words(terms.half_until)
    days = []
    if on <= terms.full_until:
        days.append(f"Cancel by {full} and we refund all of it.")
    if on <= terms.half_until and terms.half_days < terms.full_days:
        days.append(f"Cancel by {half} and we refund half.")
    if not days:
        return ("It is too late for a refund.",)
    return (*days, "After that we refund nothing.")
