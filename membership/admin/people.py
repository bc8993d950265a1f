"""People: names and addresses; what happened to them is on their timeline."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from membership.models import Person


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    """Names and addresses. Everything that has a state of its own is changed elsewhere."""

    list_display = ("name", "email", "town", "work_organisation")
    search_fields = ("given_name", "family_name", "email", "postcode", "membership__number")
    ordering = ("family_name", "given_name", "pk")
    readonly_fields = ("user",)
    change_form_template = "admin/membership/person/change_form.html"
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
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
