"""The office's pages of this room; each module registers its own."""

from benefits.admin import bookings, events

__all__ = ("bookings", "events")
