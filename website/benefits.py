"""Pure: what membership brings, and which type has it. Source: CMSUK FAQ."""

from dataclasses import dataclass

from membership.types import FACTS, MembershipType


@dataclass(frozen=True)
class Benefit:
    """One thing that membership brings; some are for those types alone that may be listed."""

    name: str
    words: str
    for_listed_types: bool = False

    def belongs_to(self, type: MembershipType) -> bool:
        return FACTS[type].in_directory or not self.for_listed_types


BENEFITS = (
    Benefit(
        "Professional development",
        "Events throughout the year for your education and practice: study days, webinars, and the "
        "Annual Conference and AGM, where the Board shows what it is doing for the society's "
        "strategic aims. An annual Awards Lunch honours outstanding practice.",
    ),
    Benefit("Lower event fees", "CMSUK events at the members' price."),
    Benefit("A network", "Case managers who meet the same challenges as you."),
    Benefit("Links with purchasers", "Contact with those who buy case management services."),
    Benefit(
        "A say in CMSUK",
        "Help to shape the society and gain new skills by joining one of its committees.",
    ),
    Benefit("Inside Case Management", "Our digital magazine."),
    Benefit(
        "A place in the directory",
        "If you choose to be listed, purchasers find you by area or expertise and write to you "
        "through this site.",
        for_listed_types=True,
    ),
)


@dataclass(frozen=True)
class Line:
    """One row of the table: a benefit, and yes or no for each type in order."""

    benefit: Benefit
    has_it: tuple[bool, ...]

    @property
    def cells(self) -> tuple[tuple[str, bool], ...]:
        """Each type by name, and whether the benefit is theirs."""
        return tuple(zip((one.label for one in MembershipType), self.has_it, strict=True))


def table() -> list[Line]:
    """Every benefit against every type."""
    return [
        Line(benefit, tuple(benefit.belongs_to(one) for one in MembershipType))
        for benefit in BENEFITS
    ]
