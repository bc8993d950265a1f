"""Registers of client records, who shares them, what holds a record, and the rules they follow."""

from records.models.client_records import (
    ClientRecord,
    ClientRecordQuerySet,
    Hold,
    Review,
    ScheduleRun,
)
from records.models.imports import ImportedRow, RecordImport
from records.models.redating import Redating, RedatingLot
from records.models.registers import HandoverOffer, NamedMember, Register, TermsAcceptance
from records.models.rules import RetentionRules, RetentionRulesQuerySet

__all__ = (
    "ClientRecord",
    "ClientRecordQuerySet",
    "HandoverOffer",
    "Hold",
    "ImportedRow",
    "NamedMember",
    "RecordImport",
    "Redating",
    "RedatingLot",
    "Register",
    "RetentionRules",
    "RetentionRulesQuerySet",
    "Review",
    "ScheduleRun",
    "TermsAcceptance",
)
