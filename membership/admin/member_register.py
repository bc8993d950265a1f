"""The page from which the office downloads the register of members."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from foundation import history
from membership import member_register
from membership.admin.forms import ConfirmForm
from membership.admin.pages import page, posted, require

EXPORT = "membership.export_register"


def export(request: HttpRequest) -> HttpResponse:
    """Say what the file holds; once asked for, note who took it and hand it over."""
    by = require(request, EXPORT)
    if request.method != "POST":
        form = ConfirmForm(posted(request))
        return page(request, "membership/export", title="Download the register", form=form)
    today = timezone.localdate()
    text = member_register.as_csv(on=today)
    history.record(f"user {by.pk}", "register of members exported", at=timezone.now(), by=by)
    # The mark at the start tells spreadsheets that the file is UTF-8.
    answer = HttpResponse(f"\ufeff{text}", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="register-of-members-{today}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
