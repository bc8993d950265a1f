"""A new e-mail address by the office's hand: for letters and for the login alike."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import transaction

from foundation import history, letters
from foundation.links import absolute
from membership import one_person
from membership.models import Person, User

TAKEN = "Another login has this address. Merge the two people, or enter another address."


class EmailTaken(ValueError):
    """Two people cannot sign in by one address."""

    def __init__(self) -> None:
        super().__init__(TAKEN)


def is_taken(email: str, *, user: User | None) -> bool:
    """Whether a login other than this one has the address, confirmed or not."""
    own = user.pk if user else 0
    logins = User.objects.filter(email__iexact=email).exclude(pk=own)
    confirmed = EmailAddress.objects.filter(email__iexact=email).exclude(user=own)
    return logins.exists() or confirmed.exists()


@transaction.atomic
def change(*, person_id: int, email: str, by: User, at: dt.datetime) -> Person:
    """Write to somebody at a new address, which is their login from now on.

    They confirm it with a code when they next sign in. Both addresses are told, so that nobody
    loses a login unawares. Raises EmailTaken.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person_id)
    old, new = person.email, email.strip().lower()
    if new == old:
        return person
    if person.user is not None:
        change_login(person.user, email=new)
    write_to(person, email=new)
    for reader in (old, new):
        _tell(person, reader, at=at)
    history.record(person.history_key, "changed the e-mail address", at=at, by=by)
    return person


def write_to(person: Person, *, email: str) -> None:
    """Every letter goes to this address, as do those to accounts that were merged into theirs."""
    one_person.accounts_of(person).update(email=email)
    person.email = email


@transaction.atomic
def change_login(user: User, *, email: str) -> None:
    """Sign in by this address alone, once it has been confirmed. Raises EmailTaken."""
    if is_taken(email, user=user):
        raise EmailTaken
    User.objects.filter(pk=user.pk).update(email=email)
    user.email = email
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)


def _tell(person: Person, reader: str, *, at: dt.datetime) -> None:
    letters.queue(
        "email_changed",
        key=f"email_changed:{person.pk}:{reader == person.email}:{at.isoformat()}",
        to=reader,
        subject_key=person.history_key,
        at=at,
        context={
            "person": person,
            "is_new": reader == person.email,
            "has_login": person.user_id is not None,
            "login_url": absolute("/accounts/login/"),
        },
    )
