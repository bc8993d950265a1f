"""Who decides stands apart from the applicant, and somebody else agrees to an override."""

import pytest
from django.contrib.auth.models import Group, Permission

from membership import independence, lifecycle, officers, separation
from membership.independence import Named, Party
from membership.models import Application, FeeDue
from membership.types import MembershipType
from tests.factories import A_DAY, A_MOMENT, make_clerk, make_officer, make_user
from tests.membership import deciding
from tests.membership.deciding import LATER, fresh, make_member_officer, ready, sent

pytestmark = pytest.mark.django_db
State = Application.State
REASONS = {"registration_checked": "Seen on paper.", "references_arrived": "Known to us."}


# Pure ----------------------------------------------------------------------------------------


def named(email: str) -> Named:
    return Named(1, "Reginald Referee", True, Party(emails=(email,)))


@pytest.mark.parametrize(
    ("officer", "words"),
    [
        (Party(emails=("olive@example.org",)), ""),
        (Party(emails=("PRIYA@example.org",)), "it is your own"),
        (Party(emails=("reg@example.org",)), "you are one of the referees"),
        (Party(employers=("Other Care",)), ""),
        (
            Party(employers=("Example Care Ltd.",)),
            "you work for Example Care, as the applicant does",
        ),
        (Party(employers=("",)), ""),
    ],
)
def test_what_speaks_against_a_decider(officer, words):
    applicant = Party(emails=("priya@example.org",), employers=("Example Care", ""))

    assert independence.conflict(officer, applicant, [named("Reg@example.org")]) == words


# Stored --------------------------------------------------------------------------------------


def decisions(application, by):
    given = {"application_id": application.pk, "by": by, "at": A_MOMENT}
    return [
        lambda: lifecycle.approve(**given, override_reason="Known."),
        lambda: lifecycle.ask_second(**given, reasons=REASONS),
        lambda: lifecycle.decline(**given, reason="No."),
        lambda: lifecycle.offer(**given, type=MembershipType.ASSOCIATE, reason="It fits."),
    ]


def conflicted_officer(kind, application):
    if kind == "applicant":
        user = application.person.user
        user.is_staff = user.is_superuser = True
        user.save()
        return user
    if kind == "referee":
        return make_officer(email=application.referees.first().email)
    if kind == "referee as a member":
        return make_member_officer(work_email=application.referees.first().email)
    return make_member_officer(work_organisation="example rehabilitation")


@pytest.mark.parametrize("kind", ["applicant", "referee", "referee as a member", "colleague"])
@pytest.mark.parametrize("number", range(4))
def test_no_decision_by_somebody_too_near(kind, number):
    application = ready()
    officer = conflicted_officer(kind, application)

    with pytest.raises(lifecycle.NotSeparate):
        decisions(application, officer)[number]()

    assert fresh(application).state == State.SUBMITTED
    assert not FeeDue.objects.exists()


def test_a_former_referee_who_was_replaced_may_decide():
    application = ready()
    officer = make_officer(email=application.referees.first().email)
    application.referees.update(replaced_at=A_MOMENT)

    assert separation.why_not(application, officer) == ""


def test_an_officer_whose_own_details_say_nothing_may_decide():
    officer = make_member_officer(work_organisation="")

    assert separation.why_not(ready(), officer) == ""


# The second officer --------------------------------------------------------------------------


@pytest.fixture
def two_agree(settings):
    settings.OVERRIDE_NEEDS_SECOND = True


def open_application():
    """Sent, with a fee, and with nothing checked."""
    application = ready()
    application.person.registrations.update(status="unchecked", checked_on=None, checked_by=None)
    application.referees.update(state="asked", answered_at=None)
    return application


def ask_second(application, by):
    return lifecycle.ask_second(application_id=application.pk, by=by, at=A_MOMENT, reasons=REASONS)


def agree(application, by):
    return lifecycle.agree_as_second(application_id=application.pk, by=by, at=LATER)


@pytest.mark.usefixtures("two_agree")
def test_with_two_officers_one_alone_does_not_override():
    first, _second = make_officer(), make_officer()
    application = open_application()

    with pytest.raises(lifecycle.SecondOfficerNeeded):
        lifecycle.approve(application_id=application.pk, by=first, at=A_MOMENT, reasons=REASONS)

    assert fresh(application).state == State.SUBMITTED


@pytest.mark.usefixtures("two_agree")
def test_a_single_officer_decides_alone():
    application = open_application()
    type(make_user()).objects.filter(is_superuser=True).update(is_active=False)
    only = make_officer()

    lifecycle.approve(application_id=application.pk, by=only, at=A_MOMENT, reasons=REASONS)

    assert fresh(application).override_agreed_by is None
    assert fresh(application).state == State.APPROVED


@pytest.mark.usefixtures("two_agree")
def test_what_is_met_needs_no_second_officer():
    make_officer()
    application = ready()

    lifecycle.approve(application_id=application.pk, by=make_officer(), at=A_MOMENT)

    assert fresh(application).state == State.APPROVED


@pytest.mark.usefixtures("two_agree")
def test_a_judgement_that_the_rules_ask_for_needs_no_second_officer():
    application = ready(dbs_on=A_DAY.replace(year=2021))

    with pytest.raises(lifecycle.OverrideNeeded):
        lifecycle.approve(application_id=application.pk, by=make_officer(), at=A_MOMENT)
    lifecycle.approve(
        application_id=application.pk,
        by=make_officer(),
        at=A_MOMENT,
        reasons={"refer:dbs_older_than_3_years": "Seen the newer one."},
    )

    assert fresh(application).state == State.APPROVED
    assert "Seen the newer one." in fresh(application).override_reason


def test_the_second_officer_agrees_and_it_is_decided_in_both_names():
    first, second = make_officer(), make_officer()
    application = open_application()

    waiting = ask_second(application, first)
    letters_before = deciding.kinds(application)
    fee = agree(application, second)

    application = fresh(application)
    assert (waiting.state, letters_before[-1]) == (State.SUBMITTED, "application_received")
    assert (application.decided_by, application.override_agreed_by) == (first, second)
    assert application.override_asked_by is None
    assert "Seen on paper." in application.override_reason
    assert fee.pence == 9000


def test_nobody_agrees_with_themselves():
    first = make_officer()
    application = open_application()
    ask_second(application, first)

    with pytest.raises(lifecycle.NotSeparate):
        agree(application, first)

    assert fresh(application).state == State.SUBMITTED


def test_a_line_that_opened_since_is_not_agreed_to_unseen():
    application = open_application()
    ask_second(application, make_officer())
    Application.objects.filter(pk=application.pk).update(indemnity_confirmed_at=None)

    with pytest.raises(lifecycle.OverrideNeeded):
        agree(application, make_officer())


def test_who_does_not_agree_puts_it_back_with_the_reason_in_the_history():
    application = open_application()
    ask_second(application, make_officer())

    lifecycle.refuse_as_second(
        application_id=application.pk, by=make_officer(), at=LATER, why="Ask the referee again."
    )

    application = fresh(application)
    assert (application.state, application.override_asked_by) == (State.SUBMITTED, None)
    assert deciding.verbs(application)["did not agree to the approval"] == 1
    with pytest.raises(lifecycle.WrongState):
        agree(application, make_officer())


def test_any_other_step_ends_the_request():
    application = open_application()
    ask_second(application, make_officer())

    lifecycle.decline(application_id=application.pk, by=make_officer(), at=LATER, reason="No.")

    assert fresh(application).override_asked_by is None


def test_each_open_line_needs_its_reason():
    application = sent()
    deciding.checked(application)
    application.referees.update(state="asked", answered_at=None)

    with pytest.raises(lifecycle.OverrideNeeded) as caught:
        lifecycle.approve(
            application_id=application.pk,
            by=make_officer(),
            at=A_MOMENT,
            reasons={"registration_checked": "Seen."},
        )

    assert caught.value.checks == ["0 of 2 references arrived"]


@pytest.mark.parametrize("way", ["own", "group", "superuser"])
def test_whoever_holds_the_permission_counts_as_an_officer(way):
    permission = Permission.objects.get(codename="override_check")
    if way == "superuser":
        user = make_officer()
    else:
        user = make_clerk()
        if way == "own":
            user.user_permissions.add(permission)
        else:
            group = Group.objects.create(name="Officers")
            group.permissions.add(permission)
            user.groups.add(group)
    make_clerk()

    assert list(officers.who_may("membership.override_check")) == [user]
