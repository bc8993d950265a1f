"""The list of applications, and where its review pages hang."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from foundation.dates import in_words
from foundation.own_pages import OwnPage, OwnPages
from foundation.read_only import ReadOnlyAdmin
from membership import desk
from membership.admin import checking, decisions, files, review, undoing
from membership.admin.pages import SEE, require
from membership.models import Application, Referee


class StateFilter(admin.SimpleListFilter):
    """Opens on what awaits a decision; a search looks through everything."""

    title = "state"
    parameter_name = "state"
    AWAITING, ALL = "awaiting", "all"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        sent = [one for one in Application.State.choices if one[0] != Application.State.SUBMITTED]
        return [(self.ALL, "All"), *sent]

    def choices(self, changelist: ChangeList) -> Any:
        searching = bool(changelist.query)
        yield {
            "selected": self.value() is None and not searching,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": "Awaiting a decision",
        }
        for code, words in self.lookup_choices:
            default = code == self.ALL and self.value() is None and searching
            yield {
                "selected": self.value() == code or default,
                "query_string": changelist.get_query_string({self.parameter_name: code}),
                "display": words,
            }

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Application]
    ) -> QuerySet[Application]:
        chosen = self.value()
        if chosen == self.ALL or (chosen is None and request.GET.get("q")):
            return queryset
        return queryset.filter(state=chosen or Application.State.SUBMITTED)


@admin.register(Application)
class ApplicationAdmin(OwnPages, ReadOnlyAdmin):
    """Applications, those that wait longest first. Opening one leads to its review page."""

    list_display = ("reference", "person", "type", "sent_on", "state", "references")
    list_display_links = ("reference", "person")
    list_filter = (StateFilter, "type")
    list_select_related = ("person",)
    search_fields = ("reference", "person__given_name", "person__family_name", "person__email")
    search_help_text = "A reference, a name or an e-mail address."
    ordering = (F("submitted_at").asc(nulls_last=True), "pk")
    change_list_template = "admin/membership/application/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        """Referees are read for the page alone: counted in the query, all would be."""
        applications: QuerySet[Application] = super().get_queryset(request)
        return applications.prefetch_related("referees")

    @admin.display(description="sent on", ordering="submitted_at")
    def sent_on(self, application: Application) -> str:
        sent_at = application.submitted_at
        return in_words(timezone.localdate(sent_at)) if sent_at else "not sent"

    @admin.display(description="references")
    def references(self, application: Application) -> str:
        named = [one for one in application.referees.all() if one.replaced_at is None]
        answered = sum(one.state == Referee.State.ANSWERED for one in named)
        return f"{answered} of {len(named)}" if named else "none asked"

    def beside_list(self, request: HttpRequest) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "title": "Applications",
            "desk": desk.waiting(),
            "money_known_until": desk.money_behind(today),
            "registrations_to_check": desk.registrations_to_check(today),
            "types_without_fee": desk.types_without_fee(today),
        }

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        require(request, SEE)
        return redirect("admin:application_review", object_id)

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/review/", review.review, "application_review"),
            ("<int:pk>/approve/", decisions.approve, "application_approve"),
            ("<int:pk>/decline/", decisions.decline, "application_decline"),
            ("<int:pk>/ask/", decisions.ask, "application_ask"),
            ("<int:pk>/offer/", decisions.offer, "application_offer"),
            ("<int:pk>/second/", undoing.second, "application_second"),
            ("<int:pk>/undo/", undoing.undo, "application_undo"),
            ("<int:pk>/reverse/", undoing.reverse, "application_reverse"),
            ("<int:pk>/appeal/<int:appeal_id>/", undoing.appeal, "application_appeal"),
            ("<int:pk>/register/<int:registration_id>/", checking.register, "application_register"),
            ("<int:pk>/expertise/<slug:code>/", checking.expertise, "application_expertise"),
            ("<int:pk>/reference/<int:referee_id>/", checking.reference, "application_reference"),
            ("<int:pk>/files/<int:file_id>/", files.open_file, "application_file"),
            ("file/<str:token>/", files.content, "application_file_content"),
            ("<int:pk>/bounced/<int:referee_id>/", checking.bounced, "application_bounced"),
        )
