"""The only code that deletes a client record: inside the transaction of the second signature."""

import datetime as dt

from membership.models import User
from records.disposal import certificates
from records.disposal_words import Role, Verdict
from records.models import Certificate, ClientRecord, DisposalLine


def destroy(
    record: ClientRecord,
    line: DisposalLine,
    *,
    first: Role,
    second: Role,
    by: User | None,
    at: dt.datetime,
) -> Certificate:
    """Leave a certificate of a record that is locked and was checked a moment ago, and no more."""
    certificate = certificates.issue(record, line, first=first, second=second, by=by, at=at)
    line.record, line.facts = None, {}
    line.settled_at, line.verdict = at, Verdict.DESTROYED
    line.save()
    DisposalLine.objects.filter(record=record).update(record=None)
    record.reviews.all().delete()
    record.holds.all().delete()
    record.delete()
    return certificate
