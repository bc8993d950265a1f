"""Refunding a payment: type it, look at what it will do, confirm it once; and what one means."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from foundation.dates import in_words
from foundation.fields import PoundsField
from foundation.pence import pounds
from membership import standing
from membership.admin.forms import OfficeForm
from membership.admin.pages import posted, require
from payments import refund_effects, refunds
from payments.admin.pages import page
from payments.models import Attempt, Refund
from payments.spent_credit import spent_of

PERMISSION = "payments.refund"
ASK = "payments.sync_attempt"
State, Effect = Refund.State, Refund.Effect
NOTE = "The payer reads this."
UNKNOWN = (
    "PayPal has not said yet whether {sum} was refunded. We ask again by ourselves: please do not "
    "refund it a second time."
)
REFUSED = (
    "PayPal refused the refund of {sum} ({reason}). Nothing went back and nothing has changed. "
    "You can give it back by bank transfer."
)
ANSWERS = {
    State.COMPLETED: (messages.SUCCESS, "{sum} was refunded. The payer is told by e-mail."),
    State.PENDING: (messages.SUCCESS, "{sum} is on its way. The payer is told once it has gone."),
    State.REQUESTED: (messages.WARNING, UNKNOWN),
    State.FAILED: (messages.ERROR, REFUSED),
}


class EffectForm(OfficeForm):
    """What a refund means for the membership: a person chooses, nothing is chosen beforehand."""

    effect = forms.ChoiceField(
        label="What about the membership?",
        choices=[(one.value, one.label) for one in (Effect.KEEP, Effect.END)],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the membership stays or ends."},
    )
    note = forms.CharField(
        label="Why",
        max_length=200,
        help_text=NOTE,
        error_messages={"required": "Write down why: the payer reads it."},
    )


class RefundForm(EffectForm):
    """A sum of one payment. The key makes one page one refund."""

    amount = PoundsField(label="Amount in pounds")
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("amount", "effect", "note", "key")

    def __init__(self, *args: Any, left_pence: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left_pence = left_pence
        self.fields["amount"].help_text = f"{pounds(left_pence)} at most."

    def clean_amount(self) -> int:
        pence: int = self.cleaned_data["amount"]
        if pence > self.left_pence:
            raise ValidationError(str(refunds.TooMuch(self.left_pence)))
        return pence


def refund_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, then the same page with what will happen, then PayPal is asked."""
    require(request, PERMISSION)
    attempt = get_object_or_404(
        Attempt.objects.select_related("invoice__account__person", "invoice__fee"), pk=pk
    )
    left = refunds.left_of(attempt)
    first = {"key": uuid.uuid4(), "amount": left}
    form = RefundForm(posted(request), initial=first, left_pence=left)
    if not _is_second_click(request, attempt) and (request.method != "POST" or not form.is_valid()):
        return _page(request, attempt, form=form)
    if "confirm" not in request.POST:
        return _page(request, attempt, form=form, outcome=outcome(attempt, form.cleaned_data))
    return _send(request, attempt)


def outcome(attempt: Attempt, typed: dict[str, Any]) -> list[str]:
    """What this refund will do, in words."""
    pence, invoice = typed["amount"], attempt.invoice
    left = attempt.captured_pence - attempt.refunded_pence - pence
    over = max(invoice.paid_pence - invoice.asked_pence, 0)
    back = f"{pounds(pence)} goes back to the payer through PayPal"
    said = [f"{back}; {pounds(left)} of this payment stays with us. This cannot be taken back."]
    if pence > over:
        said.append(f"Invoice {invoice.number} is credited: nothing more is asked for it.")
        said += [
            f"{pounds(one.pence)} of what was paid for it was used for invoice {one.to.number}, "
            "which stays paid."
            for one in spent_of(invoice)
        ]
    return [*said, effect_in_words(attempt, typed["effect"])]


def effect_in_words(attempt: Attempt, effect: str) -> str:
    """What the choice means for this payer's membership."""
    payer = attempt.invoice.payer
    now = standing.of(payer, timezone.localdate())
    if now.until is None or now.state in ("none", "lapsed", "resigned"):
        return f"{payer} has no membership at present, so none is changed."
    if effect == Effect.END:
        return f"The membership of {payer} ends, and the directory shows them no more."
    return f"The membership of {payer} stays as it is, until {in_words(now.until)}."


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what money that went back without us means for the membership."""
    by = require(request, PERMISSION)
    found = Refund.objects.select_related("attempt__invoice__account__person")
    refund = get_object_or_404(found, pk=pk)
    form = EffectForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        title = f"What does the refund of {pounds(refund.amount_pence)} mean?"
        return page(request, "refund/decide", title=title, refund=refund, form=form)
    effect, note = Effect(form.cleaned_data["effect"]), form.cleaned_data["note"]
    try:
        refund_effects.decide(pk, effect=effect, by=by, at=timezone.now(), note=note)
    except refund_effects.AlreadyDecided as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Noted. {effect.label}.")
    return redirect("admin:payments_refund_change", pk)


@require_POST
def ask_about_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask PayPal how a refund stands."""
    require(request, ASK)
    refund = refunds.sync(get_object_or_404(Refund, pk=pk).pk, at=timezone.now())
    if refund.last_error:
        messages.warning(request, "PayPal is not answering. We will ask again by ourselves.")
    else:
        messages.success(request, f"PayPal was asked. {refund}: {refund.get_state_display()}.")
    return redirect("admin:payments_refund_change", pk)


def _is_second_click(request: HttpRequest, attempt: Attempt) -> bool:
    """The same page again, of which a refund was made: it is shown, whatever is left by now."""
    key = request.POST.get("key", "").replace("\0", "")
    sent = "confirm" in request.POST and bool(key)
    return sent and attempt.refunds.filter(request_id=f"refund-{key}").exists()


def _send(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    by = require(request, PERMISSION)
    form = RefundForm(request.POST, left_pence=attempt.captured_pence)
    form.is_valid()
    typed, now = form.cleaned_data, timezone.now()
    try:
        refund = refunds.request(
            attempt.pk,
            pence=typed["amount"],
            effect=Effect(typed["effect"]),
            note=typed["note"],
            key=str(typed["key"]),
            by=by,
            at=now,
        )
    except refunds.CannotRefund as error:
        messages.error(request, str(error))
        return redirect("admin:payments_refund_payment", attempt.pk)
    refund = refunds.send(refund.pk, at=now)
    level, words = ANSWERS[State(refund.state)]
    said = words.format(sum=pounds(refund.amount_pence), reason=refund.reason)
    messages.add_message(request, level, said)
    return redirect("admin:payments_attempt_change", attempt.pk)


def _page(request: HttpRequest, attempt: Attempt, **context: Any) -> HttpResponse:
    title = "Refund this payment?" if context.get("outcome") else f"Refund {attempt.ref}"
    context |= {"left": refunds.left_of(attempt), "spent": list(spent_of(attempt.invoice))}
    return page(request, "attempt/refund", title=title, attempt=attempt, **context)
