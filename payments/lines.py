"""What an invoice asks for, line by line, with the VAT that is within each line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

from membership.models import FeeDue
from payments.models import Invoice, InvoiceLine
from payments.vat import Treatment, vat_within


@dataclass(frozen=True)
class Item:
    """One thing that is asked for. `unit_pence` includes VAT where the society charges it."""

    text: str
    unit_pence: int
    quantity: int = 1

    @property
    def pence(self) -> int:
        return self.quantity * self.unit_pence


def item_of_fee(fee: FeeDue, text: str) -> Item:
    """A fee is one line; where it is a part of a year's, the line says how it was worked out."""
    return Item(f"{text}\n{fee.reckoning}" if fee.reckoning else text, fee.pence)


def lines_of(invoice: Invoice, items: Sequence[Item]) -> Iterable[InvoiceLine]:
    """The lines to store, by the invoice's own VAT treatment."""
    rate = settings.VAT_RATE if invoice.vat_treatment == Treatment.STANDARD else None
    for position, item in enumerate(items, start=1):
        yield InvoiceLine(
            invoice=invoice,
            position=position,
            text=item.text,
            quantity=item.quantity,
            unit_pence=item.unit_pence,
            vat_rate=rate,
            vat_pence=0 if rate is None else vat_within(item.pence, rate=rate),
        )
