"""Two groups to begin with: who decides, and who keeps the office running without deciding.

Made once. Afterwards the office keeps its groups itself, under “Logins: groups of staff”.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet

OFFICER, CLERK = "Officer", "Clerk"
ROOMS = ("foundation", "membership", "directory", "payments", "benefits", "records", "website")
# What a clerk does besides looking: money that came, and calls.
CLERK_DOES = (
    "payments.record_payment",
    "payments.add_bankfile",
    "payments.match_bankline",
    "payments.sync_attempt",
    "website.change_callbackrequest",
    "website.answer_message",
)
# Whatever purchasers wrote, and whatever applicants sent, is looked at by who has to.
CLERK_SEES_NOT = ("view_enquiry", "view_user", "view_eligibilityrules")


def make() -> tuple[Group, Group]:
    """Both groups, made with their permissions where they are missing; what is there stays."""
    return _group(OFFICER, _of_rooms()), _group(CLERK, _of_clerks())


def _group(name: str, permissions: QuerySet[Permission]) -> Group:
    group, made = Group.objects.get_or_create(name=name)
    if made:
        group.permissions.set(permissions)
    return group


def _of_rooms() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label__in=ROOMS)


def _of_clerks() -> QuerySet[Permission]:
    looking = Q(codename__startswith="view_") & ~Q(codename__in=CLERK_SEES_NOT)
    doing = Q()
    for name in CLERK_DOES:
        app, _dot, codename = name.partition(".")
        doing |= Q(content_type__app_label=app, codename=codename)
    return _of_rooms().filter(looking | doing)
