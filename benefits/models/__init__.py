"""The tables of this room: events and their bookings."""

from benefits.models.bookings import Booking
from benefits.models.events import Event

__all__ = ("Booking", "Event")
