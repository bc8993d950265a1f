"""Two-step login: how its secrets are kept, and how a lost device is put right."""

import base64
import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from foundation import history, letters
from foundation.later import later
from foundation.links import absolute
from membership import sessions
from membership.models import User

if TYPE_CHECKING:
    from cryptography import fernet
else:
    fernet = later("cryptography.fernet")

FIRST = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
PURPOSE = b"cmsuk second step "


class ResetRefused(Exception):
    """A second step is not taken away; the text says why."""


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are stored sealed with the portal's key, and staff keep the last of their steps."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "The office asks its staff for a second step. Add another one first, then take "
            "this one away."
        ),
        "incorrect_code": "That code is not right. Codes change every 30 seconds, and each is "
        "taken once: wait for the next one and type it.",
        "unverified_email": "Confirm your new e-mail address first, then switch this on.",
    }

    def encrypt(self, text: str) -> str:
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What is stored from before secrets were sealed is read as it is."""
        try:
            return _sealer().decrypt(encrypted_text.encode()).decode()
        except fernet.InvalidToken:
            return encrypted_text

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not (settings.STAFF_SECOND_STEP and authenticator.user.is_staff):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FIRST)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def _get_site_name(self) -> str:
        return str(settings.SOCIETY["name"])


def has_one(user: User) -> bool:
    """Whether this login has a second step to be asked for."""
    return bool(Authenticator.objects.filter(user=user, type__in=FIRST).exists())


@transaction.atomic
def reset(user: User, *, by: User | None, at: dt.datetime, reason: str) -> None:
    """Take every second step from somebody who lost theirs, and sign them out everywhere.

    They set up another one when they next come to the office. Raises ResetRefused. Without a
    name in `by` it was done on the server itself.
    """
    _refuse(user, by)
    User.objects.select_for_update().get(pk=user.pk)
    taken, _of_each_kind = Authenticator.objects.filter(user=user).delete()
    if not taken:
        raise ResetRefused(f"{user} has no second step: there is nothing to reset.")
    line = history.record(
        "staff", "reset a second step", at=at, by=by, text=f"of user {user.pk}: {reason}"
    )
    sessions.end_all([user.pk])
    letters.queue(
        "second_step_reset",
        key=f"second step reset {line.pk}",
        to=user.email,
        at=at,
        context={
            "name": user.get_short_name(),
            "who": by or "somebody who runs our server",
            "login_url": absolute(reverse("mfa_index")),
        },
    )


def _refuse(user: User, by: User | None) -> None:
    if by is None:
        return
    if by.pk == user.pk:
        raise ResetRefused(
            "Nobody resets their own second step here. Ask another officer, or use one of your "
            "recovery codes."
        )
    if user.is_superuser and not by.is_superuser:
        raise ResetRefused(
            "Only an officer with every permission can do this for another of them. Ask one."
        )


def _sealer() -> "fernet.MultiFernet":
    """With today's key; what older keys sealed can still be read while they are kept."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(PURPOSE + key.encode()).digest() for key in keys]
    return fernet.MultiFernet(
        [fernet.Fernet(base64.urlsafe_b64encode(digest)) for digest in digests]
    )
