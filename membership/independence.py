"""Pure: what the office should look at before it takes two references for independent.

Nothing here holds an application up: a manager shares the applicant's employer and that is as it
should be. The office reads the words and judges.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Addresses that anybody can have, and names that are reserved for examples: sharing one means
# nothing.
FREE_MAIL = frozenset(
    {
        "aol.com",
        "btinternet.com",
        "btopenworld.com",
        "example.com",
        "example.net",
        "example.org",
        "fastmail.com",
        "gmail.com",
        "gmx.com",
        "gmx.co.uk",
        "googlemail.com",
        "hotmail.com",
        "hotmail.co.uk",
        "icloud.com",
        "live.com",
        "live.co.uk",
        "mac.com",
        "mail.com",
        "me.com",
        "msn.com",
        "ntlworld.com",
        "outlook.com",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "sky.com",
        "talktalk.net",
        "virginmedia.com",
        "yahoo.com",
        "yahoo.co.uk",
        "ymail.com",
        "zoho.com",
    }
)
IS_APPLICANT = "it is your own"
_LEGAL_FORMS = re.compile(r"\b(ltd|limited|llp|plc|cic|the)\b")
_PHONE_DIGITS = 10


@dataclass(frozen=True)
class Party:
    """How somebody can be reached and whom they work for: all addresses, all employers."""

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """A referee: the place on the form (1 or 2), the name, and whether they know the work."""

    position: int
    name: str
    is_professional: bool
    party: Party


@dataclass(frozen=True)
class Fellow:
    """Somebody else who applied within the same week, and the addresses that they named."""

    party: Party
    named_emails: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tie:
    """What was seen of one referee."""

    position: int
    code: str
    words: str


def ties(
    applicant: Party, referees: Sequence[Named], fellows: Sequence[Fellow] = ()
) -> tuple[Tie, ...]:
    """Everything worth a look, by referee."""
    found: list[Tie] = []
    for number, referee in enumerate(referees):
        found += _with_applicant(applicant, referee)
        found += _with_fellows(applicant, referee, fellows)
        for other in referees[:number]:
            found += _with_other(referee, other)
    return tuple(found)


def conflict(officer: Party, applicant: Party, referees: Sequence[Named]) -> str:
    """Why an officer may not decide about an applicant; empty where nothing speaks against it."""
    own = _addresses(officer.emails)
    if own & _addresses(applicant.emails):
        return IS_APPLICANT
    if any(own & _addresses(referee.party.emails) for referee in referees):
        return "you are one of the referees"
    employer = _shared_employer(officer, applicant)
    return f"you work for {employer}, as the applicant does" if employer else ""


def _with_applicant(applicant: Party, referee: Named) -> Iterator[Tie]:
    """A shared domain says nothing more where the employer is the same."""
    own = referee.party
    if employer := _shared_employer(applicant, own):
        words = "as a manager or colleague may" if referee.is_professional else "yet is personal"
        yield _about(referee, "employer", f"works for {employer} like the applicant, {words}")
    elif shared := _shared_domain(applicant, own):
        yield _about(referee, "domain", f"has an address at {shared}, as the applicant has")
    if _phones(applicant) & _phones(own):
        yield _about(referee, "phone", "gives the applicant's telephone number")


def _with_other(referee: Named, other: Named) -> Iterator[Tie]:
    if employer := _shared_employer(referee.party, other.party):
        yield _about(referee, "both_employer", f"works for {employer}, as {other.name} does")
    elif shared := _shared_domain(referee.party, other.party):
        yield _about(referee, "both_domain", f"has an address at {shared}, as {other.name} has")
    if _phones(referee.party) & _phones(other.party):
        yield _about(referee, "both_phone", f"gives the same telephone number as {other.name}")


def _with_fellows(applicant: Party, referee: Named, fellows: Sequence[Fellow]) -> Iterator[Tie]:
    for fellow in fellows:
        if not _addresses(fellow.party.emails) & _addresses(referee.party.emails):
            continue
        if _addresses(fellow.named_emails) & _addresses(applicant.emails):
            yield _about(referee, "each_other", "applied the same week and named this applicant")
        else:
            yield _about(referee, "fellow_applicant", "applied for membership the same week")


def _about(referee: Named, code: str, words: str) -> Tie:
    return Tie(referee.position, code, f"{referee.name} {words}.")


def _shared_domain(one: Party, other: Party) -> str:
    shared = (_domains(one) & _domains(other)) - FREE_MAIL
    return min(shared, default="")


def _shared_employer(one: Party, other: Party) -> str:
    """The employer's name as the second party gives it; empty where there is none in common."""
    known = {_plain(name) for name in one.employers} - {""}
    return next((name.strip() for name in other.employers if _plain(name) in known), "")


def _addresses(emails: Sequence[str]) -> set[str]:
    return {one.strip().casefold() for one in emails if one.strip()}


def _domains(party: Party) -> set[str]:
    return {one.rpartition("@")[2] for one in _addresses(party.emails)}


def _phones(party: Party) -> set[str]:
    """The last ten digits, so that +44 20… and 020… are the same telephone."""
    digits = (re.sub(r"\D", "", one)[-_PHONE_DIGITS:] for one in party.phones)
    return {one for one in digits if one}


def _plain(name: str) -> str:
    """“The Example Care Ltd.” and “Example Care” are one employer."""
    letters = re.sub(r"[^\w\s]", " ", name.casefold())
    return " ".join(_LEGAL_FORMS.sub(" ", letters).split())
