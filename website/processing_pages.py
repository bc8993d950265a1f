"""The record of processing activities for the office: to read, to print, to take out."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from membership.admin.pages import require
from records import processing
from records.policy import in_force
from website.office_page import office_page

SEE = "website.view_datarequest"


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Every activity, from the file that the site obeys."""
    require(request, SEE)
    policy = in_force()
    return office_page(
        request,
        "processing",
        title="Record of processing activities",
        policy=policy,
        controller=processing.controller(),
        activities=processing.activities(policy),
        security=processing.SECURITY,
    )


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same for a spreadsheet."""
    require(request, SEE)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="record-of-processing.csv"'
    processing.write_csv(in_force(), answer)
    return answer


@require_safe
def as_markdown(request: HttpRequest) -> HttpResponse:
    """The same as a document."""
    require(request, SEE)
    words = processing.markdown(in_force())
    answer = HttpResponse(words, content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="record-of-processing.md"'
    return answer
