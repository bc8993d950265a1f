"""Tests of events and bookings."""
