"""The queries behind the public pages."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from foundation.pence import pounds
from membership.models import FeeDue, FeeRate, Person
from membership.types import FACTS, MembershipType, TypeFacts
from website.models import FaqGroup, Question


@dataclass(frozen=True)
class Column:
    """One membership type at the head of the table of benefits."""

    type: MembershipType
    facts: TypeFacts
    fee: str


def columns(on: dt.date) -> list[Column]:
    """Every type with its fee of the day, or no fee where the office has set none. One query."""
    rates = FeeRate.objects.filter(valid_from__lte=on).order_by("valid_from")
    fees = {rate.type: pounds(rate.pence).removesuffix(".00") for rate in rates}
    return [Column(one, FACTS[one], fees.get(one, "")) for one in MembershipType]


def faq_groups(*, archived: bool) -> list[FaqGroup]:
    """Groups with their questions in order, empty ones left out. Two queries."""
    questions = Prefetch("questions", Question.objects.order_by("position", "pk"))
    groups = FaqGroup.objects.filter(is_archived=archived).order_by("position", "pk")
    return [group for group in groups.prefetch_related(questions) if group.questions.all()]


def owes(person: Person) -> bool:
    """Whether a fee of theirs is still to be paid; one of nothing settles itself."""
    return FeeDue.objects.outstanding().filter(person=person, pence__gt=0).exists()
