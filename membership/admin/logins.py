"""Who signs in and what they may do: only who may do everything can let others do more."""

from collections.abc import Sequence
from typing import Any

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from allauth.mfa.admin import AuthenticatorAdmin
from allauth.mfa.models import Authenticator
from allauth.usersessions.admin import UserSession
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from foundation import nameless
from foundation.choices import KnownChoicesMixin
from foundation.own_pages import OwnPage, OwnPages
from membership import emails, passwords
from membership.accounts import login_of
from membership.admin import second_steps
from membership.models import Person, User

RIGHTS = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


class NewPasswordForm(AdminPasswordChangeForm):
    """Everybody here may have a password: what Django asks of other servers says nothing to us."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


class ChangedUserForm(UserChangeForm):
    """An address that another login has confirmed is refused before it is saved."""

    class Meta:
        model = User
        fields = "__all__"

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if emails.is_taken(email, user=self.instance):
            raise ValidationError(emails.TAKEN)
        return email


@admin.register(User)
class UserAdmin(OwnPages, KnownChoicesMixin, DjangoUserAdmin):
    """A permission to change logins is none to change one's own rights, or a colleague's login."""

    form = ChangedUserForm
    add_form = NewUserForm
    change_password_form = NewPasswordForm
    add_form_template = "admin/membership/user/add_form.html"
    change_user_password_template = "admin/membership/user/change_password.html"  # noqa: S105 - the name of a template
    add_fieldsets = (
        (
            None,
            {"classes": ("wide",), "fields": ("email", "name", "password1", "password2")},
        ),
    )
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        ("What they may do", {"fields": RIGHTS[:-1]}),
        ("Single permissions", {"classes": ("collapse",), "fields": RIGHTS[-1:]}),
        ("When", {"fields": ("last_login", "joined_at")}),
    )
    readonly_fields = ("last_login", "joined_at")
    list_display = ("address", "name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    search_help_text = "An e-mail address or a name."
    ordering = ("email",)

    @admin.display(description="e-mail address", ordering="email")
    def address(self, user: User) -> str:
        return nameless.shown(user.email)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        own = tuple(super().get_readonly_fields(request, obj))
        return own if request.user.is_superuser else (*own, *RIGHTS)

    def own_pages(self) -> Sequence[OwnPage]:
        return [("<int:pk>/reset-second-step/", second_steps.reset, "reset_second_step")]

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """They hear of it by letter."""
        before = User.objects.filter(pk=id).values_list("password", flat=True).first()
        answer: HttpResponse = super().user_change_password(request, id, form_url)
        passwords.tell_of_change(id, before=before, by=login_of(request), at=timezone.now())
        return answer

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new address is also the one to confirm, and the one of the person's Home section."""
        super().save_model(request, obj, form, change)
        if not change or "email" not in form.changed_data:
            return
        emails.change_login(obj, email=obj.email)
        person, by = Person.objects.filter(user=obj).first(), login_of(request)
        if person is not None:
            emails.change(person_id=person.pk, email=obj.email, by=by, at=timezone.now())

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return _may(request, obj) and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return _may(request, obj) and bool(super().has_delete_permission(request, obj))


class ForWhoMayDoEverything(admin.ModelAdmin):
    """Pages through which one could become anybody: no single permission opens them."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)


# Where people are signed in is their own page's business.
admin.site.unregister((Group, EmailAddress, Authenticator, UserSession))


@admin.register(Group)
class OwnGroupAdmin(KnownChoicesMixin, ForWhoMayDoEverything, GroupAdmin):
    """Whoever changes a group changes what its members may do."""


@admin.register(EmailAddress)
class OwnEmailAddressAdmin(ForWhoMayDoEverything, EmailAddressAdmin):  # type: ignore[misc]
    """A confirmed address receives the letter that sets a new password."""


@admin.register(Authenticator)
class OwnAuthenticatorAdmin(ForWhoMayDoEverything, AuthenticatorAdmin):  # type: ignore[misc]
    """To be looked at; their secrets are never shown. A lost one is reset on the login's page."""

    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _may(request: HttpRequest, login: User | None) -> bool:
    """Whether this member of staff may touch the login; None asks of logins in general.

    A colleague's is not theirs: who gives it another password can sign second in their name.
    """
    is_own = login is not None and login.pk == request.user.pk
    is_staff = login is not None and (login.is_staff or login.is_superuser)
    return bool(request.user.is_superuser) or is_own or not is_staff
