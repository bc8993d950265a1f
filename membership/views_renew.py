"""The button that raises the fee for another year."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from membership import lifecycle
from membership.accounts import of_request


@login_required
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """The fee then stands on the profile, with the ways to pay it."""
    try:
        lifecycle.renew(person=of_request(request), at=timezone.now())
    except lifecycle.NoRenewal as error:
        messages.info(request, str(error))
    return redirect("/profile/")
