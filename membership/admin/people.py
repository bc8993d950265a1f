"""People: names, addresses, and what happened to them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from foundation import history
from membership.models import Person


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    """Names and addresses. Everything that has a state of its own is changed elsewhere."""

    list_display = ("name", "email", "town", "work_organisation")
    search_fields = ("given_name", "family_name", "email", "postcode", "membership__number")
    ordering = ("family_name", "given_name", "pk")
    readonly_fields = ("user", "timeline")
    fieldsets = (
        (None, {"fields": ("user", ("given_name", "family_name"), ("email", "phone"))}),
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
        ("What happened", {"fields": ("timeline",)}),
    )

    @admin.display(description="history")
    def timeline(self, person: Person) -> str:
        lines = [f"{event.at:%d %b %Y %H:%M}  {event.verb}" for event in _events(person)]
        return "\n".join(lines) or "Nothing yet."

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _events(person: Person) -> Any:
    return history.of(person.history_key)[:50]
