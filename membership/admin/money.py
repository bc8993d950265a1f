"""The treasurer says until when bank statements are known."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from membership import lifecycle, standing
from membership.admin.forms import OfficeForm
from membership.admin.pages import page, posted, require, taken

TELL = "membership.tell_money_known"


class MoneyKnownForm(OfficeForm):
    until = forms.DateField(
        label="Bank statements are known until",
        help_text="For example 20/11/2026. Leave it empty to let every day count again.",
        required=False,
        error_messages={"invalid": "Enter a date such as 20/11/2026, or leave it empty."},
    )


def money_known(request: HttpRequest) -> HttpResponse:
    """Until a later day is told, nobody lapses by a day after this one."""
    by = require(request, TELL)
    form = MoneyKnownForm(posted(request))
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        if taken(
            request,
            lambda: lifecycle.money_known(until=until, at=timezone.now(), by=by),
            done="Kept. Memberships end by this day now."
            if until
            else "Kept. Memberships end by the calendar again.",
        ):
            return redirect("admin:membership_application_changelist")
    return page(
        request,
        "feedue/money_known",
        title="Until when are bank statements known?",
        form=form,
        known_until=standing.known_until(),
    )
