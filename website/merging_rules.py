"""What stays where it is when two accounts are merged, and what stands against merging them."""

import datetime as dt
from collections.abc import Iterator

from directory.models import Listing
from membership import standing
from membership.models import FeeDue, Membership, Person
from payments.models import Account

ENDED = ("none", "lapsed", "resigned", "deceased")


def staying(kept: Person, gone: Person) -> Iterator[str]:
    if kept.user_id and gone.user_id:
        yield f"Both logins go on working; both lead to the account of {kept}."
    mine, theirs = (Account.objects.filter(person=one).first() for one in (kept, gone))
    if mine and theirs:
        yield (
            f"Both payment references go on working: money for {theirs} is found for {kept}, "
            f"who is asked to pay under {mine}."
        )
    former = Membership.objects.filter(person=gone).first()
    if former and Membership.objects.filter(person=kept).exists():
        yield (
            f"The former membership {former.written_number} stays as a record; "
            f"its card tells how {kept} stands."
        )
    if all(Listing.objects.filter(person=one).exists() for one in (kept, gone)):
        yield f"Of the two listings the one of {kept} is shown; the other's address leads to it."


def refusals(kept: Person, gone: Person, on: dt.date) -> Iterator[str]:
    if kept.pk == gone.pk:
        yield "This is one account already."
        return
    yield from _refused_links(kept, gone)
    yield from _refused_membership(kept, gone, on)
    yield from _refused_money(kept, gone)


def _refused_links(kept: Person, gone: Person) -> Iterator[str]:
    for one in (kept, gone):
        if one.merged_into_id is not None:
            yield f"The account of {one} ({one.email}) was merged before. Undo that first."
        if one.died_on is not None:
            yield f"The death of {one} is recorded. If these are one person, take that back first."
    if gone.merged_from.exists():
        yield f"The account of {gone} has taken in another. Merge the other way round."
    staff = [one for one in (kept, gone) if one.user and one.user.is_staff]
    if staff and kept.user_id and gone.user_id:
        yield "One of the two logins is the office's own. Take that right away first."


def _refused_membership(kept: Person, gone: Person, on: dt.date) -> Iterator[str]:
    member, other = (Membership.objects.filter(person=one).exists() for one in (kept, gone))
    if member and other and standing.of(gone, on).state not in ENDED:
        if standing.of(kept, on).state in ENDED:
            yield f"The membership of {gone} is the living one. Merge the other way round."
        else:
            yield (
                "Both memberships are running. Let one resign first, and refund what was paid "
                "for it."
            )
    opened = [one.applications.open().exists() for one in (kept, gone)]
    if all(opened):
        yield "Both accounts have an open application. Withdraw or decide one of them first."
    elif (member and opened[1]) or (other and opened[0]):
        yield "One account is a member's and the other has an open application. Decide that first."


def _refused_money(kept: Person, gone: Person) -> Iterator[str]:
    due = [FeeDue.objects.outstanding().filter(person=one).exists() for one in (kept, gone)]
    member = [Membership.objects.filter(person=one).exists() for one in (kept, gone)]
    if all(due):
        yield "A fee is due in both accounts. Waive one, or let it be paid, first."
    elif (due[0] and member == [False, True]) or (due[1] and member == [True, False]):
        yield "One account is a member's and in the other a fee is due. Waive that first."
    elif due[1] and all(member):
        yield f"{gone} has an unpaid renewal. Waive it, or let it be paid, first."
