"""Regulators and professional bodies: whom they register, and what their numbers look like."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Nation(StrEnum):
    ENGLAND = "England"
    SCOTLAND = "Scotland"
    WALES = "Wales"
    NORTHERN_IRELAND = "Northern Ireland"


class BodyKind(StrEnum):
    """Only a statutory regulator meets the criterion; a voluntary register waits for a person.

    Everything else is an association: recorded, but it does not count as registration. That
    includes the Institute of Registered Case Managers, which says itself that it is no regulator.
    """

    STATUTORY = "statutory"
    VOLUNTARY = "voluntary"
    ASSOCIATION = "association"


class OnMismatch(StrEnum):
    """What a number of an unusual format means: we block only where we are sure of the format."""

    BLOCK = "block"
    WARN = "warn"
    REFER = "refer"
    ASSOCIATION = "association"


@dataclass(frozen=True)
class Body:
    code: str
    name: str
    kind: BodyKind
    nations: tuple[Nation, ...]
    number_pattern: re.Pattern[str]
    on_mismatch: OnMismatch
    number_name: str
    number_shape: str
    example: str
    website: str


@dataclass(frozen=True)
class Profession:
    """`bodies` are the codes of those who register it; `hcpc_prefix` opens its HCPC numbers."""

    code: str
    label: str
    bodies: tuple[str, ...]
    hcpc_prefix: str = ""


@dataclass(frozen=True)
class NumberProblem:
    """What is wrong with a number, in words; `blocks` says whether it must be mended first."""

    kind: "ProblemKind"
    words: str
    blocks: bool


class ProblemKind(StrEnum):
    MISSING = "missing"
    FORMAT = "format"
    PROFESSION = "profession"


def _nations(text: str) -> tuple[Nation, ...]:  # pragma: no mutate block
    return tuple(Nation) if text == "all" else tuple(Nation(name) for name in text.split(";"))


def _body(row: Mapping[str, str]) -> Body:  # pragma: no mutate block
    return Body(
        code=row["code"],
        name=row["name"],
        kind=BodyKind(row["kind"]),
        nations=_nations(row["nations"]),
        number_pattern=re.compile(row["number_regex"], re.ASCII),
        on_mismatch=OnMismatch(row["on_mismatch"]),
        number_name=row["number_name"],
        number_shape=row["number_shape"],
        example=row["example"],
        website=row["website"],
    )


def _load(path: Path) -> dict[str, Body]:  # pragma: no mutate block
    with path.open(newline="", encoding="utf-8") as file:
        return {row["code"]: _body(row) for row in csv.DictReader(file)}


BODIES: Mapping[str, Body] = _load(Path(__file__).parent / "data" / "registers.csv")

_HCPC = ("HCPC",)
_TALKING_THERAPY = ("BACP", "UKCP", "BABCP")

PROFESSIONS: Mapping[str, Profession] = {
    profession.code: profession
    for profession in (
        Profession("nurse", "Nurse", ("NMC",)),
        Profession("midwife", "Midwife", ("NMC",)),
        Profession("nursing_associate", "Nursing associate", ("NMC",)),
        Profession("occupational_therapist", "Occupational therapist", _HCPC, "OT"),
        Profession("physiotherapist", "Physiotherapist", _HCPC, "PH"),
        Profession("social_worker", "Social worker", ("SWE", "SCW", "SSSC", "NISCC")),
        Profession("practitioner_psychologist", "Practitioner psychologist", _HCPC, "PYL"),
        Profession("speech_language_therapist", "Speech and language therapist", _HCPC, "SL"),
        Profession("arts_therapist", "Arts therapist", _HCPC, "AS"),
        Profession("biomedical_scientist", "Biomedical scientist", _HCPC, "BS"),
        Profession("clinical_scientist", "Clinical scientist", _HCPC, "CS"),
        Profession("dietitian", "Dietitian", _HCPC, "DT"),
        Profession("hearing_aid_dispenser", "Hearing aid dispenser", _HCPC, "HAD"),
        Profession(
            "operating_department_practitioner", "Operating department practitioner", _HCPC, "ODP"
        ),
        Profession("orthoptist", "Orthoptist", _HCPC, "OR"),
        Profession("paramedic", "Paramedic", _HCPC, "PA"),
        Profession("podiatrist", "Podiatrist or chiropodist", _HCPC, "CH"),
        Profession("prosthetist_orthotist", "Prosthetist or orthotist", _HCPC, "PO"),
        Profession("radiographer", "Radiographer", _HCPC, "RA"),
        Profession("doctor", "Doctor", ("GMC",)),
        Profession("pharmacist", "Pharmacist", ("GPHC", "PSNI")),
        Profession("dentist", "Dentist", ("GDC",)),
        Profession("optometrist", "Optometrist", ("GOC",)),
        Profession("osteopath", "Osteopath", ("GOSC",)),
        Profession("chiropractor", "Chiropractor", ("GCC",)),
        Profession("counsellor", "Counsellor", _TALKING_THERAPY),
        Profession("psychotherapist", "Psychotherapist", _TALKING_THERAPY),
        Profession("cbt_therapist", "CBT therapist", _TALKING_THERAPY),
        Profession("vocational_rehabilitation", "Vocational rehabilitation practitioner", ()),
        Profession("disability_employment", "Disability employment adviser", ()),
        Profession("human_resources", "Human resources professional", ()),
        Profession("careers", "Careers adviser", ()),
        Profession("occupational_hygiene", "Occupational hygienist", ()),
    )
}

_NOT_PART_OF_A_NUMBER = re.compile(r"[\s\-\u2010-\u2015\u2212\u00ad\u200b]")


def normalise_number(text: str) -> str:
    """Upper case, without spaces, hyphens and the dashes that word processors make of them."""
    return _NOT_PART_OF_A_NUMBER.sub("", text).upper()


def check_number(body: Body, number: str, profession: str) -> NumberProblem | None:
    """Compare a number with what the body issues; a right format proves nothing by itself."""
    typed, number = number.strip(), normalise_number(number)
    if not number:
        return NumberProblem(ProblemKind.MISSING, _missing_words(body), blocks=True)
    if not body.number_pattern.fullmatch(number):
        blocks = body.on_mismatch is OnMismatch.BLOCK
        return NumberProblem(ProblemKind.FORMAT, _format_words(body, typed, profession), blocks)
    if body.code == "HCPC" and profession in PROFESSIONS:
        return _prefix_problem(PROFESSIONS[profession], number, typed)
    return None


def registers_profession(body: Body, profession: str) -> bool:
    return profession in PROFESSIONS and body.code in PROFESSIONS[profession].bodies


def body_for(profession: str, nation: Nation) -> Body | None:
    """The regulator of a profession in a nation; None where there is none or several to choose."""
    if profession not in PROFESSIONS:
        return None
    bodies = [BODIES[code] for code in PROFESSIONS[profession].bodies]
    matching = [body for body in bodies if nation in body.nations]
    return matching[0] if len(matching) == 1 else None


def mismatch_words(body: Body, profession: str) -> str:
    """Say which body registers the profession instead of the one that was chosen."""
    if profession == "social_worker":
        return (
            f"Social workers are not registered by the {body.name}. Choose the regulator of the "
            "nation you work in: Social Work England, Social Care Wales, the Scottish Social "
            "Services Council or the Northern Ireland Social Care Council."
        )
    if profession not in PROFESSIONS:
        return f"Choose your profession, so that we can look you up with the {body.name}."
    facts = PROFESSIONS[profession]
    if not facts.bodies:
        return (
            f"The {body.name} does not register this profession: {_small(facts.label)}. Choose the "
            "profession you are registered for, or say that you are vocational only."
        )
    names = " or the ".join(BODIES[code].name for code in facts.bodies)
    return (
        f"The {body.name} does not register this profession: {_small(facts.label)}. "
        f"Choose the {names}, or correct your profession."
    )


def _prefix_problem(profession: Profession, number: str, typed: str) -> NumberProblem | None:
    prefix = number.rstrip("0123456789")
    if not profession.hcpc_prefix or prefix == profession.hcpc_prefix:
        return None
    owner = next(each for each in PROFESSIONS.values() if each.hcpc_prefix == prefix)
    words = (
        f"You entered {typed}, which is the HCPC number of another profession: "
        f"{_small(owner.label)}. For your profession, {_small(profession.label)}, it starts with "
        f"{profession.hcpc_prefix}. Correct the number or the profession."
    )
    return NumberProblem(ProblemKind.PROFESSION, words, blocks=True)


def _missing_words(body: Body) -> str:
    example = f", for example {body.example}" if body.example else ""
    return f"Enter your registration number with the {body.name}{example}."


def _format_words(body: Body, typed: str, profession: str) -> str:
    shape, sample = body.number_shape, body.example
    if body.code == "HCPC" and profession in PROFESSIONS:
        prefix = PROFESSIONS[profession].hcpc_prefix
        shape, sample = f"{prefix} and 3 to 6 digits", f"{prefix}12345"
    example = f", for example {sample}" if sample else ""
    return f"{body.number_name} is {shape}{example}. You entered {typed}."


def _small(label: str) -> str:
    return label if label.isupper() or label.startswith("CBT") else label[0].lower() + label[1:]
