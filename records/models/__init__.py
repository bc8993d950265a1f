"""Client records, what holds them, what waits for a person, and the rules they are kept by."""

from records.models.client_records import (
    ClientRecord,
    ClientRecordQuerySet,
    Hold,
    Review,
    ScheduleRun,
)
from records.models.redating import Redating, RedatingLot
from records.models.rules import RetentionRules, RetentionRulesQuerySet

__all__ = (
    "ClientRecord",
    "ClientRecordQuerySet",
    "Hold",
    "Redating",
    "RedatingLot",
    "RetentionRules",
    "RetentionRulesQuerySet",
    "Review",
    "ScheduleRun",
)
