"""Pages about work that goes on elsewhere: they say how far it is, and look again by themselves."""

from django.http import HttpResponse

SECONDS = 3
"""Until such a page asks anew."""


def looks_again(page: HttpResponse) -> HttpResponse:
    """Shows partials/under_way.html; once the work is done the page is answered without this."""
    page["Refresh"] = str(SECONDS)
    return page
