"""A study day is booked by a member and by guests, fills, is waited for, freed and refunded."""

import datetime as dt

import pytest
from django.utils import timezone

from benefits import bookings_sweep
from benefits.models import Booking
from payments import refunds
from payments.ledger_checks import violations
from payments.models import Invoice
from tests.benefits.events.make import make_event
from tests.factories import make_member, make_person, make_user
from tests.journeys.steps import (
    PASSWORD,
    link_in,
    log_in,
    read_letter,
    show_that_nobody_is_a_machine,
)
from tests.payments.money import receive

MIRA, GWEN, WANDA = "mira@example.org", "gwen@example.org", "wanda@example.org"
TITLE = "Goals that clients own"

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(
    params=[
        "plain",
        pytest.param("script", marks=pytest.mark.browser),
        pytest.param("no script", marks=pytest.mark.browser),
    ]
)
def newcomer(request):
    """Makes visitors over plain HTTP, in a browser that runs script, and in one that does not."""
    if request.param == "plain":
        return request.getfixturevalue("plain")
    browsers = request.getfixturevalue("browsers")
    return lambda: browsers(script=request.param == "script")


def make_mira():
    user = make_user(email=MIRA)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=MIRA, verified=True, primary=True)
    today = timezone.localdate()
    person = make_person(user=user, given_name="Mira", family_name="Member")
    return make_member(person, starts_on=today, ends_on=today + dt.timedelta(days=300))


def work(faulty=()):
    """What the worker does every minute; the ledger holds together afterwards."""
    bookings_sweep.run(at=timezone.now())
    refunds.sync_due(at=timezone.now() + dt.timedelta(minutes=5))
    assert list(violations()) == list(faulty)


def pay_by_paypal(visitor):
    visitor.press("Pay by card or PayPal")
    assert "Demo PayPal" in visitor.text
    visitor.press("Pay")


def book_as_guest(visitor, wait, given, family, email):
    visitor.fill("First name", given)
    visitor.fill("Last name", family)
    visitor.fill("E-mail address", email)
    show_that_nobody_is_a_machine(visitor, wait)


def test_two_book_the_third_waits_one_cancels_and_the_third_comes(newcomer, wait):
    make_mira()
    now = timezone.now()
    make_event(title=TITLE, slug="goals", places=2, starts_at=now + dt.timedelta(days=60))

    mira = newcomer()
    log_in(mira, MIRA, "/accounts/login/?next=/events/")
    mira.open("/events/")
    mira.follow(TITLE)
    mira.follow("Book a place")
    assert "You pay £60.00" in mira.text
    mira.fill("Dietary needs", "No nuts")
    mira.press("Book and go on to pay")
    assert "Your place is held, and not paid yet." in mira.text
    pay_by_paypal(mira)
    mira.follow("Go to your booking")
    assert "Your place is confirmed." in mira.text
    work()
    assert "secret-room" in read_letter(MIRA, "is confirmed")

    gwen = newcomer()
    gwen.open("/events/goals/book/")
    assert "You pay £95.00" in gwen.text
    book_as_guest(gwen, wait, "Gwen", "Guest", GWEN)
    gwen.press("Book and go on to pay")
    invoice = Invoice.objects.get(account__person__email=GWEN)
    assert invoice.account.payment_reference in gwen.text
    gwen.press("I have made the transfer")
    assert "We are waiting for your bank transfer." in gwen.text
    receive(invoice, 9500, at=timezone.now())
    work()
    gwen.open(link_in(read_letter(GWEN, "is confirmed"), "/events/booking/"))
    assert "Your place is confirmed." in gwen.text
    gwen.open(link_in(read_letter(GWEN, "Receipt"), "/payments/by-link/"))
    assert "Amount received £95.00" in gwen.text

    wanda = newcomer()
    wanda.open("/events/goals/")
    wanda.follow("Join the waiting list")
    book_as_guest(wanda, wait, "Wanda", "Waiting", WANDA)
    wanda.press("Join the waiting list")
    assert "You are number 1 on the waiting list." in wanda.text

    mira.open("/events/mine/")
    mira.follow(TITLE)
    mira.follow("Cancel this booking")
    assert "all is refunded: £60.00." in mira.text
    mira.press("Cancel the booking")
    assert "This booking is cancelled." in mira.text
    work()
    read_letter(MIRA, "We have refunded £60.00")

    wanda.open(link_in(read_letter(WANDA, "is yours if you take it"), "/events/booking/"))
    wanda.press("Take this place")
    pay_by_paypal(wanda)
    work()
    wanda.open(link_in(read_letter(WANDA, "is confirmed"), "/events/booking/"))
    assert "Your place is confirmed." in wanda.text
    assert sorted(Booking.objects.confirmed().values_list("person__email", flat=True)) == [
        GWEN,
        WANDA,
    ]
