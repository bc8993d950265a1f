"""Saying yes to a register on its terms: joining one, or taking one over."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from membership import accounts
from records import naming, terms
from records.forms_register import JoinForm


def form_of(request: HttpRequest, *, is_open: bool) -> JoinForm:
    """The form, with what was sent where there is still something to say yes to."""
    return JoinForm(request.POST if request.method == "POST" and is_open else None)


def accepted(request: HttpRequest, form: JoinForm, step: Callable[..., object]) -> bool:
    """Whether the terms were accepted and the step taken; its refusal stands over the form."""
    if not form.is_valid():
        return False
    version = form.cleaned_data["version"]
    try:
        step(version=version, by=accounts.login_of(request), at=timezone.now())
    except naming.NoLongerOpen as over:
        form.add_error(None, str(over))
        return False
    return True


def shown(form: JoinForm) -> dict[str, Any]:
    """What the page of an invitation or an offer shows of the terms."""
    return {"form": form, "wording": terms.wording(terms.IN_FORCE), "version": terms.IN_FORCE}
