"""Pages of the office for the tests."""

from tests.factories import A_MOMENT, make_officer
from website import publishing
from website.models import Page, PageVersion

WORDS = publishing.Words("Tests", "What we test.", "Some *words*.")


def make_page(slug="tests", *, words=WORDS, kind="page", by=None, at=A_MOMENT):
    """A page with one version, that nobody sees yet."""
    page = Page.objects.create(slug=slug, kind=kind, position=99)
    publishing.write(page.pk, words, by=by or make_officer(), at=at)
    return page


def make_published(slug="tests", *, by=None, at=A_MOMENT, **kwargs):
    by = by or make_officer()
    page = make_page(slug, by=by, at=at, **kwargs)
    publishing.publish(page.pk, 1, by=by, at=at)
    return page


def texts(page: Page) -> list[tuple[int, str, bool]]:
    """Every version by number: its text, and whether it is out."""
    versions = PageVersion.objects.filter(page=page).order_by("number")
    return [(one.number, one.text, one.is_published) for one in versions]
