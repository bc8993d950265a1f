"""The public page of what is kept, how long, and why."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from records.policy import in_force
from records.published import parts


@login_not_required
@require_safe
def policy_page(request: HttpRequest) -> HttpResponse:
    """The file that the site obeys, in words."""
    policy = in_force()
    context = {"policy": policy, "parts": parts(policy)}
    return render(request, "records/policy.html", context)
