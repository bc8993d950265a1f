"""People, what they show of themselves, what they ask for, and what was decided."""

from membership.models.applications import Application, Referee
from membership.models.arrivals import Arrival, ArrivalFile
from membership.models.decisions import Appeal, AskedItem, TypeOffer
from membership.models.evidence import Employment, Qualification, Registration
from membership.models.evidence_files import EvidenceFile
from membership.models.expertise import ExpertiseArea, ExpertiseAssignment
from membership.models.life import Assurance, Card
from membership.models.people import Person, User
from membership.models.rules import EligibilityRules
from membership.models.standing import FeeDue, FeeRate, Membership, MoneyKnown

__all__ = (
    "Appeal",
    "Application",
    "Arrival",
    "ArrivalFile",
    "AskedItem",
    "Assurance",
    "Card",
    "EligibilityRules",
    "Employment",
    "EvidenceFile",
    "ExpertiseArea",
    "ExpertiseAssignment",
    "FeeDue",
    "FeeRate",
    "Membership",
    "MoneyKnown",
    "Person",
    "Qualification",
    "Referee",
    "Registration",
    "TypeOffer",
    "User",
)
