"""Pages, questions, calls, messages, complaints, requests about data, merged accounts."""

from website.models.callbacks import CallbackRequest
from website.models.complaints import Complaint
from website.models.data_requests import DataItem, DataRequest
from website.models.downloads import Download, DownloadFile
from website.models.faq import FaqGroup, Question
from website.models.mergers import Merger
from website.models.messages import Message
from website.models.pages import OWN_PLACES, Page, PageVersion

__all__ = (
    "OWN_PLACES",
    "CallbackRequest",
    "Complaint",
    "DataItem",
    "DataRequest",
    "Download",
    "DownloadFile",
    "FaqGroup",
    "Merger",
    "Message",
    "Page",
    "PageVersion",
    "Question",
)
