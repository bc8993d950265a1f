"""The society's public questions, and the calls and complaints of the public."""

from website.models.callbacks import CallbackRequest
from website.models.complaints import Complaint
from website.models.faq import FaqGroup, Question

__all__ = ("CallbackRequest", "Complaint", "FaqGroup", "Question")
