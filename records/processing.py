"""The record of processing activities (UK GDPR Article 30), out of the policy and the settings.

One activity for each thing that people do; nothing is written down a second time.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from records.policy import Group, Policy
from records.published import in_words

HEAD = (
    "Activity",
    "Purpose",
    "Our part",
    "Ground in law",
    "Whose data",
    "What data",
    "Special kinds of data",
    "Who receives it",
    "Outside the United Kingdom",
    "How long",
)
SECURITY = (
    (
        "Every page, form and file shows somebody only what is theirs; tests hold each address of "
        "the site to it."
    ),
    (
        "The office signs in with a second step where it is switched on; each duty needs a "
        "permission of its own, and every view of a file is noted."
    ),
    (
        "Passwords are stored scrambled, so that nobody can read them; pages are sent over HTTPS; "
        "scripts of others are refused by the content security policy."
    ),
    "History is sealed line by line and anchored every night; whatever is altered is found.",
    "What is over goes every night by the published policy.",
)


@dataclass(frozen=True)
class Recipient:
    """Who gets data from us, as what, and where they keep it."""

    name: str
    part: str
    where: str


@dataclass(frozen=True)
class Activity:
    """One line of the record."""

    title: str
    purpose: str
    part: str
    ground: str
    people: str
    data: tuple[str, ...]
    special: str
    recipients: tuple[Recipient, ...]
    periods: tuple[str, ...]

    @property
    def outside(self) -> str:
        abroad = [one for one in self.recipients if one.where != UK]
        return "; ".join(f"{one.name}: {one.where}" for one in abroad) or "No"

    @property
    def cells(self) -> tuple[str, ...]:
        """The same in the order of `HEAD`."""
        return (
            self.title,
            self.purpose,
            self.part,
            self.ground,
            self.people,
            "\n".join(self.data),
            self.special or "None",
            "\n".join(f"{one.name} ({one.part})" for one in self.recipients),
            self.outside,
            "\n".join(self.periods),
        )

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        return tuple(zip(HEAD, self.cells, strict=True))


UK = "United Kingdom"
PROCESSOR, CONTROLLER = "on our instructions", "on their own account"


def recipients() -> dict[str, Recipient]:
    """Who they are, by the keys that the policy uses; companies and countries are settings."""
    told: dict[str, dict[str, Any]] = settings.PROCESSORS
    return {
        "hosting": Recipient(part=PROCESSOR, **told["hosting"]),
        "email": Recipient(part=PROCESSOR, **told["email"]),
        "paypal": Recipient("PayPal", CONTROLLER, "United Kingdom and United States"),
        "bank": Recipient("Our bank", CONTROLLER, UK),
        "regulators": Recipient("Regulators: we read their public registers", CONTROLLER, UK),
        "members": Recipient("The case manager who is written to", CONTROLLER, UK),
        "public": Recipient("Everybody who reads the directory", CONTROLLER, "Everywhere"),
        "inspectors": Recipient("Whoever inspects the register of members", CONTROLLER, UK),
    }


def activities(policy: Policy) -> list[Activity]:
    """Every activity, in the order of the policy."""
    known = recipients()
    return [_activity(policy, group, known) for group in policy.groups.values()]


def rows(policy: Policy) -> Iterator[tuple[str, ...]]:
    """The record for a spreadsheet."""
    yield HEAD
    for activity in activities(policy):
        yield activity.cells


def write_csv(policy: Policy, file: Any) -> None:
    csv.writer(file).writerows(rows(policy))


def markdown(policy: Policy) -> str:
    """The record as a document: who we are, each activity, how it is guarded."""
    society = settings.SOCIETY
    lines = [
        f"# Record of processing activities of the {society['long_name']}",
        "",
        f"UK GDPR Article 30. Policy {policy.version}, in force from {policy.in_force_from}.",
        "",
        *(f"- {name}: {value}" for name, value in controller() if value),
        "",
    ]
    for activity in activities(policy):
        lines += [f"## {activity.title}", ""]
        for name, value in activity.facts[1:]:
            lines += [f"**{name}**", "", *_listed(value), ""]
    lines += ["## How it is guarded (Article 32)", "", *(f"- {line}" for line in SECURITY), ""]
    return "\n".join(lines)


def controller() -> tuple[tuple[str, str], ...]:
    """Who answers for it, and how they are reached."""
    society = settings.SOCIETY
    return (
        ("Controller", str(society["long_name"])),
        ("Address", " ".join(str(society["address"]).split())),
        ("E-mail", str(society["email"])),
        ("Telephone", str(society["phone"])),
        ("Company number", str(society["company_number"])),
    )


def _listed(value: str) -> list[str]:
    lines = value.splitlines()
    return lines if len(lines) == 1 else [f"- {line}" for line in lines]


def _activity(policy: Policy, group: Group, known: dict[str, Recipient]) -> Activity:
    tables = [
        table
        for table in policy.tables
        if table.rules
        and group.key in (table.group, table.other_side.group if table.other_side else "")
    ]
    rules = [rule for table in tables for rule in table.rules]
    return Activity(
        title=group.title,
        purpose=group.purpose,
        part="Processor, for the member (Article 28)" if group.is_processor else "Controller",
        ground=group.ground,
        people=group.people,
        data=tuple(f"{one.title}: {in_words(one, one.personal)}" for one in tables),
        special=group.special,
        recipients=tuple(known[key] for key in group.recipients),
        periods=tuple(dict.fromkeys(rule.period.words for rule in rules)),
    )
