"""Files that the office offers on its pages, with every version of each."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from foundation.uploads import Kind
from membership.models import User
from website.models.pages import Page


class DownloadQuerySet(models.QuerySet["Download"]):
    def out(self) -> "DownloadQuerySet":
        """What everybody may load."""
        return self.filter(is_out=True)


class Download(models.Model):
    """A file by its title and address; `website.downloads` alone says whether it is out."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(
        "address", unique=True, help_text="The end of its address. It stays as it is made."
    )
    summary = models.CharField(
        max_length=300, blank=True, help_text="One sentence on what is in it, and for whom."
    )
    page = models.ForeignKey(
        Page,
        on_delete=models.PROTECT,
        related_name="downloads",
        limit_choices_to={"kind": Page.Kind.PAGE},
        help_text="The page that lists it.",
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")
    is_out = models.BooleanField(default=False, editable=False)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        ordering = ("page", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(slug=""), name="download_has_title_and_address"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("website:download", args=[self.slug])

    @property
    def history_key(self) -> str:
        return f"download {self.pk}"


class DownloadFileQuerySet(models.QuerySet["DownloadFile"]):
    def told(self) -> "DownloadFileQuerySet":
        """Without the bytes: for lists."""
        return self.defer("content")


class DownloadFile(models.Model):
    """One version of a file: bytes that were checked, written once and never changed."""

    KINDS = [(kind.value, kind.name) for kind in Kind]

    download = models.ForeignKey(Download, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    name = models.CharField("name that it came with", max_length=100)
    kind = models.CharField("media type", max_length=20, choices=KINDS)
    bytes = models.PositiveIntegerField("size")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DownloadFileQuerySet.as_manager()

    class Meta:
        ordering = ("download", "-number")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["download", "number"], name="one_version_of_a_download_has_a_number"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["application/pdf", "image/jpeg", "image/png"]),
                name="download_shows_pages_or_a_picture",
            ),
            models.CheckConstraint(condition=Q(bytes__gt=0), name="download_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"
