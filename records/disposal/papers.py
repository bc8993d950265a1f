"""The certificate of destruction as a paper: one description for the page and for the PDF."""

from django.utils import timezone

from foundation.dates import in_words
from foundation.papers import Facts, Heading, Paper, Part, QrCode, Words
from records import versions
from records.disposal import certificates
from records.disposal.certificates import Proof
from records.disposal_words import GROUNDS, METHODS, ROLES, Ground, Method, Role
from records.models import Certificate, RetentionRules
from records.retention_rules import NHS_2021, RuleSet

OF_THE_ENTRY = (
    "The entry of one client record in its register: reference, dates, capacity, kind, holds, "
    "reviews and reasons. The portal keeps none of them."
)
NOT_KEPT = "Not kept here. Whoever knows it can have this certificate made out with it."
ONLY_THE_ENTRY = (
    "The portal never had the file itself. That it was destroyed, when and how, is for the owner "
    "of the register to say; it was not confirmed yet."
)


def rule_words(rules: RuleSet, code: str) -> str:
    """A rule as people read it: what it asks for, why, and where it stands."""
    rule = next((each for each in rules.all if each.code == code), None)
    return f"{code}: {rule.period}, because {rule.because} ({rule.source})" if rule else code


def rule_of(certificate: Certificate) -> str:
    """The rule in the words of the version that the record was destroyed by."""
    row = RetentionRules.objects.filter(version=certificate.rule_set).first()
    return rule_words(versions.of_row(row) if row else NHS_2021, certificate.rule)


def of(certificate: Certificate, proof: Proof, *, reference: str = "") -> Paper:
    """The paper; with the owner's reference where they gave it and it is the right one."""
    return Paper(
        f"Certificate of destruction {certificate.number}",
        (
            Facts(_entry(certificate, reference)),
            Heading("The file itself"),
            *_file(certificate),
            Heading("How to verify this"),
            *_proof(certificate, proof),
        ),
        foot=f"Certificate {certificate.number}",
    )


def _entry(certificate: Certificate, reference: str) -> tuple[tuple[str, str], ...]:
    signed_at = timezone.localtime(certificate.destroyed_at)
    return (
        ("Destroyed", OF_THE_ENTRY),
        ("Reference", reference or NOT_KEPT),
        ("On", f"{in_words(certificate.destroyed_on)}, {signed_at:%H:%M}"),
        ("Rule", rule_of(certificate)),
        ("Had to be kept until", in_words(certificate.kept_until)),
        ("Why", GROUNDS[Ground(certificate.ground)]),
        ("First signature", _role(certificate.first_role)),
        ("Second signature", _role(certificate.second_role)),
    )


def _file(certificate: Certificate) -> tuple[Part, ...]:
    if certificate.file_destroyed_on is None:
        return (Words(ONLY_THE_ENTRY),)
    return (
        Facts(
            (
                ("Destroyed on", in_words(certificate.file_destroyed_on)),
                ("How", METHODS[Method(certificate.file_method)]),
                ("Kept all the same", "\n".join(certificate.exempt_words) or "Nothing"),
                ("Said by", "Somebody of the register"),
            )
        ),
    )


def _proof(certificate: Certificate, proof: Proof) -> tuple[Part, ...]:
    anchored = f"the anchor of {in_words(proof.anchored_on)}" if proof.anchored_on else "tonight"
    return (
        QrCode(
            certificates.address_of(certificate),
            "Whether the sealed history still says the same is told under "
            f"{certificates.address_of(certificate)}",
        ),
        Facts(
            (
                ("Line of the history", f"{proof.line} of the record’s own chain"),
                ("Its digest", proof.digest),
                ("Held by", anchored),
            )
        ),
    )


def _role(code: str) -> str:
    words = ROLES[Role(code)]
    return words[:1].upper() + words[1:]
