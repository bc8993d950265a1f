"""The office's pages: who may open them, what they say, and that each decision is taken once."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from foundation import history
from foundation.models import Letter
from membership import lifecycle
from membership.models import (
    Appeal,
    Application,
    FeeDue,
    Qualification,
    Referee,
    Registration,
)
from membership.types import MembershipType
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_approved,
    make_clerk,
    make_fee,
    make_fee_rate,
    make_member,
    make_officer,
    make_ready_application,
    make_referee,
    make_registration,
)
from tests.signed_in import browser_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_a_sunday"),
]
State = Application.State
LIST = "/admin/membership/application/"
REG, REF = "reason_registration_checked", "reason_references_arrived"
REASONS = {REG: "Seen on paper.", REF: "Known to us."}


@pytest.fixture
def on_a_sunday():
    with time_machine.travel(A_MOMENT, tick=True):
        yield


def sent(**kwargs) -> Application:
    application = make_ready_application(**kwargs)
    by = application.person.user
    return lifecycle.submit(application_id=application.pk, by=by, at=A_MOMENT)


def officer() -> Client:
    return browser_of(make_officer())


def clerk_with(*codenames: str) -> Client:
    user = make_clerk()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return browser_of(user)


def checked(application: Application) -> Application:
    """Everything that comes before an approval is done."""
    application.person.registrations.update(
        status=Registration.Status.REGISTERED, checked_on=A_DAY, checked_by=make_officer()
    )
    application.referees.update(state=Referee.State.ANSWERED, answered_at=A_MOMENT)
    return application


def confirmed(client: Client, way: str, typed: dict[str, str] | None = None):
    """Read the letter, then press the button below it."""
    shown = client.post(way, typed or {}, follow=True)
    preview = (shown.context or {}).get("preview")
    if preview is None:
        return shown
    return client.post(way, {**(typed or {}), "seen": preview.digest}, follow=True)


def make_appeal(application: Application) -> Appeal:
    return Appeal.objects.create(
        application=application,
        reasons="I am registered.",
        asked_at=A_MOMENT,
        due_on=A_DAY,
        against=make_officer(),
    )


def address(name: str, application: Application) -> str:
    pk = application.pk
    one = {
        "application_register": lambda: application.person.registrations.get().pk,
        "application_reference": lambda: application.referees.first().pk,
        "application_bounced": lambda: application.referees.first().pk,
        "application_expertise": lambda: "vocational",
        "application_appeal": lambda: make_appeal(application).pk,
        "feedue_waive": lambda: make_fee(application.person).pk,
        "membership_suspend": lambda: make_member(application.person).membership.pk,
        "membership_end_suspension": lambda: make_member(application.person).membership.pk,
    }
    if not name.startswith("application"):
        return reverse(f"admin:{name}", args=[one[name]()])
    return reverse(f"admin:{name}", args=[pk, one[name]()] if name in one else [pk])


READING = ("application_review",)
DECIDING = (
    "application_approve",
    "application_decline",
    "application_ask",
    "application_offer",
)
AFTER = ("application_undo", "application_reverse", "application_second", "application_appeal")
CHECKING = ("application_register", "application_reference")
STANDING = ("feedue_waive", "membership_suspend", "membership_end_suspension")
POSTING = ("application_bounced", "application_expertise")
PAGES = READING + DECIDING + CHECKING + STANDING


# Who may open them ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES + AFTER + POSTING)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_asked_to_sign_in(client, name, method):
    application = sent()
    way = address(name, application)

    answer = getattr(client, method)(way)

    assert answer.status_code == 302
    assert "/login/" in answer.url


@pytest.mark.parametrize("name", PAGES + AFTER + POSTING)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_member_is_refused(name, method):
    application = sent()
    member = browser_of(make_member().user)

    answer = getattr(member, method)(address(name, application), follow=True)

    assert application.person.family_name not in answer.content.decode()
    assert answer.status_code == 403


@pytest.mark.parametrize("name", PAGES + AFTER + POSTING)
@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_the_permission_are_refused(name, method):
    if name in POSTING and method == "get":
        method = "post"
    application = sent()
    clerk = browser_of(make_clerk())

    answer = getattr(clerk, method)(address(name, application))

    assert answer.status_code == 403
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


@pytest.mark.parametrize("name", DECIDING + CHECKING + AFTER)
def test_seeing_is_not_deciding(name):
    application = sent()

    answer = clerk_with("view_application").get(address(name, application))

    assert answer.status_code == 403


def test_who_may_only_look_sees_no_decisions():
    application = sent()

    page = clerk_with("view_application").get(address("application_review", application))

    assert page.status_code == 200
    assert "/approve/" not in page.content.decode()
    assert "Record what it says" not in page.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_office_may_open_every_page(name):
    make_fee_rate()
    application = sent()

    answer = officer().get(address(name, application))

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("name", POSTING)
def test_what_changes_something_is_never_opened_by_a_link(name):
    application = sent()

    answer = officer().get(address(name, application))

    assert answer.status_code == 405


# The review page -----------------------------------------------------------------------------


def test_the_review_sets_what_was_stated_beside_what_the_rules_find():
    make_fee_rate()
    application = sent()

    page = officer().get(address("application_review", application)).content.decode()

    assert "BSc Nursing, University of Example, 2009. Degree. Clinical." in page
    assert "NMC, number 01A2345N" in page
    assert "Look the number up on the public register and record what it says." in page
    assert "For you to judge" in page
    assert "No registration is checked and current" in page
    assert "0 of 2 references arrived" in page


def test_a_draft_shows_nothing_of_what_is_being_written():
    application = make_ready_application()

    page = officer().get(address("application_review", application)).content.decode()

    assert "is still writing" in page
    assert "BSc Nursing" not in page


def test_a_draft_without_a_type_can_be_opened():
    application = make_application(type="")

    answer = officer().get(address("application_review", application))

    assert answer.status_code == 200


def test_a_decided_application_is_shown_by_the_rules_of_its_day():
    application = sent(dbs_on=dt.date(2023, 12, 1))
    lifecycle.decline(
        application_id=application.pk, by=make_officer(), at=A_MOMENT, reason="Not yet."
    )

    with time_machine.travel(dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC)):
        page = officer().get(address("application_review", application)).content.decode()

    assert "Declined, decided by Olive Office on 22 November 2026 at 10:00" in page
    assert "Your DBS check is dated 1 December 2023." in page
    assert "/approve/" not in page


def test_a_missing_fee_is_said_before_anybody_decides():
    application = make_application(state=State.SUBMITTED, type=MembershipType.STUDENT)

    page = officer().get(address("application_review", application)).content.decode()

    assert "No fee is set for Student. Set it in Fee rates first." in page


def test_history_names_who_did_it():
    application = sent()
    lifecycle.ask(
        application_id=application.pk,
        by=make_officer(),
        at=A_MOMENT,
        items={"history": "Which job?"},
    )

    page = officer().get(address("application_review", application)).content.decode()

    assert "Asked for more information" in page
    assert "(Olive Office)" in page


# Deciding ------------------------------------------------------------------------------------


def test_approving_fixes_the_fee():
    make_fee_rate(pence=9000)
    application = checked(sent())

    answer = confirmed(officer(), address("application_approve", application))

    application.refresh_from_db()
    assert application.state == State.APPROVED
    assert FeeDue.objects.get().pence == 9000
    assert "Approved. The letter with the fee is on its way" in answer.content.decode()


def test_approving_with_a_check_open_asks_for_the_reason():
    make_fee_rate()
    application = sent()

    answer = confirmed(
        officer(), address("application_approve", application), {**REASONS, REF: " "}
    )

    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    assert "Write down why: it is kept with your name." in answer.content.decode()


def test_the_reason_for_approving_with_a_check_open_is_kept():
    make_fee_rate()
    application = sent()

    confirmed(officer(), address("application_approve", application), REASONS)

    application.refresh_from_db()
    assert application.state == State.APPROVED
    assert application.override_reason.splitlines() == [
        "no registration is checked and current: Seen on paper.",
        "0 of 2 references arrived: Known to us.",
    ]


def test_who_may_not_override_finishes_the_checks_first():
    make_fee_rate()
    application = sent()
    clerk = clerk_with("view_application", "decide_application")

    page = clerk.get(address("application_approve", application)).content.decode()
    answer = clerk.post(address("application_approve", application), REASONS)

    application.refresh_from_db()
    assert ">Approve</button>" not in page
    assert answer.status_code == 200
    assert application.state == State.SUBMITTED


def test_an_approval_without_a_fee_is_refused_in_words():
    application = make_application(state=State.SUBMITTED, type=MembershipType.STUDENT)

    answer = officer().post(
        address("application_approve", application), {"reason_course": "Fine."}, follow=True
    )

    application.refresh_from_db()
    assert "No fee is set for Student." in answer.content.decode()
    assert application.state == State.SUBMITTED


@pytest.mark.parametrize(
    ("name", "field", "sentence"),
    [
        ("application_decline", "reason", "Write down why: the applicant is told."),
        ("application_ask", "dbs", "Write down what you need, in the box of the section"),
    ],
)
def test_an_empty_form_says_what_to_write(name, field, sentence):
    application = sent()

    answer = officer().post(address(name, application), {field: "  "})

    assert sentence in answer.content.decode()
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_declining_tells_the_applicant_why():
    application = sent()

    confirmed(officer(), address("application_decline", application), {"reason": "No body."})

    application.refresh_from_db()
    assert (application.state, application.decision_reason) == (State.DECLINED, "No body.")
    assert "No body." in Letter.objects.get(kind="declined").text


def test_who_was_asked_for_more_can_still_be_declined():
    application = sent()
    client = officer()
    confirmed(client, address("application_ask", application), {"history": "Which job?"})

    confirmed(client, address("application_decline", application), {"reason": "No answer came."})

    application.refresh_from_db()
    assert application.state == State.DECLINED


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_second_decision_is_told_of_the_first(method):
    make_fee_rate()
    application = checked(sent())
    confirmed(officer(), address("application_approve", application))

    answer = getattr(officer(), method)(
        address("application_decline", application), {"reason": "No."}, follow=True
    )

    application.refresh_from_db()
    assert application.state == State.APPROVED
    words = "Already approved by Olive Office on 22 November 2026 at 10:00."
    assert words in answer.content.decode()


def test_the_moment_of_the_first_decision_is_told_by_the_clock_in_london():
    make_fee_rate()
    application = sent()
    summer = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    lifecycle.approve(
        application_id=application.pk, by=make_officer(), at=summer, override_reason="Known."
    )

    with pytest.raises(lifecycle.AlreadyDecided) as caught:
        lifecycle.decline(application_id=application.pk, by=make_officer(), at=summer, reason="x")

    assert str(caught.value) == "Already approved by Olive Office on 2 July 2026 at 00:30."


def test_a_double_click_approves_once():
    make_fee_rate()
    application = checked(sent())
    client = officer()

    for _ in range(2):
        confirmed(client, address("application_approve", application))

    assert FeeDue.objects.count() == 1
    assert Letter.objects.filter(kind="approved").count() == 1
    verbs = history.of(application.person.history_key).values_list("verb", flat=True)
    assert list(verbs).count("approved the application") == 1


# Registers, references, expertise ------------------------------------------------------------


def test_what_the_register_says_is_kept_with_the_name_of_who_looked():
    application = sent()

    officer().post(
        address("application_register", application),
        {"status": "registered", "same_name": "on", "expires_on": "31/08/2027"},
    )

    registration = application.person.registrations.get()
    assert registration.status == "registered"
    assert registration.expires_on == dt.date(2027, 8, 31)
    assert (registration.checked_on, str(registration.checked_by)) == (A_DAY, "Olive Office")


def test_another_name_in_the_register_asks_for_a_reason_and_shows_it_on_the_review_page():
    application = sent()
    way = address("application_register", application)
    typed = {"status": "registered", "shown_name": "Maud Maiden"}

    unnamed = officer().post(way, {"status": "registered"})
    refused = officer().post(way, typed)
    before = application.person.registrations.get().status
    officer().post(way, {**typed, "name_reason": "Maiden name, certificate seen"})
    reviewed = officer().get(address("application_review", application)).content.decode()

    assert [*unnamed.context["form"].errors] == ["shown_name"]
    assert [*refused.context["form"].errors] == ["name_reason"]
    assert before == "unchecked"
    assert "The register shows “Maud Maiden”: Maiden name, certificate seen" in reviewed


def test_a_register_form_that_cannot_be_read_keeps_what_was_typed():
    application = sent()

    answer = officer().post(
        address("application_register", application), {"expires_on": "next summer"}
    )

    page = answer.content.decode()
    assert "Choose what the register says." in page
    assert "Enter a date such as 31/08/2027, or leave it empty." in page
    assert 'value="next summer"' in page


def test_a_registration_of_somebody_else_is_not_found():
    application, other = sent(), make_registration(make_member(), number="09Z9999N")
    way = reverse("admin:application_register", args=[application.pk, other.pk])

    answer = officer().post(way, {"status": "removed"})

    assert answer.status_code == 404
    other.refresh_from_db()
    assert other.status == "registered"


def test_a_reference_by_telephone_is_kept_with_the_name_of_who_wrote_it_down():
    application = sent()
    said = {"known_for": "four years", "capacity": "manager", "opinion": "Very good."}

    officer().post(address("application_reference", application), said)

    referee = application.referees.first()
    assert (referee.state, referee.opinion) == ("answered", "Very good.")
    assert str(referee.recorded_by) == "Olive Office"


def test_half_a_reference_keeps_what_was_typed():
    application = sent()

    answer = officer().post(
        address("application_reference", application), {"opinion": "Very good indeed."}
    )

    page = answer.content.decode()
    assert "Write down how long, for example “four years”." in page
    assert "Very good indeed." in page


def test_a_reference_that_arrived_is_not_written_over():
    application = checked(sent())

    answer = officer().get(address("application_reference", application), follow=True)

    assert "has arrived already" in answer.content.decode()


@pytest.mark.parametrize("name", ["application_reference", "application_bounced"])
def test_a_referee_of_another_application_is_not_found(name):
    application = sent()
    other = make_referee(sent(), 1, replaced_at=A_MOMENT)
    other.replaced_at = None
    stranger = sent().referees.first()
    way = reverse(f"admin:{name}", args=[application.pk, stranger.pk])

    answer = officer().post(way)

    assert answer.status_code == 404
    stranger.refresh_from_db()
    assert stranger.state == Referee.State.ASKED


def test_a_letter_that_came_back_asks_the_applicant_once():
    application = sent()
    client = officer()

    for _ in range(2):
        client.post(address("application_bounced", application))

    assert application.referees.first().state == Referee.State.BOUNCED
    assert Letter.objects.filter(kind="another_referee").count() == 1


def test_a_decided_application_asks_no_referee_and_nobody_for_another():
    application = sent()
    lifecycle.decline(
        application_id=application.pk, by=make_officer(), at=A_MOMENT, reason="Not yet."
    )
    referee = application.referees.first()
    client = officer()

    shown = client.get(address("application_review", application)).content.decode()
    came_back = client.post(address("application_bounced", application), follow=True)
    taken_down = client.get(address("application_reference", application), follow=True)

    referee.refresh_from_db()
    words = "Nothing changed: this application needs no reference any more."
    assert "The letter came back" not in shown
    assert words in came_back.content.decode()
    assert words in taken_down.content.decode()
    assert referee.state == Referee.State.ASKED
    assert Letter.objects.filter(kind="another_referee").count() == 0


def test_an_area_that_the_evidence_supports_is_assigned_once():
    application = sent()
    client = officer()

    for _ in range(2):
        client.post(address("application_expertise", application))

    assert list(application.person.assignments.values_list("area_id", flat=True)) == ["vocational"]


def test_an_area_that_waits_is_refused_with_the_reason():
    application = sent()
    way = reverse("admin:application_expertise", args=[application.pk, "brain_injury"])

    answer = officer().post(way, follow=True)

    assert "This waits until the office has verified your registration." in answer.content.decode()
    assert application.person.assignments.count() == 0


def test_one_press_assigns_every_area_that_the_evidence_supports():
    application = sent()
    application.expertise_requested.set(["brain_injury", "spinal_injury", "vocational"])
    application.person.registrations.all().delete()
    make_registration(application.person)
    client = officer()
    review = client.get(address("application_review", application)).content.decode()
    assert "Assign all 3 that can be assigned" in review

    answer = client.post(reverse("admin:application_expertise", args=[application.pk, "every"]))

    assert answer["Location"].endswith("/review/#expertise")
    assert set(application.person.assignments.values_list("area_id", flat=True)) == {
        "brain_injury",
        "spinal_injury",
        "vocational",
    }
    assert "Assign all" not in client.get(answer["Location"]).content.decode()


def test_one_press_leaves_out_what_the_evidence_does_not_support():
    application = sent()
    every = reverse("admin:application_expertise", args=[application.pk, "every"])

    officer().post(every)

    assert list(application.person.assignments.values_list("area_id", flat=True)) == ["vocational"]


def test_one_press_says_so_where_nothing_can_be_assigned():
    application = sent()
    application.expertise_requested.set(["brain_injury"])
    every = reverse("admin:application_expertise", args=[application.pk, "every"])

    answer = officer().post(every, follow=True)

    assert "None of the areas that were asked for can be assigned yet." in answer.content.decode()
    assert not application.person.assignments.exists()


def test_after_a_decision_the_next_in_the_queue_is_one_click_away():
    first, second = sent(), sent()
    before = officer().get(address("application_review", first)).content.decode()
    Application.objects.filter(pk=first.pk).update(state=State.WITHDRAWN)

    after = officer().get(address("application_review", first)).content.decode()

    way = address("application_review", second)
    assert f'<a href="{way}">Next: {second.person}, Case Manager</a>' in after
    assert "Next: " not in before


def test_the_name_in_the_list_leads_to_the_review_as_the_reference_does():
    application = sent()

    text = officer().get(LIST).content.decode()

    assert text.count(f'href="/admin/membership/application/{application.pk}/change/') == 2


def test_an_area_that_was_not_requested_is_not_found():
    application = sent()
    way = reverse("admin:application_expertise", args=[application.pk, "spinal_injury"])

    answer = officer().post(way)

    assert answer.status_code == 404


# The list ------------------------------------------------------------------------------------


def references_shown(page) -> list[str]:
    return [row.reference for row in page.context["cl"].result_list]


def test_the_list_opens_on_what_awaits_a_decision_oldest_first():
    newer = make_application(state=State.SUBMITTED, submitted_at=A_MOMENT)
    older = make_application(state=State.SUBMITTED, submitted_at=A_MOMENT - dt.timedelta(days=2))
    make_application(state=State.DECLINED)
    make_application()

    page = officer().get(LIST)

    assert references_shown(page) == [older.reference, newer.reference]
    assert "<strong>2</strong> applications wait for your decision" in page.content.decode()


def test_another_state_can_be_chosen():
    make_application(state=State.SUBMITTED)
    declined = make_application(state=State.DECLINED)

    page = officer().get(LIST, {"state": "declined"})

    assert references_shown(page) == [declined.reference]


def test_a_search_looks_through_every_state():
    make_application(state=State.SUBMITTED)
    declined = make_application(state=State.DECLINED)

    page = officer().get(LIST, {"q": declined.reference})

    assert references_shown(page) == [declined.reference]


@pytest.mark.parametrize("way", [LIST, "/admin/membership/feerate/"])
def test_types_without_a_fee_are_named(way):
    make_fee_rate(MembershipType.CASE_MANAGER)
    make_fee_rate(MembershipType.SUPPORTER, valid_from=dt.date(2027, 1, 1))

    page = officer().get(way).content.decode()

    assert "<strong>Fees not set:</strong> Associate, Supporter, Student." in page


def test_with_every_fee_set_there_is_no_warning():
    for one in MembershipType:
        if one is not MembershipType.OVERSEAS:
            make_fee_rate(one)

    page = officer().get(LIST).content.decode()

    assert "Fees not set" not in page


def queries_of(client: Client, way: str, django_assert_max_num_queries) -> int:
    client.get(way)
    with django_assert_max_num_queries(200) as counted:
        assert client.get(way).status_code == 200
    return len(counted.captured_queries)


def test_the_list_asks_as_often_for_one_row_as_for_three(django_assert_max_num_queries):
    client = officer()
    sent()
    one = queries_of(client, LIST, django_assert_max_num_queries)
    sent()
    sent()

    three = queries_of(client, LIST, django_assert_max_num_queries)

    assert one == three


def test_the_review_asks_as_often_for_one_of_each_as_for_three(django_assert_max_num_queries):
    make_fee_rate()
    application = sent()
    client, by = officer(), make_officer()
    application.referees.filter(position=2).delete()
    application.referees.update(state="answered", answered_at=A_MOMENT, recorded_by=by)
    application.person.registrations.update(status="registered", checked_on=A_DAY, checked_by=by)
    way = address("application_review", application)
    one = queries_of(client, way, django_assert_max_num_queries)
    facts = {"state": "answered", "answered_at": A_MOMENT, "recorded_by": make_officer()}
    make_referee(application, 2, **facts)
    make_referee(application, 1, replaced_at=A_MOMENT, **facts)
    for number in ("02B2345N", "03C2345N"):
        make_registration(application.person, number=number)
        Qualification.objects.create(
            person=application.person,
            title="Another degree",
            awarding_body="University of Example",
            level="degree",
            relation="clinical",
            year=2011,
        )

    three = queries_of(client, way, django_assert_max_num_queries)

    assert one == three


# Fees and standing ---------------------------------------------------------------------------


def test_a_fee_is_waived_with_a_reason_and_a_name():
    fee = make_approved()

    officer().post(reverse("admin:feedue_waive", args=[fee.pk]), {"reason": "Founding member."})

    fee.refresh_from_db()
    assert (fee.waiver_reason, str(fee.waived_by)) == ("Founding member.", "Olive Office")
    said = list(history.of(fee.person.history_key).values_list("verb", "text"))
    assert ("waived the fee", "£90.00. Founding member.") in said


def test_a_fee_is_not_waived_without_a_reason():
    fee = make_approved()

    answer = officer().post(reverse("admin:feedue_waive", args=[fee.pk]), {"reason": ""})

    fee.refresh_from_db()
    assert fee.waived_at is None
    assert "Write down why: the reason is kept with your name." in answer.content.decode()


def test_a_fee_that_was_paid_meanwhile_is_not_waived():
    fee = make_approved()
    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)

    answer = officer().post(
        reverse("admin:feedue_waive", args=[fee.pk]), {"reason": "Late."}, follow=True
    )

    fee.refresh_from_db()
    assert fee.waived_at is None
    assert "no longer open, so it cannot be waived" in answer.content.decode()


@pytest.mark.parametrize(("codes", "shown"), [(("waive_fee",), True), ((), False)])
def test_only_who_may_waive_is_offered_it(codes, shown):
    fee = make_approved()
    client = clerk_with("view_feedue", *codes)

    page = client.get(reverse("admin:membership_feedue_change", args=[fee.pk])).content.decode()

    assert ("Waive this fee" in page) is shown


def test_a_membership_is_suspended_and_the_suspension_ended():
    membership, client = make_member().membership, officer()
    suspend = reverse("admin:membership_suspend", args=[membership.pk])

    client.post(suspend, {"reason": "A complaint is open."})
    membership.refresh_from_db()
    kept = (membership.suspension_reason, str(membership.suspended_by))
    page = client.get(reverse("admin:membership_membership_change", args=[membership.pk]))
    client.post(reverse("admin:membership_end_suspension", args=[membership.pk]))

    membership.refresh_from_db()
    assert kept == ("A complaint is open.", "Olive Office")
    assert "End the suspension" in page.content.decode()
    assert membership.suspended_at is None


def test_a_membership_is_not_suspended_without_a_reason():
    membership = make_member().membership

    answer = officer().post(
        reverse("admin:membership_suspend", args=[membership.pk]), {"reason": " "}
    )

    membership.refresh_from_db()
    assert membership.suspended_at is None
    assert "Write down why" in answer.content.decode()


def test_suspending_twice_keeps_the_first_reason():
    membership, client = make_member().membership, officer()
    suspend = reverse("admin:membership_suspend", args=[membership.pk])

    client.post(suspend, {"reason": "First."})
    client.post(suspend, {"reason": "Second."})

    membership.refresh_from_db()
    assert membership.suspension_reason == "First."
