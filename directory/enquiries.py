"""Passes a purchaser's message to a member without showing the member's address."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.urls import reverse

from directory.models import Enquiry, Listing
from foundation import history, letters, limits, links

AN_HOUR = 60 * 60
ENQUIRIES_AN_HOUR = 3
# Everybody in a hospital may share one address, so the connection is allowed more.
ENQUIRIES_AN_HOUR_FROM_ONE_PLACE = 20


@dataclass(frozen=True)
class Message:
    """Who writes, how to answer them, and what they write."""

    name: str
    email: str
    message: str
    organisation: str = ""
    phone: str = ""


class NotListed(LookupError):
    """The member is not in the directory (any more); the text is fit for the purchaser."""


class TooManyEnquiries(RuntimeError):
    """The sender reached the limit of the hour."""


def count_try(*, email: str, place: str) -> None:
    """Count one more enquiry of this sender, known by address and connection.

    Raises TooManyEnquiries for the fourth within an hour.
    """
    sender = limits.allow(
        action="enquiry", key=email.strip().lower(), times=ENQUIRIES_AN_HOUR, seconds=AN_HOUR
    )
    connection = limits.allow(
        action="enquiry-from-one-place",
        key=place,
        times=ENQUIRIES_AN_HOUR_FROM_ONE_PLACE,
        seconds=AN_HOUR,
    )
    if not sender:
        raise TooManyEnquiries(f"You have sent {ENQUIRIES_AN_HOUR} enquiries this hour.")
    if not connection:
        raise TooManyEnquiries("Many enquiries were sent from your network this hour.")


@transaction.atomic
def send(*, slug: str, message: Message, at: dt.datetime, on: dt.date) -> Enquiry:
    """Keep the enquiry and write to both: the member with it, the purchaser with a copy.

    Raises NotListed where nobody visible has this slug, whether or not anybody ever had.
    """
    visible = Listing.objects.visible(on).select_for_update(of=("self",))
    listing = visible.select_related("person").filter(slug=slug).first()
    if listing is None:
        raise NotListed("This case manager is not in the directory, so nothing was sent.")
    enquiry = Enquiry.objects.create(listing=listing, sent_at=at, **asdict(message))
    _write_letters(enquiry, listing, at)
    history.record(listing.person.history_key, "was sent an enquiry", at=at, by=None)
    return enquiry


def _write_letters(enquiry: Enquiry, listing: Listing, at: dt.datetime) -> None:
    person = listing.person
    letters.queue(
        "directory_enquiry",
        key=f"enquiry {enquiry.pk}",
        to=person.work_email or person.email,
        context={
            "enquiry": enquiry,
            "listing": listing,
            "listing_url": links.absolute(reverse("directory:listing_edit")),
        },
        at=at,
        subject_key=person.history_key,
    )
    letters.queue(
        "directory_enquiry_copy",
        key=f"copy of enquiry {enquiry.pk}",
        to=enquiry.email,
        context={
            "enquiry": enquiry,
            "listing": listing,
            "callback_url": links.absolute("/callback/"),
        },
        at=at,
    )
