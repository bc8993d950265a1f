"""The office's pages for people, applications, fees and vocabularies."""

from membership.admin.applications import ApplicationAdmin
from membership.admin.fees import FeeDueAdmin, FeeRateAdmin, MembershipAdmin
from membership.admin.logins import UserAdmin
from membership.admin.people import PersonAdmin
from membership.admin.rules import EligibilityRulesAdmin
from membership.admin.vocabulary import ExpertiseAreaAdmin

__all__ = (
    "ApplicationAdmin",
    "EligibilityRulesAdmin",
    "ExpertiseAreaAdmin",
    "FeeDueAdmin",
    "FeeRateAdmin",
    "MembershipAdmin",
    "PersonAdmin",
    "UserAdmin",
)
