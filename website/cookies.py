"""Every cookie that the site sets, with its real name and time; a test holds the list complete."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage

from directory import shortlist


@dataclass(frozen=True)
class Cookie:
    """One cookie, what it is for, and when it goes."""

    name: str
    purpose: str
    seconds: int | None  # none: it goes with the page that it is for
    ends_sooner: str = ""

    @property
    def lasts(self) -> str:
        """“14 days, or until you log out”."""
        if self.seconds is None:
            return self.ends_sooner
        return f"{dt.timedelta(seconds=self.seconds).days} days{self.ends_sooner}"


def ours() -> tuple[Cookie, ...]:
    """All of them. None is set on pages that are only read without a form."""
    return (
        Cookie(
            settings.CSRF_COOKIE_NAME,
            "Makes sure that a form was sent by you and not by another site",
            settings.CSRF_COOKIE_AGE,
        ),
        Cookie(
            settings.SESSION_COOKIE_NAME,
            "Keeps you logged in, once you have logged in or begun to",
            settings.SESSION_COOKIE_AGE,
            ", or until you log out",
        ),
        Cookie(
            shortlist.COOKIE,
            "Remembers whom you put on your shortlist of case managers; nobody else can read it",
            shortlist.KEPT_SECONDS,
            ", or until you clear the shortlist",
        ),
        Cookie(
            CookieStorage.cookie_name,
            "Carries a note such as “You are logged out” to the next page",
            None,
            "Until that page has shown it, or you close your browser",
        ),
    )
