"""The list of applications, and where its review pages hang."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from membership.admin import review
from membership.admin.fees import ReadOnlyAdmin
from membership.models import Application, Referee


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    """Applications, those that wait longest first. Opening one leads to its review page."""

    list_display = ("reference", "person", "type", "state", "submitted_at", "references")
    list_filter = ("state", "type")
    list_select_related = ("person",)
    search_fields = ("reference", "person__family_name", "person__email")
    ordering = ("submitted_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        answered = Q(referees__state=Referee.State.ANSWERED, referees__replaced_at=None)
        applications: QuerySet[Application] = super().get_queryset(request)
        return applications.annotate(answers=Count("referees", filter=answered))

    @admin.display(description="references")
    def references(self, application: Any) -> str:
        return f"{application.answers} of 2"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return redirect("admin:application_review", object_id)

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("<int:pk>/review/", review.review, "application_review"),
            ("<int:pk>/approve/", review.approve, "application_approve"),
            ("<int:pk>/decline/", review.decline, "application_decline"),
            ("<int:pk>/ask/", review.ask, "application_ask"),
            ("<int:pk>/register/<int:registration_id>/", review.register, "application_register"),
            ("<int:pk>/expertise/<slug:code>/", review.expertise, "application_expertise"),
            ("<int:pk>/reference/<int:referee_id>/", review.reference, "application_reference"),
            ("<int:pk>/bounced/<int:referee_id>/", review.bounced, "application_bounced"),
        )
        own = [path(way, self.admin_site.admin_view(view), name=name) for way, view, name in pages]
        return own + super().get_urls()
