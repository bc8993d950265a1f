"""What is left of a client record that two people destroyed."""

import secrets

from django.db import models
from django.db.models import F, Q

from membership.models import Person
from records.disposal_words import EXEMPT, GROUNDS, METHODS, ROLES
from records.models.disposals import DisposalLine
from records.models.registers import Register
from records.words import choices

TOKEN_BYTES = 18


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, person: Person) -> "CertificateQuerySet":
        """Those of the registers that a person works in, and of the ones they closed."""
        shared = Register.objects.of(person)
        return self.filter(Q(register__owner=person) | Q(register__in=shared))


class Certificate(models.Model):
    """What is left of a destroyed record: rule, dates, roles and a number; nobody's name or date
    of birth, and of the reference only what proves it to who knows it.
    """

    number = models.CharField(max_length=20, unique=True)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    record_key = models.UUIDField(unique=True)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="certificates")
    line = models.OneToOneField(DisposalLine, on_delete=models.PROTECT, related_name="certificate")
    reference_digest = models.CharField(max_length=64)
    rule = models.CharField(max_length=8)
    rule_set = models.CharField(max_length=20)
    ground = models.CharField(max_length=12, choices=choices(GROUNDS))
    kept_until = models.DateField("had to be kept until")
    destroyed_on = models.DateField()
    destroyed_at = models.DateTimeField()
    first_role = models.CharField("first signature", max_length=7, choices=choices(ROLES))
    second_role = models.CharField("second signature", max_length=7, choices=choices(ROLES))
    file_destroyed_on = models.DateField("file destroyed on", null=True, blank=True)
    file_method = models.CharField(max_length=10, choices=choices(METHODS), blank=True)
    file_exempt = models.JSONField("kept all the same", default=list, blank=True)
    file_confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("-destroyed_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_on__gt=F("kept_until")),
                name="nothing_is_destroyed_before_its_day",
            ),
            models.CheckConstraint(
                condition=Q(first_role__in=["owner", "named"])
                & Q(second_role__in=[code.value for code in ROLES])
                & ~Q(first_role="owner", second_role="owner"),
                name="certificate_has_two_signatures",
            ),
            models.CheckConstraint(
                condition=~(
                    Q(number="")
                    | Q(token="")
                    | Q(rule="")
                    | Q(rule_set="")
                    | Q(reference_digest="")
                ),
                name="certificate_says_what_it_certifies",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=[code.value for code in GROUNDS]),
                name="certificate_ground_is_known",
            ),
            models.CheckConstraint(
                condition=Q(file_confirmed_at=None, file_destroyed_on=None, file_method="")
                | Q(
                    file_confirmed_at__isnull=False,
                    file_destroyed_on__gte=F("destroyed_on"),
                    file_method__in=[code.value for code in METHODS],
                ),
                name="file_is_destroyed_after_both_have_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def history_key(self) -> str:
        """The chain of the record that is gone; its last lines are about its destruction."""
        return f"client record {self.record_key}"

    @property
    def exempt_words(self) -> list[str]:
        """What the owner kept all the same, in words."""
        return [words for code, words in EXEMPT.items() if code in self.file_exempt]
