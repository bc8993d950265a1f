"""Members who agreed to news, and announcements for them."""

from typing import Any

from benefits.models import Announcement, NewsConsent, Topic
from membership.models import Person
from tests.factories import A_MOMENT, make_member


def topic(name: str = "Events") -> Topic:
    return Topic.objects.get(name=name)


def agree(person: Person, *names: str) -> Person:
    for name in names or ("Events",):
        found = topic(name)
        NewsConsent.objects.create(
            person=person, topic=found, wording=found.wording, given_at=A_MOMENT
        )
    return person


def make_reader(*names: str, **member: Any) -> Person:
    """An active member who agreed to news."""
    return agree(make_member(**member), *names)


def make_announcement(*names: str, **kwargs: Any) -> Announcement:
    """A draft about events, unless other topics are named."""
    facts: dict[str, Any] = {
        "subject": "Study day in Cardiff",
        "text": "Dear member,\n\n**Come** to the [study day](/membership/benefits/).",
        "written_at": A_MOMENT,
    }
    made = Announcement.objects.create(**{**facts, **kwargs})
    made.topics.set([topic(name) for name in names or ("Events",)])
    return made
