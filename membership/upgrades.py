"""Moving up: who may apply to upgrade, to what and when, and a draft with what is known filled in.

Associates, Overseas members and Students may. Supporters may not: they send a new full
application (CMSUK FAQ: which type of membership). The checks are the same for everybody.
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from foundation.dates import in_words
from foundation.look import Bar
from foundation.pence import price as as_price
from membership import courses, drafts, facts, known, lifecycle, rules, standing, steps
from membership.experience import count, reached_on
from membership.lifecycle.qualified import is_enough
from membership.models import Application, Person, Referee
from membership.on_file import OnFile
from membership.types import FACTS, MembershipType

URL = "/apply/upgrade/"
COURSE_URL = "/profile/dates/course/"
CARRIED = ("practice", "nation", "vocational_only", "profession", "dbs_on", "dbs_scheme")
# What is said anew every time: newer jobs, the DBS check, the insurance.
ASKED_ANEW = ("history", "dbs", "indemnity")
# Where somebody practises is another thing now, and the rest was never asked of them.
KEPT_FROM_ELSEWHERE = ("type", "home", "work")
REFERENCE = (
    "position",
    "name",
    "kind",
    "relationship",
    "organisation",
    "job",
    "email",
    "phone",
    "state",
    "asked_at",
    "answered_at",
    "known_for",
    "capacity",
    "opinion",
    "concerns",
    "may_call",
    "recorded_by",
)
RENEWED = (
    "your work history, with newer jobs and their dates",
    "the date of your most recent DBS check",
    "your confirmation of professional indemnity insurance",
)
EVERYTHING = (
    "where you practise",
    "your qualifications and your registered body",
    "two referees",
    *RENEWED,
)


@dataclass(frozen=True)
class Upgrade:
    """For templates/membership/_upgrade_card.html."""

    types: tuple[MembershipType, ...]
    words: str
    is_ready: bool
    asks: tuple[str, ...]
    qualifies_on: dt.date | None = None
    bars: tuple[Bar, ...] = ()
    prices: tuple[str, ...] = ()
    url: str = URL
    course_ended_on: dt.date | None = None
    course_url: str = ""


class NotOffered(Exception):
    """The text says what to do instead."""

    def __init__(self) -> None:
        super().__init__(
            "There is no upgrade for you to apply for at present. If you would like another type "
            "of membership, send a new application."
        )


def offer(person: Person, on: dt.date, file: OnFile | None = None) -> Upgrade | None:
    """The upgrade that a current member may apply for; nothing while they ask for something.

    Whoever has read their file hands it in.
    """
    file = file or OnFile(person)
    stands = standing.read_off(file, on)
    if stands.type is None or stands.state not in ("active", "grace"):
        return None
    types = FACTS[stands.type].upgrades_to
    if not types or any(one.state in Application.OPEN for one in file.applications):
        return None
    prices = tuple(_price(person, one, on) for one in types)
    if stands.type is MembershipType.ASSOCIATE:
        return dataclasses.replace(_by_experience(person, types, on), prices=prices)
    course = courses.of(file.applications) if stands.type is MembershipType.STUDENT else None
    day = course.course_ends_on if course else None
    return Upgrade(
        types,
        "Once you practise case management in the UK and meet the criteria, you can upgrade to "
        f"{_either(types)} membership.",
        is_ready=True,
        asks=EVERYTHING,
        prices=prices,
        course_ended_on=day if day is not None and day < on else None,
        course_url=COURSE_URL if course else "",
    )


@transaction.atomic
def begin(*, person: Person, type: str, on: dt.date, at: dt.datetime) -> Application:
    """A draft for the upgrade, with what is known filled in. Raises NotOffered.

    References that were given for the last application count again while they are kept; they are
    copied, because each decision stands on its own.
    """
    wanted = offer(person, on)
    if wanted is None or type not in wanted.types:
        raise NotOffered
    application = drafts.begin(person=person, type=type, at=at)
    last = person.applications.filter(state=Application.State.ACTIVATED).order_by("-pk").first()
    if last is not None:
        _carry_over(last, application)
    application.sections_done = _known_already(application, last)
    application.save()
    return application


def _price(person: Person, type: MembershipType, on: dt.date) -> str:
    """What the upgrade costs if it is approved today, with the sum written out."""
    price = lifecycle.price_for(person, type, on=on)
    if price is None:
        return f"{type.label}: the fee is not set yet."
    yearly = f"{as_price(price.yearly_pence)} a year from your next renewal"
    if not price.pence:
        return f"{type.label}: nothing to pay now, {yearly}."
    now = f"{as_price(price.pence)} if it is approved today ({price.reckoning})"
    return f"{type.label}: {now}, then {yearly}."


def _by_experience(person: Person, types: tuple[MembershipType, ...], on: dt.date) -> Upgrade:
    """What the recorded history says of an Associate, and the day on which it is enough."""
    figures = rules.in_force(on=on)
    jobs = facts.jobs_of(person.employments.all())
    done = count(jobs, on=on)
    is_ready = is_enough(done, figures)
    day = reached_on(jobs, on=on, months=figures.months, hours=figures.hours)
    return Upgrade(
        types,
        _outlook(is_ready, day),
        is_ready=is_ready,
        asks=(*RENEWED, "other referees, where we no longer keep the references"),
        qualifies_on=day,
        bars=(
            Bar.toward("Months", done.months, figures.months),
            Bar.toward("Hours", done.hours, figures.hours),
        ),
    )


def _outlook(is_ready: bool, day: dt.date | None) -> str:
    if is_ready:
        return "By the work history you gave us you may apply for Case Manager membership now."
    if day is None:
        return "When you have worked in more jobs than you told us of, add them and apply."
    return (
        "By the work history you gave us, and if you stay in your present jobs, you qualify "
        f"for Case Manager membership on {in_words(day)}. If you have worked in other jobs as "
        "well, it may be sooner: add them when you apply."
    )


def _carry_over(last: Application, application: Application) -> None:
    for name in CARRIED:
        setattr(application, name, getattr(last, name))
    if last.type != MembershipType.ASSOCIATE:
        application.practice = application.nation = ""
    application.save()
    application.expertise_requested.set(last.expertise_requested.all())
    given = last.referees.named().filter(state=Referee.State.ANSWERED).exclude(email="")
    Referee.objects.bulk_create(
        Referee(application=application, **{name: getattr(one, name) for name in REFERENCE})
        for one in given
    )


def _known_already(application: Application, last: Application | None) -> list[str]:
    """The sections that need no second answer."""
    told = known.of_application(application)
    holding = [one.key for one in steps.needed_by(application) if one.started(told)]
    if last is None or last.type != MembershipType.ASSOCIATE:
        return [key for key in holding if key in KEPT_FROM_ELSEWHERE]
    return [key for key in holding if key not in ASKED_ANEW]


def _either(types: Sequence[MembershipType]) -> str:
    return " or ".join(one.label for one in types)
