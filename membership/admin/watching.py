"""The office's list of checks that are due, and where it takes down what it saw."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from membership import assurances, watch
from membership.admin.forms import RegisterForm
from membership.admin.pages import DECIDE, SEE, page, posted, require
from membership.models import Assurance, Registration
from membership.registers import BODIES

CHECK = "membership.check_assurance"
A_PAGE = 100
"""How many of each are shown; the rest come up as these are done."""


def due(request: HttpRequest) -> HttpResponse:
    """What waits for a look, those that wait longest first."""
    require(request, SEE)
    on = timezone.localdate()
    registers = [(one, watch.body_of(one)) for one in watch.due_for_check(on)[:A_PAGE]]
    return page(
        request,
        "watch/due",
        title="Checks of members that are due",
        registers=registers,
        over=_shown(assurances.over(on)),
        unseen=_shown(assurances.unseen(on)),
        may_look_up=request.user.has_perm(DECIDE),
        may_check=request.user.has_perm(CHECK),
        on=on,
    )


def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down what the public register says of a member today."""
    by = require(request, DECIDE)
    registration = get_object_or_404(Registration.objects.select_related("person"), pk=pk)
    form = RegisterForm(posted(request))
    sent = request.method == "POST" and form.is_valid()
    if sent and form.keep(registration, by=by, at=timezone.now()):
        messages.success(request, f"Kept: the register of the {registration.body}, seen today.")
        return redirect("admin:membership_watch")
    body = BODIES.get(registration.body)
    return page(
        request,
        "watch/register",
        title=f"What does the register say of {registration.person}?",
        registration=registration,
        body_name=watch.body_of(registration),
        url=body.website if body else "",
        form=form,
    )


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The member showed what proves the date."""
    by = require(request, CHECK)
    get_object_or_404(Assurance, pk=pk)
    now = timezone.now()
    kept = assurances.check(assurance_id=pk, by=by, on=timezone.localdate(now), at=now)
    messages.success(request, f"Seen: {kept.get_kind_display()} of {kept.person}.")
    return redirect("admin:membership_watch")


def _shown(rows: QuerySet[Assurance]) -> list[Assurance]:
    return list(rows[:A_PAGE])
