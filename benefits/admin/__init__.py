"""The office's pages of this room; each module registers its own."""

from benefits.admin import events

__all__ = ("events",)
