"""What a member used in the last twelve months: lines for the renewal letter and the profile."""

import datetime as dt

from django.db.models import Count, Q, Sum

from benefits import magazine
from benefits.models import Booking, Expression, IssueRead
from directory.models import Enquiry, Listing, Seen
from foundation.dates import add_months, in_words
from foundation.pence import pounds
from membership import one_person
from membership.models import Person, Registration
from records.models import ClientRecord

MONTHS = 12


def lines(person: Person, on: dt.date) -> tuple[str, ...]:
    """Only what there was: nobody is told that they used nothing. Thirteen queries at most."""
    since = add_months(on, -MONTHS)
    return tuple(
        line
        for line in (
            _listing(person, on),
            _opened(person, since),
            _enquiries(person, since),
            _records(person),
            _register(person, since),
            _events(person, since),
            _magazine(person, since, on),
            _committees(person, since),
        )
        if line
    )


def _listing(person: Person, on: dt.date) -> str:
    is_shown = Listing.objects.visible(on).filter(person=person).exists()
    return "Purchasers find you in our directory." if is_shown else ""


def _opened(person: Person, since: dt.date) -> str:
    """Counted by the month: this one and the eleven before it."""
    seen = Seen.objects.filter(listing__person=person, month__gt=since.replace(day=1))
    times = seen.aggregate(times=Sum("times"))["times"]
    if not times:
        return ""
    return f"Your directory entry was opened {'once' if times == 1 else f'{times} times'}."


def _enquiries(person: Person, since: dt.date) -> str:
    count = Enquiry.objects.filter(listing__person=person, sent_at__date__gte=since).count()
    if not count:
        return ""
    return f"{count} {'enquiry' if count == 1 else 'enquiries'} reached you through the directory."


def _records(person: Person) -> str:
    count = ClientRecord.objects.of(person).count()
    if not count:
        return ""
    what = "client record" if count == 1 else "client records"
    return f"We watch the retention of {count} {what} for you."


def _register(person: Person, since: dt.date) -> str:
    checked = Registration.objects.filter(person=person, checked_on__gte=since)
    day = checked.order_by("-checked_on").values_list("checked_on", flat=True).first()
    return f"We looked you up on your register on {in_words(day)}." if day else ""


def _events(person: Person, since: dt.date) -> str:
    """Where they were, and what they saved by being a member."""
    came = Booking.objects.of(person).attended().filter(event__starts_at__date__gte=since)
    saved = Sum("difference_pence", filter=Q(price=Booking.Price.MEMBER, difference_invoice=None))
    found = came.aggregate(count=Count("pk"), saved=saved)
    if not found["count"]:
        return ""
    what = "one of our events" if found["count"] == 1 else f"{found['count']} of our events"
    price = f", and saved {pounds(found['saved'])} by the members’ price" if found["saved"] else ""
    return f"You came to {what}{price}."


def _magazine(person: Person, since: dt.date, on: dt.date) -> str:
    """What came out for them, and how much of it they opened."""
    theirs = magazine.readable(person, on=on).filter(published_on__gte=since)
    came_out = theirs.order_by().count()
    if not came_out:
        return ""
    read = IssueRead.objects.filter(
        person__in=one_person.accounts_of(person), issue__published_on__gte=since, first_on__lte=on
    )
    opened = read.values("issue").distinct().count()
    what = "issue of our magazine" if came_out == 1 else "issues of our magazine"
    words = f"{came_out} {what} came out for you"
    if not opened:
        return f"{words}; they stay yours to read." if came_out > 1 else f"{words}."
    return f"{words}; you opened {opened} of them." if came_out > 1 else f"{words}; you opened it."


def _committees(person: Person, since: dt.date) -> str:
    invited = Expression.objects.of(person).filter(
        state=Expression.State.INVITED, closed_at__date__gte=since
    )
    names = list(invited.order_by("closed_at", "pk").values_list("committee__name", flat=True))
    return f"You were invited to help in {' and '.join(names)}." if names else ""
