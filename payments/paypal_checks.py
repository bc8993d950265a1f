"""What must always be true of our account at PayPal, each as a question for what breaks it."""

from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from payments.models import Attempt, BankLine, PaypalEntry


def charges_not_as_told() -> QuerySet[Attempt]:
    """What PayPal said it charged for a capture is booked, once."""
    is_charge = Q(paypal_entries__kind=PaypalEntry.Kind.FEE, paypal_entries__refund=None)
    counted = Attempt.objects.annotate(
        booked=Coalesce(Sum("paypal_entries__pence", filter=is_charge), 0),
        told=Case(
            When(state__in=Attempt.PAID, then=Coalesce("fee_pence", 0)),
            default=0,
            output_field=IntegerField(),
        ),
    )
    return counted.exclude(booked=-F("told"))


def payouts_not_as_booked() -> QuerySet[BankLine]:
    """A pay-out takes from PayPal what it brings to the bank; no other line does."""
    lines = BankLine.objects.filter(
        Q(state=BankLine.State.PAYOUT) | Q(paypal_entries__isnull=False)
    )
    counted = lines.annotate(
        booked=Coalesce(Sum("paypal_entries__pence"), 0),
        told=Case(
            When(state=BankLine.State.PAYOUT, then=F("pence")),
            default=0,
            output_field=IntegerField(),
        ),
    )
    return counted.exclude(booked=-F("told"))


def half_taken_back() -> QuerySet[PaypalEntry]:
    reversals = PaypalEntry.objects.filter(reverses__isnull=False)
    return reversals.exclude(pence=-F("reverses__pence"), kind=F("reverses__kind"))


QUESTIONS = {
    "what PayPal charged for a capture is booked exactly once": charges_not_as_told,
    "a pay-out is booked as its bank line says": payouts_not_as_booked,
    "a line of our PayPal account is taken back whole": half_taken_back,
}
