"""What membership brings: letters with news, the magazine, committees."""

from benefits.models.announcements import (
    Announcement,
    AnnouncementLot,
    AnnouncementQuerySet,
    NewsConsent,
    Recipient,
    Topic,
)

__all__ = (
    "Announcement",
    "AnnouncementLot",
    "AnnouncementQuerySet",
    "NewsConsent",
    "Recipient",
    "Topic",
)
