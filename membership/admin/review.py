"""One application on one page: what was stated, what was checked, what the rules find."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from membership import cautions
from membership.admin.files import SEE_FILES
from membership.admin.pages import DECIDE, SEE, application_for, page
from membership.admin.panel import latest_events, review_panel
from membership.lifecycle import allows
from membership.models import Application

State = Application.State
DECISIONS = (
    (State.APPROVED, "Approve", "admin:application_approve"),
    (State.MORE_INFORMATION, "Ask for more", "admin:application_ask"),
    (State.DECLINED, "Decline", "admin:application_decline"),
)


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole application; a draft shows nothing, because nothing was sent yet."""
    application = application_for(request, pk, SEE)
    may_decide = request.user.has_perm(DECIDE)
    was_sent = application.submitted_at is not None
    return page(
        request,
        "application/review" if was_sent else "application/unsent",
        title=f"{application.person}: {application.get_type_display() or 'no type yet'}",
        application=application,
        panel=review_panel(application, timezone.localdate()) if was_sent else None,
        cautions=cautions.of(application) if was_sent else None,
        files=list(application.evidence_files.all()) if was_sent else [],
        may_see_files=request.user.has_perm(SEE_FILES),
        events=latest_events(application),
        may_decide=may_decide,
        decisions=[one for one in DECISIONS if may_decide and allows(application, one[0])],
    )
