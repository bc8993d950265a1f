"""Committees: what each does, and a member's word that they would help."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benefits.committees import NotPossible, express, may_help
from benefits.committees import withdraw as take_back
from benefits.forms_committees import ExpressForm
from benefits.models import Committee, Expression
from foundation import writing
from membership import accounts
from membership.forms import posted


@login_not_required
@require_safe
def committees(request: HttpRequest) -> HttpResponse:
    return render(request, "benefits/committees.html", {"committees": Committee.objects.shown()})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody reads it; a member says here that they would help."""
    found = get_object_or_404(Committee.objects.shown(), slug=slug)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={found.get_absolute_url()}")
    context = {"committee": found, "text": writing.page(found.text)}
    if not request.user.is_authenticated:
        return render(request, "benefits/committee.html", context)
    form = ExpressForm(posted(request))
    if form.is_valid():
        return _express(request, found, form)
    person = accounts.of_request(request)
    own = Expression.objects.of(person).filter(committee=found).order_by("-expressed_at", "-pk")
    mine = own.first()
    context |= {
        "mine": mine,
        "may_help": may_help(person, on=timezone.localdate()),
        "form": form,
    }
    return render(request, "benefits/committee.html", context)


def _express(request: HttpRequest, found: Committee, form: ExpressForm) -> HttpResponse:
    try:
        express(
            found.pk,
            person=accounts.of_request(request),
            words=form.cleaned_data["words"],
            by=accounts.login_of(request),
            on=timezone.localdate(),
            at=timezone.now(),
        )
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Thank you. The office has it, and answers you by e-mail.")
    return redirect(found)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back what waits, one's own alone."""
    waiting = Expression.objects.of(accounts.of_request(request)).waiting()
    mine = get_object_or_404(waiting, committee__slug=slug)
    take_back(mine.pk, by=accounts.login_of(request), at=timezone.now())
    messages.success(request, "Your offer is taken back.")
    return redirect("benefits:committee", slug)
