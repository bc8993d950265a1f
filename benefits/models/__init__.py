"""The tables of this room: events and their bookings, news by e-mail, the magazine, committees."""

from benefits.models.announcements import (
    Announcement,
    AnnouncementLot,
    NewsConsent,
    Recipient,
    Topic,
)
from benefits.models.bookings import Booking
from benefits.models.committees import Committee, Expression
from benefits.models.events import Event
from benefits.models.magazine import Article, Issue, IssueFile, IssueQuerySet, IssueRead

__all__ = (
    "Announcement",
    "AnnouncementLot",
    "Article",
    "Booking",
    "Committee",
    "Event",
    "Expression",
    "Issue",
    "IssueFile",
    "IssueQuerySet",
    "IssueRead",
    "NewsConsent",
    "Recipient",
    "Topic",
)
