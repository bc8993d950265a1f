"""The office's pages for questions, and where the other pages of this room are registered."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from foundation.own_pages import OwnPages
from website import (
    callback_admin,
    complaint_admin,
    data_request_admin,
    download_admin,
    inbox_admin,
    page_admin,
    page_forms,
)
from website.models import (
    CallbackRequest,
    Complaint,
    DataRequest,
    Download,
    FaqGroup,
    Message,
    Page,
    Question,
)

admin.site.register(CallbackRequest, callback_admin.CallbackRequestAdmin)
admin.site.register(Message, inbox_admin.MessageAdmin)
admin.site.register(Complaint, complaint_admin.ComplaintAdmin)
admin.site.register(DataRequest, data_request_admin.DataRequestAdmin)
admin.site.register(Download, download_admin.DownloadAdmin)
admin.site.register(Page, page_admin.PageAdmin)


@admin.register(FaqGroup)
class FaqGroupAdmin(OwnPages, SimpleHistoryAdmin):  # type: ignore[misc]
    list_display = ("name", "position", "is_archived")
    prepopulated_fields = {"slug": ("name",)}


class QuestionForm(forms.ModelForm):
    """Refuses a figure that nobody could fill in, and a link that leads nowhere."""

    def clean_answer(self) -> str:
        answer = str(self.cleaned_data["answer"])
        page_forms.no_unknown_figures(answer)
        page_forms.no_wrong_links(answer)
        return answer


class ReviewDue(admin.SimpleListFilter):
    """Answers that nobody has looked at for a year."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "Due: a year ago, or never")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        due = Question.objects.to_review(timezone.localdate())
        return queryset.filter(pk__in=due) if self.value() == "due" else queryset


@admin.register(Question)
class QuestionAdmin(OwnPages, SimpleHistoryAdmin):  # type: ignore[misc]
    form = QuestionForm
    list_display = ("question", "group", "position", "owner", "last_reviewed_on")
    list_filter = (ReviewDue, "group")
    list_select_related = ("group",)
    search_fields = ("question", "answer")
    search_help_text = "Words of a question or of its answer."
    prepopulated_fields = {"slug": ("question",)}
    actions = ("reviewed_today",)

    @admin.action(description="Note that the answers were reviewed today", permissions=["change"])
    def reviewed_today(self, request: HttpRequest, queryset: QuerySet[Question]) -> None:
        for question in queryset:
            question.last_reviewed_on = timezone.localdate()
            question.save(update_fields=["last_reviewed_on"])
        self.message_user(request, "Noted.", messages.SUCCESS)
