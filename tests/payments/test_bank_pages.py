"""The office imports a statement in two steps, and works through what it could not match."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from payments import statement_uploads
from payments.ledger_checks import violations
from payments.models import (
    BankAccount,
    BankFile,
    BankLine,
    PaypalEntry,
    StatementColumns,
    StatementUpload,
)
from tests.factories import A_DAY, A_MOMENT, make_clerk, make_member, make_officer, make_user
from tests.payments.banking import (
    DAY,
    credit,
    make_bank_account,
    make_debtor,
    make_line,
    reference_of,
    take,
    the_line,
)
from tests.payments.money import money_of
from tests.payments.statement_files import Row, lloyds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
SEND = "/admin/payments/bankfile/import/"
QUEUE = "/admin/payments/bankline/?waits=yes"
FIRST = "/admin/payments/bankline/first/"
OTHER = Row(A_DAY, 5000, "A CLIENT LTD", "INVOICE 17")
UNKNOWN = b"Posted,Who,Details,In,Out\n22/11/2026,P EXAMPLE,CMS,72.00,\n"


@pytest.fixture
def officer(client):
    client.force_login(make_officer())
    return client


def send(client, content, **typed):
    file = SimpleUploadedFile("november.csv", content)
    return client.post(SEND, {"new_name": "Main", "file": file, **typed})


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def page_of(line):
    return reverse("admin:payments_bankline_change", args=[line.pk])


def row(number, payer="", amount=""):
    return {f"part-{number}-payer": payer, f"part-{number}-amount": amount}


def rows(*typed):
    filled = {"step": "match", "part-TOTAL_FORMS": str(len(typed)), "part-INITIAL_FORMS": "0"}
    for number, (payer, amount) in enumerate(typed):
        filled |= row(number, payer, amount)
    return filled


# Importing --------------------------------------------------------------------------------------


def test_a_statement_is_sent_looked_at_and_imported(officer):
    invoice = make_debtor()

    preview = send(officer, lloyds([credit(invoice), OTHER]), follow=True)
    shown = words(officer.get(preview["Location"]))
    before = (BankFile.objects.count(), BankLine.objects.count(), money_of(invoice))
    done = officer.post(preview["Location"], {"confirm": "yes"}, follow=True)

    assert "Lines 2 " in shown
    assert "Paid in £122.00" in shown
    assert "1 booked by itself: whole reference and exact sum, £72.00 together" in shown
    assert "1 without a suggestion, for you to match: £50.00" in shown
    assert before == (0, 0, [])
    assert money_of(invoice) == [7200]
    assert "2 new lines were taken, 1 of them booked." in words(done)
    left = BankLine.objects.to_match().get()
    assert done.redirect_chain == [(FIRST, 302), (page_of(left), 302)]
    assert not StatementUpload.objects.exists()


def test_a_dropped_statement_leaves_nothing(officer):
    preview = send(officer, lloyds([OTHER]))

    officer.post(preview["Location"], {"drop": "yes"})

    assert (StatementUpload.objects.count(), BankLine.objects.count()) == (0, 0)


def test_a_double_click_imports_once(officer):
    preview = send(officer, lloyds([OTHER]))

    pages = [officer.post(preview["Location"], {"confirm": "yes"}, follow=True) for _ in range(2)]

    assert "1 new line was taken, 0 of them booked." in words(pages[0])
    assert "dealt with before" in words(pages[1])
    assert BankLine.objects.count() == 1


def test_a_statement_under_another_account_is_told_and_books_nothing(officer):
    invoice = make_debtor()
    rows = [credit(invoice), Row(A_DAY, 500, "PAYPAL", "TRANSFER")]
    take(*rows, bank_account=make_bank_account("Main"))
    reserve = make_bank_account("Reserve")

    preview = send(officer, lloyds(rows), bank_account=reserve.pk)
    shown = words(officer.get(preview["Location"]))
    officer.post(preview["Location"], {"confirm": "yes"})

    assert "2 of these lines stand in a statement of another account" in shown
    again = reserve.lines.order_by("position")
    assert [line.state for line in again] == ["suggested", "unmatched"]
    assert again[0].reason.endswith("is it the same money?")
    assert again[1].reason == "The same line was imported for “Main”: is it this money?"
    assert (money_of(invoice), PaypalEntry.objects.count()) == ([7200], 1)
    assert list(violations()) == []


def test_a_file_that_was_imported_before_is_known(officer):
    take(OTHER, bank_account=make_bank_account("Main"))

    shown = officer.get(send(officer, lloyds([OTHER]))["Location"])

    assert "This very file was imported on 22 November 2026." in words(shown)
    assert 'name="confirm"' not in shown.content.decode()


@pytest.mark.parametrize(
    ("content", "typed", "said"),
    [
        (lloyds([OTHER]).replace(b"50.00", b"5O.00"), {}, "Line 2: “5O.00” is not an amount"),
        (b"", {}, "The file is empty. Download it from the bank again."),
        (b"%PDF-1.7", {}, "This is a PDF. Download the statement from the bank as CSV or OFX."),
        (b"Dear treasurer", {}, "no row of headings that could be explained"),
        (lloyds([OTHER]), {"new_name": " "}, "Choose an account, or name a new one below."),
        (lloyds([OTHER]), {"bank_account": "x"}, "Choose one of the accounts of the list."),
    ],
)
def test_a_refused_file_is_said_in_words_and_leaves_nothing(officer, content, typed, said):
    answer = send(officer, content, **typed)

    assert said in words(answer)
    assert (BankAccount.objects.count(), StatementUpload.objects.count()) == (0, 0)


def test_a_file_that_is_too_large_is_refused(officer, settings):
    settings.STATEMENT_MAX_BYTES = 20

    assert "Import it in parts" in words(send(officer, lloyds([OTHER])))


def test_unknown_columns_are_explained_once_and_remembered(officer):
    columns = officer.get(send(officer, UNKNOWN)["Location"])["Location"]
    shown = words(officer.get(columns))
    told = {"on": 0, "payer": 1, "texts": [1, 2], "amount": "", "paid_in": 3, "paid_out": 4}

    preview = officer.post(columns, {**told, "balance": ""})
    officer.post(preview["Location"], {"confirm": "yes"})
    again = send(officer, UNKNOWN.replace(b"72.00", b"73.00"), new_name="main")

    assert "22/11/2026 P EXAMPLE CMS 72.00" in shown
    assert (the_line().pence, the_line().payer) == (7200, "P EXAMPLE")
    assert StatementColumns.objects.count() == 1
    assert "Paid in £73.00" in words(officer.get(again["Location"]))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"on": 1}, "Read like this, the file cannot be taken. Line 2: “P EXAMPLE” is not a day"),
        ({"texts": []}, "Choose at least one column with words."),
        ({"paid_in": ""}, "Choose either one column for the amount, or one for paid in."),
        ({"amount": 3}, "Choose either one column for the amount, or one for paid in."),
        ({"on": 9}, "Choose a column of the file"),
    ],
)
def test_columns_that_cannot_be_are_said_and_not_remembered(officer, told, said):
    columns = officer.get(send(officer, UNKNOWN)["Location"])["Location"]
    usual = {"on": 0, "texts": [1, 2], "paid_in": 3, "paid_out": 4}

    answer = officer.post(columns, {**usual, **told})

    assert said in words(answer)
    assert not StatementColumns.objects.exists()


def test_a_file_that_nobody_confirms_is_forgotten_after_a_day(officer):
    send(officer, lloyds([OTHER]))

    kept = statement_uploads.drop_old(at=A_MOMENT + DAY)
    dropped = statement_uploads.drop_old(at=A_MOMENT + DAY * 1.001)

    assert (kept, dropped) == (0, 1)


# One line ---------------------------------------------------------------------------------------


def test_the_suggestion_is_accepted_with_one_key_and_leads_to_the_next(officer):
    invoice = make_debtor()
    take(credit(invoice, 7199), OTHER)
    line, other = BankLine.objects.order_by("position")

    shown = officer.get(page_of(line)).content.decode()
    done = officer.post(page_of(line), {"step": "accept"})

    assert re.search(r'value="accept"[^>]* autofocus', shown)
    assert money_of(invoice) == [7199]
    assert done["Location"] == page_of(other)


def test_the_first_screen_leads_to_the_surest_payment_or_to_the_empty_list(officer):
    invoice = make_debtor()
    empty = officer.get(FIRST)
    take(OTHER, credit(invoice, 7199))
    surest = BankLine.objects.to_match().in_queue_order().first()

    found = officer.get(FIRST)

    assert empty["Location"] == QUEUE
    assert found["Location"] == page_of(surest)
    assert f'href="{FIRST}"' in officer.get("/admin/").text


def test_a_payment_is_passed_over_and_comes_after_the_others(officer):
    invoice = make_debtor()
    take(credit(invoice, 7199), OTHER, Row(A_DAY, 3000, "B CLIENT LTD", "INVOICE 18"))
    first, second, third = BankLine.objects.to_match().in_queue_order()

    passed = officer.get(page_of(first))
    done = officer.post(page_of(second), {"step": "leave", "leave-whose": "", "leave-reason": "No"})
    after = officer.get(page_of(third))

    assert f'href="{page_of(second)}">Leave it for now' in passed.text
    assert "(2 more)" in words(passed)
    assert done["Location"] == page_of(third)
    assert f'href="{page_of(first)}">Leave it for now' in after.text


def test_a_line_is_split_by_hand(officer):
    first, second = make_debtor(7200), make_debtor(9000)
    line = make_line(16_200)

    officer.post(
        page_of(line), rows((reference_of(first), "72.00"), (second.payer.email, "90"), ("", ""))
    )

    assert (money_of(first), money_of(second)) == ([7200], [9000])
    assert the_line().state == "split"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("CMS9999999", "72.00"), "Nobody with a fee was found"),
        (("Example", "72.00"), "Several people fit"),
        (("CMS-2026-9999", "72.00"), "There is no invoice CMS-2026-9999."),
        (("{ours}", "71.99"), "£0.01 missing"),
        (("{ours}", ""), "Enter how much"),
        (("", "72.00"), "Enter for whom"),
        (("{ours}", "much"), "Enter an amount in pounds and pence"),
    ],
)
def test_what_cannot_be_booked_is_said_and_kept(officer, typed, said):
    ours = make_debtor(family_name="Example")
    make_debtor(family_name="Example")
    line = make_line()
    payer, amount = typed[0].format(ours=reference_of(ours)), typed[1]

    answer = officer.post(page_of(line), rows((payer, amount)))

    assert said in words(answer)
    assert f'value="{payer}"' in answer.content.decode() or not payer
    assert money_of(ours) == []


@pytest.mark.parametrize("by", ["reference", "spaced", "invoice", "number", "email", "name"])
def test_a_payer_is_found_in_every_way_in_which_the_office_knows_them(officer, by):
    invoice = make_debtor(given_name="Ottoline", family_name="Rare")
    make_member(invoice.payer, ends_on=A_DAY - DAY)
    typed = {
        "reference": reference_of(invoice),
        "spaced": f"cms {reference_of(invoice)[3:6]} {reference_of(invoice)[6:]}",
        "invoice": invoice.number.lower(),
        "number": invoice.payer.membership.written_number,
        "email": invoice.payer.email.upper(),
        "name": "ottoline rare",
    }

    officer.post(page_of(make_line()), rows((typed[by], "72.00")))

    assert money_of(invoice) == [7200]


def test_a_line_is_left_alone_looked_at_again_and_undone(officer):
    invoice = make_debtor()
    line = make_line()

    officer.post(page_of(line), {"step": "leave", "leave-reason": "Interest"})
    left = the_line().state
    officer.post(page_of(line), {"step": "again"})
    officer.post(page_of(line), rows((reference_of(invoice), "72.00")))
    officer.post(page_of(line), {"step": "undo", "undo-reason": "Wrong member"})

    assert (left, the_line().state) == ("ignored", "reversed")
    assert money_of(invoice) == [7200, -7200]
    home = words(officer.get("/admin/"))
    assert "membership was paid for by money that went back" in home


@pytest.mark.parametrize(
    ("step", "said"),
    [("leave", "Write down what this money is."), ("undo", "Write down why")],
)
def test_a_step_without_its_reason_is_not_taken(officer, step, said):
    invoice = make_debtor()
    take(credit(invoice, 7200 if step == "undo" else 7199))
    before = the_line().state

    answer = officer.post(page_of(the_line()), {"step": step, f"{step}-reason": " "})

    assert said in words(answer)
    assert the_line().state == before


def test_another_who_fits_is_booked_with_one_button(officer):
    first = make_debtor(7200, family_name="Twinname")
    second = make_debtor(7200, family_name="Twinname")
    take(Row(A_DAY, 7200, "MRS TWINNAME", "FEE"))

    shown = officer.get(page_of(the_line()))
    officer.post(page_of(the_line()), rows((reference_of(second), "72.00")))

    assert f"Book it for {second.payer}" in words(shown)
    assert (money_of(first), money_of(second)) == ([], [7200])


# The queue --------------------------------------------------------------------------------------


def test_several_suggestions_are_accepted_at_once(officer):
    invoices = [make_debtor() for _ in range(3)]
    take(*(credit(one, 7199) for one in invoices), OTHER)
    chosen = list(BankLine.objects.values_list("pk", flat=True))

    answer = officer.post(
        QUEUE, {"action": "accept_suggestions", "_selected_action": chosen}, follow=True
    )

    assert [money_of(one) for one in invoices] == [[7199]] * 3
    assert "Booked as suggested: 3." in words(answer)
    assert "This line has no suggestion." in words(answer)


def test_the_queue_shows_what_waits_the_surest_first(officer):
    invoice = make_debtor(family_name="Surename")
    take(
        credit(invoice),
        OTHER,
        credit(invoice, 7199),
        Row(A_DAY, 100, "P SURENAME", "GIFT"),
    )

    shown = words(officer.get(QUEUE))

    order = [shown.index(pounds) for pounds in ("£71.99", "£1.00", "£50.00")]
    assert order == sorted(order)
    assert "£72.00" not in shown


def test_the_office_home_counts_what_waits(officer):
    take(OTHER, Row(A_DAY - DAY, 100, "B CLIENT LTD", "INVOICE 18"))

    home = words(officer.get("/admin/"))

    assert "2 payments to match since 21 November 2026" in home


def test_the_lists_ask_the_same_for_one_and_three_rows(officer):
    def queries():
        counts = []
        for url in (QUEUE, "/admin/payments/bankfile/", "/admin/payments/bankaccount/"):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert officer.get(url).status_code == 200
            counts.append(len(asked))
        return counts

    take(credit(make_debtor(), 7199))
    one = queries()
    take(*(credit(make_debtor(), 7199) for _ in range(3)), bank_account=make_bank_account("B"))

    assert queries() == one
    assert max(one) <= 12


# Who may ----------------------------------------------------------------------------------------


def every_page():
    line = make_line()
    upload = StatementUpload.objects.create(
        bank_account=line.bank_account,
        name="a.csv",
        content=lloyds([OTHER]),
        sent_at=A_MOMENT,
        sent_by=make_officer(),
    )
    return [
        *(SEND, f"{SEND}{upload.pk}/", f"{SEND}{upload.pk}/columns/", page_of(line)),
        *("/admin/payments/bankline/", "/admin/payments/bankfile/", "/admin/payments/bankaccount/"),
    ]


@pytest.mark.parametrize(
    ("somebody", "code"), [(make_clerk, 403), (make_user, 302), (lambda: make_member().user, 302)]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_without_permission_sees_or_does_any_of_it(client, somebody, code, method):
    pages = every_page()
    client.force_login(somebody())

    codes = {getattr(client, method)(page).status_code for page in pages}

    assert codes == {code}


def allowed(client, *codenames):
    clerk = make_clerk()
    clerk.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(clerk)
    return client


def test_seeing_lines_is_not_matching_them(client):
    invoice = make_debtor()
    take(credit(invoice, 7199))
    allowed(client, "view_bankline")

    shown = client.get(page_of(the_line()))
    refused = client.post(page_of(the_line()), {"step": "accept"}).status_code

    assert 'value="accept"' not in shown.content.decode()
    assert "Match it by hand" not in words(shown)
    assert (refused, money_of(invoice)) == (403, [])


def test_an_upload_is_its_senders_alone(client):
    pages = [page for page in every_page() if re.search(r"import/\d", page)]
    allowed(client, "add_bankfile")

    codes = [client.get(page).status_code for page in pages]

    assert codes == [404, 404]


def test_lines_and_files_cannot_be_changed_or_deleted_by_hand(officer):
    line = make_line()

    assert officer.post(f"/admin/payments/bankline/{line.pk}/delete/").status_code == 403
    assert officer.get(f"/admin/payments/bankfile/{line.bank_file_id}/change/").status_code == 200
    assert officer.get("/admin/payments/bankline/add/").status_code == 403
