"""People: names and addresses; what happened to them is on their timeline."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from membership.admin import deaths
from membership.models import Person


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    """Names and addresses. Everything that has a state of its own is changed elsewhere."""

    list_display = ("name", "email", "town", "work_organisation")
    search_fields = ("given_name", "family_name", "email", "postcode", "membership__number")
    ordering = ("family_name", "given_name", "pk")
    readonly_fields = ("user", "died_on")
    change_form_template = "admin/membership/person/change_form.html"
    fieldsets = (
        (None, {"fields": ("user", ("given_name", "family_name"), ("email", "phone"), "died_on")}),
        (
            "Home",
            {"fields": ("address_line_1", "address_line_2", "town", "postcode", "country")},
        ),
        (
            "Work",
            {
                "fields": (
                    ("work_organisation", "work_role"),
                    ("work_email", "work_phone"),
                    "work_postcode",
                )
            },
        ),
    )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        may = request.user.has_perm(deaths.RECORD)
        shown = {"may_record_death": may, **(extra_context or {})}
        answer: HttpResponse = super().change_view(request, object_id, form_url, shown)
        return answer

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("<int:pk>/death/", deaths.record, "person_death"),
            ("<int:pk>/not-dead/", deaths.undo, "person_not_dead"),
        )
        own = [path(way, self.admin_site.admin_view(view), name=name) for way, view, name in pages]
        return own + super().get_urls()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
