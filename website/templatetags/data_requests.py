"""Whether what was decided on a request about data can still be fetched."""

import datetime as dt

from django import template

from website import data_requests
from website.models import DataRequest

register = template.Library()


@register.filter
def may_be_fetched(request: DataRequest, now: dt.datetime) -> bool:
    return data_requests.may_be_fetched(request, at=now)
