"""The start of an upgrade: what is asked for, and the button that begins it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from membership import upgrades
from membership.accounts import of_request
from membership.forms import required
from membership.types import FACTS


class UpgradeForm(forms.Form):
    """Which type; where there is one alone, nothing is asked."""

    type = forms.ChoiceField(
        label="Which membership type would you like?",
        widget=forms.RadioSelect,
        error_messages={
            **required("Choose a membership type. You can change it later."),
            "invalid_choice": "Choose one of the types shown.",
        },
    )

    def __init__(self, *args: Any, offered: upgrades.Upgrade, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = offered.types
        field = cast(forms.ChoiceField, self.fields["type"])
        field.choices = [(one.value, f"{one.label}: {FACTS[one].description}") for one in types]
        if len(types) == 1:
            field.widget = forms.HiddenInput()
            field.initial = types[0].value


@login_required
def upgrade(request: HttpRequest) -> HttpResponse:
    """Only for the signed-in member; who cannot upgrade is told what to do instead."""
    person, on = of_request(request), timezone.localdate()
    offered = upgrades.offer(person, on)
    if offered is None:
        messages.info(request, str(upgrades.NotOffered()))
        return redirect("membership:apply")
    form = UpgradeForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        upgrades.begin(person=person, type=form.cleaned_data["type"], on=on, at=timezone.now())
        return redirect("membership:apply")
    return render(request, "membership/upgrade.html", {"form": form, "upgrade": offered})
