"""What the tables themselves refuse."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Value

from membership.models import FeeDue
from payments.models import (
    Account,
    Attempt,
    Dispute,
    Entry,
    Invoice,
    LedgerIsAppendOnly,
    WebhookEvent,
)
from payments.models.ledger import GONE
from records import keeping
from tests.factories import A_DAY, A_MOMENT, make_officer, make_person
from tests.payments.money import (
    make_attempt,
    make_invoice,
    make_paid_attempt,
    make_refund,
    receive,
)

pytestmark = pytest.mark.django_db


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()
    return True


def add_entry(invoice, /, **changes):
    facts = {
        "account": invoice.account,
        "kind": Entry.Kind.PAYMENT,
        "method": Entry.Method.BANK,
        "pence": 100,
        "invoice": invoice,
        "occurred_on": A_DAY,
        "posted_at": A_MOMENT,
        "source_key": "bank:1",
    }
    return Entry.objects.create(**{**facts, **changes})


def test_an_entry_is_never_changed_or_deleted():
    entry = receive(make_invoice(), 100).entry
    entry.pence = 1_000_000

    with pytest.raises(LedgerIsAppendOnly):
        entry.save()
    with pytest.raises(LedgerIsAppendOnly):
        entry.delete()

    entry.refresh_from_db()
    assert entry.pence == 100


def test_entries_are_never_changed_or_deleted_together():
    receive(make_invoice(), 100)

    for change in (
        lambda: Entry.objects.update(pence=1),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.bulk_update(Entry.objects.all(), ["pence"]),
        lambda: Entry.objects.filter(pk__gt=0).update(note="x"),
        lambda: Entry.objects.update(note=Value(GONE), pence=1),
    ):
        with pytest.raises(LedgerIsAppendOnly):
            change()

    assert list(Entry.objects.payments().values_list("pence", flat=True)) == [100]


def test_the_words_beside_an_entry_may_go_and_no_sum_with_them():
    entry = add_entry(make_invoice(), note="TRANSFER FROM P EXAMPLE")

    Entry.objects.filter(pk=entry.pk).update(note=Value(GONE))

    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.note, kept.pence) == (GONE, entry.pence)
    assert keeping.REMOVED == GONE


def test_a_source_counts_once():
    invoice = make_invoice()
    add_entry(invoice)

    assert refused(lambda: add_entry(invoice))


@pytest.mark.parametrize(
    "change",
    [
        {"pence": 0},
        {"pence": -100},
        {"method": ""},
        {"method": "cheque"},
        {"source_key": ""},
        {"kind": "charge", "method": "", "pence": 100},
        {"kind": "charge", "method": "", "pence": -100, "invoice": None},
        {"kind": "credit_note", "method": "", "pence": -100},
        {"kind": "reversal", "pence": -100},
        {"kind": "refund", "pence": 100},
        {"kind": "refund", "pence": -100, "method": ""},
        {"kind": "gift"},
    ],
)
def test_an_entry_has_the_sign_and_the_facts_of_its_kind(change):
    invoice = make_invoice()

    assert refused(lambda: add_entry(invoice, **change))


def test_a_payment_reverses_nothing_and_an_entry_is_reversed_once():
    invoice = make_invoice()
    paid = add_entry(invoice)
    back = {"kind": "reversal", "pence": -100, "reverses": paid}

    assert refused(lambda: add_entry(invoice, source_key="bank:2", reverses=paid))
    add_entry(invoice, source_key="reverse:1", **back)
    assert refused(lambda: add_entry(invoice, source_key="reverse:2", **back))


def test_a_payer_has_one_account_and_a_reference_of_our_form():
    account = make_invoice().account
    person = account.person

    assert refused(lambda: Account.objects.create(person=person, payment_reference="CMS0000000"))
    other = make_person()
    assert refused(lambda: Account.objects.create(person=other, payment_reference="CMS12"))
    taken = account.payment_reference
    assert refused(lambda: Account.objects.create(person=other, payment_reference=taken))


def copy_of(invoice, **changes):
    fields = [field.attname for field in Invoice._meta.concrete_fields if field.name != "id"]
    return Invoice(**{**{name: getattr(invoice, name) for name in fields}, **changes})


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"fee_id": None},
        {"number": "CMS-2026-0002"},
        {"number": "2", "fee_id": None},
        {"number": "CMS-2026-0002", "fee_id": None, "state": "paid", "paid_on": A_DAY},
        {"number": "CMS-2026-0002", "fee_id": None, "state": "part_paid"},
        {"number": "CMS-2026-0002", "fee_id": None, "paid_pence": 7200},
        {"number": "CMS-2026-0002", "fee_id": None, "paid_on": A_DAY},
        {"number": "CMS-2026-0002", "fee_id": None, "total_pence": 0},
        {"number": "CMS-2026-0002", "fee_id": None, "state": "lost"},
        {"number": "CMS-2026-0002", "fee_id": None, "credited_pence": 7200},
        {"number": "CMS-2026-0002", "fee_id": None, "credited_pence": 7201, "state": "void"},
        {"number": "CMS-2026-0002", "fee_id": None, "credited_pence": 7199, "state": "credited"},
    ],
)
def test_an_invoice_is_numbered_once_and_its_state_follows_its_money(change):
    invoice = make_invoice(7200)

    assert refused(copy_of(invoice, **change).save)


def test_an_invoice_has_one_open_attempt():
    invoice = make_invoice()
    make_attempt(invoice)
    make_attempt(invoice, state="cancelled", closed_at=A_MOMENT, next_check_at=None)

    assert refused(lambda: make_attempt(invoice))


AT_PAYPAL = {"order_id": "O1", "approval_url": "https://example.org/"}
CLOSED = {"closed_at": A_MOMENT, "next_check_at": None}


@pytest.mark.parametrize(
    "change",
    [
        {"amount_pence": 0},
        {"next_check_at": None},
        {"closed_at": A_MOMENT},
        {"state": "waiting"},
        {"state": "capturing", **AT_PAYPAL},
        {"state": "pending", **AT_PAYPAL},
        {"state": "captured", **CLOSED, **AT_PAYPAL, "captured_pence": 1},
        {"state": "captured", **CLOSED, **AT_PAYPAL, "capture_id": "C1"},
        {"state": "reversed", **CLOSED, **AT_PAYPAL, "captured_pence": 1},
        {"captured_pence": 1},
        {"refunded_pence": 1},
        {"state": "mismatch", **CLOSED, "dealt_at": A_MOMENT},
        {"state": "mismatch", **CLOSED, "dealt_note": "Looked at."},
        {"state": "cancelled"},
        {"state": "lost", "closed_at": A_MOMENT},
    ],
)
def test_an_attempt_has_what_its_state_asks_for(change):
    invoice = make_invoice()

    assert refused(lambda: make_attempt(invoice, **change))


@pytest.mark.parametrize("field", ["order_id", "capture_id"])
def test_an_order_and_a_capture_belong_to_one_attempt(field):
    first, second = make_invoice(), make_invoice()
    make_attempt(first, **{field: "X1"})

    assert refused(lambda: make_attempt(second, **{field: "X1"}))


def test_the_sandbox_and_live_may_use_the_same_number():
    make_attempt(make_invoice(), order_id="X1", env="sandbox")

    assert make_attempt(make_invoice(), order_id="X1", env="live").pk


def test_a_reference_a_token_and_a_request_id_belong_to_one_attempt():
    known = make_attempt(make_invoice())
    other = make_invoice()

    for field in ("ref", "token", "create_request_id"):
        assert refused(lambda name=field: make_attempt(other, **{name: getattr(known, name)}))
    assert Attempt.objects.count() == 1


BY_US = {"origin": "office", "request_id": "refund-1", "effect": "keep"}


@pytest.mark.parametrize(
    "change",
    [
        {"amount_pence": 0},
        {"paypal_id": ""},
        {"finished_at": None},
        {"next_check_at": A_MOMENT},
        {"state": "requested", "next_check_at": A_MOMENT},
        {"state": "pending", "finished_at": None, "next_check_at": None},
        {"state": "failed", "finished_at": None},
        {"state": "lost"},
        {"effect": "keep"},
        {"effect": "keep", "decided_at": A_MOMENT},
        {"decided_at": A_MOMENT},
        {"origin": "office"},
        {**BY_US, "decided_at": A_MOMENT},
    ],
)
def test_a_refund_has_what_its_state_asks_for(change):
    attempt = make_paid_attempt(make_invoice())

    assert refused(lambda: make_refund(attempt, **change))


def test_a_refund_is_asked_once_and_counts_once():
    attempt, by = make_paid_attempt(make_invoice()), make_officer()
    ours = {**BY_US, "decided_at": A_MOMENT, "decided_by": by}
    make_refund(attempt, **ours, paypal_id="R1")

    assert refused(lambda: make_refund(attempt, **ours, paypal_id="R2"))
    assert refused(lambda: make_refund(attempt, paypal_id="R1"))


def test_a_dispute_has_a_case_and_is_dealt_with_by_somebody():
    attempt = make_paid_attempt(make_invoice())
    facts = {"attempt": attempt, "paypal_id": "PP-1", "status": "OPEN", "seen_at": A_MOMENT}
    Dispute.objects.create(**facts)

    for change in ({}, {"paypal_id": ""}, {"paypal_id": "PP-2", "dealt_note": "Answered."}):
        assert refused(lambda change=change: Dispute.objects.create(**{**facts, **change}))


def make_event(**changes):
    facts = {"event_id": "WH-1", "event_type": "X", "raw": "{}", "received_at": A_MOMENT}
    return WebhookEvent.objects.create(**{**facts, **changes})


@pytest.mark.parametrize(
    "change",
    [{"event_id": ""}, {"state": "done"}, {"processed_at": A_MOMENT}, {"state": "lost"}],
)
def test_a_message_has_an_id_and_a_moment_when_it_is_done(change):
    assert refused(lambda: make_event(**change))


def test_a_message_is_kept_once():
    make_event()

    assert refused(make_event)


@pytest.mark.parametrize("missing", [{"posted_by": None}, {"note": ""}, {"invoice": None}])
def test_money_from_before_the_portal_has_a_name_and_a_source(missing):
    invoice = make_invoice()
    whole = {"method": Entry.Method.BEFORE, "posted_by": make_officer(), "note": "members.csv"}

    assert refused(lambda: add_entry(invoice, **{**whole, **missing}))
    assert add_entry(invoice, **whole).method == "before"


@pytest.mark.parametrize(
    ("state", "fee", "awaited"),
    [
        ("issued", {}, True),
        ("part_paid", {}, True),
        ("paid", {}, False),
        ("void", {}, False),
        ("issued", {"cancelled_at": A_MOMENT}, False),
        ("part_paid", {"settled_on": A_DAY}, False),
    ],
)
def test_money_is_awaited_while_the_invoice_and_its_fee_are_open(state, fee, awaited):
    invoice = Invoice(state=state, fee=FeeDue(**fee))

    assert (invoice.is_awaited, Invoice(state=state).is_awaited) == (
        awaited,
        state in Invoice.PAYABLE,
    )
