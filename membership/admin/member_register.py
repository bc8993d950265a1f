"""The page from which the office downloads the register of members."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from foundation import history, spreadsheets
from membership import member_register
from membership.admin.forms import ConfirmForm
from membership.admin.pages import page, posted, require

EXPORT = "membership.export_register"


def export(request: HttpRequest) -> HttpResponseBase:
    """Say what the file holds; once asked for, note who took it and hand it over."""
    by = require(request, EXPORT)
    if request.method != "POST":
        form = ConfirmForm(posted(request))
        return page(request, "membership/export", title="Download the register", form=form)
    today = timezone.localdate()
    history.record(f"user {by.pk}", "register of members exported", at=timezone.now(), by=by)
    name = f"register-of-members-{today}.csv"
    return spreadsheets.streamed(member_register.lines(on=today), name=name)
