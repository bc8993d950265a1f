"""camt.053, the XML statement of ISO 20022; only booked entries, and no document type."""

from collections.abc import Iterator
from itertools import chain
from typing import cast
from xml.etree import ElementTree

from payments.statements.amounts import NoAmount, read_plain_amount
from payments.statements.days import NoDay, read_day
from payments.statements.decoding import Text
from payments.statements.lines import STERLING, Line, StatementRefused, plain

TYPES = ("<!DOCTYPE", "<!ENTITY")
DAY_LETTERS = 10
NO_ID = ("", "NOTPROVIDED")
Element = ElementTree.Element


def lines(text: Text) -> Iterator[Line]:
    """Every booked entry, or each of its parts, numbered by the entry.

    Raises StatementRefused for XML that is broken or has a document type, in which entities that
    grow without end are declared.
    """
    _refuse_document_types(text)
    holder, number = "", 0
    try:
        for name, element in _elements(text):
            if name == "Acct" and not holder:
                holder = _text(element, "Id/IBAN") or _text(element, "Id/Othr/Id")
            elif name == "Stmt":
                holder = ""
            elif name == "Ntry":
                number += 1
                yield from _entry(number, element, holder)
    except ElementTree.ParseError as error:
        raise StatementRefused("This XML file is broken. Download it again.") from error


def _refuse_document_types(text: Text) -> None:
    """A mark that two pieces cut is found by the end of the one before."""
    before = ""
    for piece in text.pieces():
        said = before + piece
        if any(one in said for one in TYPES):
            raise StatementRefused(
                "This file has a document type, and banks' statements have none. Download it again."
            )
        before = said[-len(max(TYPES, key=len)) :]


def _elements(text: Text) -> Iterator[tuple[str, Element]]:
    """Each element as it ends, its name without the schema's. An entry is forgotten after it."""
    # Entities cannot be declared without a document type, and that is refused above.
    parser: ElementTree.XMLPullParser[Element] = ElementTree.XMLPullParser(("start", "end"))
    above: list[Element] = []
    for piece in chain(text.pieces(), [None]):
        parser.close() if piece is None else parser.feed(piece)
        for event, element in cast(Iterator[tuple[str, Element]], parser.read_events()):
            if event == "start":
                above.append(element)
                continue
            above.pop()
            element.tag = element.tag.rpartition("}")[2]
            yield element.tag, element
            if element.tag == "Ntry" and above:
                above[-1].clear()


def _entry(number: int, entry: Element, holder: str) -> Iterator[Line]:
    state = _text(entry, "Sts/Cd") or _text(entry, "Sts") or "BOOK"
    if state != "BOOK":
        return
    parts = entry.findall("NtryDtls/TxDtls")
    amounts = [_amount_of(part) for part in parts]
    try:
        whole = _pence(entry, entry.find("Amt"))
        sums = [_pence(entry, amount) for amount in amounts if amount is not None]
        if len(parts) > 1 and len(sums) == len(parts) and sum(sums) == whole:
            for part, pence in zip(parts, sums, strict=True):
                yield _line(number, entry, [part], pence, holder)
        else:
            yield _line(number, entry, parts, whole, holder)
    except (NoDay, NoAmount) as error:
        raise StatementRefused(str(error), number=number, where="Entry") from error


def _amount_of(part: Element) -> Element | None:
    inside = part.find("AmtDtls/TxAmt/Amt")
    return inside if inside is not None else part.find("Amt")


def _pence(entry: Element, amount: Element | None) -> int:
    """A debit's pence are negative."""
    pence = read_plain_amount((amount.text or "") if amount is not None else "")
    return -pence if _text(entry, "CdtDbtInd") == "DBIT" else pence


def _line(number: int, entry: Element, parts: list[Element], pence: int, holder: str) -> Line:
    day = next(
        filter(None, (_text(entry, f"{kind}/{form}") for kind in KINDS for form in FORMS)), ""
    )
    amount = entry.find("Amt")
    others = ("Dbtr",) if pence >= 0 else ("Cdtr",)
    payer = _first(parts, *(f"RltdPties/{who}/{way}Nm" for who in others for way in ("", "Pty/")))
    told = [payer, *_words(parts), _text(entry, "AddtlNtryInf")]
    return Line(
        number=number,
        on=read_day(day[:DAY_LETTERS]),
        pence=pence,
        text=plain(" ".join(dict.fromkeys(filter(None, told)))),
        payer=payer,
        bank_id=_text(entry, "AcctSvcrRef"),
        holder=holder,
        currency=(amount.get("Ccy") if amount is not None else None) or STERLING,
    )


KINDS = ("BookgDt", "ValDt")
FORMS = ("Dt", "DtTm")


def _words(parts: list[Element]) -> list[str]:
    """What the payer wrote, the reference first."""
    found: list[str] = []
    for part in parts:
        end_to_end = _text(part, "Refs/EndToEndId")
        found += [end_to_end] if end_to_end not in NO_ID else []
        found += [_text(one, "CdtrRefInf/Ref") for one in part.findall("RmtInf/Strd")]
        found += [plain(one.text or "") for one in part.findall("RmtInf/Ustrd")]
        found.append(_text(part, "AddtlTxInf"))
    return found


def _first(parts: list[Element], *paths: str) -> str:
    return next(filter(None, (_text(part, path) for part in parts for path in paths)), "")


def _text(element: Element, path: str) -> str:
    return plain(element.findtext(path) or "")
