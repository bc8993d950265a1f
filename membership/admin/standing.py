"""Pages that waive a fee, suspend a membership and end a suspension, each with a confirm."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from foundation.pence import pounds
from membership import lifecycle
from membership.admin.forms import ConfirmForm, ReasonForm
from membership.admin.pages import page, posted, require, taken
from membership.models import FeeDue, Membership

WAIVE = "membership.waive_fee"
SUSPEND = "membership.suspend_membership"


def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a fee go; the membership begins as if it had been paid today."""
    by = require(request, WAIVE)
    fee = get_object_or_404(FeeDue.objects.select_related("person"), pk=pk)
    form = ReasonForm(posted(request), label="Why is the fee waived?")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        taken(
            request,
            lambda: lifecycle.waive(fee_due_id=pk, by=by, at=timezone.now(), reason=reason),
            done="Waived. The membership is active and the welcome letter is on its way.",
        )
        return redirect("admin:membership_feedue_change", pk)
    return page(
        request,
        "feedue/waive",
        title=f"Waive the fee of {fee.person}?",
        fee=fee,
        amount=pounds(fee.pence),
        form=form,
    )


@dataclass(frozen=True)
class Confirmed:
    """A step in the life of a membership that the office confirms, or gives its reason for."""

    template: str
    title: str
    step: Callable[..., object]
    done: str
    asks: str = ""


SUSPENDED = Confirmed(
    "membership/suspend",
    title="Suspend the membership of {}?",
    step=lifecycle.suspend,
    done="Suspended. The member is out of the directory at once.",
    asks="Why is the membership suspended?",
)
SUSPENSION_ENDED = Confirmed(
    "membership/end_suspension",
    title="End the suspension of {}?",
    step=lifecycle.end_suspension,
    done="The suspension has ended. The dates of the membership are as they were.",
)
RESIGNED = Confirmed(
    "membership/resign",
    title="Does {} leave the society?",
    step=lifecycle.resign,
    done="The membership has ended, and a letter says so.",
)


def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member's standing away for now."""
    return _confirm(request, pk, SUSPENDED)


def end_suspension(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a suspended member their standing back."""
    return _confirm(request, pk, SUSPENSION_ENDED)


def resign(request: HttpRequest, pk: int) -> HttpResponse:
    """A member who wrote that they leave."""
    return _confirm(request, pk, RESIGNED)


def _confirm(request: HttpRequest, pk: int, what: Confirmed) -> HttpResponse:
    by = require(request, SUSPEND)
    memberships = Membership.objects.select_related("person", "suspended_by")
    membership = get_object_or_404(memberships, pk=pk)
    sent = posted(request)
    form = ReasonForm(sent, label=what.asks) if what.asks else ConfirmForm(sent)
    if request.method == "POST" and form.is_valid():
        given = {"membership_id": pk, "by": by, "at": timezone.now(), **form.cleaned_data}
        taken(request, lambda: what.step(**given), done=what.done)
        return redirect("admin:membership_membership_change", pk)
    return page(
        request,
        what.template,
        title=what.title.format(membership.person),
        membership=membership,
        form=form,
    )
