"""Where an application stands, who acts next, and what is left to do, in words."""

import datetime as dt

from foundation.look import Moment, Row, Status, Task, Tone
from foundation.pence import pounds
from membership import steps
from membership.known import Known
from membership.models import Application, Referee
from membership.types import MembershipType

State = Application.State
LOST = (Referee.State.REFUSED, Referee.State.BOUNCED)
REPLACE = (
    "One of your referees cannot give a reference: please name somebody else. Your application "
    "keeps its place."
)
FREE = "There is nothing to pay: it takes effect within the hour."


def status_of(application: Application) -> Status:
    """What am I, until when, what do I do next."""
    label = MembershipType(application.type).label if application.type else "Membership"
    words, tone, following, url, link = _WORDS[application.state]
    words = f"{label} application: {words}"
    lost = lost_referee(application) if application.state == State.SUBMITTED else None
    if lost is not None:
        return Status(words, Tone.ACT, REPLACE, replace_path(lost), "Please give another referee")
    if application.state == State.APPROVED and _is_free(application):
        return Status(words, Tone.WAIT, FREE, url, "View your profile")
    return Status(words, tone, _following(application, following), url, link)


def tasks(known: Known) -> list[Task]:
    """The sections that can be changed, with their state, and the check at the end."""
    needed = [
        step for step in steps.needed_by(known.application) if steps.may_change(step.key, known)
    ]
    left = sum(not step.is_done(known) for step in needed)
    last = Task(
        name="Check your answers and send",
        url="/apply/check/",
        status="Ready" if not left else f"{left} left to do",
        tone=Tone.ACT if not left else Tone.PLAIN,
    )
    return [_task(step, known) for step in needed] + [last]


def go_on(tasks: list[Task]) -> Task:
    """The first that is not done: where the page leads on to."""
    return next(task for task in tasks if task.tone is not Tone.GOOD)


def referee_rows(known: Known) -> list[Row]:
    """What became of the two requests; never what a referee said."""
    return [
        Row(
            key=f"Referee {one.position}: {one.name}",
            value="Please give another referee" if one.state in LOST else _referee_words(one),
            change_url=replace_path(one) if one.state in LOST else "",
        )
        for one in known.referees
    ]


def lost_referee(application: Application) -> Referee | None:
    """The first who declined or could not be reached, and was not replaced."""
    referees = application.referees.all()
    return next((one for one in referees if one.state in LOST and not one.replaced_at), None)


def replace_path(referee: Referee) -> str:
    return f"/apply/referees/{referee.position}/replace/"


def path_of(application: Application) -> list[Moment]:
    """The way of a sent application so far."""
    moments: list[tuple[dt.datetime | None, str, Tone]] = [
        (application.started_at, "You started your application", Tone.GOOD),
        (application.submitted_at, "You sent it to the office", Tone.GOOD),
        (application.decided_at, "The office decided", Tone.GOOD),
    ]
    return [Moment(at, words, tone=tone) for at, words, tone in moments if at is not None]


def _task(step: steps.Step, known: Known) -> Task:
    if step.is_done(known):
        status, tone = "Done", Tone.GOOD
    elif step.key in known.asked:
        status, tone = "Please answer", Tone.ACT
    elif step.started(known):
        status, tone = "In progress", Tone.WAIT
    else:
        status, tone = "Not started", Tone.PLAIN
    hint = known.asked.get(step.key, step.hint)
    return Task(name=step.title, url=step.path, status=status, tone=tone, hint=hint)


def _referee_words(referee: Referee) -> str:
    words = {
        Referee.State.NAMED: "We have not written to them yet",
        Referee.State.ASKED: "We have written to them and wait for their answer",
        Referee.State.ANSWERED: "Their reference has arrived",
    }
    return words[Referee.State(referee.state)]


def _asked(application: Application) -> str:
    """The sections that it is about; who was asked without naming any reads the question."""
    items = application.asked_items.open()
    names = [item.get_section_display() for item in items]
    return f"please answer about {', '.join(names)}." if names else application.question


def _offered(application: Application) -> str:
    made = application.offers.open().first()
    if made is None:
        return ""
    return (
        f"We offer you {made.get_type_display()} membership instead. Please say whether you want "
        f"it by {made.expires_on:%-d %B %Y}."
    )


def _reviewed(application: Application) -> str:
    """What became of a review that was asked for; nothing where none was."""
    made = application.appeals.order_by("asked_at").last()
    if made is None:
        return ""
    if made.closed_at is None:
        return (
            "You asked for a review. Somebody who did not take the decision answers by "
            f"{made.due_on:%-d %B %Y}."
        )
    return f"You asked for a review, and the decision stands: {made.answer} You may apply again."


def _is_free(application: Application) -> bool:
    return application.fees.outstanding().filter(pence=0).exists()


def _following(application: Application, words: str) -> str:
    """What comes next, with what the office said or fixed."""
    if application.state == State.MORE_INFORMATION:
        return f"The office asks: {_asked(application)} Your place in the queue is kept."
    if application.state == State.DECLINED:
        return f"{application.decision_reason} {_reviewed(application) or words}"
    if application.state == State.OFFERED:
        return _offered(application)
    fee = application.fees.outstanding().first() if application.state == State.APPROVED else None
    return f"The fee to activate it is {pounds(fee.pence)}. {words}" if fee else words


_WORDS: dict[str, tuple[str, Tone, str, str, str]] = {
    State.DRAFT: (
        "not sent yet",
        Tone.ACT,
        "Each section is saved when you finish it. You can stop and come back on any device.",
        "",
        "",
    ),
    State.SUBMITTED: (
        "with the office",
        Tone.WAIT,
        (
            "Nothing is asked of you now. The office looks at it, waits for your references where "
            "you named referees, and e-mails you its decision."
        ),
        "",
        "",
    ),
    State.MORE_INFORMATION: ("more information needed", Tone.ACT, "", "", ""),
    State.OFFERED: (
        "another type is offered to you",
        Tone.ACT,
        "",
        "/apply/offer/",
        "Read the offer and answer",
    ),
    State.APPROVED: (
        "approved",
        Tone.ACT,
        "View your profile and press Pay, or pay by BACS.",
        "/profile/",
        "View your profile to pay",
    ),
    State.ACTIVATED: (
        "you are a member",
        Tone.GOOD,
        "Your profile shows until when.",
        "/profile/",
        "View your profile",
    ),
    State.DECLINED: ("declined", Tone.STOP, "You may apply again.", "", ""),
    State.WITHDRAWN: ("withdrawn", Tone.PLAIN, "You may apply again.", "", ""),
    State.EXPIRED: (
        "approval ended, because the fee was not paid",
        Tone.STOP,
        "You may apply again.",
        "",
        "",
    ),
}
