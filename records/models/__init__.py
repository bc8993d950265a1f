"""Registers of client records, who shares them, what holds a record and what waits for a person."""

from records.models.client_records import (
    ClientRecord,
    ClientRecordQuerySet,
    Hold,
    Review,
    ScheduleRun,
)
from records.models.imports import ImportedRow, RecordImport
from records.models.registers import HandoverOffer, NamedMember, Register, TermsAcceptance

__all__ = (
    "ClientRecord",
    "ClientRecordQuerySet",
    "HandoverOffer",
    "Hold",
    "ImportedRow",
    "NamedMember",
    "RecordImport",
    "Register",
    "Review",
    "ScheduleRun",
    "TermsAcceptance",
)
