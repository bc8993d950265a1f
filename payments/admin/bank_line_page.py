"""One line of a statement: accept the suggestion, match it by hand, leave it alone, undo it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from foundation.dates import in_words
from foundation.pence import decimal_string, pounds
from membership.admin.pages import require
from membership.models import User
from payments import bank_lines
from payments.admin.bank_forms import LeaveForm, Parts, UndoForm
from payments.admin.pages import admin_page
from payments.bank_lines import CannotMatch
from payments.models import Account, BankLine, Entry

SEE = "payments.view_bankline"
MATCH = "payments.match_bankline"


def bank_line(request: HttpRequest, pk: int) -> HttpResponse:
    """The line with all that can be done about it; a step leads on to the next that waits."""
    user = require(request, SEE)
    whole = BankLine.objects.select_related(
        "account__person", "invoice", "bank_file", "bank_account", "mirrors", "decided_by"
    )
    line = get_object_or_404(whole, pk=pk)
    forms = _forms(request, line)
    following, waiting = _after(line)
    if request.method == "POST":
        if not user.has_perm(MATCH):
            raise PermissionDenied
        if _taken(request, line, forms, by=user):
            return _to(following)
    may_match = user.has_perm(MATCH)
    queue = {"following": following, "waiting": waiting}
    shown = {"line": line, "may_match": may_match, **queue, **forms, **_looked_up(line)}
    return render(request, *admin_page(request, "line", f"Bank line {line.pk}", **shown))


def _forms(request: HttpRequest, line: BankLine) -> dict[str, Any]:
    """The form of the step that was taken is filled, the others are fresh."""
    step = request.POST.get("step", "") if request.method == "POST" else ""

    def filled(name: str) -> Any:
        return request.POST if step == name else None

    return {
        "parts": Parts(filled("match"), prefix="part", initial=_proposed(line)),
        "leave": LeaveForm(filled("leave"), prefix="leave"),
        "undo": UndoForm(filled("undo"), prefix="undo"),
    }


def _taken(request: HttpRequest, line: BankLine, forms: dict[str, Any], *, by: User) -> bool:
    """Take the step; False where something must be mended first."""
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        return False
    try:
        done = step(line, forms, by)
    except CannotMatch as reason:
        messages.error(request, str(reason))
        return False
    if done:
        messages.success(request, done)
    return bool(done)


def _accept(line: BankLine, forms: dict[str, Any], by: User) -> str:
    taken = bank_lines.accept(line.pk, by=by, at=timezone.now())
    return f"{_named(taken)}: booked as suggested."


def _match(line: BankLine, forms: dict[str, Any], by: User) -> str:
    if not forms["parts"].is_valid():
        return ""
    taken = bank_lines.match(line.pk, forms["parts"].parts(), by=by, at=timezone.now())
    return f"{_named(taken)}: {taken.get_state_display().lower()}."


def _leave(line: BankLine, forms: dict[str, Any], by: User) -> str:
    if not forms["leave"].is_valid():
        return ""
    said = forms["leave"].cleaned_data
    leave = LEAVES.get(said["whose"], bank_lines.ignore)
    leave(line.pk, reason=said["reason"], by=by, at=timezone.now())
    return f"{_named(line)}: left alone."


def _undo(line: BankLine, forms: dict[str, Any], by: User) -> str:
    if not forms["undo"].is_valid():
        return ""
    reason = forms["undo"].cleaned_data["reason"]
    bank_lines.take_back(line.pk, reason=reason, by=by, at=timezone.now())
    stays = "A membership that it paid for stands until you decide about it."
    return f"{_named(line)}: taken back. {stays}"


def _again(line: BankLine, forms: dict[str, Any], by: User) -> str:
    bank_lines.look_again(line.pk, by=by, at=timezone.now())
    return f"{_named(line)}: back among those to match."


def _named(line: BankLine) -> str:
    """As the page of the line is headed: its number is known to nobody."""
    return f"{pounds(line.pence)} on {in_words(line.on)}"


LEAVES = {"own": bank_lines.mark_transfer, "paypal": bank_lines.mark_payout}
STEPS: dict[str, Callable[[BankLine, dict[str, Any], User], str]] = {
    "accept": _accept,
    "match": _match,
    "leave": _leave,
    "undo": _undo,
    "again": _again,
}


def first_line(request: HttpRequest) -> HttpResponse:
    """Where the office begins: the surest of the lines that wait, or the empty list of them."""
    require(request, SEE)
    first = BankLine.objects.to_match().in_queue_order().first()
    return _to(first.pk if first else None)


def _after(line: BankLine) -> tuple[int | None, int]:
    """The line that waits after this one, so that a queue is worked through key by key; how many
    others wait. After the last one come those that were passed over."""
    queue = list(BankLine.objects.to_match().in_queue_order().values_list("pk", flat=True))
    at = queue.index(line.pk) if line.pk in queue else 0
    others = [pk for pk in (*queue[at:], *queue[:at]) if pk != line.pk]
    return (others[0] if others else None), len(others)


def _to(pk: int | None) -> HttpResponse:
    if pk is None:
        return redirect(f"{reverse('admin:payments_bankline_changelist')}?waits=yes")
    return redirect("admin:payments_bankline_change", pk)


def _proposed(line: BankLine) -> list[dict[str, str]]:
    """The rows for matching by hand: who is suggested, or everybody whose reference is there."""
    if line.account is not None:
        reference = line.account.payment_reference
        return [{"payer": reference, "amount": decimal_string(line.pence)}]
    several = Account.objects.filter(pk__in=line.others).order_by("pk")
    return [{"payer": one.payment_reference} for one in several]


def _looked_up(line: BankLine) -> dict[str, Any]:
    entries = Entry.objects.filter(bank_line=line).select_related("account__person", "invoice")
    others = Account.objects.filter(pk__in=line.others).select_related("person")
    return {
        "entries": entries.order_by("pk"),
        "payouts": line.paypal_entries.order_by("pk"),
        "others": others.order_by("pk") if line.account is not None else (),
        "whole_amount": decimal_string(line.pence),
    }
