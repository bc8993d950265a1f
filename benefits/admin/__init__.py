"""The office's pages of this room; each module registers its own."""

from benefits.admin import announcements, events, magazine

__all__ = ("announcements", "events", "magazine")
