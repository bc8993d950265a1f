"""The letter by which somebody who was brought in learns of it, and its link to a password."""

import datetime as dt
from collections.abc import Sequence

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation import letters, links
from foundation.links import BrokenLink, absolute
from membership import post, standing
from membership.lifecycle.renewals import renewable_until
from membership.models import Arrival, FeeDue, Membership, User

PURPOSE = "arrival"
LASTS = dt.timedelta(days=60)
LETTERS_A_LOT = 50


def key_of(arrival: Arrival) -> str:
    """Names the letter of one person: it is written once."""
    return f"brought_in:{arrival.person_id}"


def token_of(user: User) -> str:
    return links.sign({"user": user.pk}, purpose=PURPOSE)


@transaction.atomic
def write_some(file_id: int, *, at: dt.datetime) -> int:
    """The letters of the next few whom nobody has told; how many. None of them goes twice."""
    waiting = Arrival.objects.unwritten().filter(file=file_id).order_by("line")
    found = list(waiting.select_for_update(of=("self",), skip_locked=True)[:LETTERS_A_LOT])
    whole = Arrival.objects.filter(pk__in=[one.pk for one in found])
    for arrival in whole.select_related("person__user", "person__membership").order_by("line"):
        _write(arrival, at=at)
    return whole.update(written_at=at)


def owner_of(token: str) -> User:
    """Whose password a link is for. Raises LinkError, also where they are here no more."""
    user_id = links.read(token, purpose=PURPOSE, lasts=LASTS)["user"]
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise BrokenLink("This link leads nowhere any more. Please write to the office.")
    return user


def address_of_password_page(user: User) -> str:
    """Where they choose their password. That they came by the letter confirms the address."""
    EmailAddress.objects.filter(user=user, email__iexact=user.email).update(verified=True)
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


def unwritten(file_ids: Sequence[int]) -> dict[int, int]:
    """How many people of each file have not been told yet."""
    found = Arrival.objects.unwritten().filter(file__in=file_ids)
    counted: dict[int, int] = {}
    for file_id in found.values_list("file", flat=True):
        counted[file_id] = counted.get(file_id, 0) + 1
    return counted


def _write(arrival: Arrival, *, at: dt.datetime) -> None:
    person = arrival.person
    if person.user is None or letters.is_queued(key_of(arrival)):
        return
    User.objects.filter(pk=person.user.pk).update(is_active=True)
    on = timezone.localdate(at)
    stands = standing.of(person, on)
    membership = Membership.objects.filter(person=person).first()
    owed = FeeDue.objects.outstanding().filter(person=person).first()
    until = renewable_until(stands.until) if stands.until else None
    post.tell(
        person,
        "brought_in",
        key=key_of(arrival),
        at=at,
        membership=membership,
        stands=stands,
        owed=owed,
        renewable_until=until if until and until >= on else None,
        url=absolute(reverse("membership:brought_in", args=[token_of(person.user)])),
        link_until=on + LASTS,
        reset_url=absolute(reverse("account_reset_password")),
        profile_url=absolute("/profile/"),
    )
