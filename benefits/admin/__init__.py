"""The office's pages of this room; each module registers its own."""

from benefits.admin import announcements, bookings, events, magazine

__all__ = ("announcements", "bookings", "events", "magazine")
