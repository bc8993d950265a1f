"""Plain functions that make one thing each, with invented names and sensible rest."""

import datetime as dt
import itertools
import secrets
from typing import Any

from django.utils import timezone

from membership.models import (
    Application,
    EligibilityRules,
    Employment,
    EvidenceFile,
    ExpertiseArea,
    FeeDue,
    FeeRate,
    Membership,
    Person,
    Qualification,
    Referee,
    Registration,
    User,
)
from membership.steps import STEPS
from membership.types import MembershipType

PASSWORD = "correct horse battery"
_numbers = itertools.count(1)

A_DAY = dt.date(2026, 11, 22)
A_MOMENT = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)


def make_user(**kwargs: Any) -> User:
    number = next(_numbers)
    email = kwargs.pop("email", f"user{number}@example.org")
    return User.objects.create_user(email, PASSWORD, **kwargs)


def make_officer(**kwargs: Any) -> User:
    """Somebody of the office with every permission."""
    return make_user(**{"is_staff": True, "is_superuser": True, "name": "Olive Office", **kwargs})


def make_clerk() -> User:
    """Staff without any permission."""
    return make_user(is_staff=True, name="Clerk Without-Permission")


def make_person(**kwargs: Any) -> Person:
    number = next(_numbers)
    user = kwargs.pop("user", None) or make_user(email=f"person{number}@example.org")
    facts = {
        "given_name": "Perdita",
        "family_name": f"Example{number}",
        "email": user.email,
        "phone": "+442079460000",
        "address_line_1": f"{number} Invented Street",
        "town": "Cardiff",
        "postcode": "CF14 4XW",
    }
    return Person.objects.create(user=user, **{**facts, **kwargs})


def make_rules(**kwargs: Any) -> EligibilityRules:
    """Rules that the board adopted."""
    facts = {
        "version": "test",
        "effective_from": dt.date(2020, 1, 1),
        "adopted_at": A_MOMENT,
        "board_minute": "Minute 1",
    }
    return EligibilityRules.objects.create(**{**facts, **kwargs})


def make_draft_rules(**kwargs: Any) -> EligibilityRules:
    return EligibilityRules.objects.create(**{"version": "next", **kwargs})


def make_fee_rate(
    type: str = MembershipType.CASE_MANAGER,
    pence: int = 9000,
    valid_from: dt.date = dt.date(2020, 1, 1),
) -> FeeRate:
    return FeeRate.objects.create(type=type, pence=pence, valid_from=valid_from)


def make_application(
    person: Person | None = None, state: str = Application.State.DRAFT, **kwargs: Any
) -> Application:
    """An application in any state, with what its constraints ask for."""
    facts: dict[str, Any] = {
        "person": person or make_person(),
        "reference": f"T{secrets.token_hex(4).upper()}",
        "type": MembershipType.CASE_MANAGER,
        "state": state,
        "started_at": A_MOMENT,
        "edited_at": A_MOMENT,
    }
    if state != Application.State.DRAFT:
        facts |= {"submitted_at": A_MOMENT, "rules_version": "test"}
    if state in Application.DECIDED and "decided_by" not in kwargs:
        facts |= {
            "decided_at": A_MOMENT,
            "decided_by": make_officer(),
            "decision_reason": "Because.",
        }
    if state == Application.State.MORE_INFORMATION:
        facts["question"] = "Please name another referee."
    return Application.objects.create(**{**facts, **kwargs})


def make_fee(person: Person | None = None, pence: int = 9000, **kwargs: Any) -> FeeDue:
    """A fee that is still to be paid, unless the arguments settle it."""
    facts: dict[str, Any] = {
        "person": person or make_person(),
        "purpose": FeeDue.Purpose.JOINING,
        "type": MembershipType.CASE_MANAGER,
        "pence": pence,
        "fixed_at": A_MOMENT,
    }
    return FeeDue.objects.create(**{**facts, **kwargs})


def make_approved(person: Person | None = None, pence: int = 9000, **kwargs: Any) -> FeeDue:
    """A person whose application is approved, and the fee that is due for it."""
    application = make_application(person, Application.State.APPROVED, **kwargs)
    return make_fee(application.person, pence, application=application, type=application.type)


def make_member(
    person: Person | None = None,
    type: str = MembershipType.CASE_MANAGER,
    starts_on: dt.date = dt.date(2026, 6, 1),
    ends_on: dt.date = dt.date(2027, 5, 31),
) -> Person:
    """A person whose membership of a type covers a period, paid."""
    person = person or make_person()
    make_fee(person, type=type, settled_on=starts_on, starts_on=starts_on, ends_on=ends_on)
    number = (
        Membership.objects.order_by("-number").values_list("number", flat=True).first() or 0
    ) + 1
    Membership.objects.create(person=person, number=number, joined_on=starts_on)
    return person


def make_registration(person: Person, *, verified: bool = True, **kwargs: Any) -> Registration:
    facts: dict[str, Any] = {
        "person": person,
        "body": "NMC",
        "number": "01A2345N",
        "profession": "nurse",
    }
    if verified:
        facts |= {
            "status": Registration.Status.REGISTERED,
            "checked_on": A_DAY,
            "checked_by": make_officer(),
        }
    return Registration.objects.create(**{**facts, **kwargs})


def area_of_expertise(code: str = "brain_injury") -> ExpertiseArea:
    return ExpertiseArea.objects.get(code=code)


def now() -> dt.datetime:
    return timezone.now()


def make_referee(application: Application, position: int = 1, **kwargs: Any) -> Referee:
    number = next(_numbers)
    facts: dict[str, Any] = {
        "application": application,
        "position": position,
        "name": f"Reginald Referee{number}",
        "kind": Referee.Kind.PROFESSIONAL,
        "relationship": "Their manager",
        "email": f"referee{number}@example.org",
    }
    return Referee.objects.create(**{**facts, **kwargs})


def make_evidence_file(application: Application, **kwargs: Any) -> EvidenceFile:
    """A clean PDF by its row alone: nothing lies in the store."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "person": application.person,
        "application": application,
        "section": EvidenceFile.Section.QUALIFICATIONS,
        "name": "bsc.pdf",
        "kind": "application/pdf",
        "bytes": 308,
        "sha256": f"{number:064x}",
        "stored_as": f"{number:032x}",
        "state": EvidenceFile.State.CLEAN,
        "added_at": A_MOMENT,
    }
    return EvidenceFile.objects.create(**{**facts, **kwargs})


def make_job(person: Person) -> Employment:
    return Employment.objects.create(
        person=person,
        employer="Example Rehabilitation",
        role="Case manager",
        is_case_management=True,
        started_on=dt.date(2023, 1, 1),
        hours_per_week=30,
    )


def make_ready_application(person: Person | None = None, **kwargs: Any) -> Application:
    """A nurse's draft with everything that Case Manager membership asks for."""
    person = person or make_person()
    Qualification.objects.create(
        person=person,
        title="BSc Nursing",
        awarding_body="University of Example",
        level="degree",
        relation="clinical",
        year=2009,
    )
    make_registration(person, verified=False)
    make_job(person)
    facts: dict[str, Any] = {
        "practice": "uk",
        "nation": "WLS",
        "vocational_only": False,
        "profession": "nurse",
        "dbs_on": dt.date(2026, 3, 2),
        "dbs_scheme": "DBS",
        "dbs_confirmed_at": A_MOMENT,
        "indemnity_confirmed_at": A_MOMENT,
        "rules_accepted_at": A_MOMENT,
        "rules_accepted_version": "2026",
        "sections_done": [step.key for step in STEPS],
    }
    application = make_application(person, **{**facts, **kwargs})
    application.expertise_requested.set(["brain_injury", "vocational"])
    make_referee(application, 1)
    make_referee(application, 2)
    return application
