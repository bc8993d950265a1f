"""The pages and notices that the office writes, with every version of each."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from membership.models import User

# Pages that stand in a place of their own, because something of ours stands on them too.
OWN_PLACES = {"about": "website:about", "benefits": "website:benefits"}


class Page(models.Model):
    """One page or notice; what it says stands in its versions, one of which may be out."""

    class Kind(models.TextChoices):
        PAGE = "page", "Page"
        NOTICE = "notice", "Notice"

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PAGE)
    slug = models.SlugField(
        "address", unique=True, help_text="The end of its address. It stays as it is made."
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Lower comes first. Notices stand by their date."
    )
    owner = models.CharField(
        max_length=80, blank=True, help_text="Who keeps this page right, by role."
    )
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("kind", "position", "pk")
        permissions = [("publish_page", "Can publish pages and take them down")]
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="page_has_an_address")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        if self.slug in OWN_PLACES:
            return reverse(OWN_PLACES[self.slug])
        name = "website:notice" if self.kind == self.Kind.NOTICE else "website:page"
        return reverse(name, args=[self.slug])

    @property
    def history_key(self) -> str:
        return f"page {self.pk}"


class PageVersionQuerySet(models.QuerySet["PageVersion"]):
    def out(self) -> "PageVersionQuerySet":
        """What everybody may read: one version at most of each page."""
        return self.filter(is_published=True).select_related("page")

    def pages(self) -> "PageVersionQuerySet":
        """Pages that are out, in the order of the menu."""
        return self.out().filter(page__kind=Page.Kind.PAGE).order_by("page__position", "page")

    def notices(self) -> "PageVersionQuerySet":
        """Notices that are out, newest first."""
        notices = self.out().filter(page__kind=Page.Kind.NOTICE)
        return notices.order_by("-page__first_published_at", "-page")


class PageVersion(models.Model):
    """What a page said, or is to say: written once; `website.publishing` marks which is out."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    restored_from = models.PositiveIntegerField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PageVersionQuerySet.as_manager()

    class Meta:
        ordering = ("page", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"], name="one_version_of_a_page_has_a_number"
            ),
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(is_published=True),
                name="one_version_of_a_page_is_out",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""), name="page_version_has_words"
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_at__isnull=False),
                name="published_page_version_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | Q(published_at__isnull=False),
                name="page_version_is_published_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(restored_from=None) | Q(restored_from__lt=F("number")),
                name="page_version_comes_after_what_it_restores",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def get_absolute_url(self) -> str:
        return self.page.get_absolute_url()
