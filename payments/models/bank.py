"""Bank accounts, the statements that were imported from them, and every line of those."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from membership.models import User
from payments.models.ledger import Account, Invoice


class BankAccount(models.Model):
    """An account of the society's, whose statements are imported."""

    name = models.CharField(max_length=80)
    takes_fees = models.BooleanField(
        "members pay into it",
        default=True,
        help_text="Nobody lapses while the newest line of such an account is too old.",
    )
    own_words = models.TextField(
        "words of transfers between our own accounts",
        blank=True,
        help_text="One a line, for example CMSUK RESERVE. Such lines are no payments.",
    )

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(Lower("name"), name="bank_accounts_are_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="bank_accounts_have_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class StatementColumns(models.Model):
    """Which column is which in a CSV file of one account; `signature` is that of its header."""

    bank_account = models.ForeignKey(
        BankAccount, on_delete=models.CASCADE, related_name="column_sets"
    )
    signature = models.CharField(max_length=64)
    roles = models.JSONField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-told_at", "-pk")
        verbose_name = "explained layout"
        constraints = [
            models.UniqueConstraint(
                fields=["bank_account", "signature"], name="a_layout_is_explained_once"
            ),
        ]

    def __str__(self) -> str:
        return f"columns {self.pk}"


class StatementUpload(models.Model):
    """A file between being sent and being confirmed; it is deleted with either, or after a day.

    A long one is worked on by a worker: `look` is what it would do, `file` what became of it.
    """

    bank_account = models.ForeignKey(BankAccount, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    lines = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    look = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(
        "BankFile", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    stopped = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-sent_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(looked_at__isnull=False),
                name="a_long_statement_is_looked_at_before_it_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(file=None) | Q(confirmed_at__isnull=False),
                name="a_long_statement_is_taken_once_it_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"upload {self.pk}"


class BankFile(models.Model):
    """A statement that was imported. Sums in pence; what went out is negative."""

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="files")
    name = models.CharField("file", max_length=120)
    sha256 = models.CharField(max_length=64)
    layout = models.CharField(max_length=60)
    lines_count = models.PositiveIntegerField("lines", default=0)
    new_count = models.PositiveIntegerField("new lines", default=0)
    credits_pence = models.BigIntegerField(default=0)
    debits_pence = models.BigIntegerField(default=0)
    first_on = models.DateField("from", null=True, blank=True)
    last_on = models.DateField("to", null=True, blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-imported_at", "-pk")
        verbose_name = "bank statement"
        constraints = [
            models.UniqueConstraint(
                fields=["bank_account", "sha256"], name="a_bank_file_is_taken_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BankLineQuerySet(models.QuerySet["BankLine"]):
    def to_match(self) -> "BankLineQuerySet":
        """Lines that wait for somebody of the office."""
        return self.filter(state__in=BankLine.TO_MATCH)

    def in_queue_order(self) -> "BankLineQuerySet":
        """The surest suggestions first, then the oldest."""
        return self.order_by("-points", "on", "pk")


class BankLine(models.Model):
    """One line of a statement, once; bank_lines.py and its steps alone write its state.

    `account` is the payer who is suggested or was booked, `mirrors` the credit that a returned
    payment takes back. `posted_pence` is the sum of the ledger entries that name the line.
    """

    class State(models.TextChoices):
        NEW = "new", "Not looked at yet"
        AUTO = "auto", "Will be booked by itself"
        SUGGESTED = "suggested", "Suggestion"
        UNMATCHED = "unmatched", "No suggestion"
        POSTED = "posted", "Booked"
        SPLIT = "split", "Booked for several"
        IGNORED = "ignored", "No payment"
        TRANSFER = "transfer", "Own transfer"
        PAYOUT = "payout", "PayPal's pay-out"
        REVERSED = "reversed", "Taken back, to be matched again"

    TO_MATCH = (State.SUGGESTED, State.UNMATCHED, State.REVERSED)
    BOOKED = (State.POSTED, State.SPLIT)
    LEFT_ALONE = (State.IGNORED, State.TRANSFER, State.PAYOUT)

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="lines")
    bank_file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField("line of the file")
    identity = models.CharField(max_length=32)
    on = models.DateField("day")
    pence = models.IntegerField()
    payer = models.CharField(max_length=140, blank=True)
    payer_key = models.CharField(max_length=60, blank=True)
    text = models.TextField("what the bank wrote", blank=True)
    balance_pence = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    reason = models.CharField(max_length=300, blank=True)
    points = models.PositiveSmallIntegerField(default=0)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="bank_lines"
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="bank_lines"
    )
    others = models.JSONField("others who fit", default=list, blank=True)
    mirrors = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="mirrored_by"
    )
    posted_pence = models.IntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BankLineQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-pk")
        permissions = [("match_bankline", "Can match payments to members")]
        constraints = [
            models.UniqueConstraint(
                fields=["bank_account", "identity"], name="a_bank_line_is_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(pence__gte=0, posted_pence__gte=0, posted_pence__lte=F("pence"))
                | Q(pence__lt=0, posted_pence__lte=0, posted_pence__gte=F("pence")),
                name="a_line_is_booked_up_to_its_sum",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=("posted", "split"), posted_pence=F("pence")) & ~Q(pence=0))
                | (~Q(state__in=("posted", "split")) & Q(posted_pence=0)),
                name="booked_lines_are_booked_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("auto", "suggested"))
                | Q(account__isnull=False)
                | Q(mirrors__isnull=False),
                name="suggestions_name_a_payer_or_a_payment",
            ),
            models.CheckConstraint(
                condition=~Q(state="auto") | Q(invoice__isnull=False),
                name="lines_that_book_themselves_name_an_invoice",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("ignored", "transfer", "payout")) | ~Q(reason=""),
                name="lines_left_alone_have_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-points", "on"],
                condition=Q(state__in=("suggested", "unmatched", "reversed")),
                name="line_to_match",
            ),
            models.Index(
                fields=["payer_key"], condition=Q(state="posted"), name="payer_seen_before"
            ),
            models.Index(fields=["bank_account", "-on"], name="newest_line"),
        ]

    def __str__(self) -> str:
        return f"bank line {self.pk}"

    @property
    def waits(self) -> bool:
        return self.state in BankLine.TO_MATCH

    @property
    def is_left_alone(self) -> bool:
        return self.state in BankLine.LEFT_ALONE

    @property
    def is_booked(self) -> bool:
        return self.state in BankLine.BOOKED
