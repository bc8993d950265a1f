"""The office's pages of this room; each module registers its own."""

from benefits.admin import announcements, committees, events, magazine

__all__ = ("announcements", "committees", "events", "magazine")
