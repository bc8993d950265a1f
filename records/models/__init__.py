"""Registers of client records, who shares them, what holds a record and what waits for a person."""

from records.models.client_records import (
    ClientRecord,
    ClientRecordQuerySet,
    Hold,
    Review,
    ScheduleRun,
)
from records.models.registers import NamedMember, Register, TermsAcceptance

__all__ = (
    "ClientRecord",
    "ClientRecordQuerySet",
    "Hold",
    "NamedMember",
    "Register",
    "Review",
    "ScheduleRun",
    "TermsAcceptance",
)
