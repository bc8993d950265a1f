"""The office's page on which a register whose owner has died is handed out and closed."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from membership.admin.forms import OfficeForm
from membership.admin.pages import require
from membership.models import User
from records import releasing
from records.disposal.people import is_same
from records.models import Register, Release

RELEASE = "records.release_register"


class ReleaseForm(OfficeForm):
    """Who takes a register out, and how the office knows that it is theirs to take."""

    to_name = forms.CharField(
        label="Who looks after the owner’s affairs?",
        max_length=120,
        help_text="The executor, or the firm whose files these are.",
        error_messages={"required": "Enter the name of the person or the firm."},
    )
    to_email = forms.EmailField(
        label="Their e-mail address",
        help_text="The link to the file goes there, once a colleague has agreed.",
        error_messages={
            "required": "Enter the address to which the link goes.",
            "invalid": "Enter an address such as name@example.org.",
        },
    )
    reason = forms.CharField(
        label="How do you know?",
        max_length=300,
        help_text="For example: grant of probate seen on 3 May 2027. It is kept in the history.",
        error_messages={"required": "Say what you have seen: your colleague agrees to that."},
    )


class CountForm(OfficeForm):
    """The last word before the register is closed."""

    counted = forms.IntegerField(
        label="How many records does the register hold?",
        min_value=0,
        max_value=10_000_000,
        help_text="Enter the number from above, to show that this is the register you mean.",
        error_messages={
            "required": "Enter the number of records, to close the register.",
            "invalid": "Enter the number of records in figures.",
        },
    )


def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, agree, send the link again, take back or close: whichever comes next."""
    by = require(request, RELEASE)
    register = get_object_or_404(Register.objects.select_related("owner"), pk=pk)
    current = register.releases.under_way().select_related("asked_by", "agreed_by").first()
    step = request.POST.get("step", "")
    form = _form(request, current, step)
    if request.method == "POST" and _took(request, register, current, step, form, by):
        return redirect("admin:records_release_register", pk)
    context = {
        **admin.site.each_context(request),
        "title": f"Hand out the register of {register.owner}",
        "register": register,
        "records": register.records.count(),
        "release": current,
        "obstacle": "" if current else releasing.obstacle(register),
        "is_own": current is not None and is_same(current.asked_by, by),
        "form": form,
    }
    return render(request, "admin/records/register/release.html", context)


def _form(request: HttpRequest, current: Release | None, step: str) -> OfficeForm | None:
    """What is to be typed next: whom it goes to, or how many records there are."""
    if current is None:
        return ReleaseForm(request.POST if request.method == "POST" else None)
    if current.taken_at is None:
        return None
    return CountForm(request.POST if step == "close" else None)


def _took(
    request: HttpRequest,
    register: Register,
    current: Release | None,
    step: str,
    form: OfficeForm | None,
    by: User,
) -> bool:
    """Whether the step was taken; a refusal stands over the form, or over the page."""
    if current is None and step != "ask":
        return (
            False  # whoever sends no step, or one of a release that is over, sees where it stands
        )
    if form is not None and form.is_bound and not form.is_valid():
        return False
    try:
        said = _step(register, current, step, form, by)
    except releasing.CannotRelease as refused:
        messages.error(request, str(refused))
        return not (form is not None and form.is_bound)
    messages.success(request, said)
    return True


def _step(
    register: Register, current: Release | None, step: str, form: OfficeForm | None, by: User
) -> str:
    """Take it, and say what happened. Raises CannotRelease."""
    now = timezone.now()
    typed = form.cleaned_data if form is not None and form.is_bound else {}
    if current is None:
        releasing.ask(register_id=register.pk, **typed, by=by, at=now)
        return "Noted. A colleague has to agree before anything is sent."
    if step == "close" and typed:
        releasing.close(release_id=current.pk, **typed, by=by, at=now)
        return "The register is closed. Whoever took it has a letter that says so."
    if step in BUTTONS:
        take, said = BUTTONS[step]
        take(release_id=current.pk, by=by, at=now)
        return said
    raise releasing.CannotRelease("Choose one of the buttons below.")


BUTTONS: dict[str, tuple[Callable[..., object], str]] = {
    "agree": (releasing.agree, "Agreed. The link is on its way."),
    "again": (
        releasing.send_again,
        "A new link is on its way; the old one does not work any more.",
    ),
    "back": (releasing.withdraw, "Taken back. The register stays as it is."),
}
"""Steps that need nothing typed."""
