"""Where letters lead somebody who has an account: to the login first, never to a new account."""

from django.urls import reverse

from foundation.links import absolute


def own_application() -> str:
    """The page of one's application. Its own address offers strangers to make an account."""
    return absolute(f"{reverse('account_login')}?next={reverse('membership:apply')}")
