"""The pages and notices that the office writes, as everybody reads them, and their feeds."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, DefaultFeed, SyndicationFeed
from django.views.decorators.http import require_safe

from foundation import links
from foundation.uploads import Kind, answer
from website import downloads, figures, pages
from website.models import OWN_PLACES, Download, PageVersion

IN_A_FEED = 20
FEED_TYPES = {
    Atom1Feed: "application/atom+xml; charset=utf-8",
    DefaultFeed: "application/rss+xml; charset=utf-8",
}


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return _page(request, "about")


@login_not_required
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    return redirect(OWN_PLACES[slug]) if slug in OWN_PLACES else _page(request, slug)


@login_not_required
@require_safe
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest version of a file; whoever has it already is told so."""
    offered = get_object_or_404(Download.objects.out(), slug=slug)
    file = downloads.newest(offered)
    if file is None:
        raise Http404("There is no such file.")
    served = answer(bytes(file.content), kind=Kind(file.kind), name=file.name)
    served["Cache-Control"], served["ETag"] = "public, no-cache", f'"{file.sha256}"'
    known = get_conditional_response(request, etag=served["ETag"], response=served)
    return known or served


@login_not_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    known = figures.known(timezone.localdate())
    found = [(one, pages.summary(one, known)) for one in PageVersion.objects.notices()]
    return render(request, "website/notices.html", {"notices": found})


@login_not_required
@require_safe
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    version = get_object_or_404(PageVersion.objects.notices(), page__slug=slug)
    shown = pages.shown(version, on=timezone.localdate())
    return render(request, "website/notice.html", {"version": version, "shown": shown})


@login_not_required
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    return _feed(Atom1Feed, reverse("website:notices_atom"))


@login_not_required
@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    return _feed(DefaultFeed, reverse("website:notices_rss"))


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages of the site that a search engine may list; members' own are in the directory's."""
    found = pages.addresses(timezone.localdate())
    rows = [(links.absolute(way), changed_at) for way, changed_at in found]
    return render(request, "website/sitemap.xml", {"rows": rows}, content_type="application/xml")


def _page(request: HttpRequest, slug: str) -> HttpResponse:
    menu = list(PageVersion.objects.pages())
    version = next((one for one in menu if one.page.slug == slug), None)
    if version is None:
        raise Http404("There is no such page.")
    shown = pages.shown(version, on=timezone.localdate())
    files = downloads.on_page(version.page)
    context = {"version": version, "shown": shown, "menu": menu, "files": files}
    return render(request, "website/page.html", context)


def _feed(kind: type[SyndicationFeed], way: str) -> HttpResponse:
    society = settings.SOCIETY
    feed = kind(
        title=f"{society['name']}: notices",
        link=links.absolute(reverse("website:notices")),
        description=f"Notices of {society['long_name']}",
        language="en-gb",
        feed_url=links.absolute(way),
    )
    known = figures.known(timezone.localdate())
    for one in PageVersion.objects.notices()[:IN_A_FEED]:
        feed.add_item(
            title=one.title,
            link=links.absolute(one.get_absolute_url()),
            description=pages.summary(one, known),
            pubdate=one.page.first_published_at,
            updateddate=one.published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=FEED_TYPES[kind])
