"""Writing down that something which needed a person was put right, and how."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from foundation.fields import WordsField
from membership.admin.forms import OfficeForm
from membership.admin.pages import posted, require
from payments import alarms
from payments.admin.pages import page
from payments.models import Attempt, Dispute
from payments.words import reason_in_words

PERMISSION = "payments.sync_attempt"


class DealtForm(OfficeForm):
    note = WordsField(
        label="What was done?",
        rows=4,
        help_text="For the office: whom you wrote to, what PayPal said, where the money is.",
        missing="Write down what was done.",
    )


def deal_with_attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """A payment that did not agree with PayPal, and what became of it."""
    require(request, PERMISSION)
    attempt = get_object_or_404(Attempt, pk=pk, state=Attempt.State.MISMATCH)
    return _deal_with(request, attempt, "attempt", why=reason_in_words(attempt.reason))


def deal_with_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """A payer's complaint, and what was answered."""
    require(request, PERMISSION)
    dispute = get_object_or_404(Dispute.objects.select_related("attempt"), pk=pk)
    return _deal_with(request, dispute, "dispute", why=reason_in_words("DISPUTE"))


def _deal_with(
    request: HttpRequest, waiting: Attempt | Dispute, kind: str, *, why: str
) -> HttpResponse:
    by = require(request, PERMISSION)
    form = DealtForm(posted(request))
    back = f"admin:payments_{kind}_change"
    if request.method != "POST" or not form.is_valid():
        facts = {"row": waiting, "form": form, "why": why, "back": back}
        return page(request, "deal_with", title=f"Deal with {waiting}", **facts)
    note = form.cleaned_data["note"]
    if alarms.deal_with(waiting, by=by, at=timezone.now(), note=note):
        messages.success(request, "Noted. It no longer waits on the office's first screen.")
    else:
        messages.error(request, "Somebody noted before what was done.")
    return redirect(back, waiting.pk)
