"""Makes listings, members with expertise, and the days that tests of the directory turn on."""

import datetime as dt

from directory import enquiries
from directory.enquiries import Message
from directory.models import Area, Enquiry, Listing, Outcode
from membership.models import ExpertiseAssignment, Person, Registration
from tests import factories

TODAY = dt.date(2026, 11, 22)


def make_listing(person: Person | None = None, *, areas=("WLS",), base="", **kwargs) -> Listing:
    """A listing that is shown: of an active Case Manager member who opted in."""
    person = person or factories.make_member()
    facts = {
        "public_name": person.name,
        "slug": f"listing-{person.pk}",
        "edited_at": factories.A_MOMENT,
        "opted_in_at": factories.A_MOMENT,
    }
    if base:
        facts |= {"base": Outcode.objects.get(code=base), "radius_miles": 30}
    listing = Listing.objects.create(person=person, **{**facts, **kwargs})
    listing.areas.set(Area.objects.filter(code__in=areas))
    return listing


def assign(person: Person, code: str = "brain_injury", **kwargs) -> ExpertiseAssignment:
    """An area of expertise; a clinical one through the person's verified registration."""
    registration = None
    if code != "vocational":
        registration = Registration.objects.filter(person=person).first()
        registration = registration or factories.make_registration(person)
    facts = {"assigned_by": factories.make_officer(), "assigned_at": factories.A_MOMENT}
    return ExpertiseAssignment.objects.create(
        person=person, area_id=code, registration=registration, **{**facts, **kwargs}
    )


def send_enquiry(
    *listings: Listing, mark: str = "once", at=factories.A_MOMENT, **kwargs
) -> Enquiry:
    """An enquiry to these, sent like any; the first of them."""
    facts = {"name": "Dr Owen Invented", "email": "owen@example.org"}
    message = Message(**{**facts, "message": "We look for a case manager.", **kwargs})
    slugs = [listing.slug for listing in listings]
    return enquiries.send(slugs=slugs, message=message, mark=mark, at=at, on=at.date())[0]
