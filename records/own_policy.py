"""A policy for a member's own practice: the live rules of the register, as a document to print."""

import datetime as dt

from foundation.dates import add_years, in_words
from foundation.papers import Facts, Heading, Paper, Part, Table, Words
from membership.models import Person
from records import versions
from records.models import Register
from records.retention_facts import HoldKind
from records.retention_rules import RuleSet

TITLE = "How long we keep records of our clients"
LONGEST = (
    "Several of these may apply to one record. It is kept until the last day of all of them, and "
    "never a day less. A client who comes back starts the period again. Whole calendar years are "
    "counted; a period that would end on 29 February ends on 1 March."
)
HOLDS = (
    "While {kinds} is open, nothing of the record is destroyed, whatever its date says. There may "
    "be several holds on one record; each is ended by itself, with the day."
)
DESTROYED = (
    "When a period is over, the record is looked at by a person: it may be kept longer, with the "
    "reason and a new day, or destroyed. No machine destroys it. Two people agree to the "
    "destruction, and what stays is a line without personal content: that something was "
    "destroyed, when, by which rule, and by whom."
)
REGISTER = (
    "The register that works out these days holds no names: a reference of our own, dates, the "
    "kind of record and holds. Who a reference belongs to is known to us alone."
)
SIGNED = "Approved by ______________________________    Date ____________________"


def paper_for(person: Person, *, on: dt.date) -> Paper:
    """The policy with their name and firm, by the rules of that day."""
    rules = versions.in_force(on=on)
    firm = firm_of(person)
    return Paper(
        TITLE,
        _parts(firm, person.name, rules, on),
        foot=f"{firm}: made on {in_words(on)} by the rules “{rules.name}”",
        sender=tuple(dict.fromkeys(filter(None, (firm, person.name)))),
    )


def firm_of(person: Person) -> str:
    """What their register is called; else where they work; else their own name."""
    register = Register.objects.of(person).exclude(name="").order_by("opened_at", "pk").first()
    own = person.work_organisation.strip()
    works_alone = own.lower() in ("", "self-employed", "self employed")
    return (register.name if register else "") or ("" if works_alone else own) or str(person)


def _parts(firm: str, name: str, rules: RuleSet, on: dt.date) -> tuple[Part, ...]:
    return (
        Words(f"This is how {firm} keeps records of its clients: how long, why, and how they go."),
        Facts(
            (
                ("Organisation", firm),
                ("Answerable", name),
                ("Rules", rules.name),
                ("Where they hold", rules.scope),
                ("As of", in_words(on)),
                ("To be looked at again by", in_words(add_years(on, 1))),
            )
        ),
        _table(rules),
        Heading("The longest counts"),
        Words(LONGEST),
        Heading("Without an end date"),
        Words(
            f"A record is kept {rules.indefinite.period}, where {rules.indefinite.because}. "
            f"Source: {rules.indefinite.source}."
        ),
        Heading("Holds"),
        Words(HOLDS.format(kinds=_either([kind.words for kind in HoldKind]))),
        Heading("Review, then destruction"),
        Words(DESTROYED),
        Heading("The register"),
        Words(REGISTER),
        Words(SIGNED, strong=True),
    )


def _table(rules: RuleSet) -> Table:
    return Table(
        "How long, by which rule",
        ("Where this is so", "We keep it for", "Source"),
        tuple(
            (f"{rule.because[:1].upper()}{rule.because[1:]}.", rule.period, rule.source)
            for rule in rules.dated
        ),
    )


def _either(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
