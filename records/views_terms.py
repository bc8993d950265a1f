"""The terms of use of a register: read by anybody, accepted before the first record."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from membership import accounts, standing
from membership.models import Person
from records import terms
from records.choosing import chosen
from records.forms_register import OpenForm


@never_cache
def accept(request: HttpRequest, key: uuid.UUID | None = None) -> HttpResponse:
    """Read the terms in force and accept them; the first time, this opens the register."""
    choice, today = chosen(request, key), timezone.localdate()
    if key is not None and not choice.is_owner:
        messages.warning(request, "The owner of this register has to accept the new terms first.")
        return redirect("records:one_register", key=key)
    register = choice.register if choice.is_owner else None
    may_open = standing.of(choice.person, today).state in terms.MAY_OPEN
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        initial={"name": choice.person.work_organisation},
        opens=register is None,
    )
    context = {
        "form": form,
        "register": register,
        "may_open": may_open or register is not None,
        "wording": terms.wording(terms.IN_FORCE),
        "version": terms.IN_FORCE,
        "accepted": register is not None and terms.are_accepted(register),
    }
    if not (context["may_open"] and form.is_valid()):
        return render(request, "records/terms.html", context)
    return _opened(request, choice.person, form)


def _opened(request: HttpRequest, owner: Person, form: OpenForm) -> HttpResponse:
    opened = terms.open_register(
        owner=owner,
        name=form.cleaned_data.get("name", ""),
        version=form.cleaned_data["version"],
        by=accounts.login_of(request),
        at=timezone.now(),
    )
    messages.success(request, "You have accepted the terms. Your register is open.")
    return redirect("records:one_register", key=opened.key)


@login_not_required
def wording(request: HttpRequest, version: str) -> HttpResponse:
    """The words of one version, as they were accepted."""
    if version not in terms.VERSIONS:
        raise Http404("There is no such version.")
    context = {"wording": terms.wording(version), "version": version}
    return render(request, "records/terms_version.html", context)
