"""Committees, and members who would help in one."""

import itertools
from typing import Any

from benefits.models import Committee, Expression
from tests.factories import A_MOMENT, make_member

_numbers = itertools.count(1)


def make_committee(**kwargs: Any) -> Committee:
    number = next(_numbers)
    facts: dict[str, Any] = {
        "name": f"Sample committee {number}",
        "slug": f"sample-{number}",
        "summary": "It does sample things.",
        "chair": "Cher Invented",
    }
    return Committee.objects.create(**{**facts, **kwargs})


def make_expression(**kwargs: Any) -> Expression:
    facts: dict[str, Any] = {
        "committee": kwargs.pop("committee", None) or make_committee(),
        "person": kwargs.pop("person", None) or make_member(),
        "words": "I would help on Mondays.",
        "expressed_at": A_MOMENT,
    }
    return Expression.objects.create(**{**facts, **kwargs})
