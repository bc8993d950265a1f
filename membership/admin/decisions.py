"""The decisions, each a page that shows the very letter before anything is confirmed.

The button that confirms carries what identifies the letter that was shown. Whatever would make
another letter, a word changed in a box or a fee changed by somebody else, shows that one first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from membership import lifecycle
from membership.admin.forms import OfficeForm
from membership.admin.forms_deciding import ApproveForm, AskForm, DeclineForm, OfferForm
from membership.admin.pages import (
    DECIDE,
    OVERRIDE,
    application_for,
    back_to,
    page,
    posted,
    require,
    taken,
    was_read,
)
from membership.admin.panel import Panel, review_panel
from membership.lifecycle import Verb, wording
from membership.lifecycle.wording import Preview, Wording
from membership.models import Application, User
from membership.types import MembershipType


@dataclass(frozen=True)
class Decision:
    """What differs between the pages.

    `wording` makes the letter out of a form that is filled in rightly; None while it cannot be
    made. `at_once` says that the letter needs nothing of what is typed.
    """

    verb: Verb
    heading: str
    button: str
    form: Callable[[HttpRequest, Panel, Application], OfficeForm]
    wording: Callable[[Any, Panel, Application], Wording | None]
    step: Callable[[Any, dict[str, Any]], object]
    done: str
    at_once: bool = False


def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """With a line open, only who may override it and says why; perhaps with a second officer."""
    return _decide(request, pk, APPROVE)


def decline(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, DECLINE)


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, ASK)


def offer(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, OFFER)


def _decide(request: HttpRequest, pk: int, decision: Decision) -> HttpResponse:
    """Who comes second is told of the first decision instead of being shown a form."""
    application = application_for(request, pk, DECIDE)
    by = require(request, DECIDE)
    if why_not := _why_not(application, decision, by):
        messages.error(request, why_not)
        return back_to(application)
    panel = review_panel(application, timezone.localdate())
    form = decision.form(request, panel, application)
    is_whole = request.method == "POST" and form.is_valid()
    preview = None
    if is_whole or decision.at_once:
        preview = _preview(application, decision.wording(form, panel, application))
    # Without a letter there is no fee to name in it: the step is refused, and says so.
    if is_whole and (preview is None or was_read(request, preview)):
        given = {"application_id": pk, "by": by, "at": timezone.now()}
        taken(request, lambda: decision.step(form, given), done=_done(decision, form))
        return back_to(application)
    return page(
        request,
        f"application/{decision.verb}",
        title=decision.heading.format(application.person),
        application=application,
        panel=panel,
        form=form,
        preview=preview,
        button=_button(decision, form),
        is_other_letter="seen" in request.POST and is_whole,
    )


def _why_not(application: Application, decision: Decision, by: User) -> str:
    """Why this officer cannot take this decision; empty where they can."""
    try:
        lifecycle.refuse_unless_allowed(application, decision.verb)
        lifecycle.refuse_unless_separate(application, by)
    except lifecycle.LifecycleError as error:
        return str(error)
    return ""


def _preview(application: Application, letter: Wording | None) -> Preview | None:
    return wording.preview(application, letter) if letter is not None else None


def _button(decision: Decision, form: OfficeForm) -> str:
    return "Ask a second officer to agree" if _waits(form) else decision.button


def _done(decision: Decision, form: OfficeForm) -> str:
    if _waits(form):
        return "Nothing is decided yet: a second officer must agree. Your reasons are kept."
    return decision.done


def _waits(form: OfficeForm) -> bool:
    return isinstance(form, ApproveForm) and lifecycle.needs_second(form.open_lines)


def _approve(form: ApproveForm, given: dict[str, Any]) -> object:
    step = lifecycle.ask_second if _waits(form) else lifecycle.approve
    return step(**given, reasons=form.reasons())


def _offered(form: OfferForm, _panel: Panel, application: Application) -> Wording | None:
    """None where that type has no fee: the step itself says so."""
    return lifecycle.offer_wording(
        application,
        MembershipType(form.cleaned_data["type"]),
        reason=form.cleaned_data["reason"],
        on=timezone.localdate(),
    )


def _reasons_of(panel: Panel) -> str:
    """The words of the rules, for the office to go on from."""
    lines = [one.words for one in panel.assessment.findings if one.severity == "not_eligible"]
    if panel.assessment.suggested_type:
        label = panel.assessment.suggested_type.label
        lines.append(f"{label} membership would fit what you told us.")
    return "\n".join(lines)


APPROVE = Decision(
    verb=Verb.APPROVE,
    heading="Approve {}?",
    button="Approve",
    form=lambda request, panel, _application: ApproveForm(
        posted(request),
        open_lines=panel.open_lines,
        may_override=request.user.has_perm(OVERRIDE),
    ),
    wording=lambda _form, panel, _application: wording.approved(panel.fee) if panel.fee else None,
    step=_approve,
    done="Approved. The letter with the fee is on its way; paying it starts the membership.",
    at_once=True,
)
DECLINE = Decision(
    verb=Verb.DECLINE,
    heading="Decline {}?",
    button="Decline",
    form=lambda request, panel, _application: DeclineForm(
        posted(request), initial={"reason": _reasons_of(panel)}
    ),
    wording=lambda form, _panel, _application: wording.declined(form.cleaned_data["reason"]),
    step=lambda form, given: lifecycle.decline(**given, reason=form.cleaned_data["reason"]),
    done="Declined. The applicant has been told why.",
)
ASK = Decision(
    verb=Verb.ASK,
    heading="Ask {} for more",
    button="Ask",
    form=lambda request, _panel, application: AskForm(posted(request), application=application),
    wording=lambda form, _panel, _application: wording.asked(form.items()),
    step=lambda form, given: lifecycle.ask(**given, items=form.items()),
    done="The applicant has been asked. The application keeps its place in the queue.",
)
OFFER = Decision(
    verb=Verb.OFFER,
    heading="Offer {} another type",
    button="Offer",
    form=lambda request, panel, application: OfferForm(
        posted(request),
        types=lifecycle.types_to_offer(application, on=timezone.localdate()),
        suggested=panel.assessment.suggested_type,
        initial={"reason": _reasons_of(panel)},
    ),
    wording=_offered,
    step=lambda form, given: lifecycle.offer(
        **given,
        type=MembershipType(form.cleaned_data["type"]),
        reason=form.cleaned_data["reason"],
    ),
    done="Offered. It is decided as soon as the applicant agrees.",
)
