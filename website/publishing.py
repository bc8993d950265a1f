"""The only writer of pages: written, published, taken down, an earlier version brought back."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from foundation import history
from membership.models import User
from website.models import Page, PageVersion


class NotPossible(Exception):
    """That step makes no sense now; the text says why."""


@dataclass(frozen=True)
class Words:
    """What a page says."""

    title: str
    summary: str
    text: str


def words_of(version: PageVersion) -> Words:
    return Words(version.title, version.summary, version.text)


@transaction.atomic
def write(
    page_id: int, words: Words, *, by: User, at: dt.datetime, restored_from: int | None = None
) -> PageVersion:
    """Keep a new version, for nobody to see yet; the same words again are no new version."""
    page = Page.objects.select_for_update().get(pk=page_id)
    last = page.versions.order_by("-number").first()
    if last is not None and words_of(last) == words:
        return last
    version = PageVersion.objects.create(
        page=page,
        number=last.number + 1 if last else 1,
        title=words.title,
        summary=words.summary,
        text=words.text,
        restored_from=restored_from,
        written_at=at,
        written_by=by,
    )
    what = f"version {version.number}"
    if restored_from:
        what += f", as version {restored_from} was"
    history.record(page.history_key, "page written", at=at, by=by, text=what)
    return version


@transaction.atomic
def publish(page_id: int, number: int, *, by: User, at: dt.datetime) -> PageVersion:
    """Let everybody read this version instead of the one that is out. Raises NotPossible."""
    page = Page.objects.select_for_update().get(pk=page_id)
    version = page.versions.get(number=number)
    if version.is_published:
        raise NotPossible(f"Version {number} is out already.")
    page.versions.filter(is_published=True).update(is_published=False)
    version.is_published, version.published_at, version.published_by = True, at, by
    version.save(update_fields=["is_published", "published_at", "published_by"])
    if page.first_published_at is None:
        page.first_published_at = at
        page.save(update_fields=["first_published_at"])
    history.record(page.history_key, "page published", at=at, by=by, text=f"version {number}")
    return version


@transaction.atomic
def take_down(page_id: int, *, by: User, at: dt.datetime) -> None:
    """Let nobody read the page any more; its versions stay. Raises NotPossible."""
    page = Page.objects.select_for_update().get(pk=page_id)
    if not page.versions.filter(is_published=True).update(is_published=False):
        raise NotPossible("This page is not published, so there is nothing to take down.")
    history.record(page.history_key, "page taken down", at=at, by=by)


def restore(page_id: int, number: int, *, by: User, at: dt.datetime) -> PageVersion:
    """Write an earlier version anew as the latest; it is published by a step of its own."""
    earlier = PageVersion.objects.get(page_id=page_id, number=number)
    return write(page_id, words_of(earlier), by=by, at=at, restored_from=number)
