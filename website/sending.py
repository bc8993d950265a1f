"""Forms of the public pages, which anybody may send, and nobody too often."""

from typing import Any

from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.limits import allow, sender
from records.policy import in_force

TIMES_AN_HOUR = 5
"""How often one sender may send the same form within an hour."""
AN_HOUR = 60 * 60


def page_instead(
    request: HttpRequest, form: Form | ModelForm, name: str, *, kept: str, **context: Any
) -> HttpResponse | None:
    """The page of a form until it is filled in, and for who sent it too often; else none.

    `name` is its template's; `kept` names the period of the policy for what is typed.
    """
    page = f"website/{name}.html"
    shown = {**context, "form": form, "kept": in_force().periods[kept].words}
    if not form.is_valid():
        return render(request, page, shown)
    if not allow(action=name, key=sender(request), times=TIMES_AN_HOUR, seconds=AN_HOUR):
        return render(request, page, {**shown, "too_many": TIMES_AN_HOUR}, status=429)
    return None
