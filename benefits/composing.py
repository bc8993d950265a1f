"""The letters of an announcement: the same words for everybody, and each reader's own way out."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.safestring import SafeString

from benefits import news
from benefits.models import Announcement
from foundation import letter_page, letter_text, writing
from foundation.letters import Written
from membership.models import Person

TEST = "Test: {}"
READER = "each-readers-own"
"""Stands in the words, which are made once, where each reader's own signed token comes."""


class Draft:
    """An announcement turned into text and HTML, once for all its readers."""

    def __init__(self, announcement: Announcement) -> None:
        base = settings.SITE_URL
        context = {
            "subject": announcement.subject,
            "topics": [topic.name for topic in announcement.topics.all()],
            "leave_url": news.link_of(READER),
        }
        self.subject, foot, _html = letter_page.render("announcement", context)
        body = writing.page(announcement.text, base=base)
        words = letter_text.as_text(announcement.text, base=base)
        self.text = f"{words}\n{letter_text.RULE}\n\n{foot}"
        self.html = letter_page.as_html(self.subject, foot, body=body)

    def to(self, address: str, *, key: str, token: str, subject_key: str = "") -> Written:
        return Written(
            key=key,
            to=address,
            subject=self.subject,
            text=self.text.replace(READER, token),
            html=self.html.replace(READER, token),
            subject_key=subject_key,
            leave_url=news.link_of(token),
        )


def letters_of(announcement: Announcement, people: Iterable[Person]) -> Iterator[Written]:
    """One for each person, in their order. One query."""
    draft = Draft(announcement)
    return (
        draft.to(
            person.email,
            key=f"announcement {announcement.pk} to {person.pk}",
            token=news.token_for(person.pk, announcement.pk),
            subject_key=person.history_key,
        )
        for person in people
    )


def trial(announcement: Announcement, *, to: str, key: str) -> Written:
    """As its readers get it, to somebody of the office; its way out says that it is a trial."""
    draft = Draft(announcement)
    draft.subject = TEST.format(draft.subject)
    return draft.to(to, key=key, token=news.token_for(0, announcement.pk))


def body_of(announcement: Announcement) -> SafeString:
    """The words of the office as HTML, for looking at."""
    return writing.page(announcement.text, under=2, base=settings.SITE_URL)
