"""Answers a request to correct, and writes a person's new name where that was what they asked."""

import datetime as dt

from django.db import transaction

from foundation import history
from membership.models import Person, User
from website import data_requests as desk
from website.models import DataRequest


@transaction.atomic
def answer(
    asked: DataRequest,
    *,
    words: str,
    given_name: str,
    family_name: str,
    by: User,
    at: dt.datetime,
) -> DataRequest:
    """Close the request; the history says that the name changed, not from what to what."""
    if asked.person_id and (given_name or family_name):
        person = Person.objects.select_for_update().get(pk=asked.person_id)
        person.given_name = given_name or person.given_name
        person.family_name = family_name or person.family_name
        person.save(update_fields=["given_name", "family_name"])
        history.record(person.history_key, "put the name right", at=at, by=by, text=str(asked))
    return desk.answer(request_id=asked.pk, words=words, by=by, at=at)
