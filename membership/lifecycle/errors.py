"""Why a step could not be taken, in words for the person who tried."""

import datetime as dt

from django.utils import timezone

from foundation.dates import in_words
from membership.eligibility import Assessment
from membership.models import Application


def moment(at: dt.datetime) -> str:
    """“on 22 November 2026 at 10:00”, by the clock in London."""
    local = timezone.localtime(at)
    return f"on {in_words(local.date())} at {local:%H:%M}"


class LifecycleError(Exception):
    """The step was not taken and nothing changed; the text says why."""


class WrongState(LifecycleError):
    """The application or fee is not where this step starts from."""


class AlreadyDecided(WrongState):
    """Somebody decided before; the text names them and the moment, by the clock in London."""

    def __init__(self, application: Application) -> None:
        verb = "declined" if application.state == Application.State.DECLINED else "approved"
        when = f" {moment(application.decided_at)}" if application.decided_at else ""
        super().__init__(f"Already {verb} by {application.decided_by}{when}.")


class WithApplicant(WrongState):
    """The office asked something and waits; the text says who asked, and when."""

    def __init__(self, application: Application) -> None:
        asked = application.asked_items.open().select_related("asked_by").first()
        offer = application.offers.open().select_related("offered_by").first()
        if asked is not None:
            words = f"{asked.asked_by} asked the applicant for more {moment(asked.asked_at)}"
        elif offer is not None:
            label = offer.get_type_display()
            words = f"{offer.offered_by} offered {label} {moment(offer.offered_at)}"
        else:
            words = f"This application is “{application.get_state_display()}”"
        super().__init__(f"{words}. It waits for the applicant, so this cannot be done now.")


class NotReady(LifecycleError):
    """The application lacks something that must be there before it is sent."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__("Some answers are missing or do not fit this membership type yet.")
        self.assessment = assessment


class Unfinished(LifecycleError):
    """Sections are left that the applicant has not finished; the text names them."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(f"Finish these sections before you send: {', '.join(titles)}.")


class RulesNotAccepted(LifecycleError):
    """Nobody applies without accepting the membership rules of the day."""

    def __init__(self) -> None:
        super().__init__("Tick the box to accept the membership rules.")


class NoFeeSet(LifecycleError):
    """The type has no fee in force."""

    def __init__(self, label: str) -> None:
        super().__init__(f"No fee is set for {label}. Set it in Fee rates first.")


class NothingAsked(LifecycleError):
    """More is asked for by naming what."""

    def __init__(self) -> None:
        super().__init__("Name at least one section, and say what you need there.")


class NotSeparate(LifecycleError):
    """Whoever decides must stand apart from whom they decide about; the text says why not."""

    def __init__(self, why: str) -> None:
        super().__init__(f"You cannot decide on this application: {why}. Ask a colleague.")


class SecondOfficerNeeded(LifecycleError):
    """An approval with something open needs the agreement of another officer."""

    def __init__(self) -> None:
        super().__init__(
            "A second officer must agree to an approval that leaves something open. "
            "Ask for their agreement."
        )


class TooLate(LifecycleError):
    """What was done can no longer be undone like this; the text says what to do instead."""


class NotMet(LifecycleError):
    """A type is offered only where everything that it asks for is met."""

    def __init__(self, label: str, open_words: list[str]) -> None:
        found = "; ".join(words.rstrip(".") for words in open_words)
        super().__init__(f"Not everything is met for {label}: {found}.")


class OfferChanged(LifecycleError):
    """The fee is another one by now, so what was agreed to is not what would be done."""

    def __init__(self) -> None:
        super().__init__("The fee has changed since this page was shown. Please read it again.")


class NoAppeal(LifecycleError):
    """There is no decision that a review could be asked of; the text says why."""


class OverrideNeeded(LifecycleError):
    """Checks are open, and no reason was given for going on without them."""

    def __init__(self, checks: list[str]) -> None:
        super().__init__(
            "Not everything is checked: " + "; ".join(checks) + ". "
            "Finish the checks, or write down why you approve without them."
        )
        self.checks = checks


class NoRenewal(LifecycleError):
    """There is nothing that this person could renew now."""

    def __init__(self) -> None:
        super().__init__(
            "There is no renewal for you to pay at present. If you think that there should be, "
            "please write to the office."
        )
