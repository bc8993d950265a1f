"""A member's public page once more, in the words of schema.org, for search engines."""

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from directory.cards import Card
from foundation import links, structured


def as_json_ld(card: Card) -> SafeString:
    """A Person who is a member of the society; it tells nothing that the page does not show."""
    address = links.absolute(reverse("directory:listing", args=[card.slug]))
    person: dict[str, object] = {
        "@type": "Person",
        "name": card.name,
        "url": address,
        "jobTitle": "Case manager",
        "memberOf": {
            "@type": "Organization",
            "name": settings.SOCIETY["long_name"],
            "url": links.absolute("/"),
        },
    }
    if card.expertise:
        person["knowsAbout"] = list(card.expertise)
    if card.areas:
        person["areaServed"] = list(card.areas)
    if card.has_photo:
        person["image"] = links.absolute(reverse("directory:photo", args=[card.slug]))
    return structured.as_json_ld(person)
