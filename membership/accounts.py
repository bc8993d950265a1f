"""How people sign up and sign in: allauth, with the person made beside the login."""

import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse

from foundation import letter_page, silence
from foundation.links import absolute
from foundation.prepared import A_NUMBER, Rows
from membership import emails, sessions
from membership.models import Membership, Person, User

PEOPLE = Rows(A_NUMBER, lambda login: Person.objects.filter(user=login))
AGAIN = {
    "reauthenticate": "Use my password",
    "mfa_reauthenticate": "Use a code from my app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}
LINKS = ("password_reset_url", "signup_url", "activate_url")


WRONG = {
    "email_password_mismatch": "The e-mail address or the password is not right. Try once more, or "
    "have a code sent to you instead: see below.",
    "incorrect_password": "That is not your password. Type the one that you log in with.",
    "incorrect_code": "That is not the code of our newest letter. Copy it from there once more.",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Makes the person together with the login, and keeps their addresses the same."""

    error_messages = DefaultAccountAdapter.error_messages | WRONG

    @transaction.atomic
    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: Form,
        commit: bool = True,
    ) -> User:
        user.email = str(form.cleaned_data["email"]).lower()
        saved: User = super().save_user(request, user, form, commit=commit)
        if commit:
            person_of(saved)
        return saved

    def set_password(self, user: User, password: str) -> None:
        """Whoever else was signed in with the old one is not any more, nor shown as if."""
        super().set_password(user, password)
        sessions.end_others(user, but=self.request.session.session_key)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**one, "description": AGAIN[one["id"]]} for one in methods]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked again at once: that was a proof as well."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        newest = get_authentication_records(self.request, self.request.user)[-1:]
        seconds = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not any(time.time() - proof["at"] < seconds for proof in newest)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return "/apply/"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever works here and is no member comes for the office."""
        if isinstance(request.user, User) and _only_works_here(request.user):
            return reverse("admin:index")
        usual: str = super().get_login_redirect_url(request)
        return usual

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Logins have no user name."""

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """A confirmed address is the one of the person's Home section, too."""
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed:
            # An account that was merged is written to where its person reads.
            for person in Person.objects.filter(user=email_address.user_id, merged_into=None):
                emails.write_to(person, email=email_address.email)
        return confirmed

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nobody's death brings them a letter about their login."""
        if not silence.is_kept(email):
            super().send_mail(template_prefix, email, context)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """allauth's letters are plain text; they go out dressed like our own."""
        given = {"society": settings.SOCIETY, "site_url": settings.SITE_URL, **context}
        # At our own address, whatever host the request named.
        given |= {name: absolute(urlsplit(given[name]).path) for name in LINKS if name in given}
        mail: EmailMultiAlternatives = super().render_mail(template_prefix, email, given, headers)
        mail.attach_alternative(letter_page.as_html(str(mail.subject), str(mail.body)), "text/html")
        return mail


def _only_works_here(user: User) -> bool:
    return user.is_staff and not Membership.objects.filter(person__user=user).exists()


def person_of(user: User) -> Person:
    """The person behind a login, made where there is none yet; of a merged account the other."""
    person = next(iter(PEOPLE(user.pk)), None)
    if person is None:
        person, _made = Person.objects.get_or_create(user=user, defaults={"email": user.email})
    return person.merged_into or person


def login_of(request: HttpRequest) -> User:
    """Who is signed in, on pages that ask for it."""
    user: Any = request.user
    signed_in: User = user
    return signed_in


def of_request(request: HttpRequest) -> Person:
    """The signed-in person; every query for somebody's own things starts here."""
    return person_of(login_of(request))
