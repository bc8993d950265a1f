"""Client records, what holds a record, what waits for a person, and what was destroyed."""

from records.models.client_records import (
    ClientRecord,
    ClientRecordQuerySet,
    Hold,
    Review,
    ScheduleRun,
)
from records.models.disposals import Certificate, Disposal, DisposalLine, Witness

__all__ = (
    "Certificate",
    "ClientRecord",
    "ClientRecordQuerySet",
    "Disposal",
    "DisposalLine",
    "Hold",
    "Review",
    "ScheduleRun",
    "Witness",
)
