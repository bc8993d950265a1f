"""The magazine: everybody sees what it is about; whoever may read an issue reads it whole."""

from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from benefits import magazine
from benefits.models import Article, Issue, IssueFile
from foundation import writing
from membership import accounts
from membership.models import Person

A_PAGE = 20


@login_not_required
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every issue that is out; those that somebody reads whole are marked as theirs."""
    on, person = timezone.localdate(), _reader(request)
    out = magazine.with_contents(Issue.objects.out(on))
    page = Paginator(out, A_PAGE).get_page(request.GET.get("page"))
    theirs = magazine.readable(person, on=on) if person else Issue.objects.none()
    shown = theirs.filter(pk__in=[one.pk for one in page]).values_list("pk", flat=True)
    context = {"page": page, "name": magazine.NAME, "theirs": set(shown), "person": person}
    return render(request, "benefits/magazine.html", context)


@login_not_required
@require_safe
@never_cache
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """The cover, and a teaser of each article."""
    on, person = timezone.localdate(), _reader(request)
    found = get_object_or_404(magazine.with_contents(Issue.objects.out(on)), number=number)
    context = {
        "issue": found,
        "name": magazine.NAME,
        "cover": writing.page(found.cover_text),
        "is_whole": magazine.may_read(person, found, on=on),
        "person": person,
    }
    return render(request, "benefits/issue.html", context)


@login_not_required
@require_safe
@never_cache
def article(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    on, person = timezone.localdate(), _reader(request)
    out = Article.objects.select_related("issue").filter(issue__published_on__lte=on)
    found = get_object_or_404(out, issue__number=number, slug=slug)
    is_whole = magazine.may_read(person, found.issue, on=on)
    if is_whole and person is not None:
        magazine.note_reading(person, found.issue, on=on)
    context = {
        "shown": magazine.shown(found, is_whole=is_whole),
        "name": magazine.NAME,
        "person": person,
        "others": found.issue.articles.defer("text")
        .exclude(pk=found.pk)
        .order_by("position", "pk"),
    }
    return render(request, "benefits/article.html", context)


@login_required
@require_safe
@never_cache
def pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The issue as it was printed, for whoever reads it whole."""
    on, person = timezone.localdate(), accounts.of_request(request)
    out = Issue.objects.out(on)
    file = get_object_or_404(
        IssueFile.objects.select_related("issue"), issue__in=out, issue__number=number
    )
    if not magazine.may_read(person, file.issue, on=on):
        raise PermissionDenied
    magazine.note_reading(person, file.issue, on=on)
    answer = HttpResponse(bytes(file.content), content_type="application/pdf")
    header = content_disposition_header(as_attachment=True, filename=file.name)
    answer["Content-Disposition"] = header or "attachment"
    return answer


def _reader(request: HttpRequest) -> Person | None:
    return accounts.of_request(request) if request.user.is_authenticated else None
