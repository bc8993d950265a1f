"""A world of one invoice in which everything goes wrong: its payer, its office, PayPal, the line.

Nothing is pretended inside the portal. The pretend PayPal is asked over real HTTP and breaks the
line; a process dies at a named point by an exception that nobody catches, thrown by the connection
to PayPal or to the database.
"""

import contextlib
import datetime as dt
import itertools

from django.db import connection
from django.db.models import Sum
from requests.adapters import HTTPAdapter

from foundation import history
from foundation.models import Letter
from membership.models import FeeDue, Membership
from payments import attempts, demo_paypal, disputes, refund_effects, refunds, settlement, webhooks
from payments.demo_paypal.refusals import Refusal
from payments.demo_paypal.webhooks import signed_headers
from payments.gateways.chosen import paypal as chosen
from payments.gateways.errors import PaypalError
from payments.ledger_checks import violations
from payments.models import Attempt, Dispute, Entry, Invoice, Refund, WebhookEvent
from tests.factories import A_MOMENT, make_officer
from tests.payments.money import MINUTE, make_invoice, receive

PENCE = 7200
DAY = dt.timedelta(days=1)
REQUEST_ID_LASTS = 40 * DAY
HOPS = (*(minutes * MINUTE for minutes in (0, 1, 1, 2, 5, 15, 60)), DAY, DAY, DAY, DAY)
CALLS = ("/v2/checkout/orders", "/capture", "/refund", "GET /v2/checkout/orders/", "/verify-")
TABLES = (
    'UPDATE "payments_attempt"',
    'INSERT INTO "payments_entry"',
    'UPDATE "payments_invoice"',
    'INSERT INTO "payments_refund"',
    'UPDATE "payments_refund"',
    'INSERT INTO "foundation_letter"',
    'INSERT INTO "membership_membership"',
    'INSERT INTO "payments_webhookevent"',
    'UPDATE "payments_webhookevent"',
)
POINTS = (
    *(f"{when} {call}" for call in CALLS for when in ("before", "after")),
    *(f"at {table}" for table in TABLES),
)
RECEIPTS = ("receipt", "part_payment", "payment_not_needed")
REFUSALS = (
    attempts.CannotPay,
    refunds.CannotRefund,
    refund_effects.AlreadyDecided,
    webhooks.NotFromPaypal,
    PaypalError,
)


class Killed(BaseException):
    """The process is gone: no handler of ours may tidy up after it."""


class Death(HTTPAdapter):
    """Strikes once, at the point that was named."""

    def __init__(self):
        super().__init__()
        self.point = ""

    def send(self, request, **kwargs):
        called = f"{request.method} {request.path_url}"
        self._strike("before", called)
        answer = super().send(request, **kwargs)
        self._strike("after", called)
        return answer

    def on_query(self, execute, sql, params, many, context):
        if self.point.startswith("at ") and sql.startswith(self.point.removeprefix("at ")):
            self.point = ""
            raise Killed
        return execute(sql, params, many, context)

    def _strike(self, when, called):
        armed, _, call = self.point.partition(" ")
        hit = call in called if call.startswith("GET") else called.endswith(call)
        if armed == when and call and (hit or (call == "/verify-" and call in called)):
            self.point = ""
            raise Killed


class World:
    """What may happen, one method each; whatever is refused is refused politely."""

    def __init__(self, paypal):
        empty(paypal)
        self.paypal = paypal
        self.at = A_MOMENT
        self.invoice = make_invoice(PENCE)
        self.officer = make_officer()
        self.keys = itertools.count(1)
        self.banked = 0
        self.death = Death()
        session = chosen()._transport._session()
        session.mount("http://", self.death)

    @contextlib.contextmanager
    def portal(self):
        """One request, task or sweep, which may die in the middle."""
        with connection.execute_wrapper(self.death.on_query):
            try:
                yield
            except (*REFUSALS, Killed):
                return

    # The payer -------------------------------------------------------------------------------

    def pay(self, clicks=1):
        for _ in range(clicks):
            with self.portal():
                attempts.start(invoice_id=self.invoice.pk, at=self.at)

    def choose(self, choice):
        """At PayPal, in the newest window that was opened there."""
        if attempt := self.newest(order=True):
            with contextlib.suppress(AssertionError):
                self.paypal.press(attempt.order_id, choice)

    def come_back(self, times=1):
        for _ in range(times):
            if attempt := self.newest():
                with self.portal():
                    attempts.sync_attempt(attempt.pk, at=self.at, payer_acted=True)

    def cancel(self):
        if attempt := self.newest():
            with self.portal():
                attempts.cancel(attempt.pk, at=self.at)

    def transfer(self, pence):
        with self.portal():
            receive(self.invoice, pence)
            self.banked += pence

    # PayPal ----------------------------------------------------------------------------------

    def deliver(self, which, times=1):
        """A message, any of those that were ever written, as often as PayPal likes."""
        with self.paypal.store.writing() as rows:
            found = rows.execute("SELECT raw FROM deliveries ORDER BY rowid").fetchall()
        if not found:
            return
        raw = bytes(found[which % len(found)][0])
        key = self.paypal.store.signing_key
        headers = signed_headers(raw, webhook_id=demo_paypal.WEBHOOK_ID, key=key)
        for _ in range(times):
            with self.portal():
                event = webhooks.receive(headers, raw, at=self.at)
                webhooks.follow(event.pk, at=self.at)

    def settle_pending(self, completed):
        for capture in self.captures():
            self.paypal.orders.settle_pending(capture["id"], completed=completed)

    def settle_refunds(self, completed):
        for refund in self.refunded():
            self.paypal.refunds.settle(refund["id"], completed=completed)

    def refund_there(self, value, reversed_=False):
        for capture in self.captures():
            with contextlib.suppress(Refusal):
                self.paypal.refunds.by_hand(capture["id"], value=value, reversed_=reversed_)

    def complain(self):
        for capture in self.captures():
            self.paypal.disputes.open(capture["id"])

    def resolve(self, for_buyer):
        for case in self.paypal.disputes.page(size=50)["items"]:
            self.paypal.disputes.resolve(case["dispute_id"], for_buyer=for_buyer)

    # The office ------------------------------------------------------------------------------

    def refund(self, pence, effect, clicks=1):
        attempt = Attempt.objects.filter(state__in=Attempt.PAID).order_by("-pk").first()
        key = f"key-{next(self.keys)}"
        for _ in range(clicks if attempt else 0):
            with self.portal():
                asked = refunds.request(
                    attempt.pk,
                    pence=pence,
                    effect=Refund.Effect(effect),
                    note="A reason.",
                    key=key,
                    by=self.officer,
                    at=self.at,
                )
                refunds.send(asked.pk, at=self.at)

    def decide(self, effect):
        for refund in Refund.objects.undecided():
            with self.portal():
                said = {"by": self.officer, "at": self.at, "note": "Seen."}
                refund_effects.decide(refund.pk, effect=Refund.Effect(effect), **said)

    # Time and trouble ------------------------------------------------------------------------

    def wait(self, minutes):
        self.at += minutes * MINUTE

    def sweep(self):
        for one in (
            webhooks.follow_waiting,
            attempts.sync_open,
            refunds.sync_due,
            disputes.sweep,
            settlement.activate_paid,
        ):
            with self.portal():
                one(at=self.at)

    def trouble(self, *lines):
        self.paypal.faults.add(*lines)

    def die(self, point):
        self.death.point = point

    # In the end ------------------------------------------------------------------------------

    def calm_down(self):
        """The line is good again and nobody dies; the sweeps run on, and no message comes."""
        self.paypal.faults.clear()
        self.death.point = ""
        for hop in HOPS:
            self.at += hop
            self.sweep()

    def ending(self):
        """How it ended, for the statistics: --hypothesis-show-statistics."""
        attempt = self.newest()
        return f"{attempt.state} {attempt.reason}".strip() if attempt else "without an attempt"

    def newest(self, *, order=False):
        mine = self.invoice.attempts.order_by("-started_at", "-pk")
        return (mine.exclude(order_id="") if order else mine).first()

    def payments(self):
        for order in self.paypal.orders.latest():
            yield order["view"]["purchase_units"][0].get("payments", {})

    def captures(self):
        return [one for payments in self.payments() for one in payments.get("captures", [])]

    def refunded(self):
        return [one for payments in self.payments() for one in payments.get("refunds", [])]


def empty(paypal):
    """A PayPal without orders; its tokens stay good."""
    paypal.faults.clear()
    with paypal.store.writing() as rows:
        for table in ("orders", "replays", "deliveries", "disputes"):
            rows.execute(f"DELETE FROM {table}")  # noqa: S608


def pence_of(documents, *states):
    amounts = [one["amount"]["value"] for one in documents if one["status"] in states]
    return sum(round(float(value) * 100) for value in amounts)


def booked(kinds, **filters):
    entries = Entry.objects.filter(kind__in=kinds, **filters)
    return entries.aggregate(total=Sum("pence"))["total"] or 0


def check(world):
    """Everything that must be true when the dust has settled."""
    money = ("COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED")
    captures = [one for one in world.captures() if one["status"] in money]

    assert list(violations()) == []
    assert list(history.faults()) == []
    assert len(captures) <= 1, "charged twice"
    assert pence_of(captures, *money) == booked(["payment"], method="paypal")
    assert pence_of(world.refunded(), "COMPLETED") == -booked(
        ["refund", "reversal"], refund__isnull=False
    )
    assert booked(["payment"], method="bank") == world.banked
    asked = [one["custom_id"] for one in world.refunded() if one["custom_id"].startswith("R")]
    assert len(asked) == len(set(asked)), "refunded twice"
    check_states(world)
    check_standing(world)
    check_letters()


def check_states(world):
    """Nothing stays unknown once PayPal answers again."""
    assert Attempt.objects.open().count() <= 1
    assert not Attempt.objects.filter(state=Attempt.State.CAPTURING).exists()
    unknown = Refund.objects.filter(state=Refund.State.REQUESTED)
    assert not unknown.filter(requested_at__gt=world.at - REQUEST_ID_LASTS + 6 * DAY).exists()
    assert not WebhookEvent.objects.filter(state__in=WebhookEvent.WAITING).exists()
    known = set(Dispute.objects.values_list("paypal_id", flat=True))
    assert {one["dispute_id"] for one in world.paypal.disputes.page(size=50)["items"]} == known


def check_standing(world):
    """Active exactly if the whole fee came; out only where a person said so."""
    came = booked(["payment"])
    fee = FeeDue.objects.get()
    membership = Membership.objects.first()
    ended = Refund.objects.filter(state="completed", effect="end").exists()

    assert (fee.settled_on is not None) == (came >= PENCE)
    assert (membership is not None) == (came >= PENCE)
    if membership is not None:
        assert (membership.resigned_on is not None) == ended
    assert Invoice.objects.count() == 1


def check_letters():
    payments = Entry.objects.filter(kind="payment").count()
    assert Letter.objects.filter(kind__in=RECEIPTS).count() == payments
    told = Refund.objects.filter(state="completed").exclude(effect="").exclude(origin="reversal")
    assert Letter.objects.filter(kind="refunded").count() >= told.count()
