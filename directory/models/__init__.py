"""Places, the listings of members who want to be found, and what purchasers write to them."""

from directory.models.enquiries import Enquiry, Reply
from directory.models.figures import Seen, Tally, Unmet
from directory.models.listings import (
    LONGEST_RADIUS_MILES,
    Listing,
    ListingQuerySet,
    Photo,
    is_visible,
)
from directory.models.places import Area, Outcode

__all__ = (
    "LONGEST_RADIUS_MILES",
    "Area",
    "Enquiry",
    "Listing",
    "ListingQuerySet",
    "Outcode",
    "Photo",
    "Reply",
    "Seen",
    "Tally",
    "Unmet",
    "is_visible",
)
