"""What the office's first screen shows, for its template."""

from django import template
from django.utils import timezone

from membership.models import User
from website import office

register = template.Library()


@register.simple_tag
def office_home(user: User) -> office.Home:
    """{% office_home user as home %}: what waits at this moment for this person."""
    return office.home(user, at=timezone.now())
