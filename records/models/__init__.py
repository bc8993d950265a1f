"""Registers of client records, who shares them, what holds a record, and the rules they follow."""

from records.models.client_records import (
    ClientRecord,
    ClientRecordQuerySet,
    Hold,
    Review,
    ScheduleRun,
)
from records.models.redating import Redating, RedatingLot
from records.models.registers import HandoverOffer, NamedMember, Register, TermsAcceptance
from records.models.rules import RetentionRules, RetentionRulesQuerySet

__all__ = (
    "ClientRecord",
    "ClientRecordQuerySet",
    "HandoverOffer",
    "Hold",
    "NamedMember",
    "Redating",
    "RedatingLot",
    "Register",
    "RetentionRules",
    "RetentionRulesQuerySet",
    "Review",
    "ScheduleRun",
    "TermsAcceptance",
)
