"""The page on which an officer resets the second step of another who lost theirs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from membership import second_step
from membership.admin.forms import ReasonForm
from membership.admin.pages import page, posted, require
from membership.models import User

RESET = "membership.reset_second_step"
HOW = "Call them on a number that you know: somebody else may be asking. Kept with your name."


def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it away after a reason; they hear of it by letter."""
    by = require(request, RESET)
    login = get_object_or_404(User, pk=pk)
    form = ReasonForm(posted(request), label="How do you know it is really them?", help_text=HOW)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            second_step.reset(login, by=by, at=timezone.now(), reason=reason)
        except second_step.ResetRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                f"{login} has no second step any more, is signed out everywhere, and was written "
                "to. They set up another one when they next come here.",
            )
            return redirect("admin:index")
    return page(
        request,
        "user/reset_second_step",
        title=f"Reset the second step of {login}?",
        login=login,
        form=form,
    )
