"""Registers of client records, what holds and dates a record, what waits, what is destroyed."""

from records.models.certificates import Certificate
from records.models.client_records import (
    ClientRecord,
    ClientRecordQuerySet,
    Hold,
    Review,
    ScheduleRun,
)
from records.models.disposals import Disposal, DisposalLine, Witness
from records.models.imports import ImportedRow, RecordImport
from records.models.redating import Redating, RedatingLot
from records.models.registers import HandoverOffer, NamedMember, Register, TermsAcceptance
from records.models.releases import Release, ReleaseQuerySet
from records.models.rules import RetentionRules

__all__ = (
    "Certificate",
    "ClientRecord",
    "ClientRecordQuerySet",
    "Disposal",
    "DisposalLine",
    "HandoverOffer",
    "Hold",
    "ImportedRow",
    "NamedMember",
    "RecordImport",
    "Redating",
    "RedatingLot",
    "Register",
    "Release",
    "ReleaseQuerySet",
    "RetentionRules",
    "Review",
    "ScheduleRun",
    "TermsAcceptance",
    "Witness",
)
