"""A statement too long to wait for: a worker looks at it and takes it; its page says how far."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from payments import (
    bank_import,
    bank_lines,
    statement_looks,
    statement_uploads,
    statement_work,
    tasks,
)
from payments.models import BankFile, BankLine, StatementUpload
from records import keeping
from tests.factories import A_DAY, A_MOMENT, make_officer
from tests.payments.banking import credit, make_bank_account, make_debtor, sent
from tests.payments.money import money_of
from tests.payments.statement_files import Row, lloyds
from tests.payments.test_bank_pages import SEND, UNKNOWN, send, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("at_a_moment", "one_line_is_short"),
]
MINUTE = dt.timedelta(minutes=1)
OTHER = Row(A_DAY, 5000, "A CLIENT LTD", "INVOICE 17")


@pytest.fixture
def one_line_is_short(monkeypatch):
    monkeypatch.setattr(statement_uploads, "AT_ONCE", 1)
    cache.clear()


@pytest.fixture
def officer(client):
    client.force_login(make_officer())
    return client


def work():
    tasks.work_on_statement.apply(args=[upload().pk]).get()


def upload():
    return StatementUpload.objects.get()


def keep(*rows):
    return statement_uploads.keep(
        content=lloyds(rows),
        name="long.csv",
        bank_account=make_bank_account(),
        by=make_officer(),
        at=A_MOMENT,
    )


def confirmed(*rows):
    """A long statement that was looked at and confirmed."""
    keep(*rows)
    statement_work.work(upload().pk, at=A_MOMENT)
    statement_uploads.confirm_long(upload(), at=A_MOMENT)
    return upload()


def test_a_long_statement_is_looked_at_and_taken_by_the_worker(
    officer, django_capture_on_commit_callbacks
):
    invoice = make_debtor()

    with django_capture_on_commit_callbacks() as messages:
        page = send(officer, lloyds([credit(invoice), OTHER]))["Location"]
    waits = officer.get(page)
    work()
    looked = officer.get(page)
    before = (BankLine.objects.count(), money_of(invoice))
    with django_capture_on_commit_callbacks() as more:
        officer.post(page, {"confirm": "yes"})
        officer.post(page, {"confirm": "yes"})
    taking = officer.get(page)
    work()
    done = officer.get(page)

    assert (len(messages), len(more)) == (1, 1)
    assert "The statement is being looked at" in words(waits)
    assert "0 of 2 lines" in words(waits)
    assert waits["Refresh"] == "3"
    assert "1 booked by itself: whole reference and exact sum, £72.00 together" in words(looked)
    assert "A CLIENT LTD" in words(looked)
    assert "Refresh" not in looked.headers
    assert before == (0, [])
    assert "The statement is being imported" in words(taking)
    assert "2 new lines of november.csv were taken, 1 of them booked." in words(done)
    assert "Refresh" not in done.headers
    assert reverse("admin:payments_bankline_first") in done.content.decode()
    assert money_of(invoice) == [7200]
    assert bytes(upload().content) == b""


def test_what_the_worker_saw_is_what_looking_at_once_would_show():
    rows = [credit(make_debtor()), OTHER, Row(A_DAY, -100, "A SHOP", "PENS")]
    file = sent(*rows)
    tally = bank_import.rehearse(file, by=None, at=A_MOMENT)

    shown = statement_looks.tally_of(statement_looks.to_keep(tally))

    names = (*statement_looks.COUNTED, *statement_looks.DAYS)
    assert {**vars(shown), "file": None} == {**vars(tally), "file": None}
    assert [getattr(shown.file, name) for name in names] == [
        getattr(tally.file, name) for name in names
    ]


def test_a_long_file_that_was_imported_before_is_known(officer):
    bank_import.take(sent(OTHER, OTHER), by=None, at=A_MOMENT)
    account = BankFile.objects.get().bank_account

    page = send(officer, lloyds([OTHER, OTHER]), bank_account=account.pk)["Location"]
    work()

    assert "This very file was imported on 22 November 2026." in words(officer.get(page))


def test_its_page_says_how_many_lines_are_read_and_payments_booked():
    invoices = [make_debtor() for _ in range(2)]
    keep(*(credit(one) for one in invoices))
    told = []

    bank_import.rehearse(statement_uploads.sent(upload()), by=None, at=A_MOMENT, tell=told.append)
    statement_work.work(upload().pk, at=A_MOMENT)
    statement_uploads.confirm_long(upload(), at=A_MOMENT)
    before = statement_work.bar(upload()).words
    statement_work.work(upload().pk, at=A_MOMENT)

    assert (told, before) == ([2], "0 of 2 lines")
    assert statement_work.bar(upload()).words == "2 of 2 payments"


def test_explained_columns_of_a_long_statement_go_to_the_worker(officer):
    long = UNKNOWN + UNKNOWN.split(b"\n")[1].replace(b"72", b"73") + b"\n"
    columns = officer.get(send(officer, long)["Location"])["Location"]
    told = {"on": 0, "payer": 1, "texts": [1, 2], "amount": "", "paid_in": 3, "paid_out": 4}

    page = officer.post(columns, {**told, "balance": ""})["Location"]
    waits = words(officer.get(page))
    work()

    assert "0 of 2 lines" in waits
    assert "Paid in £145.00" in words(officer.get(page))


def test_what_no_worker_took_within_a_day_is_kept_until_one_has():
    one = confirmed(OTHER, OTHER)
    a_week_later = A_MOMENT + dt.timedelta(days=7)

    dropped = statement_uploads.drop_old(at=a_week_later)
    keeping.run(on=a_week_later.date())
    statement_work.work(one.pk, at=a_week_later)

    assert (dropped, upload().file) == (0, BankFile.objects.get())


@pytest.mark.parametrize(
    "became", [{"file": None, "confirmed_at": None}, {"file": None, "stopped": "Torn."}, {}]
)
def test_a_day_later_the_clean_up_forgets_what_nobody_waits_for(became):
    one = confirmed(OTHER, OTHER)
    statement_work.work(one.pk, at=A_MOMENT)
    StatementUpload.objects.update(**became)
    two_days_later = A_MOMENT + dt.timedelta(days=2)

    dropped = statement_uploads.drop_old(at=A_MOMENT + dt.timedelta(days=1))
    keeping.run(on=two_days_later.date())

    assert (dropped, StatementUpload.objects.count()) == (0, 0)


def test_a_worker_killed_after_storing_leaves_what_the_next_one_books_once():
    invoice = make_debtor()
    one = confirmed(credit(invoice), OTHER)
    StatementUpload.objects.update(begun_at=A_MOMENT)
    bank_import.store(statement_uploads.sent(one), by=one.sent_by, at=A_MOMENT)

    statement_work.work(one.pk, at=A_MOMENT + 15 * MINUTE)
    too_early = upload().file
    statement_work.work(one.pk, at=A_MOMENT + 16 * MINUTE)
    statement_work.work(one.pk, at=A_MOMENT + 16 * MINUTE)

    assert too_early is None
    assert upload().file == BankFile.objects.get()
    assert (BankLine.objects.count(), money_of(invoice)) == (2, [7200])


def test_the_sweep_hands_out_what_no_worker_is_at():
    keep(OTHER, OTHER)
    waits = statement_work.go_on(at=A_MOMENT)
    StatementUpload.objects.update(begun_at=A_MOMENT)
    in_hand = statement_work.go_on(at=A_MOMENT + 15 * MINUTE)
    lost = statement_work.go_on(at=A_MOMENT + 16 * MINUTE)
    StatementUpload.objects.update(begun_at=None)
    statement_work.work(upload().pk, at=A_MOMENT)
    for_the_office = statement_work.go_on(at=A_MOMENT)
    statement_uploads.confirm_long(upload(), at=A_MOMENT)
    to_take = statement_work.go_on(at=A_MOMENT)
    statement_work.work(upload().pk, at=A_MOMENT)
    tasks.go_on_with_statements.apply().get()

    assert (waits, in_hand, lost, for_the_office, to_take) == (1, 0, 1, 0, 1)
    assert statement_work.go_on(at=A_MOMENT) == 0


def test_a_short_statement_is_no_work_for_the_sweep():
    keep(OTHER)

    assert statement_work.go_on(at=A_MOMENT) == 0


def test_it_can_be_dropped_until_it_is_confirmed(officer):
    page = send(officer, lloyds([OTHER, OTHER]))["Location"]
    work()
    officer.post(page, {"drop": "yes"})
    dropped = StatementUpload.objects.count()
    page = send(officer, lloyds([OTHER, OTHER]), new_name="Another")["Location"]
    work()
    officer.post(page, {"confirm": "yes"})
    answer = officer.post(page, {"drop": "yes"}, follow=True)

    assert dropped == 0
    assert "dealt with before" in words(answer)
    assert StatementUpload.objects.count() == 1


def test_it_is_not_confirmed_before_it_was_looked_at():
    statement_uploads.confirm_long(keep(OTHER, OTHER), at=A_MOMENT)

    assert upload().confirmed_at is None


def test_what_the_worker_cannot_read_is_said(officer, settings):
    page = send(officer, lloyds([OTHER, OTHER]))["Location"]
    settings.STATEMENT_MAX_BYTES = 20
    work()

    answer = officer.get(page, follow=True)

    assert "Import it in parts" in words(answer)
    assert statement_work.go_on(at=A_MOMENT) == 0


def test_whoever_left_the_page_finds_the_way_back_and_nobody_elses_file(officer):
    keep(OTHER, OTHER)
    StatementUpload.objects.update(name="of-somebody-else.csv")

    page = send(officer, lloyds([OTHER, OTHER]))["Location"]
    own = StatementUpload.objects.get(name="november.csv")
    looking = officer.get(SEND).text
    statement_work.work(own.pk, at=A_MOMENT)
    looked = officer.get(SEND).text
    officer.post(page, {"confirm": "yes"})
    taking = officer.get(SEND).text
    statement_work.work(own.pk, at=A_MOMENT)
    taken = officer.get(SEND).text

    assert "</a>: being looked at" in looking
    assert "</a>: waits for you to look at it" in looked
    assert "</a>: being imported" in taking
    assert "</a>: imported" in taken
    assert f'href="{page}"' in taken
    assert "of-somebody-else.csv" not in taken


def test_what_waits_costs_the_same_for_one_and_three(officer):
    def ask():
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(SEND).status_code == 200
        return len(asked)

    send(officer, lloyds([OTHER]))
    ask()
    one = ask()
    for number in range(2):
        send(officer, lloyds([OTHER]), new_name=f"Account {number}")

    assert ask() == one


def test_a_short_statement_waits_for_its_sender(officer):
    send(officer, lloyds([OTHER]))

    assert "</a>: waits for you to look at it" in officer.get(SEND).text


def test_what_is_proved_tells_how_far_the_booking_is():
    bank_import.store(sent(*(credit(make_debtor()) for _ in range(2))), by=None, at=A_MOMENT)
    told = []

    bank_lines.post_proved(at=A_MOMENT, tell=lambda *far: told.append(far))

    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (
            "a_long_statement_is_looked_at_before_it_is_confirmed",
            {"looked_at": None, "confirmed_at": A_MOMENT},
        ),
        ("a_long_statement_is_taken_once_it_is_confirmed", {"confirmed_at": None}),
    ],
)
def test_what_cannot_be_is_refused_by_the_database(name, change):
    one = confirmed(OTHER, OTHER)
    statement_work.work(one.pk, at=A_MOMENT)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        StatementUpload.objects.update(**change)
