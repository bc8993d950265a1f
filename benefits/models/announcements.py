"""Letters of news: what about, who agreed to it, what was written, and who got it."""

from django.db import models
from django.db.models import F, Q

from foundation.models import Letter
from membership.models import Person, User
from membership.types import MembershipType


class Topic(models.Model):
    """What news may be about: people agree to each by itself."""

    name = models.CharField(max_length=60, unique=True)
    wording = models.CharField(
        "what people agree to",
        max_length=300,
        help_text=(
            "Begins with “I agree”. Whoever agrees, agrees to these words: a change of them holds "
            "for those who agree from now on."
        ),
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")
    is_offered = models.BooleanField(
        "offered to members", default=True, help_text="Otherwise nobody new can agree to it."
    )

    class Meta:
        ordering = ("position", "pk")
        verbose_name = "topic of news"
        verbose_name_plural = "topics of news"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(wording=""), name="topic_has_a_name_and_a_wording"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NewsConsentQuerySet(models.QuerySet["NewsConsent"]):
    def open(self) -> "NewsConsentQuerySet":
        """Those that hold."""
        return self.filter(withdrawn_at=None)


class NewsConsent(models.Model):
    """That somebody agreed to news about a topic, in the words of that day, and until when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="news_consents")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="consents")
    wording = models.CharField(max_length=300)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = NewsConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-given_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic"],
                condition=Q(withdrawn_at=None),
                name="one_consent_to_a_topic_holds",
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="news_consent_has_its_wording"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="news_consent_ends_after_it_was_given",
            ),
        ]
        indexes = [
            models.Index(
                fields=["topic", "person"],
                name="news_consent_holds",
                condition=Q(withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def due(self, at: object) -> "AnnouncementQuerySet":
        """To be begun by now."""
        return self.filter(state=Announcement.State.PLANNED, send_at__lte=at)

    def under_way(self) -> "AnnouncementQuerySet":
        return self.filter(state=Announcement.State.SENDING)


class Announcement(models.Model):
    """A letter to every active member who agreed to news of one of its topics."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PLANNED = "planned", "Waits for its time"
        SENDING = "sending", "Being sent"
        STOPPED = "stopped", "Stopped"
        SENT = "sent", "Sent"

    state = models.CharField(max_length=8, choices=State, default=State.DRAFT, editable=False)
    subject = models.CharField(max_length=120)
    text = models.TextField()
    topics = models.ManyToManyField(Topic, related_name="announcements")
    types = models.JSONField("membership types", default=list, blank=True)
    written_at = models.DateTimeField(editable=False)
    written_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    send_at = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        permissions = [("send_announcement", "Can send announcements and stop them")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(text=""), name="announcement_has_words"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", send_at=None)
                | (~Q(state="draft") & Q(send_at__isnull=False)),
                name="announcement_has_its_time_once_it_is_no_draft",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "planned"], started_at=None)
                | (~Q(state__in=["draft", "planned"]) & Q(started_at__isnull=False)),
                name="announcement_is_started_once_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", finished_at__isnull=False)
                | (~Q(state="sent") & Q(finished_at=None)),
                name="announcement_is_finished_when_it_is_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def history_key(self) -> str:
        return f"announcement {self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def types_in_words(self) -> str:
        return ", ".join(MembershipType(one).label for one in self.types) or "Every type"


class AnnouncementLot(models.Model):
    """A range of keys of recipients: written to as a whole in one transaction, or not at all."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="lots")
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_id__gte=F("first_id")),
                name="announcement_lot_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(
                fields=["announcement", "first_id"],
                name="announcement_lot_to_do",
                condition=Q(done_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"lot {self.pk}"


class Recipient(models.Model):
    """One person to whom one announcement goes, once, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits"
        WRITTEN = "written", "Written"
        LEFT_OUT = "left_out", "Left out"

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", "Took the consent back"
        NO_MEMBER = "no_member", "No active member any more"
        NOT_WRITTEN = "not_written", "The letter could not be written"

    announcement = models.ForeignKey(
        Announcement, on_delete=models.CASCADE, related_name="recipients"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="announcements")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    letter = models.OneToOneField(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="announced_to"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(
        null=True, blank=True, help_text="When they took their consent back by this letter."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "person"], name="announcement_goes_to_nobody_twice"
            ),
            models.CheckConstraint(
                condition=Q(state="written", letter__isnull=False, reason="")
                | Q(state="waiting", letter=None, reason="")
                | (Q(state="left_out") & ~Q(reason="")),
                name="recipient_has_a_letter_or_waits_or_is_left_out",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at=None)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="recipient_is_settled_unless_they_wait",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="recipient_of_person")]

    def __str__(self) -> str:
        return f"recipient {self.pk}"
