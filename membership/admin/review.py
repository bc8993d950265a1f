"""One application on one page: what was stated, what was checked, what the rules find.

The page is worked by keyboard: each decision has an access key, which the page lists, and links at
its head lead to each part of it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from membership import cautions, clock, lifecycle, separation
from membership.admin.files import SEE_FILES
from membership.admin.pages import DECIDE, OVERRIDE, SEE, application_for, page, require
from membership.admin.panel import Panel, latest_events, review_panel
from membership.lifecycle import Verb, allows
from membership.lines import overridden
from membership.models import Application, User

DECISIONS = (
    (Verb.APPROVE, "Approve", "a"),
    (Verb.ASK, "Ask for more", "m"),
    (Verb.OFFER, "Offer another type", "o"),
    (Verb.DECLINE, "Decline", "d"),
)


@dataclass(frozen=True)
class Action:
    """A decision that can be taken here: its page, its access key, and why it is closed."""

    words: str
    url: str
    key: str
    is_main: bool = False
    is_closed: bool = False


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole application; a draft shows nothing, because nothing was sent yet."""
    application = application_for(request, pk, SEE)
    if application.submitted_at is None:
        return page(
            request,
            "application/unsent",
            title=_title(application),
            application=application,
            events=latest_events(application),
        )
    officer, at = require(request, SEE), timezone.now()
    panel = review_panel(application, timezone.localdate(at))
    return page(
        request,
        "application/review",
        title=_title(application),
        application=application,
        panel=panel,
        clock=clock.of(application, on=timezone.localdate(at)),
        cautions=cautions.of(application),
        files=list(application.evidence_files.all()),
        may_see_files=officer.has_perm(SEE_FILES),
        events=latest_events(application),
        appeal=application.appeals.select_related("against", "closed_by").last(),
        asked_items=list(application.asked_items.select_related("asked_by")),
        offers=list(application.offers.select_related("offered_by")),
        second=_second(application, officer),
        **_to_decide(application, panel, officer, at=at),
    )


def _to_decide(
    application: Application, panel: Panel, officer: User, *, at: dt.datetime
) -> dict[str, Any]:
    """What this officer may decide here, and why not; nothing for who only reads."""
    if not officer.has_perm(DECIDE):
        return {"may_decide": False, "why_not_separate": "", "decisions": [], "undoing": []}
    why_not = separation.why_not(application, officer)
    return {
        "may_decide": True,
        "why_not_separate": why_not,
        "decisions": [] if why_not else _decisions(application, panel, officer),
        "undoing": _undoing(application, officer, at=at),
        "following": _following(application),
    }


def _following(application: Application) -> Application | None:
    """The one that waits longest, once this one waits no more."""
    if application.state == Application.State.SUBMITTED:
        return None
    waiting = Application.objects.filter(state=Application.State.SUBMITTED)
    return waiting.select_related("person").order_by("submitted_at", "pk").first()


def _title(application: Application) -> str:
    return f"{application.person}: {application.get_type_display() or 'no type yet'}"


def _decisions(application: Application, panel: Panel, officer: User) -> list[Action]:
    """Approve is closed while a line is open; who may go on all the same finds the way beside."""
    found = []
    for verb, words, key in DECISIONS:
        if not allows(application, verb):
            continue
        url = reverse(f"admin:application_{verb}", args=[application.pk])
        is_closed = verb is Verb.APPROVE and bool(panel.open_lines)
        found.append(Action(words, url, key, verb is Verb.APPROVE, is_closed))
        if is_closed and (officer.has_perm(OVERRIDE) or not overridden(panel.open_lines)):
            found.append(Action("Approve with written reasons", url, "w"))
    return found


def _second(application: Application, officer: User) -> Action | None:
    """Where an agreement is waited for, who else may give it."""
    asked_by = application.override_asked_by
    if asked_by is None or not officer.has_perm(OVERRIDE):
        return None
    words = "Take your request back" if asked_by == officer else "Agree, or not"
    url = reverse("admin:application_second", args=[application.pk])
    return Action(words, url, "g")


def _undoing(application: Application, officer: User, *, at: dt.datetime) -> list[Action]:
    """Undo while it can be undone; later the formal way."""
    if lifecycle.may_undo(application, by=officer, at=at):
        url = reverse("admin:application_undo", args=[application.pk])
        return [Action("Undo", url, "u")]
    if allows(application, Verb.UNDO):
        url = reverse("admin:application_reverse", args=[application.pk])
        return [Action("Reverse this decision", url, "r")]
    return []
