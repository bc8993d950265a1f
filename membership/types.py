"""The five types of membership and what is true of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

PRACTISING = "Practising case manager memberships"
NON_PRACTISING = "Non-practising memberships"


class MembershipType(StrEnum):
    """The code of each type; `.label` is what people read."""

    CASE_MANAGER = "case_manager"
    ASSOCIATE = "associate"
    SUPPORTER = "supporter"
    OVERSEAS = "overseas"
    STUDENT = "student"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").title()


@dataclass(frozen=True)
class TypeFacts:
    """What a type means; source: CMSUK FAQ and “before you apply”."""

    practising: bool
    in_directory: bool
    upgrades_to: tuple[MembershipType, ...]
    description: str

    @property
    def group(self) -> str:
        return PRACTISING if self.practising else NON_PRACTISING


_PRACTISING_TYPES = (MembershipType.CASE_MANAGER, MembershipType.ASSOCIATE)

FACTS: Mapping[MembershipType, TypeFacts] = {
    MembershipType.CASE_MANAGER: TypeFacts(
        practising=True,
        in_directory=True,
        upgrades_to=(),
        description=(
            "For qualified case managers in the UK who have the months or hours of case management "
            "that the rules ask for."
        ),
    ),
    MembershipType.ASSOCIATE: TypeFacts(
        practising=True,
        in_directory=False,
        upgrades_to=(MembershipType.CASE_MANAGER,),
        description=(
            "For qualified case managers in the UK who are still building up their months or hours "
            "of case management."
        ),
    ),
    MembershipType.SUPPORTER: TypeFacts(
        practising=False,
        in_directory=False,
        upgrades_to=(),
        description=(
            "For people who support or manage case managers, do not practise themselves, and want "
            "to stay informed."
        ),
    ),
    MembershipType.OVERSEAS: TypeFacts(
        practising=False,
        in_directory=False,
        upgrades_to=_PRACTISING_TYPES,
        description="For case managers who currently practise outside the UK.",
    ),
    MembershipType.STUDENT: TypeFacts(
        practising=False,
        in_directory=False,
        upgrades_to=_PRACTISING_TYPES,
        description="For people on a course that leads towards case management.",
    ),
}
