"""Letters that wait or went, the append-only history, and files that a worker puts together."""

import uuid

from django.db import models
from django.db.models import Q

from foundation.look import Tone


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> "LetterQuerySet":
        """Neither sent, nor refused for good, nor held back."""
        return self.filter(sent_at=None, refused_at=None, held_back_at=None)


class Letter(models.Model):
    """One e-mail to one person, kept before it is sent so that none is lost or sent twice."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=60, blank=True, db_index=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    encloses = models.CharField(max_length=60, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    leave_url = models.CharField(
        max_length=300, blank=True, help_text="Where its reader says: no more of these."
    )
    queued_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    held_back_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=120, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-queued_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(to=""), name="letter_has_a_recipient"),
            models.CheckConstraint(condition=~Q(key=""), name="letter_has_a_key"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(refused_at=None), name="letter_went_or_was_refused"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(sent_at__isnull=False),
                name="only_what_went_comes_back",
            ),
        ]
        indexes = [
            models.Index(fields=["queued_at"], name="letter_waiting", condition=Q(sent_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def delivery(self) -> tuple[str, Tone]:
        """What became of it, in words."""
        if self.returned_at:
            return "Came back: nobody reads this address", Tone.STOP
        if self.refused_at:
            return "Came back: their mail server refuses it", Tone.STOP
        if self.sent_at:
            return "Sent", Tone.GOOD
        if self.held_back_at:
            return "Held back: what it tells was undone", Tone.PLAIN
        if self.last_error:
            times = "once" if self.tries == 1 else f"{self.tries} times"
            return f"Failed {times}, and is tried again", Tone.ACT
        return "Waits to be sent", Tone.WAIT

    @property
    def may_come_back(self) -> bool:
        return self.sent_at is not None and self.returned_at is None


class Silence(models.Model):
    """An address that is never written to again, kept as a digest: the address itself is not."""

    digest = models.CharField(max_length=64, unique=True)
    since_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"silence {self.pk}"


class SweepRun(models.Model):
    """When one of the jobs that beat starts last ended well, and last broke off; one row a job."""

    name = models.CharField(max_length=120, unique=True)
    first_at = models.DateTimeField("first heard of")
    finished_at = models.DateTimeField("last finished", null=True, blank=True)
    failed_at = models.DateTimeField("last failed", null=True, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = "scheduled job"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="sweeps_have_a_name"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=False) | Q(failed_at__isnull=False),
                name="sweeps_ended_somehow",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MadeFileQuerySet(models.QuerySet["MadeFile"]):
    def under_way(self) -> "MadeFileQuerySet":
        """Neither made nor given up."""
        return self.filter(made_at=None, stopped_at=None)


class MadeFile(models.Model):
    """A large file that a worker puts together for one reader, and that is soon thrown away.

    `maker` is the task that does it, `whose` the reader as their history names them, `about` what
    goes into it, as the maker understands it. Its bytes lie in a store of their own.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    maker = models.CharField(max_length=60)
    whose = models.CharField(max_length=60, db_index=True)
    about = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    stopped_at = models.DateTimeField("given up", null=True, blank=True)

    objects = MadeFileQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["maker", "whose", "about"],
                condition=Q(made_at=None, stopped_at=None),
                name="a_file_is_put_together_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None, bytes=0) | Q(made_at__isnull=False, bytes__gt=0),
                name="made_files_hold_something",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(stopped_at=None), name="files_are_made_or_given_up"
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def stored_as(self) -> str:
        """Its newest try: what an older one wrote is nobody's."""
        return f"{self.key.hex}-{self.tries}"


class Counter(models.Model):
    """The last number given out under a name; its row lock keeps numbers without gaps."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class HistoryIsAppendOnly(TypeError):
    """History is added to, never changed."""


class Chain(models.Model):
    """The head of one subject's history: its newest digest, so that appending is one row's work."""

    subject_key = models.CharField(max_length=60, primary_key=True)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.subject_key


class Event(models.Model):
    """One thing that happened. The text can be erased; the chain still verifies by its digest.

    No column is free to change: what names the row is the digest of all the others. Triggers of
    the database refuse every change but the erasing of the text; see `append_only`.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)
    text_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("chain", "number")
        permissions = [("export_history", "Can take the history out as a sealed file")]
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="event_number_once_a_chain"),
            models.CheckConstraint(condition=Q(number__gte=1), name="event_numbers_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.number}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise HistoryIsAppendOnly("A line of history is never changed.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise HistoryIsAppendOnly("A line of history is never deleted.")


class AnchoredHead(models.Model):
    """The newest line of one chain on the night of an anchor; `anchor` is the anchor's number.

    Named by its leaf, the digest of its own columns; added to only, like the history itself.
    """

    leaf = models.CharField(max_length=64, primary_key=True)
    anchor = models.PositiveIntegerField(db_index=True)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="anchored_heads")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("anchor", "leaf")
        constraints = [
            models.UniqueConstraint(fields=["chain", "anchor"], name="one_head_a_chain_and_anchor"),
        ]

    def __str__(self) -> str:
        return f"line {self.number} in anchor {self.anchor}"
