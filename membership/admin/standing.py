"""Pages that waive a fee, suspend a membership and end a suspension, each with a confirm."""

from django.db.models import QuerySet
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


def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member's standing away for now."""
    by = require(request, SUSPEND)
    membership = get_object_or_404(_memberships(), pk=pk)
    form = ReasonForm(posted(request), label="Why is the membership suspended?")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        taken(
            request,
            lambda: lifecycle.suspend(membership_id=pk, by=by, at=timezone.now(), reason=reason),
            done="Suspended. The member is out of the directory at once.",
        )
        return redirect("admin:membership_membership_change", pk)
    return page(
        request,
        "membership/suspend",
        title=f"Suspend the membership of {membership.person}?",
        membership=membership,
        form=form,
    )


def end_suspension(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a suspended member their standing back."""
    by = require(request, SUSPEND)
    membership = get_object_or_404(_memberships(), pk=pk)
    form = ConfirmForm(posted(request))
    if request.method == "POST":
        taken(
            request,
            lambda: lifecycle.end_suspension(membership_id=pk, by=by, at=timezone.now()),
            done="The suspension has ended. The dates of the membership are as they were.",
        )
        return redirect("admin:membership_membership_change", pk)
    return page(
        request,
        "membership/end_suspension",
        title=f"End the suspension of {membership.person}?",
        membership=membership,
        form=form,
    )


def resign(request: HttpRequest, pk: int) -> HttpResponse:
    """A member who wrote that they leave."""
    by = require(request, SUSPEND)
    membership = get_object_or_404(_memberships(), pk=pk)
    form = ConfirmForm(posted(request))
    if request.method == "POST":
        taken(
            request,
            lambda: lifecycle.resign(membership_id=pk, by=by, at=timezone.now()),
            done="The membership has ended, and a letter says so.",
        )
        return redirect("admin:membership_membership_change", pk)
    return page(
        request,
        "membership/resign",
        title=f"Does {membership.person} leave the society?",
        membership=membership,
        form=form,
    )


def _memberships() -> QuerySet[Membership]:
    return Membership.objects.select_related("person", "suspended_by")
