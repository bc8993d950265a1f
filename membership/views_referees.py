"""The two referees an applicant names, and somebody else in the place of one who is lost."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from foundation.typed import keeps_typed
from membership import drafts, known, referees, steps
from membership.accounts import login_of, of_request
from membership.forms import posted
from membership.forms_referees import RefereeForm
from membership.known import Known
from membership.models import Application, Referee
from membership.tracking import LOST
from membership.views_apply import CHECK, editable_page, onward, own_open


@editable_page
def places(request: HttpRequest, application: Application) -> HttpResponse:
    """Both places, named or free."""
    step = _step(application)
    told = known.of_application(application)
    named = [(position, told.referee_at(position)) for position in steps.REFEREES]
    if request.method == "GET" and not any(referee for _position, referee in named):
        return redirect(f"{step.path}1/{_query(request)}")
    problem = ""
    if request.method == "POST":
        if "later" in request.POST:
            return onward(request, application, step.key)
        if step.holds(told):
            saved = drafts.finish(application_id=application.pk, key=step.key, at=timezone.now())
            return onward(request, saved, step.key)
        problem = "Name two referees whom we can reach before you go on."
    page = {
        "step": step,
        "asked": told.asked.get(step.key, ""),
        "places": named,
        "lost": LOST,
        "problem": problem,
        "problem_at": _first_free(named) if problem else "",
        "query": _query(request),
        "back": _before(request),
    }
    return render(request, "membership/referees.html", page)


@keeps_typed
@editable_page
def place(request: HttpRequest, application: Application, position: int) -> HttpResponse:
    """Name or change a referee who was not written to yet."""
    step = _step(application)
    if position not in steps.REFEREES:
        raise Http404
    told = known.of_application(application)
    referee = told.referee_at(position) or Referee(application=application, position=position)
    if referee.state != Referee.State.NAMED:
        raise drafts.RefereeAsked
    form = _form(request, told, referee)
    if request.method == "POST" and form.is_valid():
        drafts.keep_referee(form, referee=referee, at=timezone.now())
        is_first = position == 1 and told.referee_at(2) is None
        return redirect(f"{step.path}{'2/' if is_first else ''}{_query(request)}")
    back = step.path + _query(request) if told.referees else _before(request)
    whom = "" if told.referees else step.words
    return _page(request, form, f"Referee {position}", back, whom=whom)


@keeps_typed
def replace(request: HttpRequest, position: int) -> HttpResponse:
    """Somebody else for a referee who declined or was not reached; the application stays put."""
    application = own_open(of_request(request))
    if application is None or application.state not in drafts.REPLACEABLE_IN:
        raise Http404
    told = known.of_application(application)
    lost = told.referee_at(position)
    if lost is None or lost.state not in LOST:
        raise Http404
    form = _form(request, told, Referee(application=application, position=position))
    if request.method == "POST" and form.is_valid():
        try:
            drafts.replace_referee(form, lost=lost, by=login_of(request), at=timezone.now())
        except (drafts.NotEditable, referees.NotReplaceable) as refused:
            messages.warning(request, str(refused))
            return redirect("membership:apply")
        messages.success(request, "Thank you. Your application keeps its place.")
        return redirect("membership:apply")
    return _page(request, form, f"Somebody else instead of {lost.name}", "/apply/")


def _step(application: Application) -> steps.Step:
    step = steps.find("referees", application)
    if step is None:
        raise Http404
    drafts.refuse_unless_open(application, step.key)
    return step


def _form(request: HttpRequest, told: Known, referee: Referee) -> RefereeForm:
    other = told.referee_at(2 if referee.position == 1 else 1)
    return RefereeForm(
        posted(request),
        instance=referee,
        person=told.person,
        other=other,
        at=timezone.now(),
    )


def _page(
    request: HttpRequest, form: RefereeForm, heading: str, back: str, *, whom: str = ""
) -> HttpResponse:
    page = {"form": form, "heading": heading, "back": back, "whom": whom}
    return render(request, "membership/referee.html", page)


def _before(request: HttpRequest) -> str:
    return CHECK if _query(request) else "/apply/"


def _query(request: HttpRequest) -> str:
    return "?next=check" if request.GET.get("next") == "check" else ""


def _first_free(named: list[tuple[int, Referee | None]]) -> str:
    """Where the page shows the first place to fill, or else the first of a lost referee."""
    free = [f"referee-{position}" for position, referee in named if referee is None]
    return free[0] if free else "referee-1"
