"""Who comes into the office: staff with a second step, and for its gravest steps freshly signed in.

One door: `OfficeSite.admin_view` puts it before every page under /admin/.
"""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.http import urlencode

from membership import second_step
from membership.models import User

ALWAYS_OPEN = frozenset({"login", "logout", "jsi18n"})
DECISIONS = (
    "application_approve",
    "application_decline",
    "application_offer",
    "application_undo",
    "application_reverse",
    "application_appeal",
    "application_second",
    "feedue_waive",
    "membership_suspend",
    "membership_end_suspension",
    "membership_resign",
    "person_death",
    "person_not_dead",
    "arrivals_confirm",
    "arrivals_letters",
    "arrivals_undo",
    "rules_adopt",
    "retention_rules_adopt",
    "records_offer_register",
    "records_release_register",
    "benefits_event_call_off",
    "benefits_announcement_send",
    "website_complaint_outcome",
    "website_datarequest_decide",
    "website_datarequest_answer",
    "merge_confirm",
    "merge_undo",
    "benefits_event_call_off",
    "benefits_announcement_send",
)
EXPORTS = (
    "membership_export",
    "arrivals_to_mend",
    "benefits_event_attendees",
    "export_history",
    "export_whole_history",
    "payments_books",
    "payments_balance_file",
    "payments_journal_file",
    "benefits_event_attendees",
)
MONEY_THAT_LEAVES = (
    "payments_refund_payment",
    "payments_decide_refund",
    "payments_pay_back",
    "benefits_booking_cancel",
    "payments_office_credit",
    "payments_write_off",
    "payments_book_charge",
    "benefits_booking_cancel",
)
DISPOSALS = ("sign_disposal",)
RIGHTS = (
    "auth_user_password_change",
    "reset_second_step",
    *(f"membership_user_{page}" for page in ("add", "change", "delete")),
    *(f"auth_group_{page}" for page in ("add", "change", "delete")),
    *(f"account_emailaddress_{page}" for page in ("add", "change", "delete")),
    *(f"mfa_authenticator_{page}" for page in ("add", "change", "delete")),
)
FRESH = frozenset({*DECISIONS, *EXPORTS, *MONEY_THAT_LEAVES, *DISPOSALS, *RIGHTS})
SET_IT_UP = (
    "The office asks its staff for a second step. Switch one on below, then open the office again."
)
PROVE_IT = "The office asks for your second step: a code from your app, or a passkey."
STILL_YOU = "This step asks for a fresh sign-in. What you typed is carried out after it."


def stopped(request: HttpRequest) -> HttpResponse | None:
    """Where a member of staff is sent before this page opens; None where it may open.

    Who is no member of staff is left to the page's own guard. Raises ReauthenticationRequired
    where a fresh sign-in is missing: what was sent waits in the session, and is carried out after.
    """
    user = request.user
    if not (settings.STAFF_SECOND_STEP and isinstance(user, User) and user.is_staff):
        return None
    # Asked anew, because a step that waited for a sign-in arrives on the sign-in's own request.
    page = resolve(request.path_info).url_name
    if page in ALWAYS_OPEN:
        return None
    proofs = get_authentication_records(request, user)
    if not _within([one for one in proofs if one["method"] == "mfa"], _day()):
        return _ask_for_second_step(request, user)
    if page in FRESH and not _within(proofs, settings.OFFICE_FRESH_MINUTES * 60):
        messages.info(request, STILL_YOU)
        raise ReauthenticationRequired
    return None


def _day() -> int:
    return int(settings.OFFICE_DAY_HOURS) * 60 * 60


def _within(proofs: list[dict[str, Any]], seconds: int) -> bool:
    """Whether the newest of these proofs is younger than that."""
    return any(time.time() - proof["at"] < seconds for proof in proofs[-1:])


def _ask_for_second_step(request: HttpRequest, user: User) -> HttpResponse:
    """What was sent is not kept: nothing of it came from somebody whom the office knows."""
    if not second_step.has_one(user):
        messages.warning(request, SET_IT_UP)
        return redirect("mfa_index")
    messages.info(request, PROVE_IT)
    here = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('mfa_reauthenticate')}?{here}")
