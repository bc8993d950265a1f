"""The office's magazine: issues and articles with their history, looked at before they are out."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from simple_history.admin import SimpleHistoryAdmin

from benefits import issue_files, magazine
from benefits.forms_magazine import ArticleForm, IssueForm
from benefits.models import Article, Issue
from foundation import writing
from foundation.own_pages import OwnPage, OwnPages


@admin.register(Issue)
class IssueAdmin(OwnPages, SimpleHistoryAdmin):  # type: ignore[misc]
    form = IssueForm
    list_display = ("__str__", "published_on", "how_many", "look_link")
    ordering = ("-number",)
    change_form_template = "admin/benefits/issue/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        found: QuerySet[Issue] = super().get_queryset(request)
        return found.annotate(counted=Count("articles"))

    def get_fields(self, request: HttpRequest, obj: Issue | None = None) -> tuple[str, ...]:
        asked = ("number", "title", "published_on", "cover_text", "file")
        return (*asked, "remove_file") if obj is not None and hasattr(obj, "file") else asked

    @admin.display(description="articles", ordering="counted")
    def how_many(self, issue: Any) -> int:
        return int(issue.counted)

    @admin.display(description="preview")
    def look_link(self, issue: Issue) -> SafeString:
        way = reverse("admin:benefits_issue_look", args=[issue.pk])
        return format_html('<a href="{}">Read it as members do</a>', way)

    def save_model(self, request: HttpRequest, obj: Issue, form: IssueForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.checked is not None:
            issue_files.keep(obj, form.checked, at=timezone.now())
        elif form.cleaned_data.get("remove_file"):
            issue_files.remove(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What members were given stays theirs."""
        may = bool(super().has_delete_permission(request, obj))
        return may and obj is not None and obj.published_on is None

    def own_pages(self) -> Sequence[OwnPage]:
        return [("<int:pk>/look/", look, "benefits_issue_look")]


@admin.register(Article)
class ArticleAdmin(OwnPages, SimpleHistoryAdmin):  # type: ignore[misc]
    form = ArticleForm
    list_display = ("title", "issue", "position", "author")
    list_filter = ("issue",)
    list_select_related = ("issue",)
    search_fields = ("title", "author")
    search_help_text = "A title or an author."
    ordering = ("-issue__number", "position", "pk")
    prepopulated_fields = {"slug": ("title",)}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = bool(super().has_delete_permission(request, obj))
        return may and obj is not None and obj.issue.published_on is None


@require_safe
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """A whole issue as members read it, out or not."""
    if not request.user.has_perm("benefits.view_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    articles = issue.articles.select_related("issue").order_by("position", "pk")
    context = {
        "issue": issue,
        "name": magazine.NAME,
        "cover": writing.page(issue.cover_text),
        "articles": [(one, writing.page(one.text, under=2)) for one in articles],
        "is_out": Issue.objects.out(timezone.localdate()).filter(pk=pk).exists(),
    }
    return render(request, "benefits/issue_look.html", context)
