"""What must always be true of people, applications, fees and letters: each is tried to be broken.

Every case starts from rows that are right and changes them past all Python, as a slip in a script
would: by `update()` where there is a row, by `create()` where there must be a second one.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from foundation import anchors, history, letters
from foundation.models import AnchoredHead, Event, Letter, MadeFile, SweepRun
from membership.models import (
    Appeal,
    Application,
    Arrival,
    ArrivalFile,
    AskedItem,
    Assurance,
    Card,
    EligibilityRules,
    Employment,
    ExpertiseArea,
    ExpertiseAssignment,
    FeeDue,
    Membership,
    MoneyKnown,
    Person,
    Qualification,
    Referee,
    Registration,
    TypeOffer,
    User,
)
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_draft_rules,
    make_evidence_file,
    make_fee,
    make_fee_rate,
    make_member,
    make_officer,
    make_person,
    make_ready_application,
    make_referee,
    make_registration,
    make_rules,
    make_user,
)

pytestmark = pytest.mark.django_db
NEXT_YEAR = A_DAY + dt.timedelta(days=365)
BREAKERS: list[tuple[str, Callable[[], object]]] = []


def breaks(name: str):
    """Register one way of breaking a constraint."""

    def note(breaker: Callable[[], object]) -> Callable[[], object]:
        BREAKERS.append((name, breaker))
        return breaker

    return note


# People --------------------------------------------------------------------------------------


@breaks("email_once_whatever_its_case")
def _two_logins_by_one_address():
    make_user(email="pat@example.org")
    User.objects.filter(pk=make_user().pk).update(email="Pat@Example.org")


@breaks("nobody_is_merged_into_themselves")
def _merged_into_oneself():
    person = make_person()
    Person.objects.filter(pk=person.pk).update(merged_into=person.pk)


@breaks("a_death_has_its_day_and_who_recorded_it")
def _a_death_that_nobody_recorded():
    Person.objects.filter(pk=make_person().pk).update(died_on=A_DAY)


@breaks("a_death_has_its_day_and_who_recorded_it")
def _a_death_without_its_day():
    recorded = {"death_recorded_at": A_MOMENT, "death_recorded_by": make_officer()}
    Person.objects.filter(pk=make_person().pk).update(**recorded)


@breaks("card_has_a_token")
def _a_card_that_anybody_guesses():
    card = Card.objects.create(membership=make_member().membership, issued_at=A_MOMENT)
    Card.objects.filter(pk=card.pk).update(token="")


# Dates that are watched ----------------------------------------------------------------------


def an_insurance(**kwargs):
    facts = {"person": make_person(), "kind": "indemnity", "dated_on": A_DAY, "told_at": A_MOMENT}
    return Assurance.objects.create(**{**facts, **kwargs})


@breaks("one_date_a_person_and_kind")
def _two_insurances_of_one_person():
    an_insurance(person=an_insurance().person)


@breaks("a_seen_date_names_who_saw_it")
def _a_date_that_nobody_saw():
    Assurance.objects.filter(pk=an_insurance().pk).update(checked_on=A_DAY)


@breaks("what_a_member_tells_has_its_moment")
def _told_without_a_moment():
    told = Registration.objects.filter(pk=make_registration(make_person()).pk)
    told.update(told_until=A_DAY)


# Evidence ------------------------------------------------------------------------------------


@breaks("qualification_year_is_plausible")
def _year_too_early():
    make_ready_application()
    Qualification.objects.update(year=1939)


@breaks("qualification_year_is_plausible")
def _year_too_late():
    make_ready_application()
    Qualification.objects.update(year=2101)


@breaks("registration_once_a_person")
def _registration_twice():
    person = make_person()
    make_registration(person)
    make_registration(person)


@breaks("registration_status_has_its_checker")
def _checked_by_nobody():
    make_registration(make_person())
    Registration.objects.update(checked_by=None)


@breaks("registration_status_has_its_checker")
def _checked_on_no_day():
    make_registration(make_person())
    Registration.objects.update(checked_on=None)


@breaks("registration_status_has_its_checker")
def _registered_without_a_look():
    make_registration(make_person(), verified=False)
    Registration.objects.update(status="registered")


@breaks("employment_ends_after_it_starts")
def _ends_before_it_starts():
    make_ready_application()
    Employment.objects.update(ended_on=dt.date(2022, 12, 31))


@breaks("employment_hours_fit_a_week")
def _too_many_hours():
    make_ready_application()
    Employment.objects.update(hours_per_week=81)


@breaks("employment_hours_fit_a_week")
def _negative_hours():
    make_ready_application()
    Employment.objects.update(hours_per_week=-1)


# Expertise -----------------------------------------------------------------------------------


def assignment(area: str = "brain_injury") -> ExpertiseAssignment:
    person = make_person()
    return ExpertiseAssignment.objects.create(
        person=person,
        area_id=area,
        registration=make_registration(person),
        assigned_by=make_officer(),
        assigned_at=A_MOMENT,
    )


@breaks("vocational_alone_is_not_clinical")
def _a_second_area_that_is_not_clinical():
    ExpertiseArea.objects.filter(pk="brain_injury").update(is_clinical=False)


@breaks("vocational_alone_is_not_clinical")
def _vocational_made_clinical():
    ExpertiseArea.objects.filter(pk="vocational").update(is_clinical=True)


@breaks("expertise_assigned_once")
def _assigned_twice():
    first = assignment()
    ExpertiseAssignment.objects.create(
        person=first.person,
        area=first.area,
        registration=first.registration,
        assigned_by=first.assigned_by,
        assigned_at=A_MOMENT,
    )


@breaks("clinical_expertise_names_its_registration")
def _clinical_without_registration():
    assignment()
    ExpertiseAssignment.objects.update(registration=None)


@breaks("clinical_expertise_names_its_registration")
def _vocational_turned_clinical_without_registration():
    made = assignment("vocational")
    ExpertiseAssignment.objects.filter(pk=made.pk).update(registration=None)
    ExpertiseAssignment.objects.filter(pk=made.pk).update(area="brain_injury")


# Rules and rates -----------------------------------------------------------------------------


@breaks("rules_have_a_version")
def _rules_without_a_name():
    make_rules()
    EligibilityRules.objects.filter(version="test").update(version="")


@breaks("rules_ask_for_two_referees")
def _rules_with_one_referee():
    EligibilityRules.objects.update(referees_required=1)


@breaks("rules_ask_for_some_experience")
def _rules_without_months():
    EligibilityRules.objects.update(months_required=0)


@breaks("rules_ask_for_some_experience")
def _rules_without_hours():
    EligibilityRules.objects.update(hours_required=0)


@breaks("one_version_of_the_rules_a_day")
def _two_adopted_versions_from_a_day():
    make_rules(version="one", effective_from=A_DAY)
    make_draft_rules(version="two", effective_from=A_DAY)
    EligibilityRules.objects.filter(version="two").update(
        adopted_at=A_MOMENT, board_minute="Minute 2"
    )


@breaks("adopted_rules_have_a_day_and_a_minute")
def _adopted_from_no_day():
    make_rules()
    EligibilityRules.objects.filter(version="test").update(effective_from=None)


@breaks("adopted_rules_have_a_day_and_a_minute")
def _adopted_without_a_minute():
    EligibilityRules.objects.update(board_minute="")


@breaks("adopted_rules_have_a_day_and_a_minute")
def _a_draft_with_a_minute():
    make_draft_rules()
    EligibilityRules.objects.filter(version="next").update(board_minute="Minute 2")


@breaks("adopted_rules_have_a_day_and_a_minute")
def _a_draft_with_an_adopter():
    make_draft_rules()
    EligibilityRules.objects.filter(version="next").update(adopted_by=make_officer())


@breaks("one_fee_a_type_and_day")
def _two_rates_on_a_day():
    make_fee_rate()
    make_fee_rate()


# Applications and referees -------------------------------------------------------------------


@breaks("one_open_application_a_person")
def _two_open_applications():
    make_application(make_application().person, Application.State.SUBMITTED)


@breaks("one_open_application_a_person")
def _a_closed_one_opened_beside_another():
    person = make_application().person
    closed = make_application(person, Application.State.WITHDRAWN)
    Application.objects.filter(pk=closed.pk).update(state="submitted")


@breaks("only_drafts_were_never_submitted")
def _submitted_at_no_moment():
    Application.objects.filter(pk=make_application().pk).update(state="submitted")


@breaks("only_drafts_were_never_submitted")
def _submitted_for_no_type():
    made = make_application(state="submitted")
    Application.objects.filter(pk=made.pk).update(type="")


@breaks("only_drafts_were_never_submitted")
def _submitted_under_no_rules():
    made = make_application(state="submitted")
    Application.objects.filter(pk=made.pk).update(rules_version="")


@breaks("decisions_have_a_decider")
def _approved_by_nobody():
    made = make_application(state="submitted")
    Application.objects.filter(pk=made.pk).update(state="approved")


@breaks("decisions_have_a_decider")
def _a_decider_without_a_decision():
    made = make_application(state="submitted")
    Application.objects.filter(pk=made.pk).update(decided_by=make_officer().pk, decided_at=A_MOMENT)


@breaks("decisions_have_a_decider")
def _a_decision_whose_moment_was_taken():
    made = make_application(state="declined")
    Application.objects.filter(pk=made.pk).update(decided_at=None)


@breaks("declined_with_a_reason")
def _declined_without_a_reason():
    made = make_application(state="declined")
    Application.objects.filter(pk=made.pk).update(decision_reason="")


@breaks("more_information_says_what")
def _asked_for_nothing():
    made = make_application(state="more_information")
    Application.objects.filter(pk=made.pk).update(question="")


@breaks("one_referee_a_place")
def _two_referees_in_a_place():
    application = make_application()
    make_referee(application, 1)
    make_referee(application, 1)


@breaks("two_places_for_referees")
def _a_third_referee():
    make_referee(make_application(), 1)
    Referee.objects.update(position=3)


@breaks("an_answer_has_its_moment")
def _answered_at_no_moment():
    make_referee(make_application(), 1)
    Referee.objects.update(state="answered")


@breaks("an_answer_has_its_moment")
def _a_moment_without_an_answer():
    make_referee(make_application(), 1)
    Referee.objects.update(answered_at=A_MOMENT)


# Fees and memberships ------------------------------------------------------------------------


def paid(**kwargs) -> FeeDue:
    return make_fee(settled_on=A_DAY, starts_on=A_DAY, ends_on=NEXT_YEAR, **kwargs)


@breaks("one_outstanding_fee_a_person")
def _two_fees_to_pay():
    make_fee(make_fee().person)


@breaks("one_outstanding_fee_a_person")
def _a_cancelled_fee_revived_beside_another():
    person = make_fee().person
    cancelled = make_fee(person, cancelled_at=A_MOMENT)
    FeeDue.objects.filter(pk=cancelled.pk).update(cancelled_at=None)


@breaks("one_fee_an_application")
def _two_fees_for_an_application():
    application = make_application(state="approved")
    paid(person=application.person, application=application)
    make_fee(application.person, application=application)


@breaks("periods_of_a_person_never_overlap")
def _two_periods_from_a_day():
    first = paid()
    paid(person=first.person)


def two_years_of_one_person():
    member = make_member(starts_on=dt.date(2025, 6, 1), ends_on=dt.date(2026, 5, 31))
    return make_fee(
        member,
        purpose="renewal",
        settled_on=A_DAY,
        starts_on=dt.date(2026, 6, 1),
        ends_on=dt.date(2027, 5, 31),
    )


@breaks("periods_of_a_person_never_overlap")
def _a_year_that_begins_on_the_last_day_of_another():
    second = two_years_of_one_person()
    FeeDue.objects.filter(pk=second.pk).update(starts_on=dt.date(2026, 5, 31))


@breaks("periods_of_a_person_never_overlap")
def _a_year_that_ends_on_the_first_day_of_another():
    first = two_years_of_one_person().person.fees.earliest("starts_on")
    FeeDue.objects.filter(pk=first.pk).update(ends_on=dt.date(2026, 6, 1))


@breaks("periods_of_a_person_never_overlap")
def _a_year_within_another():
    member = make_member(starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31))
    within = {"starts_on": dt.date(2026, 3, 1), "ends_on": dt.date(2026, 3, 1)}
    make_fee(member, settled_on=A_DAY, **within)


@breaks("periods_of_a_person_never_overlap")
def _a_year_around_another():
    member = make_member(starts_on=dt.date(2026, 3, 1), ends_on=dt.date(2026, 3, 1))
    around = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    make_fee(member, settled_on=A_DAY, **around)


@breaks("periods_are_whole")
def _a_period_without_an_end():
    paid()
    FeeDue.objects.update(ends_on=None)


@breaks("periods_are_whole")
def _a_period_without_a_start():
    make_fee()
    FeeDue.objects.update(ends_on=A_DAY)


@breaks("periods_are_whole")
def _a_period_that_ends_before_it_starts():
    paid()
    FeeDue.objects.update(ends_on=A_DAY - dt.timedelta(days=1))


@breaks("no_period_without_money_or_waiver")
def _a_period_for_nothing():
    make_fee()
    FeeDue.objects.update(starts_on=A_DAY, ends_on=NEXT_YEAR)


@breaks("no_period_without_money_or_waiver")
def _a_period_whose_money_was_taken_back():
    paid()
    FeeDue.objects.update(settled_on=None)


@breaks("no_period_without_money_or_waiver")
def _a_period_both_paid_and_waived():
    paid()
    FeeDue.objects.update(waived_at=A_MOMENT, waived_by=make_officer().pk, waiver_reason="Twice.")


@breaks("waivers_have_a_name_and_a_reason")
def _waived_by_nobody():
    make_fee()
    FeeDue.objects.update(waived_at=A_MOMENT, waiver_reason="So.")


@breaks("waivers_have_a_name_and_a_reason")
def _waived_for_no_reason():
    make_fee()
    FeeDue.objects.update(waived_at=A_MOMENT, waived_by=make_officer().pk)


@breaks("waivers_have_a_name_and_a_reason")
def _a_reason_without_a_waiver():
    make_fee()
    FeeDue.objects.update(waiver_reason="So.")


@breaks("only_open_fees_are_cancelled")
def _a_paid_fee_cancelled():
    paid()
    FeeDue.objects.update(cancelled_at=A_MOMENT)


@breaks("suspensions_have_a_name_and_a_reason")
def _suspended_by_nobody():
    make_member()
    Membership.objects.update(suspended_at=A_MOMENT, suspension_reason="So.")


@breaks("suspensions_have_a_name_and_a_reason")
def _suspended_for_no_reason():
    make_member()
    Membership.objects.update(suspended_at=A_MOMENT, suspended_by=make_officer().pk)


@breaks("suspensions_have_a_name_and_a_reason")
def _a_reason_without_a_suspension():
    make_member()
    Membership.objects.update(suspension_reason="So.")


# Evidence files ------------------------------------------------------------------------------


@breaks("no_evidence_file_for_dbs")
def _a_scan_of_a_dbs_certificate():
    make_evidence_file(make_application(), section="dbs")


@breaks("no_evidence_file_for_dbs")
def _a_file_of_no_section():
    make_evidence_file(make_application(), section="")


@breaks("refused_files_are_not_kept")
def _a_refused_file_that_is_still_in_the_store():
    make_evidence_file(make_application(), state="refused")


@breaks("refused_files_are_not_kept")
def _a_clean_file_that_is_nowhere():
    make_evidence_file(make_application(), stored_as="")


@breaks("evidence_file_shows_pages_or_a_picture")
def _a_web_page_as_evidence():
    make_evidence_file(make_application(), kind="text/html")


@breaks("evidence_file_is_not_empty")
def _an_empty_file():
    make_evidence_file(make_application(), bytes=0)


@breaks("evidence_file_once_a_section")
def _the_same_file_twice():
    application = make_application()
    for _ in range(2):
        make_evidence_file(application, sha256="0" * 64)


@breaks("evidence_file_stored_under_its_own_name")
def _two_rows_for_the_same_bytes():
    for _ in range(2):
        make_evidence_file(make_application(), stored_as="0" * 32)


# Letters and history -------------------------------------------------------------------------


def letter() -> Letter:
    person = make_person()
    return letters.queue(
        "resigned", key="a letter", to=person.email, context={"person": person}, at=A_MOMENT
    )


@breaks("letter_has_a_recipient")
def _a_letter_to_nobody():
    letter()
    Letter.objects.update(to="")


@breaks("letter_went_or_was_refused")
def _a_letter_that_went_and_was_refused():
    letter()
    Letter.objects.update(sent_at=A_MOMENT, refused_at=A_MOMENT)


@breaks("only_what_went_comes_back")
def _a_letter_that_came_back_before_it_went():
    letter()
    Letter.objects.update(returned_at=A_MOMENT)


@breaks("letter_has_a_key")
def _a_letter_about_nothing():
    letter()
    Letter.objects.update(key="")


@breaks("event_number_once_a_chain")
def _two_lines_of_one_number():
    line = history.record("a subject", "one", at=A_MOMENT, by=None)
    line.digest = "another"
    Event.objects.bulk_create([line])


@breaks("event_numbers_from_one")
def _a_line_before_the_first():
    line = history.record("a subject", "one", at=A_MOMENT, by=None)
    line.digest, line.number = "another", 0
    Event.objects.bulk_create([line])


@breaks("one_head_a_chain_and_anchor")
def _two_heads_of_a_chain_in_one_anchor():
    history.record("a subject", "one", at=A_MOMENT, by=None)
    anchors.anchor(at=A_MOMENT)
    held = AnchoredHead.objects.get()
    held.leaf = "another"
    AnchoredHead.objects.bulk_create([held])


@breaks("one_day_until_which_money_is_known")
def _money_known_until_two_days():
    MoneyKnown.objects.create(until_on=A_DAY)
    MoneyKnown.objects.create(id=2, until_on=NEXT_YEAR)


# Questions, offers, appeals ------------------------------------------------------------------


def make_item(**kwargs):
    facts = {
        "application": make_application(state="more_information"),
        "section": "dbs",
        "words": "Which certificate?",
        "asked_at": A_MOMENT,
        "asked_by": make_officer(),
    }
    return AskedItem.objects.create(**{**facts, **kwargs})


def make_offer(**kwargs):
    facts = {
        "application": make_application(state="offered"),
        "type": "associate",
        "reason": "It fits.",
        "offered_at": A_MOMENT,
        "offered_by": make_officer(),
        "expires_on": NEXT_YEAR,
    }
    return TypeOffer.objects.create(**{**facts, **kwargs})


def make_appeal(**kwargs):
    application = make_application(state="declined")
    facts = {
        "application": application,
        "reasons": "I am registered.",
        "asked_at": A_MOMENT,
        "due_on": NEXT_YEAR,
        "against": application.decided_by,
    }
    return Appeal.objects.create(**{**facts, **kwargs})


@breaks("asked_items_say_what")
def _asked_without_words():
    make_item(words="")


@breaks("asked_before_it_is_closed")
def _closed_before_it_was_asked():
    make_item(closed_at=A_MOMENT - dt.timedelta(days=1))


@breaks("one_open_item_a_section")
def _a_section_asked_about_twice():
    make_item(application=make_item().application)


@breaks("offers_say_why")
def _offered_for_no_reason():
    make_offer(reason="")


@breaks("offers_end_with_an_outcome")
def _an_offer_that_ended_nowhere():
    make_offer(closed_at=A_MOMENT)


@breaks("offers_end_with_an_outcome")
def _agreed_to_at_no_moment():
    make_offer(outcome="agreed")


@breaks("one_open_offer_an_application")
def _two_offers_at_once():
    make_offer(application=make_offer().application)


@breaks("appeals_have_reasons")
def _an_appeal_without_reasons():
    make_appeal(reasons="")


@breaks("appeals_end_with_an_answer_and_a_name")
def _answered_by_nobody():
    make_appeal(outcome="upheld", answer="It stands.", closed_at=A_MOMENT)


@breaks("appeals_end_with_an_answer_and_a_name")
def _answered_without_a_word():
    make_appeal(outcome="upheld", closed_at=A_MOMENT, closed_by=make_officer())


@breaks("appeals_are_decided_by_somebody_else")
def _answered_by_who_decided():
    made = make_appeal()
    Appeal.objects.filter(pk=made.pk).update(
        outcome="upheld", answer="It stands.", closed_at=A_MOMENT, closed_by=made.against
    )


@breaks("one_open_appeal_an_application")
def _two_appeals_at_once():
    make_appeal(application=make_appeal().application)


@breaks("overrides_wait_with_a_name_and_a_reason")
def _a_second_officer_asked_by_nobody():
    made = make_application(state="submitted", override_reason="Known.")
    Application.objects.filter(pk=made.pk).update(override_asked_at=A_MOMENT)


@breaks("overrides_wait_with_a_name_and_a_reason")
def _a_second_officer_asked_without_a_reason():
    made = make_application(state="submitted")
    Application.objects.filter(pk=made.pk).update(
        override_asked_at=A_MOMENT, override_asked_by=make_officer().pk
    )


@breaks("overrides_wait_with_a_name_and_a_reason")
def _a_second_officer_asked_after_the_decision():
    made = make_application(state="approved", override_reason="Known.")
    Application.objects.filter(pk=made.pk).update(
        override_asked_at=A_MOMENT, override_asked_by=make_officer().pk
    )


@breaks("overrides_are_agreed_by_somebody_else")
def _the_second_officer_is_the_first():
    made = make_application(state="approved", override_reason="Known.")
    Application.objects.filter(pk=made.pk).update(override_agreed_by=made.decided_by)


@breaks("overrides_are_agreed_by_somebody_else")
def _agreed_before_the_decision():
    made = make_application(state="submitted")
    Application.objects.filter(pk=made.pk).update(override_agreed_by=make_officer().pk)


# Members from before the portal ---------------------------------------------------------------


def make_file(**facts: object) -> ArrivalFile:
    return ArrivalFile.objects.create(name="members.csv", sent_at=A_MOMENT, **facts)


@breaks("people_come_by_files_that_were_confirmed")
def _people_of_a_file_that_nobody_confirmed():
    make_file(brought_in=1)


@breaks("people_come_by_files_that_were_confirmed")
def _a_file_that_was_confirmed_before_it_was_sent():
    make_file(confirmed_at=A_MOMENT - dt.timedelta(seconds=1))


@breaks("letters_go_once_a_file_is_done")
def _letters_of_a_file_that_is_not_done():
    make_file(confirmed_at=A_MOMENT, letters_at=A_MOMENT)


@breaks("files_of_members_are_undone_after_they_are_done")
def _a_file_undone_before_it_was_done():
    make_file(confirmed_at=A_MOMENT, undone_at=A_MOMENT)


@breaks("files_of_members_are_undone_after_they_are_done")
def _more_taken_back_than_came():
    make_file(confirmed_at=A_MOMENT, done_at=A_MOMENT, undone_at=A_MOMENT, undone=1)


@breaks("a_line_brings_one_person")
def _two_people_of_one_line():
    file = make_file(confirmed_at=A_MOMENT)
    for _each in range(2):
        Arrival.objects.create(file=file, line=2, person=make_person(), came_at=A_MOMENT)


# Jobs ----------------------------------------------------------------------------------------


@breaks("sweeps_have_a_name")
def _a_job_without_a_name():
    SweepRun.objects.create(name="", first_at=A_MOMENT, finished_at=A_MOMENT)


@breaks("sweeps_ended_somehow")
def _a_job_that_never_ended():
    SweepRun.objects.create(name="a job", first_at=A_MOMENT)


# Files that a worker puts together --------------------------------------------------------------


def _file_under_way() -> MadeFile:
    return MadeFile.objects.create(maker="a.task", whose="somebody", asked_at=A_MOMENT)


@breaks("a_file_is_put_together_once_at_a_time")
def _the_same_file_asked_for_twice():
    _file_under_way()
    _file_under_way()


@breaks("made_files_hold_something")
def _a_file_that_is_ready_and_empty():
    _file_under_way()
    MadeFile.objects.update(made_at=A_MOMENT, bytes=0)


@breaks("made_files_hold_something")
def _bytes_of_a_file_that_is_not_ready():
    _file_under_way()
    MadeFile.objects.update(bytes=1)


@breaks("files_are_made_or_given_up")
def _a_file_that_is_ready_and_given_up():
    _file_under_way()
    MadeFile.objects.update(made_at=A_MOMENT, bytes=1, stopped_at=A_MOMENT)


@pytest.mark.parametrize(
    ("name", "breaker"), BREAKERS, ids=[breaker.__name__.strip("_") for _, breaker in BREAKERS]
)
def test_the_database_refuses(name, breaker):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        breaker()

    words = str(caught.value)
    # SQLite names the columns of a unique index instead of the index.
    assert name in words or "UNIQUE constraint failed" in words


def test_every_constraint_has_a_test_that_tries_to_break_it():
    rooms = [apps.get_app_config("membership"), apps.get_app_config("foundation")]

    kept = {
        constraint.name
        for room in rooms
        for model in room.get_models()
        for constraint in model._meta.constraints
    }

    assert kept == {name for name, _ in BREAKERS}


def test_days_that_two_people_share_or_that_follow_each_other_overlap_nothing():
    two_years_of_one_person()
    two_years_of_one_person()
    make_fee(make_fee().person, cancelled_at=A_MOMENT)

    assert FeeDue.objects.exclude(starts_on=None).count() == 4


@pytest.mark.parametrize(
    ("model", "field"), [(Application, "reference"), (Membership, "number"), (Person, "key")]
)
def test_what_names_a_row_names_no_other(model, field):
    for _ in range(2):
        make_application(make_member())
    taken = getattr(model.objects.first(), field)

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**{field: taken})
