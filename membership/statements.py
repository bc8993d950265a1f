"""What applicants confirm and accept, word for word: shown on the forms, kept in their history."""

from collections.abc import Iterator

from membership.models import Application

DBS = "I confirm that I have been checked under this scheme"
INDEMNITY = (
    "I confirm that I have professional indemnity insurance for my case management practice, my "
    "own or my employer's"
)
OVERSEAS = "CMSUK does not hold responsibility for practice of Case Management outside the UK."
CONFIRMED = "confirmed and accepted"


def rules_words(version: str) -> str:
    """The tick before an application is sent."""
    return (
        f"I accept the Articles of Association and the Membership Rules ({version}), and what I "
        "have written is true"
    )


def made_in(application: Application) -> Iterator[str]:
    """Every statement that somebody made by sending an application, as they read it."""
    if application.rules_accepted_at:
        yield rules_words(application.rules_accepted_version)
    if application.dbs_confirmed_at:
        yield DBS
    if application.indemnity_confirmed_at:
        yield INDEMNITY
    if application.overseas_accepted_at:
        yield f"I have read and accept this: {OVERSEAS}"
