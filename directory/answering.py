"""What both sides write after the first message: passed on, with no address in it."""

import datetime as dt

from django.db import transaction

from directory.enquiries import KEPT, MEMBER, PURCHASER, PURPOSE, address_of, link_of
from directory.models import Enquiry, Reply
from foundation import history, letters, links

MOST_REPLIES = 20


class NotKept(links.LinkError):
    """The enquiry has been deleted: it was kept for 12 months, or its member has left."""


class NoMoreReplies(ValueError):
    """The exchange cannot go on here; the text says why and what to do."""


def read(token: str) -> tuple[Enquiry, str]:
    """The enquiry of a link, and whose link it is. Raises links.LinkError."""
    carried = links.read(token, purpose=PURPOSE, lasts=KEPT)
    found = Enquiry.objects.select_related("listing__person").prefetch_related("replies")
    enquiry = found.filter(pk=carried["enquiry"]).first()
    if enquiry is None:
        raise NotKept("This message has been deleted. Messages are kept for 12 months.")
    return enquiry, str(carried["reader"])


@transaction.atomic
def reply(*, enquiry_id: int, reader: str, message: str, at: dt.datetime) -> Reply:
    """Keep an answer and pass it on to the other side; the same words twice go once.

    Raises NoMoreReplies.
    """
    enquiry = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related("listing__person")
        .get(pk=enquiry_id)
    )
    last = enquiry.replies.order_by("-sent_at", "-pk").first()
    if last is not None and (last.author, last.message) == (reader, message):
        return last
    _refuse(enquiry)
    written = Reply.objects.create(enquiry=enquiry, author=reader, message=message, sent_at=at)
    if reader == MEMBER and enquiry.answered_at is None:
        enquiry.answered_at = at
        enquiry.save(update_fields=["answered_at"])
        history.record(enquiry.listing.person.history_key, "answered an enquiry", at=at, by=None)
    _pass_on(written, enquiry, at)
    return written


@transaction.atomic
def report_spam(*, enquiry_id: int, at: dt.datetime) -> None:
    """Note that the member takes it for spam: nobody is reminded of it. Twice changes nothing."""
    Enquiry.objects.filter(pk=enquiry_id, spam_reported_at=None).update(spam_reported_at=at)


def _refuse(enquiry: Enquiry) -> None:
    if enquiry.spam_reported_at is not None:
        raise NoMoreReplies("This message was reported as spam, so nothing more is passed on.")
    if enquiry.replies.count() >= MOST_REPLIES:
        raise NoMoreReplies(
            f"{MOST_REPLIES} answers have gone to and fro. Please agree on another way to talk."
        )


def _pass_on(written: Reply, enquiry: Enquiry, at: dt.datetime) -> None:
    listing = enquiry.listing
    is_member = written.author == Reply.Author.MEMBER
    letters.queue(
        "directory_reply",
        key=f"reply {written.pk} to enquiry {enquiry.pk}",
        to=enquiry.email if is_member else address_of(listing),
        context={
            "reply": written,
            "reader": enquiry.name if is_member else listing.public_name,
            "writer": listing.public_name if is_member else enquiry.name,
            "answer_url": link_of(enquiry, reader=PURCHASER if is_member else MEMBER),
        },
        at=at,
        subject_key="" if is_member else listing.person.history_key,
    )
