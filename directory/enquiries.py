"""Passes a purchaser's message on to members; neither side learns the other's address."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.urls import reverse

from directory.models import Enquiry, Listing
from directory.models.enquiries import MOST_AT_ONCE
from foundation import history, letters, limits, links

AN_HOUR = 60 * 60
ENQUIRIES_AN_HOUR = 3
# Everybody in a hospital may share one address, so the connection is allowed more.
ENQUIRIES_AN_HOUR_FROM_ONE_PLACE = 20
SPAM_IS_ENOUGH = 2
BATCHES = uuid.UUID("6f1f0c1e-6d57-4a55-9c0a-3f6f2d1f7a10")
PURPOSE = "enquiry"
KEPT = dt.timedelta(days=365)
MEMBER, PURCHASER = "member", "purchaser"


@dataclass(frozen=True)
class Message:
    """Who writes, how to answer them, and what they write."""

    name: str
    email: str
    message: str
    organisation: str = ""
    phone: str = ""


class NotListed(LookupError):
    """None of the members is in the directory (any more); the text is fit for the purchaser."""


class TooManyEnquiries(RuntimeError):
    """The sender reached the limit of the hour, or was reported; the text says which."""


def count_try(*, email: str, place: str) -> None:
    """Count one more enquiry of this sender, known by address and connection.

    One message to several members at once counts once. Raises TooManyEnquiries for the fourth
    within an hour, and for a sender whom members reported.
    """
    if Enquiry.objects.filter(email__iexact=email, spam_reported_at__isnull=False).count() >= (
        SPAM_IS_ENOUGH
    ):
        raise TooManyEnquiries(
            "We cannot pass on messages from this address now. Please write to our office."
        )
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
        raise TooManyEnquiries(
            f"You have sent {ENQUIRIES_AN_HOUR} enquiries this hour. Wait an hour, then send it."
        )
    if not connection:
        raise TooManyEnquiries(
            "Many enquiries were sent from your network this hour. Wait an hour, and try again."
        )


@transaction.atomic
def send(
    *, slugs: Iterable[str], message: Message, mark: str, at: dt.datetime, on: dt.date
) -> list[Enquiry]:
    """Keep the enquiry and write to each member, and once to the purchaser with a copy.

    The same mark sends once. Who has left the directory is passed over. Raises NotListed where
    nobody visible has any of these slugs, whether or not anybody ever had.
    """
    wanted = list(dict.fromkeys(slugs))[:MOST_AT_ONCE]
    visible = Listing.objects.visible(on).select_for_update(of=("self",)).filter(slug__in=wanted)
    listings = sorted(visible.select_related("person").order_by("pk"), key=lambda one: one.pk)
    if not listings:
        raise NotListed("This case manager is not in the directory, so nothing was sent.")
    batch = uuid.uuid5(BATCHES, mark)
    known = Enquiry.objects.filter(batch=batch).select_related("listing")
    sent = {one.listing_id: one for one in known}
    for listing in listings:
        if listing.pk not in sent:
            facts = {"listing": listing, "batch": batch, "sent_at": at, **asdict(message)}
            sent[listing.pk] = Enquiry.objects.create(**facts)
            _tell_member(sent[listing.pk], listing, at)
    enquiries = [sent[listing.pk] for listing in listings]
    _tell_purchaser(batch, enquiries, at)
    return enquiries


def link_of(enquiry: Enquiry, *, reader: str) -> str:
    """The address under which one side reads and answers; it works for as long as it is kept."""
    token = links.sign({"enquiry": enquiry.pk, "reader": reader}, purpose=PURPOSE)
    return links.absolute(reverse("directory:enquiry", args=[token]))


def address_of(listing: Listing) -> str:
    """Where letters to the member of a listing go."""
    return listing.person.work_email or listing.person.email


def letter_keys(enquiry: Enquiry) -> list[str]:
    """The keys of the letters that one enquiry caused, whether or not they were written."""
    replies = [f"reply {reply.pk} to enquiry {enquiry.pk}" for reply in enquiry.replies.all()]
    return [
        f"enquiry {enquiry.pk}",
        f"copy of enquiries {enquiry.batch}",
        f"nudge for enquiry {enquiry.pk}",
        f"others for enquiry {enquiry.pk}",
        *replies,
    ]


def _tell_member(enquiry: Enquiry, listing: Listing, at: dt.datetime) -> None:
    letters.queue(
        "directory_enquiry",
        key=f"enquiry {enquiry.pk}",
        to=address_of(listing),
        context={
            "enquiry": enquiry,
            "listing": listing,
            "answer_url": link_of(enquiry, reader=MEMBER),
            "listing_url": links.absolute(reverse("directory:listing_edit")),
        },
        at=at,
        subject_key=listing.person.history_key,
    )
    history.record(listing.person.history_key, "was sent an enquiry", at=at, by=None)


def _tell_purchaser(batch: uuid.UUID, enquiries: list[Enquiry], at: dt.datetime) -> None:
    context = {
        "enquiry": enquiries[0],
        "names": [one.listing.public_name for one in enquiries],
        "callback_url": links.absolute("/callback/"),
    }
    letters.queue(
        "directory_enquiry_copy",
        key=f"copy of enquiries {batch}",
        to=enquiries[0].email,
        context=context,
        at=at,
    )
