"""The office's pages of this room; each module registers its own."""

from benefits.admin import announcements, bookings, committees, events, magazine

__all__ = ("announcements", "bookings", "committees", "events", "magazine")
