"""Registers of client records, who shares them, what holds a record and what waits for a person."""

from records.models.client_records import (
    ClientRecord,
    ClientRecordQuerySet,
    Hold,
    Review,
    ScheduleRun,
)
from records.models.registers import HandoverOffer, NamedMember, Register, TermsAcceptance

__all__ = (
    "ClientRecord",
    "ClientRecordQuerySet",
    "HandoverOffer",
    "Hold",
    "NamedMember",
    "Register",
    "Review",
    "ScheduleRun",
    "TermsAcceptance",
)
