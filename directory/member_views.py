"""The member's side: write the listing, see it as the public does, show it or take it away."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from directory import publishing
from directory.cards import card
from directory.forms import ListingForm, as_written
from directory.models import Listing
from directory.standing import listing_card, why_not
from directory.vocabulary import vocabulary
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
    preview = card(found, on=today) if found else None
    context = {"form": form, "listing": found, "card": preview}
    return render(request, "directory/listing_edit.html", context)


def _save(request: HttpRequest, person: Person, form: ListingForm) -> HttpResponse:
    now, user = timezone.now(), cast("User", request.user)
    publishing.save_listing(person_id=person.pk, shown=form.shown(), by=user, at=now)
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
            person_id=person.pk,
            by=cast("User", request.user),
            at=now,
            on=timezone.localdate(now),
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
    publishing.opt_out(person_id=person.pk, by=cast("User", request.user), at=timezone.now())
    messages.success(request, "You are not in the directory any more. What you wrote is kept.")
    return redirect("directory:listing_edit")
