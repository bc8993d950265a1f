"""Writing to members, and the pages on which both sides answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from directory import answering, enquiries
from directory.enquiries import MEMBER
from directory.forms_enquiry import EnquiryForm, ReplyForm, slugs_of
from directory.models import Enquiry, Listing
from directory.models.enquiries import MOST_AT_ONCE
from foundation.limits import sender
from foundation.links import LinkError


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what to pass on to one member, and pass it on."""
    return _ask(request, [slug])


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The same for several members at once."""
    slugs = slugs_of(request.POST if request.method == "POST" else request.GET)
    if not slugs:
        messages.error(request, "Tick whom you would like to write to.")
        return redirect("directory:shortlist")
    if len(slugs) > MOST_AT_ONCE:
        messages.error(request, f"You can write to {MOST_AT_ONCE} at once. Tick fewer.")
        return redirect("directory:shortlist")
    return _ask(request, slugs)


def _ask(request: HttpRequest, slugs: list[str]) -> HttpResponse:
    if request.method == "POST":
        return _pass_on(request, slugs)
    found = _visible(slugs)
    if not found:
        raise Http404
    context = {"form": EnquiryForm(), **_whom(found)}
    return render(request, "directory/contact.html", context)


def _pass_on(request: HttpRequest, slugs: list[str]) -> HttpResponse:
    form = EnquiryForm(request.POST)
    now = timezone.now()
    context = {"form": form, **_whom(_visible(slugs))}
    if not form.is_valid():
        return render(request, "directory/contact.html", context)
    message = form.wording()
    try:
        enquiries.count_try(email=message.email, place=sender(request))
        sent = enquiries.send(
            slugs=slugs,
            message=message,
            mark=form.sent_once(),
            at=now,
            on=timezone.localdate(now),
        )
    except enquiries.TooManyEnquiries as refused:
        context |= {"refused": refused, "too_many": True}
        return render(request, "directory/contact.html", context, status=429)
    except enquiries.NotListed as refused:
        context["refused"] = refused
        return render(request, "directory/not_listed.html", context, status=410)
    if len(sent) < len(slugs):
        messages.warning(request, "Some of them have left the directory and were not written to.")
    return redirect("directory:sent", slug=sent[0].listing.slug)


@login_not_required
@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that it went."""
    found = _visible([slug])
    if not found:
        raise Http404
    return render(request, "directory/sent.html", _whom(found))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def enquiry(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a signed link: what was written so far, and what this side answers."""
    try:
        found, reader = answering.read(token)
    except LinkError as refused:
        return render(request, "directory/broken_link.html", {"refused": refused}, status=404)
    if request.method == "POST" and "spam" in request.POST and reader == MEMBER:
        answering.report_spam(enquiry_id=found.pk, at=timezone.now())
        messages.success(request, "Thank you. The office sees that you reported this as spam.")
        return redirect("directory:enquiry", token=token)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _replied(request, found, reader, form):
        return redirect("directory:enquiry", token=token)
    context = {"enquiry": found, "form": form, "is_member": reader == MEMBER}
    return render(request, "directory/enquiry.html", context)


def _replied(request: HttpRequest, found: Enquiry, reader: str, form: ReplyForm) -> bool:
    """Whether it was passed on; a message says why not."""
    message = form.cleaned_data["message"]
    try:
        answering.reply(enquiry_id=found.pk, reader=reader, message=message, at=timezone.now())
    except answering.NoMoreReplies as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, "Your answer is on its way.")
    return True


def _visible(slugs: list[str]) -> list[Listing]:
    visible = Listing.objects.visible(timezone.localdate()).filter(slug__in=slugs)
    return sorted(visible, key=lambda one: slugs.index(one.slug))


def _whom(found: list[Listing]) -> dict[str, object]:
    names = [one.public_name for one in found]
    words = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
    return {"name": words, "slugs": [one.slug for one in found], "is_many": len(names) > 1}
