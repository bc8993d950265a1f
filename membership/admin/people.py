"""Logins and people."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest

from foundation import history
from membership.models import Person, User


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    add_form = NewUserForm
    add_fieldsets = (
        (
            None,
            {"classes": ("wide",), "fields": ("email", "name", "password1", "password2")},
        ),
    )
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (
            "What they may do",
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        ("When", {"fields": ("last_login", "joined_at")}),
    )
    readonly_fields = ("last_login", "joined_at")
    list_display = ("email", "name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    ordering = ("email",)


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

    def get_form(self, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        form: type[forms.ModelForm] = super().get_form(*args, **kwargs)
        return form


def _events(person: Person) -> Any:
    return history.of(person.history_key)[:50]
