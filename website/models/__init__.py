"""Questions answered in public, calls that people ask for, and accounts that were merged."""

from website.models.callbacks import CallbackRequest
from website.models.faq import FaqGroup, Question
from website.models.mergers import Merger

__all__ = ("CallbackRequest", "FaqGroup", "Merger", "Question")
