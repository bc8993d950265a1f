"""What the pages before an application say of each type (CMSUK: before you apply)."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from membership import rules
from membership.criteria import Rules
from membership.models import FeeRate
from membership.types import FACTS, MembershipType

_SHARED = (
    "You practise case management in the UK.",
    "You hold a diploma at level 4 or a higher qualification that relates to case management.",
    (
        "You are registered with your regulator, such as the NMC or the HCPC; vocational case "
        "managers need no registered body."
    ),
)
_EVIDENCE = (
    "You name two referees, both professional or one professional and one personal.",
    (
        "You give the date of your most recent DBS check, and confirm professional indemnity "
        "insurance."
    ),
)
_OTHERS: dict[MembershipType, tuple[str, ...]] = {
    MembershipType.SUPPORTER: (
        "You do not practise case management.",
        "You work in a supportive or managerial role within the industry.",
        "There is no way from here to Associate or Case Manager without meeting their criteria.",
    ),
    MembershipType.OVERSEAS: (
        "You are a case manager who does not currently practise within the UK.",
        "You may upgrade to a UK membership if you meet its criteria.",
        "CMSUK does not hold responsibility for practice of Case Management outside the UK.",
    ),
    MembershipType.STUDENT: (
        "You are on a course that is relevant to case management.",
        "You may upgrade to a UK membership if you meet its criteria.",
    ),
}
TO_HAND = (
    (
        "Details of your clinical or vocational qualifications relating to your case management "
        "practice."
    ),
    (
        "Details of your professional bodies relating to your case management practice, for "
        "example your NMC or HCPC number, where appropriate."
    ),
    "Contact details of two referees: both professional, or one professional and one personal.",
    "Details of your case management work history, with employers and dates.",
    "The date of your most recent DBS check (PVG in Scotland, AccessNI in Northern Ireland).",
    "Confirmation of your professional indemnity insurance.",
)
TO_HAND_SHORT = (
    "For a Supporter: your role and organisation.",
    "For Overseas: the country you practise in.",
    "For a Student: your course, where you study, and when it ends.",
)
ASK_THE_OFFICE = "The office tells you the fee."


@dataclass(frozen=True)
class Card:
    """One type as it is offered; without a fee in force the office says it."""

    type: MembershipType
    pence: int | None
    criteria: tuple[str, ...]

    @property
    def description(self) -> str:
        return FACTS[self.type].description


def criteria_of(type: MembershipType, figures: Rules) -> tuple[str, ...]:
    """The criteria of a type in words, with the figures of these rules."""
    needed = f"{figures.months} months or {figures.hours:,} hours"
    if type is MembershipType.CASE_MANAGER:
        experience = f"You have at least {needed} of case management experience. Either is enough."
        return (*_SHARED, experience, *_EVIDENCE)
    if type is MembershipType.ASSOCIATE:
        experience = (
            f"You need no set number of months or hours. Once you have {needed} you may apply to "
            "upgrade to Case Manager."
        )
        return (*_SHARED, experience, *_EVIDENCE)
    return _OTHERS[type]


def groups(*, on: dt.date) -> list[tuple[str, list[Card]]]:
    """The types in their two groups, with the fees and the rules of the day. Two queries."""
    figures = rules.in_force(on=on)
    fees = FeeRate.objects.pence_by_type(on)
    cards = [Card(one, fees.get(one), criteria_of(one, figures)) for one in MembershipType]
    return [
        (name, list(group)) for name, group in groupby(cards, lambda card: FACTS[card.type].group)
    ]
