"""The first member of staff: somebody has to let the others in."""

import datetime as dt

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from foundation import history
from foundation.links import absolute
from membership import staff_groups
from membership.models import User


class StaffExists(Exception):
    """There is staff already; the text says who lets others in."""


@transaction.atomic
def make_first(*, email: str, at: dt.datetime) -> User:
    """A login with every permission, without a password. Raises StaffExists after the first.

    The two sample groups are made along with it, for those whom they let in. Somebody who
    signed up before keeps their login and becomes staff.
    """
    if User.objects.filter(is_staff=True, is_active=True).exists():
        raise StaffExists(
            "There is a member of staff already. They can add others under Logins in the office."
        )
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email)
    user.is_staff = user.is_superuser = user.is_active = True
    user.save()
    # Whoever can run commands on the server vouches for the address.
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    staff_groups.make()
    history.record("staff", "made the first member of staff", at=at, by=user)
    return user


def who_may(permission: str) -> QuerySet[User]:
    """Active staff who hold a permission, by themselves, by a group or as superusers."""
    app_label, codename = permission.split(".")
    held = Permission.objects.filter(content_type__app_label=app_label, codename=codename)
    own = Q(user_permissions__in=held) | Q(groups__permissions__in=held) | Q(is_superuser=True)
    return User.objects.filter(own, is_staff=True, is_active=True).distinct()


def password_link(user: User) -> str:
    """An address where the password is chosen; it works once, for a limited time."""
    token = default_token_generator.make_token(user)
    way = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": token},
    )
    return absolute(way)
