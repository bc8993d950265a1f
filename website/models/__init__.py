"""Public questions, calls and complaints of the public, and accounts that were merged."""

from website.models.callbacks import CallbackRequest
from website.models.complaints import Complaint
from website.models.faq import FaqGroup, Question
from website.models.mergers import Merger

__all__ = ("CallbackRequest", "Complaint", "FaqGroup", "Merger", "Question")
