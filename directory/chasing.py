"""Sweeps over enquiries without an answer: reminds the member, then names others."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from directory.enquiries import MEMBER, address_of, link_of
from directory.filters import Filters
from directory.models import Enquiry, Listing
from directory.nearby import nearby
from directory.search import Search
from directory.vocabulary import vocabulary
from foundation import letters, links
from foundation.calendar import working_days_between
from foundation.one_by_one import each
from membership.models import ExpertiseAssignment

NUDGE_AFTER, OTHERS_AFTER = 3, 6  # working days
HOW_MANY_OTHERS = 3


def chase(*, at: dt.datetime) -> int:
    """Write about every enquiry that waits too long; how many letters were written."""
    waiting = list(_waiting().values_list("pk", flat=True))
    return sum(each(waiting, lambda pk: _chase(pk, at)))


def others(listing: Listing, *, on: dt.date, but: set[int]) -> list[Listing]:
    """Up to three members for the same work: around the same place, by an expertise of theirs."""
    words, place = vocabulary(), nearby().places.get(listing.base_id or "")
    codes = ExpertiseAssignment.objects.current(on).filter(person=listing.person)
    shared = codes.order_by("area").values_list("area", flat=True).first()
    area = "" if place else listing.areas.order_by("pk").values_list("pk", flat=True).first() or ""
    filters = Filters(area, (shared,) if shared else (), place)
    found = Search(filters, words, on).page(size=HOW_MANY_OTHERS + len(but)).listings
    wanted = [pk for pk in found if pk not in but][:HOW_MANY_OTHERS]
    by_number = Listing.objects.in_bulk(wanted)
    return [by_number[pk] for pk in wanted]


def _waiting() -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(
        answered_at=None, others_named_at=None, spam_reported_at=None
    ).order_by("pk")


@transaction.atomic
def _chase(pk: int, at: dt.datetime) -> int:
    """Whatever is due for one enquiry by now, each once."""
    enquiry = (
        _waiting()
        .select_for_update(of=("self",))
        .select_related("listing__person")
        .filter(pk=pk)
        .first()
    )
    if enquiry is None:
        return 0
    on = timezone.localdate(at)
    waited = working_days_between(timezone.localdate(enquiry.sent_at), on)
    if waited >= OTHERS_AFTER:
        return _name_others(enquiry, on, at)
    is_shown = Listing.objects.visible(on).filter(pk=enquiry.listing_id).exists()
    if waited >= NUDGE_AFTER and enquiry.nudged_at is None and is_shown:
        return _nudge(enquiry, at)
    return 0


def _nudge(enquiry: Enquiry, at: dt.datetime) -> int:
    enquiry.nudged_at = at
    enquiry.save(update_fields=["nudged_at"])
    letters.queue(
        "directory_nudge",
        key=f"nudge for enquiry {enquiry.pk}",
        to=address_of(enquiry.listing),
        context={
            "enquiry": enquiry,
            "listing": enquiry.listing,
            "answer_url": link_of(enquiry, reader=MEMBER),
        },
        at=at,
        subject_key=enquiry.listing.person.history_key,
    )
    return 1


def _name_others(enquiry: Enquiry, on: dt.date, at: dt.datetime) -> int:
    enquiry.others_named_at = at
    enquiry.save(update_fields=["others_named_at"])
    asked = set(Enquiry.objects.filter(batch=enquiry.batch).values_list("listing_id", flat=True))
    found = others(enquiry.listing, on=on, but=asked)
    letters.queue(
        "directory_others",
        key=f"others for enquiry {enquiry.pk}",
        to=enquiry.email,
        context={
            "enquiry": enquiry,
            "listing": enquiry.listing,
            "others": [(one.public_name, _page(one)) for one in found],
            "search_url": links.absolute(reverse("directory:search")),
            "callback_url": links.absolute("/callback/"),
        },
        at=at,
    )
    return 1


def _page(listing: Listing) -> str:
    return links.absolute(reverse("directory:listing", args=[listing.slug]))
