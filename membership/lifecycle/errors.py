"""Why a step could not be taken, in words for the person who tried."""

from django.utils import timezone

from foundation.dates import in_words
from membership.eligibility import Assessment
from membership.models import Application


class LifecycleError(Exception):
    """The step was not taken and nothing changed; the text says why."""


class WrongState(LifecycleError):
    """The application or fee is not where this step starts from."""


class AlreadyDecided(WrongState):
    """Somebody decided before; the text names them and the moment, by the clock in London."""

    def __init__(self, application: Application) -> None:
        verb = "declined" if application.state == Application.State.DECLINED else "approved"
        when = ""
        if application.decided_at is not None:
            at = timezone.localtime(application.decided_at)
            when = f" on {in_words(at.date())} at {at:%H:%M}"
        super().__init__(f"Already {verb} by {application.decided_by}{when}.")


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
