"""What happened to a register, in words for those who share it: who did what, and to whom."""

import datetime as dt
import re
from dataclasses import dataclass

from foundation import history
from foundation.models import Event
from membership.models import Person
from records.models import Register

MOST = 50
KEY = re.compile(r"person ([0-9a-f-]{36})")
USER = re.compile(r"user (\d+)")
SOMEBODY = "somebody who is gone"


@dataclass(frozen=True)
class Happened:
    """One line: when, what, to whom, and by whom."""

    at: dt.datetime
    words: str


def of(register: Register) -> list[Happened]:
    """The newest lines first. Three queries, however many lines there are."""
    events = list(history.of(register.history_key)[:MOST])
    keys = {key for event in events for key in KEY.findall(event.text)}
    users = {int(found[1]) for event in events if (found := USER.fullmatch(event.actor))}
    by_key = {str(one.key): one.name for one in Person.objects.filter(key__in=keys)}
    by_user = {one.user_id: one.name for one in Person.objects.filter(user__in=users)}
    return [Happened(event.at, _words(event, by_key, by_user)) for event in events]


def _words(event: Event, by_key: dict[str, str], by_user: dict[int | None, str]) -> str:
    verb = event.verb[0].upper() + event.verb[1:]
    text = KEY.sub(lambda found: by_key.get(found[1]) or SOMEBODY, event.text)
    actor = USER.fullmatch(event.actor)
    doer = (by_user.get(int(actor[1])) or SOMEBODY) if actor else "the portal"
    said = f"{verb}: {text}" if text else verb
    return said if text == doer else f"{said}, by {doer}"
