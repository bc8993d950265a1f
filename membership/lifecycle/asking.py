"""Asking the applicant for more: named items, each of which reopens its own section."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from membership import post
from membership.lifecycle import wording
from membership.lifecycle.errors import NothingAsked
from membership.lifecycle.overrides import drop_request
from membership.lifecycle.transitions import Verb, locked, move
from membership.models import Application, AskedItem, User

SECTIONS: Mapping[str, str] = dict(AskedItem.Section.choices)


@transaction.atomic
def ask(*, application_id: int, by: User, at: dt.datetime, items: Mapping[str, str]) -> Application:
    """Ask for something in each of the named sections; the place in the queue is kept.

    `items` says what is needed, by the key of the section. Only these sections can be changed
    until the application comes back, and the office's clock stands. Raises NothingAsked.
    """
    application = locked(application_id)
    move(application, Verb.ASK)
    asked = {section: words.strip() for section, words in items.items() if words.strip()}
    if not asked:
        raise NothingAsked
    drop_request(application)
    application.question = in_words(asked)
    application.sections_done = [one for one in application.sections_done if one not in asked]
    application.save()
    AskedItem.objects.bulk_create(
        AskedItem(application=application, section=section, words=words, asked_at=at, asked_by=by)
        for section, words in asked.items()
    )
    wording.send(application, wording.asked(asked), at=at)
    post.note_of(application, "asked for more information", at=at, by=by, text=application.question)
    return application


def close(application: Application, *, at: dt.datetime) -> None:
    """Nothing is asked of the applicant any more; saved by the caller."""
    application.asked_items.open().update(closed_at=at)
    application.question = ""


def in_words(items: Mapping[str, str]) -> str:
    """“DBS check: Which certificate is it?”, one line an item."""
    return "\n".join(f"{SECTIONS[section]}: {words}" for section, words in items.items())
