"""What somebody hears when the office changes the password of their login."""

import datetime as dt

from django.urls import reverse

from foundation import letters
from foundation.links import absolute
from membership import sessions
from membership.models import User


def tell_of_change(login_id: str, *, before: str | None, by: User, at: dt.datetime) -> bool:
    """A letter, where it is not what it was before; then they are signed out, too."""
    user = User.objects.filter(pk=login_id).first()
    if user is None or before is None or user.password == before or user == by:
        return False
    sessions.end_all([user.pk])
    letters.queue(
        "password_set_by_office",
        key=f"password of {user.pk} set {at.isoformat()}",
        to=user.email,
        at=at,
        context={
            "name": user.get_short_name(),
            "who": by.get_full_name(),
            "reset_url": absolute(reverse("account_reset_password")),
        },
    )
    return True
