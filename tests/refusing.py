"""Makes the database refuse one row of a job, by a law that it really keeps."""

import hashlib

from foundation import history
from foundation.models import Event
from tests.factories import A_MOMENT


def refuse_history_of(subject_key: str) -> None:
    """The next line about this subject has a number that is taken: it is refused, and its step."""
    first = history.record(subject_key, "begun", at=A_MOMENT, by=None)
    Event.objects.create(
        digest=hashlib.sha256(subject_key.encode()).hexdigest(),
        chain_id=subject_key,
        number=first.number + 1,
        at=A_MOMENT,
        actor="nobody",
        verb="in the way",
        text_digest=first.text_digest,
    )
