"""The office's committees, and those who would help in them."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from benefits import committees
from benefits.forms_committees import AnswerForm
from benefits.models import Committee, Expression
from foundation.own_pages import OwnPage, OwnPages
from foundation.read_only import ReadOnlyAdmin
from membership.models import User

PERMISSION = "benefits.answer_expression"


@admin.register(Committee)
class CommitteeAdmin(OwnPages, SimpleHistoryAdmin):  # type: ignore[misc]
    list_display = ("name", "chair", "is_open", "is_shown", "position")
    list_filter = ("is_open", "is_shown")
    prepopulated_fields = {"slug": ("name",)}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One that is over is shown no more; what it was stays."""
        return False


@admin.register(Expression)
class ExpressionAdmin(OwnPages, ReadOnlyAdmin):
    """Those who wait first, the oldest on top; `committees` alone writes."""

    list_display = ("person", "committee", "state", "expressed_at", "closed_at")
    list_filter = ("state", "committee")
    list_select_related = ("person", "committee")
    ordering = ("closed_at", "expressed_at", "pk")
    change_form_template = "admin/benefits/expression/change_form.html"
    fields = readonly_fields = (
        "person",
        "committee",
        "words",
        "expressed_at",
        "state",
        "answer",
        "closed_at",
        "closed_by",
    )

    def own_pages(self) -> Sequence[OwnPage]:
        return [("<int:pk>/answer/", answer, "benefits_expression_answer")]


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite or thank, with a letter."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    rows = Expression.objects.select_related("person", "committee")
    found = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _answered(request, found, form)
    context = {
        **admin.site.each_context(request),
        "title": f"Answer {found.person}",
        "expression": found,
        "form": form,
        "button": "Send the answer",
    }
    return render(request, "admin/benefits/expression/answer.html", context)


def _answered(request: HttpRequest, found: Expression, form: AnswerForm) -> HttpResponse:
    user: Any = request.user
    typed = form.cleaned_data
    try:
        committees.answer(
            found.pk,
            state=typed["state"],
            words=typed["words"],
            by=User.objects.get(pk=user.pk),
            at=timezone.now(),
        )
    except committees.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Answered. The letter is on its way.")
    return redirect("admin:benefits_expression_changelist")
