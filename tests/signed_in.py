"""How people of a test have signed in; staff with a second step, as the office asks."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpRequest
from django.test import Client

from membership.models import Person, User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_a_second_step(request: HttpRequest, user: User, **_others: Any) -> None:
    """What `Client.force_login` leaves out: the note of a sign-in by password and code.

    It is the only one whose request has no method. Whoever signs in through the pages of a test
    proves themselves there.
    """
    if user.is_staff and request.method is None:
        record_authentication(request, user, "password")
        record_authentication(request, user, "mfa", type=Authenticator.Type.TOTP)


def browser_of(who: User | Person) -> Client:
    """A browser of its own in which this login is signed in, or the login of this person."""
    client = Client()
    client.force_login(who if isinstance(who, User) else who.user)
    return client


def give_second_step(user: User) -> None:
    """An app with a known secret, and recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def code_at(seconds: float, secret: str = SECRET) -> str:
    """What the app shows then."""
    return format_hotp_value(hotp_value(secret, int(seconds) // 30))


def recovery_code(address: str) -> str:
    """One that has not been used."""
    kept = Authenticator.objects.get(user__email=address, type=Authenticator.Type.RECOVERY_CODES)
    return RecoveryCodes(kept).get_unused_codes()[0]
