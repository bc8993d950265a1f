"""Every layout is read as it was written, and what cannot be read is refused with its line."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.statements import (
    Columns,
    StatementRefused,
    UnknownLayout,
    columns_for,
    first_rows,
    read,
    signature,
)
from payments.statements.decoding import decode, size
from tests.payments.statement_files import WRITERS, Row, lloyds, midata, natwest, ofx
from tests.profiles import pages

A_DAY = dt.date(2026, 11, 20)
A_ROW = Row(A_DAY, 7200, "P EXAMPLE", "CMS1234563")
WORD = st.from_regex(r"[A-Z0-9]{1,8}", fullmatch=True)
NAMES = st.lists(st.from_regex(r"[A-Z]{1,8}", fullmatch=True), min_size=1, max_size=2).map(" ".join)
ROWS = st.lists(
    st.builds(
        Row,
        on=st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)),
        pence=st.integers(-20_000_000, 20_000_000).filter(bool),
        payer=NAMES,
        words=st.lists(WORD, min_size=1, max_size=2).map(" ".join),
    ),
    min_size=1,
    max_size=8,
)


def lines(content, **known):
    return list(read(content, **known).lines())


def one(content):
    (line,) = lines(content)
    return line


def refusal(content):
    with pytest.raises(StatementRefused) as refused:
        lines(content)
    return str(refused.value)


@pytest.mark.parametrize("layout", WRITERS)
@pages(1)
@given(rows=ROWS)
def test_what_is_written_is_read_again(layout, rows):
    found = [line for line in lines(WRITERS[layout](rows)) if not line.is_balance]

    assert [(line.on, line.pence) for line in found] == [(row.on, row.pence) for row in rows]
    for line, row in zip(found, rows, strict=True):
        assert row.words[:18].split()[0] in line.text


@pytest.mark.parametrize("layout", WRITERS)
def test_the_reference_survives_every_layout(layout):
    (line, *_rest) = lines(WRITERS[layout]([A_ROW]))

    assert (line.on, line.pence) == (A_DAY, 7200)
    assert "CMS1234563" in line.text


@pytest.mark.parametrize(
    "layout", ["barclays", "natwest", "starling", "monzo", "ofx", "qfx", "qif", "camt053"]
)
def test_layouts_that_set_the_payer_apart_name_them(layout):
    assert lines(WRITERS[layout]([A_ROW]))[0].payer == "P EXAMPLE"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_told_apart(encoding):
    text = lloyds([Row(A_DAY, 100, "SIÂN ÉXAMPLE", "CMS1234563")]).decode()

    assert "SIÂN ÉXAMPLE" in one(text.encode(encoding)).text


# Amounts and days --------------------------------------------------------------------------------

HEADER = "Date,Description,Amount\n"


@pytest.mark.parametrize(
    ("written", "pence"),
    [
        ("72", 7200),
        ("72.5", 7250),
        (".54", 54),
        ('"2,000.00"', 200_000),
        ("£72.00", 7200),
        ("+£7.01", 701),
        ("-£3.01", -301),
        ("£-3.01", -301),
        ("(3.01)", -301),
        ("\u22123.01", -301),
        ("0.00", 0),
    ],
)
def test_amounts_as_banks_write_them(written, pence):
    assert one(f"{HEADER}20/11/2026,P EXAMPLE,{written}\n".encode()).pence == pence


@pytest.mark.parametrize(
    "written",
    ["", "x", "7.2.0", '"7,2"', "1e3", "NaN", "72.005", "--3", '"1.234,56"', "٣", "9" * 20, "(3"],
)
def test_what_is_no_amount_refuses_the_file_and_names_the_line(written):
    content = f"{HEADER}20/11/2026,FINE,1.00\n20/11/2026,P EXAMPLE,{written}\n".encode()

    assert refusal(content).startswith("Line 3: “")


@pytest.mark.parametrize(
    "written",
    ["20/11/2026", "20/11/26", "20-11-2026", "20 Nov 2026", "20 November 2026", "2026-11-20"],
)
def test_days_as_banks_write_them(written):
    assert one(f"{HEADER}{written},P EXAMPLE,1.00\n".encode()).on == A_DAY


@pytest.mark.parametrize(
    "written",
    [
        *("11/20/2026", "30/02/2026", "20/11", "soon 3", "20 Nev 2026"),
        *("01/01/0001", "31/12/1989", "01/01/2101", "31/12/9999"),
    ],
)
def test_what_is_no_day_refuses_the_file_and_names_the_line(written):
    assert "Line 2: “" in refusal(f"{HEADER}{written},P EXAMPLE,1.00\n".encode())


def test_a_day_of_february_is_read_and_the_one_after_refused():
    assert one(f"{HEADER}28/02/2026,P EXAMPLE,1.00\n".encode()).on == dt.date(2026, 2, 28)
    assert "29/02/2026" in refusal(f"{HEADER}29/02/2026,P EXAMPLE,1.00\n".encode())


# Rows that are none ------------------------------------------------------------------------------


def test_a_balance_row_is_told_from_a_payment():
    *payments, balance = lines(natwest([A_ROW]))

    assert [line.is_balance for line in payments] == [False]
    assert (balance.is_balance, balance.pence, balance.on) == (True, 0, dt.date(2026, 12, 31))


def test_a_note_below_the_rows_is_none():
    assert len(lines(midata([A_ROW, A_ROW]))) == 2


def test_a_row_without_any_amount_is_refused():
    content = b"Date,Details,Debit,Credit,Balance\n20/11/2026,P EXAMPLE,,,1.00\n"

    assert "is not an amount" in refusal(content)


def test_lines_are_numbered_as_in_the_file():
    text = f'{HEADER}\n20/11/2026,"P\nEXAMPLE",1.00\n\n21/11/2026,Q EXAMPLE,2.00\n'

    assert [line.number for line in lines(text.encode())] == [3, 6]


def test_a_quotation_mark_that_is_never_closed_loses_no_row():
    rows = "".join(f"20/11/2026,P EXAMPLE,{number}.00\n" for number in range(1, 30))

    assert "quotation mark is never closed" in refusal(
        f'{HEADER}20/11/2026,"P EXAMPLE,5.00\n{rows}'.encode()
    )


def test_two_accounts_in_one_file_are_told_apart():
    text = natwest([A_ROW]).decode().replace("31 Dec 2026,,Balance as at 31 Dec 2026,,", "")
    text = text.rsplit("\n", 1)[0] + '\n20 Nov 2026,BAC,"X",1.00,1.00,"\'OTHER","\'999999"\n'

    assert {line.holder for line in lines(text.encode())} == {"000000", "999999"}


# OFX, QIF, XML and MT940 -------------------------------------------------------------------------


def test_an_ofx_entry_without_a_day_is_refused_by_its_number():
    text = ofx([A_ROW, A_ROW]).decode().replace("20261120120000[0:GMT]", "", 1)

    assert refusal(text.encode()).startswith("Entry 1: ")


def test_what_a_bank_commented_out_of_ofx_does_not_count():
    text = ofx([A_ROW]).decode().replace("<TRNAMT>72.00", "<!-- <TRNAMT>72.00 -->")

    assert refusal(text.encode()).startswith("Entry 1: ")


def test_an_error_in_place_of_a_statement_is_told():
    text = "<OFX><STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>Try later</STATUS></OFX>"

    assert "The bank put an error in place of a statement: Try later." in refusal(text.encode())


def test_other_currencies_are_named():
    assert one(ofx([A_ROW]).replace(b"GBP", b"EUR")).currency == "EUR"


def test_qif_days_have_the_day_first_or_are_refused():
    assert one(b"!Type:Bank\nD3/4/26\nT1.00\nPX\n^\n").on == dt.date(2026, 4, 3)
    assert "Line 2: “8/15/26”" in refusal(b"!Type:Bank\nD8/15/26\nT1.00\nPX\n^\n")


def test_santander_repeats_the_amount_behind_a_padded_text():
    line = one(b"!Type:Oth L\nD10/03/2026\nT1200.00\nPFASTER PAYMENTS RECEIPT" + b" " * 60
               + b", 1200.00\n^\n")  # fmt: skip

    assert (line.pence, line.text) == (120_000, "FASTER PAYMENTS RECEIPT")


def camt(body, head=""):
    return f"{head}<Document><BkToCstmrStmt><Stmt>{body}</Stmt></BkToCstmrStmt></Document>".encode()


ENTRY = (
    '<Ntry><Amt Ccy="GBP">72.00</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>{state}</Sts>'
    "<BookgDt><Dt>{day}</Dt></BookgDt>{details}</Ntry>"
)


def entry(sign="CRDT", state="BOOK", day="2026-11-20", details=""):
    return ENTRY.format(sign=sign, state=state, day=day, details=details)


def test_a_document_type_is_refused_before_anything_is_expanded():
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

    assert "document type" in refusal(camt(entry(), head=bomb))
    assert "document type" in refusal(camt(entry(), head=bomb).decode().encode("utf-16"))


def test_entries_that_are_not_booked_yet_are_left_out():
    found = lines(camt(entry(state="PDNG") + entry(sign="DBIT")))

    assert [(line.number, line.pence) for line in found] == [(2, -7200)]


def test_a_batch_is_told_in_its_parts_where_they_add_up():
    part = "<TxDtls><AmtDtls><TxAmt><Amt>{}</Amt></TxAmt></AmtDtls></TxDtls>"
    whole = f"<NtryDtls>{part.format('50.00')}{part.format('22.00')}</NtryDtls>"
    short = f"<NtryDtls>{part.format('50.00')}{part.format('21.99')}</NtryDtls>"

    found = lines(camt(entry(details=whole) + entry(details=short)))

    assert [(line.number, line.pence) for line in found] == [(1, 5000), (1, 2200), (2, 7200)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (entry(day="2026-02-30"), "Entry 1: “2026-02-30”"),
        (entry() + "<broken>", "This XML file is broken"),
    ],
)
def test_xml_that_cannot_be_read_is_refused(body, words):
    assert words in refusal(camt(body))


def swift(*tags):
    return "\n".join((":20:X", ":25:300000/0", ":60F:C260101GBP1,00", *tags, "-")).encode()


@pytest.mark.parametrize(
    ("tag", "pence"),
    [
        (":61:2611201120C72,NTRFX", 7200),
        (":61:261120D72,5NTRFX", -7250),
        (":61:2611201120RC72,00NTRFX", -7200),
        (":61:2611201120RD72,00NTRFX", 7200),
        (":61:261120    CP72,00NMSCX", 7200),
    ],
)
def test_signs_of_mt940(tag, pence):
    assert one(swift(tag)).pence == pence


def test_the_30th_of_february_of_some_banks_is_the_day_of_the_entry():
    assert one(swift(":61:2602300302C1,00NTRFX")).on == dt.date(2026, 3, 2)
    assert "Line 4" in refusal(swift(":61:260230C1,00NTRFX"))


def test_words_of_mt940_that_lines_cut_are_put_together():
    words = (":86:166?00CREDIT?20CMS12345?2", "163?32P EXAMPLE")
    cut = swift(":61:2611201120C1,00NTRFX", *words)

    assert (one(cut).payer, one(cut).text.startswith("P EXAMPLE CMS1234563")) == (
        "P EXAMPLE",
        True,
    )


# Files that are none, and layouts that are explained ------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"  \n ", "The file is empty."),
        (b"PK\x03\x04rest", "zip archive"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0 sheet", "Excel sheet"),
        (b"text with \x00 in it", "not a bank statement"),
        (b"<html><body>Signed out</body></html>", "XML file"),
        (b"Dear treasurer, all is well.", "layout that is not known"),
    ],
)
def test_what_is_no_statement_is_said_in_words(content, words):
    assert words in refusal(content)


OTHER = (
    "Opening balance,,,,\nPosted,Who,Details,In,Out\n20/11/2026,P EXAMPLE,CMS1234563,72.00,\n"
    "21/11/2026,A SHOP,Paper,,5.00\n"
)


def text_of(written):
    return decode(written.encode())


def explained(**roles):
    told = {"on": 0, "payer": 1, "texts": [1, 2], "paid_in": 3, "paid_out": 4, **roles}
    return columns_for("Ours", signature(text_of(OTHER)), told)


def test_an_unknown_layout_is_refused_until_its_columns_are_explained():
    with pytest.raises(UnknownLayout):
        lines(OTHER.encode())

    found = lines(OTHER.encode(), known=[explained()])

    assert [(line.payer, line.text, line.pence) for line in found] == [
        ("P EXAMPLE", "P EXAMPLE CMS1234563", 7200),
        ("A SHOP", "A SHOP Paper", -500),
    ]


def test_an_explained_layout_is_told_by_its_header_and_not_by_its_rows():
    another = OTHER.replace("72.00", "73.00")

    assert signature(text_of(another)) == signature(text_of(OTHER))
    assert signature(text_of(OTHER.replace("Details", "Notes"))) != signature(text_of(OTHER))
    assert isinstance(explained(), Columns)


def test_the_first_rows_are_shown_below_their_header():
    assert first_rows(text_of(OTHER))[:2] == [
        ["Posted", "Who", "Details", "In", "Out"],
        ["20/11/2026", "P EXAMPLE", "CMS1234563", "72.00", ""],
    ]


def test_the_first_rows_are_seven_of_one_width_with_sixty_letters_a_cell():
    rows = "".join(f"20/11/2026,{'x' * 61},{number}\n" for number in range(9))
    shown = first_rows(text_of(f"Posted,Who,Details,In\n{rows}"))

    assert shown == [
        ["Posted", "Who", "Details", "In"],
        *(["20/11/2026", "x" * 60, str(number), ""] for number in range(6)),
    ]
    assert len(first_rows(text_of(OTHER), how_many=1)) == 2


def test_a_content_is_as_long_as_its_bytes(tmp_path):
    path = tmp_path / "statement"
    path.write_bytes(b"1234567")

    assert (size(path), size(b"12345")) == (7, 5)


def test_lines_are_numbered_and_come_without_their_ends():
    assert list(decode(b"A\r\n\n B \nC").lines()) == [(1, "A"), (2, ""), (3, " B "), (4, "C")]


def test_a_file_that_lies_somewhere_is_read_as_one_that_is_held(tmp_path):
    content = "A £\nB".encode()
    (tmp_path / "statement.csv").write_bytes(content)

    lies, held = decode(tmp_path / "statement.csv"), decode(content)

    assert list(lies.lines()) == list(held.lines()) == [(1, "A £"), (2, "B")]
    assert (lies.encoding, size(tmp_path / "statement.csv")) == (held.encoding, len(content))


def test_a_letter_that_is_cut_off_at_the_end_shows_that_windows_wrote_the_file():
    assert list(decode(b"A \xc3").lines()) == [(1, "A Ã")]
