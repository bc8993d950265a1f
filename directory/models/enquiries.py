"""What purchasers write to members through the site, and what is answered."""

import uuid

from django.db import models
from django.db.models import Q
from phonenumber_field.modelfields import PhoneNumberField

from directory.models.listings import Listing

MOST_AT_ONCE = 5


class Enquiry(models.Model):
    """What a purchaser wrote to one member; kept for 12 months.

    Those that were sent together share their `batch`. Whether its letters were delivered is read
    off the letters.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="enquiries")
    batch = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    name = models.CharField("your name", max_length=120)
    organisation = models.CharField("your organisation", max_length=120, blank=True)
    email = models.EmailField("your e-mail address")
    phone = PhoneNumberField("your telephone number", blank=True)
    message = models.TextField("your message", max_length=3000)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    nudged_at = models.DateTimeField("member reminded at", null=True, blank=True)
    others_named_at = models.DateTimeField("others named at", null=True, blank=True)
    spam_reported_at = models.DateTimeField("reported as spam at", null=True, blank=True)

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name_plural = "enquiries"
        permissions = [("read_enquiry", "Can read what purchasers wrote")]
        indexes = [
            models.Index(
                fields=["sent_at"],
                name="enquiry_open",
                condition=Q(answered_at=None, others_named_at=None, spam_reported_at=None),
            ),
            models.Index(fields=["email"], name="enquiry_email"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(email="") & ~Q(message=""),
                name="enquiry_says_who_and_what",
            ),
            models.UniqueConstraint(
                fields=["batch", "listing"], name="enquiry_once_a_member_and_batch"
            ),
        ]

    def __str__(self) -> str:
        return f"enquiry {self.pk}"


class Reply(models.Model):
    """One message after the first, passed on without showing an address; goes with its enquiry."""

    class Author(models.TextChoices):
        MEMBER = "member", "The case manager"
        PURCHASER = "purchaser", "The purchaser"

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="replies")
    author = models.CharField(max_length=10, choices=Author)
    message = models.TextField(max_length=3000)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("sent_at", "pk")
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(condition=~Q(message=""), name="reply_says_something"),
            models.CheckConstraint(
                condition=Q(author__in=("member", "purchaser")), name="reply_is_of_either_side"
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"
