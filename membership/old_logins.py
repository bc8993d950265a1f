"""Logins that cannot go, since decisions bear them: of whoever once worked for the office."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from foundation.nameless import nobodys_address
from membership import sessions
from membership.models import Person, User

REMOVED = "Removed"


@transaction.atomic
def make_nameless(login_id: int) -> None:
    """The row stays, for what it signed; it names nobody any more, and nobody signs in by it."""
    sessions.end_all([login_id])
    for theirs in (EmailAddress, Authenticator):
        theirs._default_manager.filter(user=login_id).delete()
    Person.objects.filter(user=login_id).update(user=None)
    User.objects.filter(pk=login_id).update(
        email=nobodys_address(login_id),
        name=REMOVED,
        password=UNUSABLE_PASSWORD_PREFIX,
        last_login=None,
        is_active=False,
    )
