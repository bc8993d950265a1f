"""Public questions, calls, complaints and requests about data, and accounts that were merged."""

from website.models.callbacks import CallbackRequest
from website.models.complaints import Complaint
from website.models.data_requests import DataItem, DataRequest
from website.models.faq import FaqGroup, Question
from website.models.mergers import Merger

__all__ = (
    "CallbackRequest",
    "Complaint",
    "DataItem",
    "DataRequest",
    "FaqGroup",
    "Merger",
    "Question",
)
