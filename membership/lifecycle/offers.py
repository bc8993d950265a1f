"""Another membership type: the office offers it, and the applicant's agreement decides it."""

import copy
import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.one_by_one import each
from membership import post
from membership.lifecycle import overrides, wording
from membership.lifecycle.applications import keep_findings
from membership.lifecycle.deciding import grant, price_or_refuse, refuse_unless_separate
from membership.lifecycle.errors import NotMet, OfferChanged, WrongState
from membership.lifecycle.periods import Price, price_of
from membership.lifecycle.transitions import Verb, locked, move, refuse_unless_allowed
from membership.lifecycle.wording import Wording
from membership.lines import open_lines, overridden
from membership.models import Application, FeeDue, Person, TypeOffer, User
from membership.types import MembershipType

Outcome = TypeOffer.Outcome


@transaction.atomic
def offer(
    *, application_id: int, by: User, at: dt.datetime, type: MembershipType, reason: str
) -> TypeOffer:
    """Offer another type; the letter says why, what it costs, and until when it stands.

    Every line of that type must be met, but for what the officer judges. Raises NotSeparate,
    NoFeeSet, NotMet, or WrongState.
    """
    application = locked(application_id)
    refuse_unless_allowed(application, Verb.OFFER)
    refuse_unless_separate(application, by)
    on = timezone.localdate(at)
    price = price_or_refuse(_as(application, type), on=on)
    _refuse_unless_met(application, type, on=on)
    overrides.drop_request(application)
    move(application, Verb.OFFER)
    application.save()
    made = TypeOffer.objects.create(
        application=application,
        type=type,
        reason=reason.strip(),
        offered_at=at,
        offered_by=by,
        expires_on=_expires_on(on),
    )
    letter = wording.offered(type, reason=made.reason, price=price, expires_on=made.expires_on)
    wording.send(application, letter, at=at)
    words = f"{type.label}. {made.reason}"
    post.note_of(application, "offered another type", at=at, by=by, text=words)
    return made


@transaction.atomic
def agree(*, application_id: int, by: User, at: dt.datetime, pence: int) -> FeeDue | None:
    """The applicant agrees: the application becomes one for that type and is approved.

    `pence` is the fee that the applicant was shown. None where a line has opened meanwhile: the
    application is then for the new type, and back with the office. Raises OfferChanged where the
    fee is another one, WrongState where the offer has ended.
    """
    application, made = _open_offer(application_id)
    on = timezone.localdate(at)
    if made.expires_on < on:
        raise WrongState("This offer has ended. The office looks at your application again.")
    application.type = made.type
    price = price_or_refuse(application, on=on)
    if price.pence != pence:
        raise OfferChanged
    keep_findings(application, on=on)
    _close(made, Outcome.AGREED, at=at)
    label = made.get_type_display()
    post.note_of(application, "agreed to another type", at=at, by=by, text=label)
    found = open_lines(application, on)
    if overridden(found):
        move(application, Verb.TAKE_BACK)
        application.save()
        return None
    application.override_reason = made.reason if found else ""
    return grant(application, Verb.AGREE, price, by=made.offered_by, at=at)


@transaction.atomic
def refuse_offer(*, application_id: int, by: User, at: dt.datetime) -> Application:
    """The applicant would rather not: the application goes back to the office as it was."""
    application, made = _open_offer(application_id)
    return _back(application, made, Outcome.REFUSED, "did not want another type", by=by, at=at)


def end_offers(*, at: dt.datetime) -> int:
    """The nightly sweep: offers that nobody answered; each is a transaction of its own."""
    over = TypeOffer.objects.open().filter(expires_on__lt=timezone.localdate(at))
    found = list(over.order_by("pk").values_list("application_id", flat=True))
    return sum(each(found, lambda application_id: _expire(application_id, at=at)))


def types_to_offer(application: Application, *, on: dt.date) -> list[MembershipType]:
    """The other types that have a fee and whose criteria are all met."""
    others = [one for one in MembershipType if one != application.type]
    return [
        one
        for one in others
        if price_of(_as(application, one), on=on)
        and not overridden(open_lines(_as(application, one), on))
    ]


def offer_wording(
    application: Application, type: MembershipType, *, reason: str, on: dt.date
) -> Wording | None:
    """The letter of an offer made on a day; None where the type has no fee."""
    price = price_of(_as(application, type), on=on)
    if price is None:
        return None
    return wording.offered(type, reason=reason, price=price, expires_on=_expires_on(on))


def price_offered(made: TypeOffer, *, on: dt.date) -> Price | None:
    """What agreeing would fix on a day; None where the type has no fee by now."""
    return price_of(_as(made.application, made.type), on=on)


@transaction.atomic
def _expire(application_id: int, *, at: dt.datetime) -> bool:
    """Once more under the lock: the applicant may just have answered."""
    application = locked(application_id)
    over = application.offers.open().filter(expires_on__lt=timezone.localdate(at)).first()
    if over is None:
        return False
    _back(application, over, Outcome.EXPIRED, "the offer of another type ended", by=None, at=at)
    post.tell_of(application, "offer_ended", at=at, offered=over.get_type_display())
    return True


def _back(
    application: Application,
    made: TypeOffer,
    outcome: TypeOffer.Outcome,
    verb: str,
    *,
    by: User | None,
    at: dt.datetime,
) -> Application:
    _close(made, outcome, at=at)
    move(application, Verb.TAKE_BACK)
    application.save()
    post.note_of(application, verb, at=at, by=by, text=made.get_type_display())
    return application


def _open_offer(application_id: int) -> tuple[Application, TypeOffer]:
    """Both, under the application's lock. Raises WrongState where nothing is offered any more."""
    application = locked(application_id)
    Person.objects.select_for_update().get(pk=application.person_id)
    made = application.offers.open().select_related("offered_by").first()
    if made is None:
        raise WrongState(
            "This offer has been answered, or it has ended. Your application shows how it stands."
        )
    return application, made


def _expires_on(on: dt.date) -> dt.date:
    return on + dt.timedelta(days=settings.OFFER_EXPIRES_DAYS)


def _close(made: TypeOffer, outcome: TypeOffer.Outcome, *, at: dt.datetime) -> None:
    made.outcome, made.closed_at = outcome, at
    made.save()


def _as(application: Application, type: str) -> Application:
    """The same application as if it were for another type; never saved."""
    other = copy.copy(application)
    other.type = type
    return other


def _refuse_unless_met(application: Application, type: str, *, on: dt.date) -> None:
    if type == application.type:
        raise WrongState("The application is for this type already: approve it.")
    if found := overridden(open_lines(_as(application, type), on)):
        raise NotMet(MembershipType(type).label, [line.words for line in found])
