"""Where somebody is signed in, and how they are signed out there."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from foundation import expired, typed
from membership import devices
from membership.models import User


@dataclass(frozen=True)
class Place:
    """One browser in which somebody is signed in."""

    pk: int
    device: str
    address: str
    since: dt.datetime
    is_this: bool


def of(user: User, *, this: str | None, now: dt.datetime) -> list[Place]:
    """This browser first, then the newest."""
    places = [
        Place(
            pk=one.pk,
            device=devices.named(one.user_agent),
            address=one.ip,
            since=one.created_at,
            is_this=one.session_key == this,
        )
        for one in _open(user, now).order_by("-created_at", "-pk")
    ]
    return sorted(places, key=lambda place: not place.is_this)


def end(user: User, *, pk: int) -> bool:
    """Sign one browser of theirs out; False where it was no longer signed in."""
    one = UserSession.objects.filter(user=user, pk=pk).first()
    if one is None:
        return False
    _end([one])
    return True


def end_others(user: User, *, but: str | None) -> int:
    """Sign every browser out but the one with this session; how many there were."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=but or ""))


def end_all(logins: Collection[int]) -> None:
    """Sign these logins out everywhere, in the table and in the cache, with what it holds."""
    _end(UserSession.objects.filter(user__in=logins))
    keys = {str(login) for login in logins}
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") in keys:
            _store()(session.session_key).delete()
    for login in logins:
        typed.forget_all(login)
    expired.forget()


def _open(user: User, now: dt.datetime) -> QuerySet[UserSession]:
    """Those whose session lives; the rest is cleaned away at night."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    found: QuerySet[UserSession] = UserSession.objects.filter(Exists(alive), user=user)
    return found


def _end(going: Collection[UserSession] | QuerySet[UserSession]) -> int:
    ended = list(going)
    for one in ended:
        _store()(one.session_key).delete()
    UserSession.objects.filter(pk__in=[one.pk for one in ended]).delete()
    return len(ended)


def _store() -> type:
    store: type = import_module(settings.SESSION_ENGINE).SessionStore
    return store
