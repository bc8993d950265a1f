"""Karen of the office decides: each decision in at most four clicks from the office home."""

from django.utils import timezone

from membership import lifecycle
from membership.models import Application, Referee, Registration
from payments import invoicing
from tests.factories import make_user, now
from tests.journeys import steps
from tests.journeys.beginnings import make_account, make_draft
from tests.journeys.steps import OFFICER, PASSWORD, NewVisitor, Visitor, read_letter
from tests.signed_in import give_second_step

PRIYA = "priya.invented@example.org"
MOST_CLICKS = 4


class Clicks:
    """Counts what somebody presses and follows from the office home on."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.count = visitor, 0
        visitor.open("/admin/")

    def follow(self, words: str) -> None:
        self.count += 1
        self.visitor.follow(words)

    def press(self, words: str) -> None:
        self.count += 1
        self.visitor.press(words)


def sent(address: str = PRIYA, given: str = "Priya") -> Application:
    application = make_draft(make_account(address, given, "Invented"))
    Application.objects.filter(pk=application.pk).update(
        rules_accepted_at=now(), rules_accepted_version="2026"
    )
    by = application.person.user
    assert by is not None
    return lifecycle.submit(application_id=application.pk, by=by, at=now())


def ready(office, **who: str) -> Application:
    """The register was looked at, and both references came."""
    application = sent(**who)
    application.person.registrations.update(
        status=Registration.Status.REGISTERED, checked_on=timezone.localdate(), checked_by=office
    )
    application.referees.update(state=Referee.State.ANSWERED, answered_at=now())
    return application


def karen(new_visitor: NewVisitor) -> Visitor:
    visitor = new_visitor()
    steps.log_in(visitor, OFFICER, "/admin/")
    return visitor


def state_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def test_approving_takes_three_clicks_and_recording_the_transfer_activates(office, new_visitor):
    application, officer = ready(office), karen(new_visitor)

    clicks = Clicks(officer)
    clicks.follow("Priya Invented")
    clicks.follow("Approve")
    assert "Fee due to activate your membership: £90.00" in officer.text
    clicks.press("Approve")

    assert (clicks.count, state_of(application)) == (3, "approved")
    assert "£90.00" in read_letter(PRIYA, "Your application is approved")
    transfer(officer, application, "40")
    assert "£50.00" in read_letter(PRIYA, "")
    assert state_of(application) == "approved"
    transfer(officer, application, "50")
    assert state_of(application) == "activated"


def transfer(officer: Visitor, application: Application, pounds: str) -> None:
    """A line of the bank's statement, typed, looked at, and booked."""
    invoice = invoicing.raise_for(application.fees.get(), at=now())
    officer.open(f"/admin/payments/invoice/{invoice.pk}/change/")
    officer.follow("Record a bank payment")
    officer.fill("Amount in pounds", pounds)
    officer.fill("Day on which", timezone.localdate().isoformat())
    officer.fill("What the bank wrote", "INVENTED P")
    officer.press("Continue")
    officer.press("Book this payment")


def test_asking_takes_four_clicks_and_the_applicant_answers_only_that(office, new_visitor):
    application, officer = sent(), karen(new_visitor)

    clicks = Clicks(officer)
    clicks.follow("Priya Invented")
    clicks.follow("Ask for more")
    officer.fill("DBS check", "Which certificate is it?")
    clicks.press("Show the letter")
    assert "Which certificate is it?" in officer.text
    assert state_of(application) == "submitted"
    clicks.press("Ask")

    assert (clicks.count, state_of(application)) == (MOST_CLICKS, "more_information")
    priya = new_visitor()
    steps.log_in(priya, PRIYA)
    priya.open(steps.link_in(read_letter(PRIYA, "We need a little more"), "/apply/"))
    assert "Which certificate is it?" in priya.text
    priya.open("/apply/home/")
    assert "The office did not ask about this section" in priya.text
    priya.follow("DBS check")
    priya.press("Save and continue")
    priya.choose("I accept")
    priya.press("Send my application")
    assert state_of(application) == "submitted"
    assert "in the place that it had" in read_letter(PRIYA, "We have what we asked you for")


def test_declining_takes_four_clicks_and_somebody_else_reviews_it(office, new_visitor):
    application, officer = sent(), karen(new_visitor)

    clicks = Clicks(officer)
    clicks.follow("Priya Invented")
    clicks.follow("Decline")
    officer.fill("Why, in words for the applicant", "The register shows no entry.")
    clicks.press("Show the letter")
    clicks.press("Decline")

    assert (clicks.count, state_of(application)) == (MOST_CLICKS, "declined")
    priya = new_visitor()
    steps.log_in(priya, PRIYA)
    letter = read_letter(PRIYA, "Our decision on your application")
    priya.open(steps.link_in(letter, "/apply/review/"))
    priya.fill("Why should we look again?", "My number was mistyped.")
    priya.press("Ask for a review")
    other = colleague(new_visitor)
    other.follow("review of a decision is asked for by Priya Invented")
    other.choose("The decision is overturned")
    other.fill("Why, in words for the applicant", "It was our slip.")
    other.press("Show the letter")
    other.press("Send the answer")
    assert state_of(application) == "submitted"
    assert "It was our slip." in read_letter(PRIYA, "is open again")


def colleague(new_visitor: NewVisitor) -> Visitor:
    address = "otto.office@example.org"
    user = make_user(email=address, is_staff=True, is_superuser=True, name="Otto Office")
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=address, verified=True, primary=True)
    give_second_step(user)
    visitor = new_visitor()
    steps.log_in(visitor, address, "/admin/")
    return visitor


def test_offering_another_type_takes_four_clicks_and_the_applicant_agrees(office, new_visitor):
    application, officer = ready(office), karen(new_visitor)

    clicks = Clicks(officer)
    clicks.follow("Priya Invented")
    clicks.follow("Offer another type")
    officer.fill("Why, in words for the applicant", "You have 14 months.")
    clicks.press("Show the letter")
    clicks.press("Offer")

    assert (clicks.count, state_of(application)) == (MOST_CLICKS, "offered")
    priya = new_visitor()
    steps.log_in(priya, PRIYA)
    letter = read_letter(PRIYA, "We offer you Associate membership")
    priya.open(steps.link_in(letter, "/apply/offer/"))
    priya.choose("Agree")
    priya.press("Send my answer")
    assert state_of(application) == "approved"
    assert "£65.00" in read_letter(PRIYA, "Your application is approved")


def test_a_slip_is_undone_and_the_second_of_two_is_told(office, new_visitor):
    application, officer = ready(office), karen(new_visitor)
    other = colleague(new_visitor)
    other.open(f"/admin/membership/application/{application.pk}/decline/")

    officer.open(f"/admin/membership/application/{application.pk}/approve/")
    officer.press("Approve")
    other.fill("Why, in words for the applicant", "No entry.")
    other.press("Show the letter")

    assert "Already approved by Olive Office on " in other.text
    read_letter(PRIYA, "Your application is approved")
    officer.follow("Undo")
    officer.press("Undo")
    assert state_of(application) == "submitted"
    assert "went out by mistake" in read_letter(PRIYA, "Please ignore our last letter")
