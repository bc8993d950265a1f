"""The member's side: write the listing, see it as the public does, show it or take it away."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from directory import freshness, photos, publishing
from directory.forms_listing import ListingForm, PauseForm, PhotoForm, as_written
from directory.member_page import member_page
from directory.models import Listing
from directory.standing import listing_card, why_not
from directory.vocabulary import vocabulary
from foundation.uploads import Refused
from membership.accounts import of_request
from membership.models import Person, User


@require_http_methods(["GET", "HEAD", "POST"])
def listing_edit(request: HttpRequest) -> HttpResponse:
    """The editor, for whoever may be listed; the others read why not."""
    person, today = of_request(request), timezone.localdate()
    found = Listing.objects.filter(person=person).first()
    if why_not(person, today):
        refused = {"status": listing_card(person, today).status, "listing": found}
        return render(request, "directory/not_for_you.html", refused)
    form = ListingForm(
        request.POST if request.method == "POST" else None,
        initial=as_written(found, name=person.name),
        vocabulary=vocabulary(),
    )
    if request.method == "POST" and form.is_valid():
        return _save(request, person, form)
    context = {"form": form, "listing": found, "page": member_page(person, found, on=today)}
    return render(request, "directory/listing_edit.html", context)


def _save(request: HttpRequest, person: Person, form: ListingForm) -> HttpResponse:
    publishing.save_listing(
        person_id=person.pk, shown=form.shown(), by=_login(request), at=timezone.now()
    )
    if "opt_in" in request.POST:
        return opt_in(request)
    messages.success(request, "Saved. Below is your listing as the public sees it.")
    return redirect("directory:listing_edit")


@require_POST
def opt_in(request: HttpRequest) -> HttpResponse:
    """Show the listing, from this moment on."""
    person, now = of_request(request), timezone.now()
    try:
        publishing.opt_in(
            person_id=person.pk, by=_login(request), at=now, on=timezone.localdate(now)
        )
    except publishing.ListingRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "You are in the directory. Purchasers can find you now.")
    return redirect("directory:listing_edit")


@require_POST
def opt_out(request: HttpRequest) -> HttpResponse:
    """Take the listing away, from this moment on."""
    person = of_request(request)
    publishing.opt_out(person_id=person.pk, by=_login(request), at=timezone.now())
    messages.success(request, "You are not in the directory any more. What you wrote is kept.")
    return redirect("directory:listing_edit")


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Say that the listing is right as it is; this ends a pause, too."""
    found = get_object_or_404(Listing, person=of_request(request))
    freshness.confirm(person_id=found.person_id, by=_login(request), at=timezone.now())
    messages.success(request, "Thank you. Your listing says that it was confirmed today.")
    return redirect("directory:listing_edit")


@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """Hide the listing until a day."""
    found = get_object_or_404(Listing, person=of_request(request))
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _again(request, found, pause_form=form)
    until = form.cleaned_data["until"]
    try:
        freshness.pause(
            person_id=found.person_id, until=until, by=_login(request), at=timezone.now()
        )
    except freshness.PauseRefused as refused:
        form.add_error("until", str(refused))
        return _again(request, found, pause_form=form)
    messages.success(request, f"You are hidden until {until:%-d %B %Y}, and shown again then.")
    return redirect("directory:listing_edit")


@require_POST
def photo(request: HttpRequest) -> HttpResponse:
    """Add a photo, put another in its place, or take it away."""
    found = get_object_or_404(Listing, person=of_request(request))
    now, by = timezone.now(), _login(request)
    if "remove" in request.POST:
        photos.remove(listing=found, by=by, at=now)
        messages.success(request, "Your photo is gone.")
        return redirect("directory:listing_edit")
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, found, photo_form=form)
    try:
        photos.keep(photos.drawn(form.cleaned_data["photo"]), listing=found, by=by, at=now)
    except Refused as refused:
        form.add_error("photo", str(refused))
        return _again(request, found, photo_form=form)
    messages.success(request, "Your photo is kept. Below you see how it is shown.")
    return redirect("directory:listing_edit")


def _again(request: HttpRequest, found: Listing, **forms: object) -> HttpResponse:
    """The page once more, with the small form that has to be mended."""
    person, today = found.person, timezone.localdate()
    form = ListingForm(initial=as_written(found, name=person.name), vocabulary=vocabulary())
    page = member_page(person, found, on=today)
    context = {"form": form, "listing": found, "page": page, **forms}
    return render(request, "directory/listing_edit.html", context)


def _login(request: HttpRequest) -> User:
    return cast("User", request.user)
