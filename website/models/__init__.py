"""The questions that the society answers in public, and the calls that people ask for."""

from website.models.callbacks import CallbackRequest
from website.models.faq import FaqGroup, Question

__all__ = ("CallbackRequest", "FaqGroup", "Question")
