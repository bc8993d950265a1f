"""The office's pages for people, applications, fees and vocabularies."""

from membership.admin.applications import ApplicationAdmin
from membership.admin.fees import FeeDueAdmin, FeeRateAdmin, MembershipAdmin
from membership.admin.people import PersonAdmin, UserAdmin
from membership.admin.vocabulary import EligibilityRulesAdmin, ExpertiseAreaAdmin

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
