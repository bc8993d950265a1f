"""Files are read in pieces: what a piece cuts is whole, and a longer file takes no more memory."""

import datetime as dt
import gc
import tracemalloc

import pytest

from payments.statements import StatementRefused, read
from payments.statements.decoding import A_PIECE
from tests.payments.statement_files import WRITERS, Row

A_DAY = dt.date(2026, 11, 20)
FEW, MANY = 3_000, 9_000
TIMES = 3
MOST_GROWTH = 1.1
FORMATS = ("lloyds", "ofx", "camt053", "mt940", "qif", "santander_text")


def rows(count):
    return [
        Row(A_DAY, 100 + number, f"PAYER {number}", f"CMS{number:07d}") for number in range(count)
    ]


@pytest.fixture
def statement(tmp_path):
    def write(layout, count):
        path = tmp_path / f"{count}.txt"
        path.write_bytes(WRITERS[layout](rows(count)))
        return path

    return write


def most_held(path):
    """In bytes, while all of a file is read: the least of a few times, since garbage of the tests
    before, and when it is collected, is no doing of the file.
    """
    return min(held_once(path) for _time in range(TIMES))


def held_once(path):
    gc.collect()
    tracemalloc.start()
    for _line in read(path).lines():
        pass
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


@pytest.mark.parametrize("layout", WRITERS)
def test_what_a_piece_cuts_is_read_whole(statement, layout):
    path = statement(layout, FEW)

    found = [line for line in read(path).lines() if not line.is_balance]

    assert path.stat().st_size > A_PIECE
    assert [line.pence for line in found] == [row.pence for row in rows(FEW)]
    assert all(row.words in line.text for line, row in zip(found, rows(FEW), strict=True))


@pytest.mark.once
@pytest.mark.parametrize("layout", FORMATS)
def test_a_file_three_times_as_long_holds_no_more_memory(statement, layout):
    most_held(statement(layout, FEW))

    few, many = (most_held(statement(layout, count)) for count in (FEW, MANY))

    assert many <= few * MOST_GROWTH


def test_a_letter_that_two_pieces_cut_is_one():
    text = "Date,Description,Amount\n20/11/2026," + "ü" * A_PIECE + "é,72.00\n"

    [line] = read(text.encode()).lines()

    assert line.text.endswith("üé")


def test_what_windows_wrote_is_told_by_its_last_letter():
    row = b"20/11/2026,CLIENT,72.00\n"
    content = (
        b"Date,Description,Amount\n" + row * (A_PIECE // len(row)) + row.replace(b"T", b"\xc9")
    )

    assert [*read(content).lines()][-1].text == "CLIENÉ"


def test_a_comment_of_ofx_that_two_pieces_cut_does_not_count():
    entry = "<STMTTRN><DTPOSTED>20261120<TRNAMT>72.00<FITID>1<NAME>P EXAMPLE</STMTTRN>"
    content = f"<OFX><!-- {entry * (2 * A_PIECE // len(entry))} -->{entry}</OFX>"

    assert len([*read(content.encode()).lines()]) == 1


def test_a_document_type_that_two_pieces_cut_is_refused():
    mark = "<BkToCstmrStmt"
    head = f"<!-- {mark} -->"
    content = head + " " * (A_PIECE - len(head) - 4) + "<!DOCTYPE d []><Document/>"

    with pytest.raises(StatementRefused, match="document type"):
        list(read(content.encode()).lines())


def test_a_declared_encoding_of_xml_is_the_one_it_was_written_in():
    entry = (
        '<Ntry><Amt Ccy="GBP">72.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
        "<BookgDt><Dt>2026-11-20</Dt></BookgDt><AddtlNtryInf>Łukasz</AddtlNtryInf></Ntry>"
    )
    text = (
        '<?xml version="1.0" encoding="UTF-16"?>'
        f"<Document><BkToCstmrStmt><Stmt>{entry}</Stmt></BkToCstmrStmt></Document>"
    )

    assert [line.text for line in read(text.encode("utf-16")).lines()] == ["Łukasz"]
