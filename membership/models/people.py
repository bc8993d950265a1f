"""Logins, and the people behind them."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from localflavor.gb.forms import GBPostcodeField
from phonenumber_field.modelfields import PhoneNumberField

from membership.models.likeness import Packed, plain


class UserManager(BaseUserManager["User"]):
    """Makes logins by e-mail address; Django asks for a manager here."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractBaseUser, PermissionsMixin):
    """A login. The e-mail address is the one of the person's Home section."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120, blank=True, help_text="Shown beside staff decisions.")
    is_staff = models.BooleanField(
        "works for the office", default=False, help_text="May sign in to these pages."
    )
    is_active = models.BooleanField("may sign in", default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = "login"
        permissions = [("reset_second_step", "Can reset the second step of who lost theirs")]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="email_once_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.get_full_name()


class Person(models.Model):
    """Somebody the society knows: applicant, member, or a payer without a login."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    email = models.EmailField("e-mail address")
    phone = PhoneNumberField("telephone", blank=True)
    address_line_1 = models.CharField("address line 1", max_length=120, blank=True)
    address_line_2 = models.CharField("address line 2", max_length=120, blank=True)
    town = models.CharField("town or city", max_length=80, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=60, blank=True, default="United Kingdom")
    work_organisation = models.CharField("organisation", max_length=120, blank=True)
    work_role = models.CharField("job title", max_length=120, blank=True)
    work_email = models.EmailField("work e-mail address", blank=True)
    work_phone = PhoneNumberField("work telephone", blank=True)
    work_postcode = models.CharField("work postcode", max_length=12, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    known_at = models.DateTimeField(default=timezone.now, editable=False)
    died_on = models.DateField(null=True, blank=True)
    death_recorded_at = models.DateTimeField(null=True, blank=True)
    death_recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "people"
        permissions = [("record_death", "Can record that a person has died, and take it back")]
        indexes = [
            models.Index(fields=["family_name", "given_name", "id"], name="person_name"),
            models.Index(Lower("email"), name="person_email"),
            models.Index(
                Lower("work_email"), condition=~Q(work_email=""), name="person_work_email"
            ),
            models.Index(
                Packed("postcode"),
                plain("family_name"),
                plain("given_name"),
                name="person_postcode_and_name",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(died_on=None, death_recorded_at=None, death_recorded_by=None)
                | Q(
                    died_on__isnull=False,
                    death_recorded_at__isnull=False,
                    death_recorded_by__isnull=False,
                ),
                name="a_death_has_its_day_and_who_recorded_it",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("pk")),
                name="nobody_is_merged_into_themselves",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"person {self.pk}"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def history_key(self) -> str:
        """What the person's chain of history is filed under."""
        return history_key(self.key)


def history_key(key: uuid.UUID) -> str:
    """The same for who has the key alone."""
    return f"person {key}"


def tidy_postcode(text: str) -> str:
    """“cf144xw” as “CF14 4XW”. Raises ValidationError where it is no UK postcode."""
    return str(GBPostcodeField().clean(text))
