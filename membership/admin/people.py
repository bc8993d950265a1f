"""People: names and addresses; what happened to them is on their timeline."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from foundation import nameless
from foundation.own_pages import OwnPage, OwnPages
from membership import emails
from membership.accounts import login_of
from membership.admin import areas, deaths, watching
from membership.models import Person


class PersonForm(forms.ModelForm):
    """An address by which somebody else signs in is refused before it is saved."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if emails.is_taken(email, user=self.instance.user):
            raise forms.ValidationError(emails.TAKEN)
        return email


@admin.register(Person)
class PersonAdmin(OwnPages):
    """Names and addresses. Everything that has a state of its own is changed elsewhere."""

    form = PersonForm

    list_display = ("name", "address", "town", "work_organisation")
    search_fields = ("given_name", "family_name", "email", "postcode", "membership__number")
    search_help_text = "A name, an e-mail address, a postcode or a member number."
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

    @admin.display(description="e-mail address", ordering="email")
    def address(self, person: Person) -> str:
        return nameless.shown(person.email)

    def beside_row(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        return {"may_record_death": request.user.has_perm(deaths.RECORD)}

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> Any:
        """A login is its address: that of staff is changed only by who may do everything."""
        own = super().get_readonly_fields(request, obj)
        is_staff = obj is not None and obj.user is not None and obj.user.is_staff
        return (*own, "email") if is_staff and not request.user.is_superuser else own

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """The address goes its own way, to the login as well; the rest is saved as it is."""
        if change and "email" in form.changed_data:
            by, email = login_of(request), form.cleaned_data["email"]
            emails.change(person_id=obj.pk, email=email, by=by, at=timezone.now())
        super().save_model(request, obj, form, change)

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/expertise/", areas.expertise, "person_expertise"),
            ("<int:pk>/death/", deaths.record, "person_death"),
            ("<int:pk>/not-dead/", deaths.undo, "person_not_dead"),
            ("watch/", watching.due, "membership_watch"),
            ("watch/registration/<int:pk>/", watching.register, "membership_watch_register"),
            ("watch/date/<int:pk>/", watching.seen, "membership_watch_seen"),
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
