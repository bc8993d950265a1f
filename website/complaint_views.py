"""The page for complaints: how it works, the form, and that it has come."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from website import complaints as desk
from website.complaint_forms import ComplaintForm
from website.sending import page_instead


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def complaints(request: HttpRequest) -> HttpResponse:
    """What we do with a complaint, and the form that takes one."""
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    days = desk.ANSWER_WITHIN_DAYS
    if page := page_instead(request, form, "complaints", kept="complaint", days=days):
        return page
    desk.receive(form.told(), at=timezone.now())
    return redirect("website:complaint_received")


@login_not_required
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """Names nobody: the reference is in the letter."""
    context = {"days": desk.ANSWER_WITHIN_DAYS}
    return render(request, "website/complaint_received.html", context)
