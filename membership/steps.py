"""The application as a list of sections: who needs each, and when it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from membership.known import Known
from membership.models import Application, Referee
from membership.types import FACTS, MembershipType

REFEREES = (1, 2)


def everybody(_application: Application) -> bool:
    return True


def practising(application: Application) -> bool:
    """Case Managers and Associates: the evidence of “before you apply” is theirs to show."""
    return bool(application.type) and FACTS[MembershipType(application.type)].practising


def with_a_body(application: Application) -> bool:
    return practising(application) and application.vocational_only is not True


def of_type(*types: MembershipType) -> Callable[[Application], bool]:
    return lambda application: application.type in types


def always(_known: Known) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """One section: a page with one form, or a list of entries (see membership/forms_of.py).

    `holds` says what must be true of the stored answers beside the applicant's word that the
    section is done; `about_person` whether its answers outlive the application; `takes_files`
    whether the applicant may add evidence files; `first` the page of a list's first entry.
    """

    key: str
    title: str
    needed: Callable[[Application], bool] = everybody
    about_person: bool = False
    started: Callable[[Known], bool] = always
    holds: Callable[[Known], bool] = always
    hint: str = ""
    words: str = ""
    takes_files: bool = False
    first: str = ""

    def is_done(self, known: Known) -> bool:
        return self.key in known.application.sections_done and self.holds(known)

    @property
    def path(self) -> str:
        return f"/apply/{self.key}/"

    def begins_at(self, known: Known) -> str:
        """Its own page; an empty list that must not stay empty begins with its first entry."""
        is_empty = self.first and not self.started(known) and not self.holds(known)
        return self.path + self.first if is_empty else self.path


def _employed_where_needed(known: Known) -> bool:
    """An Associate may have no case management behind them; a Case Manager may not."""
    return known.application.type == MembershipType.ASSOCIATE or bool(known.employments)


def _two_referees(known: Known) -> bool:
    lost = (Referee.State.REFUSED, Referee.State.BOUNCED)
    named = [one for one in known.referees if one.state not in lost]
    return len(named) == len(REFEREES)


def _areas_fit(known: Known) -> bool:
    return not (known.application.vocational_only and known.clinical_areas)


STEPS: tuple[Step, ...] = (
    Step(
        "type",
        "Membership type",
        started=lambda known: bool(known.application.type),
        holds=lambda known: bool(known.application.type),
    ),
    Step(
        "home",
        "Home details",
        about_person=True,
        started=lambda known: bool(known.person.name),
        holds=lambda known: bool(known.person.name and known.person.address_line_1),
        words="Never shown in the directory. The office uses them to reach you.",
    ),
    Step(
        "work",
        "Work details",
        needed=of_type(
            MembershipType.CASE_MANAGER,
            MembershipType.ASSOCIATE,
            MembershipType.SUPPORTER,
            MembershipType.OVERSEAS,
        ),
        about_person=True,
        started=lambda known: bool(known.person.work_organisation),
    ),
    Step(
        "practice",
        "Where you practise",
        needed=lambda application: application.type != MembershipType.SUPPORTER,
        started=lambda known: bool(known.application.practice),
        holds=lambda known: bool(known.application.practice),
    ),
    Step(
        "route",
        "Clinical or vocational",
        needed=practising,
        started=lambda known: known.application.vocational_only is not None,
        holds=lambda known: known.application.vocational_only is not None,
    ),
    Step(
        "qualifications",
        "Qualifications",
        needed=practising,
        started=lambda known: bool(known.qualifications),
        holds=lambda known: bool(known.qualifications),
        words="Tell us of each qualification that relates to your case management practice.",
        first="add/",
        takes_files=True,
    ),
    Step(
        "registration",
        "Registered body",
        needed=with_a_body,
        started=lambda known: known.registration is not None,
        holds=lambda known: known.registration is not None,
    ),
    Step(
        "history",
        "Work history",
        needed=practising,
        started=lambda known: bool(known.employments),
        holds=_employed_where_needed,
        words="Tell us of every job in which you worked as a case manager, with its dates.",
        first="add/",
    ),
    Step(
        "referees",
        "Two referees",
        needed=practising,
        started=lambda known: bool(known.referees),
        holds=_two_referees,
        words="Both professional, or one professional and one personal.",
    ),
    Step(
        "dbs",
        "DBS check",
        needed=practising,
        started=lambda known: known.application.dbs_on is not None,
        holds=lambda known: known.application.dbs_on is not None,
        words="DBS, PVG (Scotland) or AccessNI (Northern Ireland).",
    ),
    Step(
        "indemnity",
        "Professional indemnity insurance",
        needed=practising,
        started=lambda known: known.application.indemnity_confirmed_at is not None,
        holds=lambda known: known.application.indemnity_confirmed_at is not None,
        takes_files=True,
    ),
    Step(
        "expertise",
        "Areas of expertise",
        needed=practising,
        started=lambda known: bool(known.areas),
        holds=_areas_fit,
        words=(
            "You ask for areas here and the office assigns them. Clinical areas need a clinical "
            "qualification and a registration that the office has checked."
        ),
    ),
    Step(  # asks whether they practise as well, so that nobody is asked twice
        "supporter",
        "Your role",
        needed=of_type(MembershipType.SUPPORTER),
        started=lambda known: bool(known.application.supporter_role),
        holds=lambda known: bool(known.application.supporter_role),
    ),
    Step(
        "overseas",
        "Practice abroad",
        needed=of_type(MembershipType.OVERSEAS),
        started=lambda known: bool(known.application.overseas_country),
        holds=lambda known: known.application.overseas_accepted_at is not None,
    ),
    Step(
        "course",
        "Your course",
        needed=of_type(MembershipType.STUDENT),
        started=lambda known: bool(known.application.course_title),
        holds=lambda known: bool(known.application.course_relation),
    ),
)


def needed_by(application: Application) -> list[Step]:
    """The sections of this application, in order."""
    return [step for step in STEPS if step.needed(application)]


def find(key: str, application: Application) -> Step | None:
    """A section by its key; None where there is none, or this application does not need it."""
    return next((step for step in needed_by(application) if step.key == key), None)


def may_change(key: str, known: Known) -> bool:
    """Whether a section is open: all of a draft; later what was asked for, and what is missing.

    Another type may need sections that nobody was asked for, so what is not done is open, too.
    """
    step = find(key, known.application)
    if step is None or known.application.state == Application.State.DRAFT:
        return known.application.state == Application.State.DRAFT
    if not known.application.is_editable:
        return False
    return key in known.asked or not step.is_done(known)


def unfinished(known: Known) -> list[Step]:
    return [step for step in needed_by(known.application) if not step.is_done(known)]


def after(key: str, known: Known) -> Step | None:
    """The next unfinished section after this one, or else the first that is left.

    One is looked at after the other, so that no answers are read beyond the one that is found.
    """
    order = [step.key for step in STEPS]
    needed = needed_by(known.application)
    later = [step for step in needed if order.index(step.key) > order.index(key)]
    earlier = [step for step in needed if step not in later]
    return next((step for step in (*later, *earlier) if not step.is_done(known)), None)
