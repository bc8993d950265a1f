"""From the offer on the profile to the membership of another type."""

import datetime as dt
import itertools

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse

from foundation.dates import add_months
from foundation.models import Letter
from membership import lifecycle, standing, upgrades
from membership.models import Application, Employment, FeeDue, Membership, Referee
from membership.steps import STEPS
from membership.types import MembershipType
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_fee,
    make_fee_rate,
    make_member,
    make_officer,
    make_person,
    make_ready_application,
    make_user,
)
from tests.membership import applying
from tests.refusing import refuse_history_of

pytestmark = pytest.mark.django_db

STARTS, ENDS = dt.date(2026, 6, 1), dt.date(2027, 5, 31)


def make_associate(started_on=dt.date(2023, 1, 1), **kwargs):
    """A current Associate who applied with everything, and whose references are still kept."""
    application = make_ready_application(type="associate", **kwargs)
    application.person.employments.update(started_on=started_on, hours_per_week=None)
    application.referees.update(state=Referee.State.ANSWERED, answered_at=A_MOMENT, opinion="Good")
    Application.objects.filter(pk=application.pk).update(
        state=Application.State.ACTIVATED,
        submitted_at=A_MOMENT,
        rules_version="2026-1",
        decided_at=A_MOMENT,
        decided_by=make_officer(),
        sections_done=["type"],
    )
    return make_member(application.person, type=MembershipType.ASSOCIATE)


def submitted_upgrade(person, type="case_manager"):
    application = upgrades.begin(person=person, type=type, on=A_DAY, at=A_MOMENT)
    application.dbs_confirmed_at = application.indemnity_confirmed_at = A_MOMENT
    application.rules_accepted_at = A_MOMENT
    application.sections_done = [step.key for step in STEPS]
    application.save()
    return lifecycle.submit(application_id=application.pk, by=person.user, at=A_MOMENT)


def approve(application):
    return lifecycle.approve(
        application_id=application.pk, by=make_officer(), at=A_MOMENT, override_reason="Known."
    )


def periods(person):
    rows = FeeDue.objects.filter(person=person, starts_on__isnull=False).order_by("starts_on")
    return [(fee.type, fee.starts_on, fee.ends_on) for fee in rows]


# The offer -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type", "types"),
    [
        ("associate", ("case_manager",)),
        ("overseas", ("case_manager", "associate")),
        ("student", ("case_manager", "associate")),
    ],
)
def test_who_may_upgrade_is_offered_it(type, types):
    assert upgrades.offer(make_member(type=type), A_DAY).types == types


@pytest.mark.parametrize("type", ["case_manager", "supporter"])
def test_case_managers_and_supporters_are_offered_nothing(type):
    assert upgrades.offer(make_member(type=type), A_DAY) is None


@pytest.mark.parametrize(
    ("on", "is_offered"),
    [(ENDS, True), (ENDS + dt.timedelta(days=30), True), (ENDS + dt.timedelta(days=31), False)],
)
def test_the_offer_lasts_as_long_as_the_grace(on, is_offered):
    assert (upgrades.offer(make_member(type="student"), on) is not None) is is_offered


def test_nothing_is_offered_beside_an_open_application_or_to_strangers():
    person = make_member(type="student")
    make_application(person)

    assert upgrades.offer(person, A_DAY) is None
    assert upgrades.offer(make_person(), A_DAY) is None


@pytest.mark.parametrize(
    ("started_on", "is_ready", "day"),
    [
        (dt.date(2024, 11, 22), True, A_DAY),
        (dt.date(2024, 11, 23), False, dt.date(2026, 11, 23)),
    ],
)
def test_an_associate_reads_the_day_on_which_they_qualify(started_on, is_ready, day):
    offered = upgrades.offer(make_associate(started_on), A_DAY)

    assert (offered.is_ready, offered.qualifies_on) == (is_ready, day)
    assert ("on 23 November 2026" in offered.words) is not is_ready


def test_an_associate_without_a_job_reads_no_day():
    person = make_associate()
    person.employments.all().delete()

    offered = upgrades.offer(person, A_DAY)

    assert (offered.is_ready, offered.qualifies_on) == (False, None)
    assert "add them and apply" in offered.words


# The draft -----------------------------------------------------------------------------------


def test_an_associate_is_asked_only_for_newer_jobs_dbs_and_insurance():
    person = make_associate()

    application = upgrades.begin(person=person, type="case_manager", on=A_DAY, at=A_MOMENT)

    assert (application.type, application.state) == ("case_manager", "draft")
    assert (application.practice, application.profession) == ("uk", "nurse")
    assert application.dbs_on == dt.date(2026, 3, 2)
    assert application.dbs_confirmed_at is None
    assert application.indemnity_confirmed_at is None
    assert sorted(area.pk for area in application.expertise_requested.all()) == [
        "brain_injury",
        "vocational",
    ]
    asked = {"work", "history", "dbs", "indemnity"}  # this associate gave no employer before
    assert set(application.sections_done) & asked == set()
    assert {"home", "practice", "qualifications", "registration", "referees"} <= set(
        application.sections_done
    )


def test_references_that_are_still_kept_count_again():
    person = make_associate()

    application = upgrades.begin(person=person, type="case_manager", on=A_DAY, at=A_MOMENT)

    assert [(one.position, one.state, one.opinion) for one in application.referees.all()] == [
        (1, "answered", "Good"),
        (2, "answered", "Good"),
    ]


@pytest.mark.parametrize(
    "changed",
    [{"email": ""}, {"state": "bounced", "answered_at": None}, {"replaced_at": A_MOMENT}],
)
def test_references_that_are_no_longer_kept_are_asked_for(changed):
    person = make_associate()
    Referee.objects.filter(position=1).update(**changed)

    application = upgrades.begin(person=person, type="case_manager", on=A_DAY, at=A_MOMENT)

    assert [one.position for one in application.referees.all()] == [2]


def test_who_comes_back_from_abroad_says_anew_where_they_practise():
    application = make_application(
        make_member(type="overseas"), "activated", type="overseas", practice="overseas"
    )

    draft = upgrades.begin(person=application.person, type="associate", on=A_DAY, at=A_MOMENT)

    assert (draft.type, draft.practice) == ("associate", "")
    assert "practice" not in draft.sections_done


@pytest.mark.parametrize("type", ["supporter", "associate"])
def test_a_type_that_is_not_offered_is_refused(type):
    person = make_associate()

    with pytest.raises(upgrades.NotOffered):
        upgrades.begin(person=person, type=type, on=A_DAY, at=A_MOMENT)


# The fee and the term ------------------------------------------------------------------------


def test_an_upgrade_is_free_by_default_and_activates_nobody():
    make_fee_rate("case_manager", 9000)
    person = make_associate()

    fee = approve(submitted_upgrade(person))

    assert (fee.purpose, fee.type, fee.pence) == ("upgrade", "case_manager", 0)
    assert standing.of(person, A_DAY).type is MembershipType.ASSOCIATE
    letter = Letter.objects.get(kind="approved_free")
    assert "There is nothing to pay" in letter.text
    assert "£90 a year" in letter.text


def test_by_month_the_upgrade_costs_the_difference_for_the_months_left(settings):
    settings.UPGRADE_FEE_BY_MONTH = True
    make_fee_rate("associate", 6000)
    make_fee_rate("case_manager", 9000)

    fee = approve(submitted_upgrade(make_associate()))

    assert fee.pence == 3000 * 6 // 12  # six whole months from 22 November to 31 May
    assert Letter.objects.filter(kind="approved").count() == 1


def test_the_upgraded_term_keeps_its_end_and_the_old_type_ends_on_its_eve():
    make_fee_rate("case_manager", 9000)
    person = make_associate()
    fee = approve(submitted_upgrade(person))

    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)
    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)

    assert periods(person) == [
        ("associate", STARTS, dt.date(2026, 11, 21)),
        ("case_manager", A_DAY, ENDS),
    ]
    assert standing.of(person, A_DAY).type is MembershipType.CASE_MANAGER
    assert list(standing.active(A_DAY, type=MembershipType.ASSOCIATE)) == []
    assert Letter.objects.filter(kind="upgraded").count() == 1
    assert Membership.objects.get(person=person).joined_on == STARTS


def test_who_moves_up_twice_on_the_day_of_joining_ends_as_the_last_type():
    make_fee_rate("associate", 6000)
    make_fee_rate("case_manager", 9000)
    person = make_member(type="student", starts_on=A_DAY, ends_on=ENDS)
    for wanted in ("associate", "case_manager"):
        fee = approve(make_application(person, "submitted", type=wanted))
        lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)

    tomorrow, after = A_DAY + dt.timedelta(days=1), A_DAY + dt.timedelta(days=2)
    assert periods(person) == [
        ("student", A_DAY, A_DAY),
        ("associate", tomorrow, tomorrow),
        ("case_manager", after, ENDS),
    ]


def test_a_renewal_that_was_paid_ahead_is_one_of_the_new_type():
    make_fee_rate("case_manager", 9000)
    person = make_associate()
    ahead = {"starts_on": dt.date(2027, 6, 1), "ends_on": dt.date(2028, 5, 31)}
    make_fee(person, type="associate", purpose="renewal", settled_on=A_DAY, **ahead)
    fee = approve(submitted_upgrade(person))

    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)

    assert periods(person)[1:] == [
        ("case_manager", A_DAY, ENDS),
        ("case_manager", ahead["starts_on"], ahead["ends_on"]),
    ]


def test_a_renewal_fee_that_was_open_is_cancelled_by_the_approval():
    make_fee_rate("case_manager", 9000)
    person = make_associate()
    renewal = make_fee(person, 6000, type="associate", purpose="renewal")

    fee = approve(submitted_upgrade(person))

    renewal.refresh_from_db()
    assert renewal.cancelled_at == A_MOMENT
    assert list(FeeDue.objects.outstanding()) == [fee]


def test_an_upgrade_settled_after_the_term_leaves_the_new_type_to_renew():
    make_fee_rate("case_manager", 9000)
    person = make_associate()
    fee = approve(submitted_upgrade(person))
    late = ENDS + dt.timedelta(days=3)

    lifecycle.activate(fee_due_id=fee.pk, on=late, at=A_MOMENT)

    stands = standing.of(person, late)
    assert periods(person)[-1] == ("case_manager", ENDS, ENDS)
    assert (stands.state, stands.type) == ("grace", MembershipType.CASE_MANAGER)


def test_a_lapsed_member_pays_in_full_and_starts_anew():
    make_fee_rate("case_manager", 9000)
    person = make_associate()
    application = submitted_upgrade(person)
    FeeDue.objects.update(starts_on=dt.date(2025, 6, 1), ends_on=dt.date(2026, 5, 31))

    fee = approve(application)

    assert (fee.purpose, fee.pence) == ("joining", 9000)


def test_a_supporter_pays_in_full_and_begins_a_whole_year_at_once():
    make_fee_rate("case_manager", 9000)
    person = make_member(type="supporter")
    application = make_application(person, "submitted")

    fee = approve(application)
    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)

    assert (fee.purpose, fee.pence) == ("joining", 9000)
    assert periods(person) == [
        ("supporter", STARTS, dt.date(2026, 11, 21)),
        ("case_manager", A_DAY, dt.date(2027, 11, 21)),
    ]


@pytest.mark.parametrize("years", [1, 2])
@pytest.mark.parametrize("months", [12, 3])
def test_a_supporter_who_paid_ahead_begins_at_once_and_loses_nothing_of_that(
    settings, years, months
):
    settings.MEMBERSHIP_MONTHS = months
    make_fee_rate("case_manager", 9000)
    person = make_member(type="supporter")
    for year in range(2027, 2027 + years):
        ahead = {"starts_on": dt.date(year, 6, 1), "ends_on": dt.date(year + 1, 5, 31)}
        make_fee(person, type="supporter", purpose="renewal", settled_on=A_DAY, **ahead)

    fee = approve(make_application(person, "submitted"))
    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)

    starts = [add_months(A_DAY, months * number) for number in range(years + 2)]
    assert fee.pence == 9000
    assert periods(person) == [
        ("supporter", STARTS, dt.date(2026, 11, 21)),
        *(
            ("case_manager", first, following - dt.timedelta(days=1))
            for first, following in itertools.pairwise(starts)
        ),
    ]


# The letter that says so ---------------------------------------------------------------------


def test_an_associate_is_told_once_when_the_experience_suffices():
    make_associate(dt.date(2024, 11, 23))

    before = lifecycle.tell_qualified(at=A_MOMENT)
    then = lifecycle.tell_qualified(at=A_MOMENT + dt.timedelta(days=1))
    again = lifecycle.tell_qualified(at=A_MOMENT + dt.timedelta(days=2))

    assert (before, then, again) == (0, 1, 0)
    letter = Letter.objects.get(kind="may_upgrade")
    assert "you now have 24 months" in letter.text
    assert "/apply/upgrade/" in letter.text


def test_hours_alone_are_enough_and_one_hour_less_is_not():
    person = make_associate(dt.date(2026, 1, 1))
    job = Employment.objects.get(person=person)
    job.total_hours = 2499
    job.save()
    before = lifecycle.tell_qualified(at=A_MOMENT)
    job.total_hours = 2500
    job.save()

    assert (before, lifecycle.tell_qualified(at=A_MOMENT)) == (0, 1)


def test_others_and_those_who_have_asked_already_are_not_told():
    make_application(make_associate())
    make_ready_application(make_member(type="supporter"))
    lapsed = make_associate()
    FeeDue.objects.filter(person=lapsed).update(ends_on=dt.date(2026, 11, 21))

    assert lifecycle.tell_qualified(at=A_MOMENT) == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sweep_reads_the_same_queries_for_one_and_for_three(rows, django_assert_num_queries):
    for _row in range(rows):
        make_associate(dt.date(2026, 1, 1))

    with django_assert_num_queries(3):
        assert lifecycle.tell_qualified(at=A_MOMENT) == 0


# The pages -----------------------------------------------------------------------------------


@pytest.fixture
def associate(client):
    person = make_associate()
    client.force_login(person.user)
    with time_machine.travel("2026-11-22 10:00", tick=False):
        yield person


def test_the_profile_leads_to_the_upgrade(client, associate):
    page = client.get("/profile/").content.decode()

    assert 'href="/apply/upgrade/"' in page
    assert "you may apply for Case Manager membership now" in page


def test_an_associate_upgrades_from_the_page_to_the_office(client, associate):
    started = client.post("/apply/upgrade/", {"type": "case_manager"})
    client.post("/apply/work/", applying.WORK)
    client.post("/apply/history/")
    client.post("/apply/dbs/", applying.DBS)
    client.post("/apply/indemnity/", {"confirmed": "on"})
    sent = applying.send(client)

    application = associate.applications.get(state="submitted")
    assert (started.url, sent.url) == ("/apply/", "/apply/sent/")
    assert application.type == "case_manager"
    assert not Letter.objects.filter(kind="reference_request").exists()


def test_a_second_press_opens_the_one_draft(client, associate):
    client.post("/apply/upgrade/", {"type": "case_manager"})
    again = client.post("/apply/upgrade/", {"type": "case_manager"})

    assert again.url == "/apply/"
    assert associate.applications.filter(state="draft").count() == 1


def test_a_type_that_is_not_on_the_page_is_refused_in_words(client):
    client.force_login(make_member(type="student").user)
    with time_machine.travel("2026-11-22 10:00", tick=False):
        page = client.post("/apply/upgrade/", {"type": "overseas"}).content.decode()

    assert "Choose one of the types shown." in page
    assert not Application.objects.exists()


def test_a_supporter_is_led_to_a_new_full_application(client):
    client.force_login(make_member(type="supporter").user)
    with time_machine.travel("2026-11-22 10:00", tick=False):
        answer = client.get("/apply/upgrade/", follow=True)
        profile = client.get("/profile/").content.decode()

    page = answer.content.decode()
    assert answer.redirect_chain == [("/apply/", 302)]
    assert "send a new application" in page
    assert "Apply to upgrade" not in profile
    assert "Apply for another type of membership" in profile


def test_strangers_sign_in_first_and_others_see_no_upgrade(client):
    signed_out = client.get("/apply/upgrade/")
    client.force_login(make_user())
    other = client.get("/apply/upgrade/")

    assert signed_out.url == "/accounts/login/?next=/apply/upgrade/"
    assert other.url == "/apply/"


def test_while_a_free_upgrade_waits_for_its_sweep_nobody_is_asked_to_pay(client, associate):
    make_fee_rate("case_manager", 9000)
    approve(submitted_upgrade(associate))

    pages = [client.get(path).content.decode() for path in ("/apply/", "/profile/")]

    assert "There is nothing to pay: it takes effect within the hour." in pages[0]
    assert ["£0.00" in page for page in pages] == [False, False]
    assert ["press Pay" in page for page in pages] == [False, False]


@time_machine.travel(A_MOMENT, tick=False)
def test_the_office_reads_that_it_approves_an_upgrade_and_what_it_costs(client):
    make_fee_rate("case_manager", 9000)
    application = submitted_upgrade(make_associate())
    client.force_login(make_officer())

    page = client.get(reverse("admin:application_approve", args=[application.pk])).content.decode()

    assert "This is an upgrade: the membership keeps its end." in page
    assert "£90 a year today. There is nothing to pay now" in page


def test_an_associate_whom_the_database_refuses_keeps_no_other_from_being_told():
    refused, sound = make_associate(), make_associate()
    refuse_history_of(refused.history_key)

    with pytest.raises(IntegrityError):
        lifecycle.tell_qualified(at=A_MOMENT)

    assert [letter.to for letter in Letter.objects.filter(kind="may_upgrade")] == [sound.email]
