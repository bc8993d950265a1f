"""Registers of client records, what holds a record, what waits for a person, what is destroyed."""

from records.models.certificates import Certificate
from records.models.client_records import (
    ClientRecord,
    ClientRecordQuerySet,
    Hold,
    Review,
    ScheduleRun,
)
from records.models.disposals import Disposal, DisposalLine, Witness
from records.models.registers import HandoverOffer, NamedMember, Register, TermsAcceptance

__all__ = (
    "Certificate",
    "ClientRecord",
    "ClientRecordQuerySet",
    "Disposal",
    "DisposalLine",
    "HandoverOffer",
    "Hold",
    "NamedMember",
    "Register",
    "Review",
    "ScheduleRun",
    "TermsAcceptance",
    "Witness",
)
