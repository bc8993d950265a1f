"""The page for complaints: how it works, the form, and that it has come."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from foundation.limits import allow, sender
from records.policy import in_force
from website import complaints as desk
from website.complaint_forms import ComplaintForm

COMPLAINTS_AN_HOUR = 5
AN_HOUR = 60 * 60


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def complaints(request: HttpRequest) -> HttpResponse:
    """What we do with a complaint, and the form that takes one."""
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    kept = in_force().periods["complaint"].words
    context = {"form": form, "days": desk.ANSWER_WITHIN_DAYS, "kept": kept}
    if not form.is_valid():
        return render(request, "website/complaints.html", context)
    if not allow(
        action="complaint", key=sender(request), times=COMPLAINTS_AN_HOUR, seconds=AN_HOUR
    ):
        context["too_many"] = COMPLAINTS_AN_HOUR
        return render(request, "website/complaints.html", context, status=429)
    desk.receive(form.told(), at=timezone.now())
    return redirect("website:complaint_received")


@login_not_required
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """Names nobody: the reference is in the letter."""
    context = {"days": desk.ANSWER_WITHIN_DAYS}
    return render(request, "website/complaint_received.html", context)
