"""Every fact of a line, layout by layout: what a bank wrote, and the whole line that is read."""

import datetime as dt

import pytest

from payments.statements import Line, StatementRefused, read
from payments.statements.decoding import A_PIECE
from tests.payments.statement_files import WRITERS, Row

A_DAY = dt.date(2026, 11, 20)
CAME = Row(A_DAY, 720_000, "P EXAMPLE", "CMS1234563")
WENT = Row(dt.date(2026, 11, 21), -505, "A SHOP", "PAPER")
WORDS = "P EXAMPLE CMS1234563"


def lines(written):
    content = written if isinstance(written, bytes) else written.encode()
    return list(read(content).lines())


def one(written):
    (line,) = lines(written)
    return line


def refusal(written):
    with pytest.raises(StatementRefused) as refused:
        lines(written)
    return str(refused.value)


@pytest.mark.parametrize(
    ("layout", "name", "number", "text", "known"),
    [
        (
            *("lloyds", "Lloyds, Halifax or Bank of Scotland", 2),
            f"{WORDS} 306364     10 20NOV26 09:15",
            {"balance_pence": 10_000, "holder": "30-00-00 00000000"},
        ),
        (
            *("barclays", "Barclays", 2, "P EXAMPLE          CMS1234563         BGC"),
            {"payer": "P EXAMPLE", "holder": "20-00-00 00000000"},
        ),
        (
            *("natwest", "NatWest or RBS", 3, "P EXAMPLE , CMS1234563"),
            {"payer": "P EXAMPLE", "balance_pence": 100, "holder": "000000"},
        ),
        ("hsbc", "HSBC", 1, WORDS, {}),
        ("first_direct", "HSBC or first direct", 2, WORDS, {"balance_pence": 500}),
        ("nationwide", "Nationwide", 5, WORDS, {"balance_pence": 100}),
        ("starling", "Starling", 2, WORDS, {"payer": "P EXAMPLE", "balance_pence": 100}),
        (
            *("monzo", "Monzo", 2, f"{WORDS} CMS1234563"),
            {"payer": "P EXAMPLE", "bank_id": "tx_00000000"},
        ),
        ("monzo_in_pence", "Monzo, amounts in pence", 2, WORDS, {"bank_id": "tx_00000000"}),
        ("santander", "Santander", 2, WORDS, {"balance_pence": 100}),
        (
            *("santander_text", "Santander text", 5, WORDS),
            {"balance_pence": 100, "holder": "XXXX 0000"},
        ),
        ("midata", "midata", 2, WORDS, {"balance_pence": 100}),
        ("bank_of_ireland", "Bank of Ireland", 2, WORDS, {"balance_pence": 10_000}),
        (
            *("ofx", "OFX", 1, WORDS),
            {"payer": "P EXAMPLE", "bank_id": "F0000000", "holder": "00000000"},
        ),
        ("qfx", "OFX", 1, WORDS, {"payer": "P EXAMPLE", "bank_id": "Q0"}),
        ("qif", "QIF", 2, WORDS, {"payer": "P EXAMPLE"}),
        (
            *("camt053", "camt.053", 1, WORDS),
            {"payer": "P EXAMPLE", "bank_id": "A0", "holder": "GB00TEST00000000000000"},
        ),
        ("mt940", "MT940", 5, f"{WORDS} NONREF//0", {"holder": "300000/00000000"}),
    ],
)
def test_a_line_is_read_with_all_that_its_bank_tells(layout, name, number, text, known):
    statement = read(WRITERS[layout]([CAME, WENT]))

    first, second, *_balance = statement.lines()
    assert statement.layout == name
    assert first == Line(number, A_DAY, 720_000, text, **known)
    assert (second.on, second.pence) == (WENT.on, -505)
    assert (second.holder, second.currency) == (first.holder, "GBP")


def test_the_second_line_has_a_number_payer_and_words_of_its_own():
    found = {
        layout: lines(WRITERS[layout]([CAME, WENT]))[1]
        for layout in ("ofx", "qif", "camt053", "mt940", "santander_text")
    }

    holder = {"ofx": "00000000", "camt053": "GB00TEST00000000000000"}
    shop = {"payer": "A SHOP"}
    assert found == {
        "ofx": Line(
            2, WENT.on, -505, "A SHOP PAPER", bank_id="F0000001", holder=holder["ofx"], **shop
        ),
        "qif": Line(7, WENT.on, -505, "A SHOP PAPER", **shop),
        "camt053": Line(
            2, WENT.on, -505, "A SHOP PAPER", bank_id="A1", holder=holder["camt053"], **shop
        ),
        "mt940": Line(7, WENT.on, -505, "A SHOP PAPER NONREF//1", holder="300000/00000000"),
        "santander_text": Line(
            10, WENT.on, -505, "A SHOP PAPER", balance_pence=100, holder="XXXX 0000"
        ),
    }


# Tables ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("20/11/2026,A,1.00", Line(1, A_DAY, 100, "A")),
        ("20/11/2026,A,0.00", Line(1, A_DAY, 0, "A")),
        ("20/11/2026,A,1.00,3.00", Line(1, A_DAY, 100, "A", balance_pence=300)),
        ("\n20/11/2026,A,1.00,", Line(2, A_DAY, 100, "A")),
    ],
)
def test_a_file_without_a_header_is_a_day_a_text_and_an_amount(written, line):
    assert lines(written) == [line]


@pytest.mark.parametrize(
    "written",
    [
        "20/11/2026,A",
        "20/11/2026,A,1.00,3.00,5",
        ",,,",
        "20/11/2026, ,1.00",
        "20/11/2026,A,much",
        "soon,A,1.00",
        "20/11/2026",
        "soon,A,1.00\n20/11/2026,A,1.00",
    ],
)
def test_any_other_table_without_a_header_is_unknown(written):
    assert refusal(written) == (
        "This file has a layout that is not known. Import it in the office's pages once, and say "
        "there which column is which; or download it from the bank in another format."
    )


@pytest.mark.parametrize(("above", "is_known"), [(19, True), (20, False)])
def test_a_header_stands_within_the_first_twenty_lines(above, is_known):
    written = "note\n" * above + "Date,Description,Amount\n20/11/2026,A,1.00\n"

    if is_known:
        assert lines(written) == [Line(above + 2, A_DAY, 100, "A")]
    else:
        assert refusal(written).startswith("This file has a layout that is not known.")


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("20/11/2026, 'A , 1.00", Line(2, A_DAY, 100, "A")),
        ("20/11/2026,'' A,'1.00'", Line(2, A_DAY, 100, "A")),
        ('20/11/2026, "A, B", 1.00', Line(2, A_DAY, 100, "A, B")),
        ("20/11/2026,A,1.00", Line(2, A_DAY, 100, "A")),
    ],
)
def test_a_cell_is_read_without_the_signs_of_spreadsheets(row, line):
    written = f'"\'Date", DESCRIPTION ,  amount\n{row}\n'

    assert lines(written) == [line]


@pytest.mark.parametrize(("broken", "is_read"), [(10, True), (11, False)])
def test_a_row_is_ten_physical_lines_at_most(broken, is_read):
    text = "\n".join("A" * broken)
    written = f'Date,Description,Amount\n20/11/2026,"{text}",1.00\n20/11/2026,B,2.00\n'

    if is_read:
        assert [line.number for line in lines(written)] == [2, 12]
    else:
        assert refusal(written) == "Line 2: A quotation mark is never closed."


def test_a_row_that_is_no_csv_is_refused_by_its_line():
    long = "A" * 200_000

    assert refusal(f"Date,Description,Amount\n20/11/2026,{long},1.00\n") == (
        "Line 2: This row cannot be read."
    )


def test_a_line_end_within_a_cell_is_kept_as_a_space():
    assert one('Date,Description,Amount\n20/11/2026,"A\r\nB",1.00\n').text == "A  B"


@pytest.mark.parametrize(
    ("paid_in", "paid_out", "pence"), [("1.00", "", 100), ("", "1.00", -100), ("", "-1.00", -100)]
)
def test_two_columns_of_amounts_are_what_came_and_what_went(paid_in, paid_out, pence):
    written = f"Date,Description,Money in,Money out,Balance\n20/11/2026,A,{paid_in},{paid_out},\n"

    assert one(written) == Line(2, A_DAY, pence, "A")


def test_both_columns_of_one_row_are_set_against_each_other():
    written = "Date,Description,Money in,Money out\n20/11/2026,A,3.00,1.00\n"

    assert one(written).pence == 200


def test_a_currency_is_read_where_a_column_has_it():
    written = (
        "Transaction ID,Date,Name,Amount,Currency\nt,20/11/2026,A,1.00,EUR\nu,20/11/2026,B,1,\n"
    )

    assert [line.currency for line in lines(written)] == ["EUR", "GBP"]


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        ("72", None),
        (" -72 ", None),
        ("2000000000", None),
        ("2000000001", "“2000000001” is not an amount"),
        ("72.00", "“72.00” is not an amount"),
        ("٣", "“٣” is not an amount"),
    ],
)
def test_whole_pence_are_whole_and_below_twenty_million_pounds(pence, words):
    written = (
        "id,created,amount,currency,local_amount,description,balance\n"
        f"t,2026-11-20,{pence},GBP,0,A,9\n"
    )

    if words:
        assert refusal(written).startswith(f"Line 2: {words}")
    else:
        assert one(written) == Line(2, A_DAY, int(pence), "A", bank_id="t")


def test_words_are_cut_at_forty_letters_in_a_refusal():
    written = "Date,Description,Amount\n20/11/2026,A,{}\n"
    digits = "12345678901234567890123456789012345678901234567890"

    assert refusal(written.format("x" * 40 + "y")) == (
        f"Line 2: “{'x' * 40}” is not an amount such as 72.00, so nothing of the file was taken."
    )
    assert refusal(f"Date,Description,Amount\n{digits},A,1\n") == (
        f"Line 2: “{digits[:40]}” is not a day such as 22/11/2026, so nothing of the file was "
        "taken."
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1 Jan 26", "2026-01-01"),
        ("2-feb-2026", "2026-02-02"),
        ("3 March 2026", "2026-03-03"),
        ("4 April 26", "2026-04-04"),
        ("5 MAY 2026", "2026-05-05"),
        ("6 June 2026", "2026-06-06"),
        ("7 Jul 2026", "2026-07-07"),
        ("8 Aug 2026", "2026-08-08"),
        ("9 Sept 2026", "2026-09-09"),
        ("9 Sep 2026", "2026-09-09"),
        ("10 Octo 2026", "2026-10-10"),
        ("11 Novem 2026", "2026-11-11"),
        ("12 December 2026", "2026-12-12"),
        ("1/1/1990", "1990-01-01"),
        ("31/12/2100", "2100-12-31"),
        ("5.6.07", "2007-06-05"),
        ("2026-11-20T10:00", "2026-11-20"),
        ("20261120", "2026-11-20"),
    ],
)
def test_days_are_read_as_banks_write_them(written, day):
    assert one(f"Date,Description,Amount\n{written},A,1\n").on == dt.date.fromisoformat(day)


# OFX ---------------------------------------------------------------------------------------------


def ofx_of(*rows, head="<CURDEF>GBP", between=""):
    entries = between.join(f"<STMTTRN>{row}</STMTTRN>" for row in rows)
    return f"<OFX>{head}<BANKTRANLIST>{entries}</BANKTRANLIST></OFX>"


ROW = "<DTPOSTED>20261120<TRNAMT>1.00"


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (ROW, Line(1, A_DAY, 100, "")),
        (f"{ROW}<NAME>A<MEMO>B", Line(1, A_DAY, 100, "A B", payer="A")),
        (f"{ROW}<NAME>A<MEMO>A AND B", Line(1, A_DAY, 100, "A AND B", payer="A")),
        (f"{ROW}<MEMO>B", Line(1, A_DAY, 100, "B")),
        (f"{ROW}<NAME>A", Line(1, A_DAY, 100, "A", payer="A")),
        (f"{ROW}<NAME>A<NAME>B", Line(1, A_DAY, 100, "A", payer="A")),
        (f"{ROW}<NAME>A &amp; B", Line(1, A_DAY, 100, "A & B", payer="A & B")),
        (
            f"{ROW}<NAME><![CDATA[A &amp; <B>]]></NAME>",
            Line(1, A_DAY, 100, "A &amp; <B>", payer="A &amp; <B>"),
        ),
        (f"{ROW}<FITID>7", Line(1, A_DAY, 100, "", bank_id="7")),
        ("<dtposted>20261120<trnamt>-1,5", Line(1, A_DAY, -150, "")),
    ],
)
def test_an_entry_of_ofx_is_read_by_its_tags(row, line):
    assert lines(ofx_of(row)) == [line]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("<TRNAMT>1.00", "Entry 2: “” is not a day"),
        ("<DTPOSTED>20261320<TRNAMT>1.00", "Entry 2: “20261320” is not a day"),
        ("<DTPOSTED>20261120", "Entry 2: “” is not an amount"),
        ("<DTPOSTED>20261120<TRNAMT>1.005", "Entry 2: “1.005” is not an amount"),
        ("<DTPOSTED>20261120<TRNAMT>20000000.01", "Entry 2: “20000000.01” is not an amount"),
    ],
)
def test_an_entry_of_ofx_that_cannot_be_read_is_named(row, words):
    assert refusal(ofx_of(ROW, row)).startswith(words)


@pytest.mark.parametrize(
    ("amount", "pence"),
    [
        ("1", 100),
        ("1.", 100),
        ("1.5", 150),
        ("1.500", 150),
        ("-1.05", -105),
        ("+1,05", 105),
        ("20000000.00", 2_000_000_000),
    ],
)
def test_plain_amounts_have_a_point_or_a_comma_and_no_thousands(amount, pence):
    assert one(ofx_of(f"<DTPOSTED>20261120<TRNAMT>{amount}")).pence == pence


def test_accounts_and_currencies_of_ofx_hold_until_another_is_told():
    second = "<CURDEF>eur<ACCTID> 222 </BANKACCTFROM>"
    written = ofx_of(ROW, ROW, head="<CURDEF>GBP<ACCTID>111", between="") + ofx_of(ROW, head=second)

    assert [(line.number, line.holder, line.currency) for line in lines(written)] == [
        (1, "111", "GBP"),
        (2, "111", "GBP"),
        (3, "222", "EUR"),
    ]


def test_comments_of_ofx_are_left_out_wherever_they_stand():
    written = ofx_of(f"{ROW}<!-- <NAME>B --><NAME>A<!-- <MEMO>D --><MEMO>C", ROW)

    assert [line.text for line in lines(f"<!-- {ROW} -->{written}<!-- never closed")] == ["A C", ""]


@pytest.mark.parametrize("cut", [1, 2, 3, 4])
def test_a_comment_of_ofx_may_begin_at_the_end_of_a_piece(cut):
    head = f"<OFX><BANKTRANLIST><STMTTRN>{ROW}"
    padded = head.ljust(A_PIECE - cut)

    assert one(f"{padded}<!-- <NAME>B --><NAME>A</STMTTRN></OFX>").text == "A"


def test_an_entry_of_ofx_that_nothing_closes_is_read():
    assert lines(f"<OFX><STMTTRN>{ROW}<NAME>A") == [Line(1, A_DAY, 100, "A", payer="A")]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("<MESSAGE>Try &amp; wait", "Try & wait"),
        ("</STATUS>", "no reason given"),
    ],
)
def test_an_error_of_ofx_is_told_in_the_banks_words(told, words):
    written = f"<OFX><STATUS><SEVERITY>ERROR{told}</STATUS></OFX>"

    assert refusal(written) == f"The bank put an error in place of a statement: {words}."


def test_an_error_behind_an_entry_refuses_the_file_as_well():
    written = ofx_of(ROW) + "<STATUS><SEVERITY>ERROR<MESSAGE>Later</STATUS>"

    assert refusal(written) == "The bank put an error in place of a statement: Later."


# QIF, Santander's text and MT940 -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "line"),
    [
        ("D20/11/2026\nT1.00\n^", Line(2, A_DAY, 100, "")),
        ("D20/11'26\nU1.00\nPA\n^", Line(2, A_DAY, 100, "A", payer="A")),
        ("D20/11' 26\nT1.00\nMB\n^", Line(2, A_DAY, 100, "B")),
        ("D 3/ 4'26\nT1.00\n^", Line(2, dt.date(2026, 4, 3), 100, "")),
        ("d20/11/2026\nt1.00\npA &amp; C\nmB &amp; D\n^", None),
        ("\nD20/11/2026\nT1.00\nPA\nPB", Line(3, A_DAY, 100, "A", payer="A")),
    ],
)
def test_a_record_of_qif_is_read_by_its_letters(record, line):
    known = line or Line(2, A_DAY, 100, "A & C B & D", payer="A & C")

    assert lines(f"!Type:Bank\n{record}") == [known]


def test_records_of_qif_are_numbered_by_their_first_line():
    written = "!Type:Bank\nD20/11/2026\nT1.00\n^\n^\n\nD20/11/2026\nT2.00"

    assert [(line.number, line.pence) for line in lines(written)] == [(2, 100), (7, 200)]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("T1.00\n^", "Line 2: “” is not a day"),
        ("D20/11/2026\n^", "Line 2: “” is not an amount"),
        ("D20/11/2026\nTx\n^", "Line 2: “x” is not an amount"),
        ("D20/11/2026\nT1.00\n^\nT2.00", "Line 5: “” is not a day"),
    ],
)
def test_a_record_of_qif_that_cannot_be_read_is_named(record, words):
    assert refusal(f"!Type:Bank\n{record}").startswith(words)


BLOCK = "Date: 20/11/2026\nDescription: A\nAmount: 1.00 GBP\n"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (BLOCK, [Line(1, A_DAY, 100, "A")]),
        (f"{BLOCK}Balance: 2.00 GBP\n", [Line(1, A_DAY, 100, "A", balance_pence=200)]),
        (f"{BLOCK}Balance: \n", [Line(1, A_DAY, 100, "A")]),
        (
            f"{BLOCK}Date: 20/11/2026\nAmount: 2.00\n",
            [Line(1, A_DAY, 100, "A"), Line(4, A_DAY, 200, "")],
        ),
        (
            f"Account: X 1\n{BLOCK}noted\n{BLOCK}",
            [
                Line(2, A_DAY, 100, "A", holder="X 1"),
                Line(6, A_DAY, 100, "A", holder="X 1"),
            ],
        ),
    ],
)
def test_a_block_of_santanders_text_is_read_by_its_names(written, found):
    assert lines(written) == found


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("Date: soon\nDescription: A\nAmount: 1.00\n", "Line 4: “soon” is not a day"),
        ("Date: 20/11/2026\nDescription: A\nAmount: \n", "Line 4: “” is not an amount"),
        ("Date: 20/11/2026\nDescription: A\n", "Line 4: “” is not an amount"),
        (
            "Date: 20/11/2026\nDescription: A\nAmount: 1.00\nBalance: x\n",
            "Line 4: “x” is not an amount",
        ),
    ],
)
def test_a_block_that_cannot_be_read_is_named_by_its_first_line(block, words):
    assert refusal(f"{BLOCK}{block}").startswith(words)
    assert refusal(f"{BLOCK}{block}{BLOCK}").startswith(words)


def test_a_block_without_its_date_is_refused():
    assert refusal(f"Amount: 1.00\n{BLOCK}").startswith("“” is not a day")


def swift(*tags, head=(":25:300000/0", ":60F:C260101GBP1,00")):
    return "\n".join((":20:X", *head, *tags, "-"))


ENTRY = ":61:2611201120C1,00NTRFREF"


@pytest.mark.parametrize(
    ("tags", "text", "payer"),
    [
        ((ENTRY,), "REF", ""),
        ((ENTRY, "MORE"), "REF MORE", ""),
        ((ENTRY, ":86:A", "B"), "A B REF", ""),
        ((ENTRY, "MORE", ":86:A"), "A REF MORE", ""),
        ((ENTRY, ":86:A", ":86:B"), "A B REF", ""),
        ((ENTRY, ":86:A  ", "B"), "A B REF", ""),
        ((ENTRY, ":86:A", "XBX"), "A XBX REF", ""),
        ((ENTRY, ":NS:A"), "A REF", ""),
        ((ENTRY, ":62F:C260101GBP1,00", ":86:OF ALL"), "REF", ""),
        ((ENTRY, ":86:166?20CMS?21 12?32P?33 EXAMPLE"), "P EXAMPLE CMS 12 REF", "P EXAMPLE"),
        ((ENTRY, ":86:166>20A>60B>65C>30D"), "ABC REF", ""),
        ((ENTRY, ":86:166?20A?20B"), "AB REF", ""),
        ((ENTRY, ":86:166?30A"), "166?30A REF", ""),
        ((ENTRY, ":86:166?30", "A"), "166?30A REF", ""),
        ((ENTRY, ":86:A?20B"), "A?20B REF", ""),
    ],
)
def test_an_entry_of_mt940_has_the_words_that_follow_it(tags, text, payer):
    known = Line(4, A_DAY, 100, text, payer=payer, holder="300000/0")

    assert lines(swift(*tags)) == [known]


def test_accounts_and_currencies_of_mt940_are_told_above_the_entries():
    other = (":25: 300000/1 ", ":60M:C260101EUR1,00")
    written = f"{swift(ENTRY)}\n{swift(ENTRY, head=other)}\n{swift(ENTRY, head=(':60F:D260101',))}"

    assert [(line.holder, line.currency) for line in lines(written)] == [
        ("300000/0", "GBP"),
        ("300000/1", "EUR"),
        ("300000/1", "EUR"),
    ]


def test_an_entry_of_mt940_without_an_opening_is_in_pounds():
    assert one(swift(ENTRY, head=(":25:1",))) == Line(3, A_DAY, 100, "REF", holder="1")
    assert one(swift(ENTRY, head=(":28C:1",))) == Line(3, A_DAY, 100, "REF")


def test_what_stands_above_a_statement_of_mt940_is_left_out():
    assert one(f"{{1:F01BANK}}{{4:\n{swift(ENTRY)}").text == "REF"


def test_control_signs_around_a_line_of_mt940_are_left_out():
    assert one(swift(f"\x01{ENTRY}\x03", ":86:A  ")).text == "A REF"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        (":61:" + "x" * 41, f"Line 4: “{'x' * 40}” cannot be read."),
        (":61:2613201320C1,00NTRF", "Line 4: “20261320” is not a day"),
        (":61:261320C1,00NTRF", "Line 4: “20261320” is not a day"),
        (":61:2611201120C1,005NTRF", "Line 4: “1,005” is not an amount"),
    ],
)
def test_an_entry_of_mt940_that_cannot_be_read_is_named(tag, words):
    assert refusal(swift(tag)).startswith(words)


# camt.053 ----------------------------------------------------------------------------------------


def camt(*entries, account="<Id><Othr><Id>111</Id></Othr></Id>"):
    body = f"<Acct>{account}</Acct>{''.join(entries)}"
    return f"<Document><BkToCstmrStmt><Stmt>{body}</Stmt></BkToCstmrStmt></Document>"


def entry(more="", *, pounds="1.00", sign="CRDT", day="<BookgDt><Dt>2026-11-20</Dt></BookgDt>"):
    amount = f'<Amt Ccy="EUR">{pounds}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
    return f"<Ntry>{amount}{day}{more}</Ntry>"


def part(*inside):
    return f"<NtryDtls><TxDtls>{''.join(inside)}</TxDtls></NtryDtls>"


DEBTOR = "<RltdPties><Dbtr><Nm>A</Nm></Dbtr></RltdPties>"
BOTH = "<RltdPties><Dbtr><Pty><Nm>A</Nm></Pty></Dbtr><Cdtr><Pty><Nm>B</Nm></Pty></Cdtr></RltdPties>"


@pytest.mark.parametrize(
    ("more", "text", "known"),
    [
        ("", "", {}),
        ("<AddtlNtryInf>NOTE</AddtlNtryInf>", "NOTE", {}),
        ("<AcctSvcrRef>7</AcctSvcrRef>", "", {"bank_id": "7"}),
        (part(DEBTOR), "A", {"payer": "A"}),
        (part(BOTH), "A", {"payer": "A"}),
        (part("<Refs><EndToEndId>CMS1</EndToEndId></Refs>"), "CMS1", {}),
        (part("<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"), "", {}),
        (part("<RmtInf><Ustrd/></RmtInf>"), "", {}),
        (
            part(
                *("<Refs><EndToEndId>E</EndToEndId></Refs>", DEBTOR),
                "<RmtInf><Ustrd>U1</Ustrd><Ustrd>U2</Ustrd><Strd><CdtrRefInf><Ref>R</Ref>"
                "</CdtrRefInf></Strd></RmtInf><AddtlTxInf>T</AddtlTxInf>",
            )
            + "<AddtlNtryInf>N</AddtlNtryInf>",
            *("A E R U1 U2 T N", {"payer": "A"}),
        ),
        (part(DEBTOR, "<RmtInf><Ustrd>A</Ustrd></RmtInf>"), "A", {"payer": "A"}),
        (
            part(DEBTOR).replace("</NtryDtls>", f"<TxDtls>{BOTH}</TxDtls></NtryDtls>"),
            *("A", {"payer": "A"}),
        ),
    ],
)
def test_an_entry_of_camt053_is_read_with_its_parts(more, text, known):
    assert lines(camt(entry(more))) == [
        Line(1, A_DAY, 100, text, holder="111", currency="EUR", **known)
    ]


@pytest.mark.parametrize(
    ("sign", "pence", "payer"), [("CRDT", 100, "A"), ("DBIT", -100, "B"), ("", 100, "A")]
)
def test_the_other_side_is_who_paid_or_was_paid(sign, pence, payer):
    line = one(camt(entry(part(BOTH), sign=sign)))

    assert (line.pence, line.payer, line.text) == (pence, payer, payer)


def test_an_entry_over_nothing_names_who_would_have_paid():
    assert one(camt(entry(part(BOTH), pounds="0.00"))).payer == "A"


@pytest.mark.parametrize(
    ("day", "read_as"),
    [
        ("<BookgDt><DtTm>2026-11-20T10:00:00</DtTm></BookgDt>", A_DAY),
        ("<ValDt><Dt>2026-11-19</Dt></ValDt>", dt.date(2026, 11, 19)),
        ("<ValDt><Dt>2026-11-19</Dt></ValDt><BookgDt><Dt>2026-11-20</Dt></BookgDt>", A_DAY),
    ],
)
def test_the_day_of_booking_comes_before_the_value_day(day, read_as):
    assert one(camt(entry(day=day))).on == read_as


@pytest.mark.parametrize(
    ("state", "count"),
    [
        ("<Sts>BOOK</Sts>", 1),
        ("<Sts><Cd>BOOK</Cd></Sts>", 1),
        ("<Sts>PDNG</Sts>", 0),
        ("<Sts><Cd>INFO</Cd></Sts>", 0),
        ("", 1),
    ],
)
def test_only_booked_entries_count(state, count):
    assert len(lines(camt(entry(state)))) == count


def test_accounts_of_camt053_are_told_by_iban_or_number_and_statement():
    iban = "<Id><IBAN>GB1</IBAN><Othr><Id>111</Id></Othr></Id>"
    inside = "<Acct><Id><IBAN>GB9</IBAN></Id></Acct>"
    told = (
        f"<Stmt><Acct>{iban}</Acct>{entry()}{entry(inside)}</Stmt>",
        f"<Stmt><Acct><Id><Othr><Id>111</Id></Othr></Id></Acct>{entry()}</Stmt>",
        f"<Stmt>{entry()}</Stmt>",
    )
    whole = f"<Document><BkToCstmrStmt>{''.join(told)}</BkToCstmrStmt></Document>"

    assert [(line.number, line.holder) for line in lines(whole)] == [
        *((1, "GB1"), (2, "GB1"), (3, "111"), (4, "")),
    ]


def batch(*amounts, way="<Amt>{}</Amt>"):
    parts = "".join(
        f"<TxDtls>{way.format(amount)}<RmtInf><Ustrd>P{at}</Ustrd></RmtInf></TxDtls>"
        for at, amount in enumerate(amounts)
    )
    return f"<NtryDtls>{parts}</NtryDtls>"


@pytest.mark.parametrize(
    "way", ["<Amt>{}</Amt>", "<AmtDtls><TxAmt><Amt>{}</Amt></TxAmt></AmtDtls>"]
)
def test_the_parts_of_a_batch_are_lines_of_their_own(way):
    whole = entry(batch("0.40", "0.60", way=way), sign="DBIT")

    assert lines(camt(whole)) == [
        Line(1, A_DAY, -40, "P0", holder="111", currency="EUR"),
        Line(1, A_DAY, -60, "P1", holder="111", currency="EUR"),
    ]


def test_parts_that_do_not_add_up_or_have_no_sums_are_one_line():
    short, without = batch("0.40", "0.59"), batch("0.40", "0.60").replace("<Amt>0.60</Amt>", "")

    assert [(line.pence, line.text) for line in lines(camt(entry(short), entry(without)))] == [
        (100, "P0 P1"),
        (100, "P0 P1"),
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (camt(entry(day="")), "Entry 1: “” is not a day such as"),
        (camt(entry(), entry(pounds="")), "Entry 2: “” is not an amount such as"),
        (camt("<Ntry></Ntry>"), "Entry 1: “” is not an amount such as"),
        (camt(entry())[:-5], "This XML file is broken. Download it again."),
        (
            "<!DOCTYPE d>" + camt(entry()),
            "This file has a document type, and banks' statements have none. Download it again.",
        ),
        (
            camt(entry("<!ENTITY")),
            "This file has a document type, and banks' statements have none. Download it again.",
        ),
        (
            "<html></html>",
            "This is an XML file, but neither camt.053 nor OFX. Download it as one of them.",
        ),
    ],
)
def test_xml_that_is_no_statement_is_refused_in_words(written, words):
    assert refusal(written).startswith(words)


@pytest.mark.parametrize("cut", [1, 8])
def test_a_document_type_that_two_pieces_cut_is_refused(cut):
    padded = "<Document><BkToCstmrStmt>".ljust(A_PIECE - cut)

    assert refusal(f"{padded}<!DOCTYPE d>") == (
        "This file has a document type, and banks' statements have none. Download it again."
    )
