"""What of one account becomes another's when they are merged, and goes back when that is undone."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from benefits.models import Booking, Expression, IssueRead, NewsConsent, Recipient
from benefits.models.bookings import LIVE
from directory.models import Listing
from membership.models import (
    Application,
    Assurance,
    Employment,
    EvidenceFile,
    ExpertiseAssignment,
    FeeDue,
    Membership,
    Person,
    Qualification,
    Registration,
)
from payments.models import Account
from records.models import HandoverOffer, NamedMember, Register
from website.models import DataRequest, Merger


def moving(kept: Person, gone: Person) -> Iterator[tuple[str, QuerySet]]:
    """The rows of the one account that become the other's, with words for a page."""
    if kept.user_id is None:
        yield "The login", Person.objects.filter(pk=gone.pk, user__isnull=False)
    if not Account.objects.filter(person=kept).exists():
        yield "The payer's account with its reference", Account.objects.filter(person=gone)
    yield from _moving_membership(kept, gone)
    yield from _moving_evidence(kept, gone)
    if not Listing.objects.filter(person=kept).exists():
        yield "The directory listing", Listing.objects.filter(person=gone)
    yield "Requests about their data", DataRequest.objects.filter(person=gone)
    yield from _moving_benefits(kept, gone)
    yield from _moving_registers(kept, gone)


def _moving_benefits(kept: Person, gone: Person) -> Iterator[tuple[str, QuerySet]]:
    """Where the kept account agreed to the same, or got or opened the same, its own is enough."""
    agreed = NewsConsent.objects.open().filter(person=kept).values("topic")
    ended = NewsConsent.objects.filter(person=gone, withdrawn_at__isnull=False)
    held = NewsConsent.objects.open().filter(person=gone).exclude(topic__in=agreed)
    got = kept.announcements.values("announcement")
    yield "Consents to news", ended | held
    yield "News that was sent", gone.announcements.exclude(announcement__in=got)
    booked = kept.bookings.filter(state__in=LIVE).values("event")
    live = gone.bookings.filter(state__in=LIVE, event__in=booked)
    yield "Bookings of events", gone.bookings.exclude(pk__in=live.values("pk"))
    offered = kept.expressions.waiting().values("committee")
    ours = gone.expressions.exclude(state="waiting", committee__in=offered)
    yield "Offers to help in a committee", ours
    opened = kept.issues_read.values("issue")
    yield "Issues of the magazine that they opened", gone.issues_read.exclude(issue__in=opened)


def _moving_registers(kept: Person, gone: Person) -> Iterator[tuple[str, QuerySet]]:
    """Where the kept account is named already, or is the owner, nothing more is needed."""
    known = Register.objects.of(kept).values("pk")
    asked = NamedMember.objects.filter(person=kept, ended_at=None).values("register")
    named = NamedMember.objects.filter(person=gone, ended_at=None)
    yield "The register of client records", Register.objects.filter(owner=gone)
    yield (
        "A register that is offered",
        HandoverOffer.objects.filter(person=gone, settled_at=None),
    )
    yield (
        "Registers of client records of others",
        named.exclude(register__in=known).exclude(register__in=asked),
    )


def _moving_membership(kept: Person, gone: Person) -> Iterator[tuple[str, QuerySet]]:
    opened = gone.applications.open()
    yield "The open application", opened
    if Membership.objects.filter(person=kept).exists():
        yield "The fee that is due", gone.fees.filter(application__in=opened)
        return
    yield "The membership with its number and dates", Membership.objects.filter(person=gone)
    yield "The fees and terms", FeeDue.objects.filter(person=gone, cancelled_at=None)


def _moving_evidence(kept: Person, gone: Person) -> Iterator[tuple[str, QuerySet]]:
    """What the kept account has already stays where it is."""
    opened = gone.applications.open()
    same = kept.registrations.filter(body=OuterRef("body"), number=OuterRef("number"))
    registrations = gone.registrations.filter(~Exists(same))
    known = kept.assignments.filter(withdrawn_at=None).values("area")
    areas = gone.assignments.filter(withdrawn_at=None).exclude(area__in=known)
    yield "Qualifications", gone.qualifications.all()
    yield "Jobs", gone.employments.all()
    # Before their registrations, by which they are told.
    yield (
        "Areas of expertise",
        areas.filter(registration=None) | areas.filter(registration__in=registrations),
    )
    yield "Registrations", registrations
    dates = kept.assurances.values("kind")
    yield "Dates of insurance and DBS", gone.assurances.exclude(kind__in=dates)
    yield "Evidence files", gone.evidence_files.filter(application__in=opened)


MODELS = (
    *(Account, Membership, FeeDue, Application, Qualification, Employment, ExpertiseAssignment),
    *(Registration, Assurance, EvidenceFile, Listing, Register, NamedMember, HandoverOffer),
    DataRequest,
    *(NewsConsent, Recipient, IssueRead, Expression, Booking),
)


def move(kept: Person, gone: Person) -> dict[str, list[int]]:
    """Every row is found before the first one moves: what moves is told by what has not."""
    found = [(rows.model, _keys(rows)) for _words, rows in moving(kept, gone)]
    moved: dict[str, list[int]] = {}
    for model, keys in found:
        label = model._meta.label
        if model is Person:
            moved[label] = _pass_login(gone, kept) if keys else []
            continue
        model._default_manager.filter(pk__in=keys).update(**{_owner_of(label): kept})
        moved[label] = moved.get(label, []) + keys
    return {label: keys for label, keys in moved.items() if keys}


def _keys(rows: QuerySet) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _owner_of(label: str) -> str:
    return "owner" if label == Register._meta.label else "person"


def _pass_login(giver: Person, taker: Person) -> list[int]:
    """One login is one person's: it is let go before it is taken."""
    login = giver.user_id
    Person.objects.filter(pk=giver.pk).update(user=None)
    Person.objects.filter(pk=taker.pk).update(user=login)
    return [login] if login else []


def give_back(merger: Merger, kept: Person, gone: Person) -> None:
    """What the merger had moved, as far as it is still there."""
    for model in MODELS:
        label = model._meta.label
        rows = model._default_manager.filter(pk__in=merger.moved.get(label, []))
        rows.filter(**{_owner_of(label): kept}).update(**{_owner_of(label): gone})
    if kept.user_id in merger.moved.get(Person._meta.label, []):
        _pass_login(kept, gone)
