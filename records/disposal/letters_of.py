"""What is written about a disposal; no letter names a record."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse

from foundation import letters, links
from membership import post
from membership.accounts import person_of
from membership.models import Person
from records.disposal.people import others_who_may_act
from records.models import Certificate, Disposal


def address_of(disposal: Disposal) -> str:
    return links.absolute(reverse("records:disposal", args=[disposal.key]))


def ask_colleagues(disposal: Disposal, *, at: dt.datetime, again: bool = False) -> None:
    """Tell everybody else of the register that a signature is needed."""
    proposer = disposal.proposed_by
    besides = person_of(proposer) if proposer is not None else disposal.owner
    for person in others_who_may_act(disposal.register, besides=besides):
        _tell(
            person,
            disposal,
            "disposal_to_sign",
            key=f"disposal_to_sign:{disposal.pk}:{person.pk}:{_stamp(disposal.asked_at)}:{again:d}",
            at=at,
            count=disposal.lines.count(),
            again=again,
        )


def tell_news(disposal: Disposal, news: str, *, at: dt.datetime) -> None:
    """Tell the proposer what became of it: signed, declined, expired, ran_out or waits."""
    proposer = disposal.proposed_by
    person = person_of(proposer) if proposer is not None else disposal.owner
    lines = disposal.lines
    _tell(
        person,
        disposal,
        "disposal_news",
        key=f"disposal_news:{disposal.pk}:{news}:{_stamp(disposal.asked_at)}",
        at=at,
        news=news,
        destroyed=lines.filter(verdict="destroyed").count(),
        refused=lines.filter(verdict="refused").count(),
    )


@transaction.atomic
def remind_of_file(certificate: Certificate, *, at: dt.datetime) -> bool:
    """Ask once whether the file itself was destroyed; False where that was written before."""
    key = f"disposal_file:{certificate.pk}"
    if letters.is_queued(key):
        return False
    post.tell(
        certificate.register.owner,
        "disposal_file",
        key=key,
        at=at,
        certificate=certificate,
        url=links.absolute(reverse("records:certificate", args=[certificate.number])),
    )
    return True


def _tell(
    person: Person, disposal: Disposal, kind: str, *, key: str, at: dt.datetime, **context: Any
) -> None:
    if person.email:
        url = address_of(disposal)
        post.tell(person, kind, key=key, at=at, disposal=disposal, url=url, **context)


def _stamp(at: dt.datetime) -> str:
    return f"{at.timestamp():.0f}"
