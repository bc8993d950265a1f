"""Writes made-up bank statements in every layout that is read, each as its bank would."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from foundation.pence import decimal_string


@dataclass(frozen=True)
class Row:
    """Money that came (or, negative, went) on a day, from somebody, with what they wrote."""

    on: dt.date
    pence: int
    payer: str
    words: str

    @property
    def pounds(self) -> str:
        return decimal_string(self.pence)

    @property
    def came(self) -> str:
        return self.pounds if self.pence > 0 else ""

    @property
    def went(self) -> str:
        return decimal_string(-self.pence) if self.pence < 0 else ""

    @property
    def day(self) -> str:
        return self.on.strftime("%d/%m/%Y")


Rows = Sequence[Row]


def _csv(header: str, rows: list[list[str]], *, delimiter: str = ",") -> bytes:
    file = io.StringIO()
    if header:
        file.write(f"{header}\n")
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return file.getvalue().encode()


def lloyds(rows: Rows) -> bytes:
    """Payer, words, sort code and time glued into one text; debit and credit apart."""
    return _csv(
        "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,"
        "Debit Amount,Credit Amount,Balance,",
        [
            [
                *(one.day, "FPI", "'30-00-00", "00000000"),
                f"{one.payer} {one.words} 306364     10 {one.on:%d%b%y} 09:15".upper(),
                *(one.went, one.came, "100.00"),
            ]
            for one in rows
        ],
    )


def barclays(rows: Rows) -> bytes:
    """Payer and words in columns of 18 letters."""
    return _csv(
        "Number,Date,Account,Amount,Subcategory,Memo",
        [
            [
                *("", one.day, "20-00-00 00000000", one.pounds, "DIRECTDEP"),
                f"{one.payer[:18]:<18} {one.words[:18]:<18} BGC",
            ]
            for one in rows
        ],
    )


def natwest(rows: Rows) -> bytes:
    """A blank first line, spaces after commas, a quote before the text, a balance at the end."""
    lines = ["", "Date, Type, Description, Value, Balance, Account Name, Account Number"]
    lines += [
        f'{one.on:%d %b %Y},BAC,"\'{one.payer} , {one.words}",{one.pounds},1.00,'
        '"\'CMSUK","\'000000"'
        for one in rows
    ]
    lines += ["", "31 Dec 2026,,Balance as at 31 Dec 2026,,1.00,CMSUK,000000"]
    return "\n".join(lines).encode()


def hsbc(rows: Rows) -> bytes:
    """No header; thousands set apart by commas."""
    return _csv("", [[r.day, f"{r.payer} {r.words}", f"{r.pence / 100:,.2f}"] for r in rows])


def first_direct(rows: Rows) -> bytes:
    return _csv(
        "Date,Description,Amount,Balance",
        [[one.day, f"{one.payer} {one.words}", one.pounds, "5.00"] for one in rows],
    )


def nationwide(rows: Rows) -> bytes:
    """As Windows encodes it: lines above the header, pound signs, months in words."""
    head = '"Account Name:","FlexAccount ****00000"\r\n"Account Balance:","£1.00"\r\n\r\n'
    head += '"Date","Transaction type","Description","Paid out","Paid in","Balance"\r\n'
    body = "".join(
        f'"{r.on:%d %b %Y}","Bank credit","{r.payer} {r.words}",'
        f'"{"£" + r.went if r.went else ""}","{"£" + r.came if r.came else ""}","£1.00"\r\n'
        for r in rows
    )
    return (head + body).encode("cp1252")


def starling(rows: Rows) -> bytes:
    return _csv(
        "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes",
        [[r.day, r.payer, r.words, "FASTER PAYMENT", r.pounds, "1.00", "INCOME", ""] for r in rows],
    )


def monzo(rows: Rows) -> bytes:
    return _csv(
        "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,"
        "Local currency,Notes and #tags,Address,Receipt,Description,Category split",
        [
            [
                *(f"tx_{number:08d}", r.day, "10:00:00", "Faster payment", r.payer, "", "General"),
                *(r.pounds, "GBP", r.pounds, "GBP", r.words, "", "", r.words, ""),
            ]
            for number, r in enumerate(rows)
        ],
    )


def monzo_in_pence(rows: Rows) -> bytes:
    """The oldest exports: whole pence and moments."""
    return _csv(
        "id,created,amount,currency,local_amount,local_currency,category,emoji,description,"
        "address,notes,receipt",
        [
            [
                *(f"tx_{number:08d}", f"{r.on} 12:34:56 +0000", str(r.pence), "GBP", str(r.pence)),
                *("GBP", "general", "", f"{r.payer} {r.words}", "", "", ""),
            ]
            for number, r in enumerate(rows)
        ],
    )


def santander(rows: Rows) -> bytes:
    return _csv(
        "Date,Description,Money in,Money out,Balance",
        [[r.day, f"{r.payer} {r.words}", r.came, r.went, "1.00"] for r in rows],
    )


def santander_text(rows: Rows) -> bytes:
    blocks = [
        f"Date: {r.day}\nDescription: {r.payer} {r.words}\nAmount: {r.pounds} \nBalance: 1.00 \n"
        for r in rows
    ]
    return "\n".join(["From: 01/01/2026 to 31/12/2026\n\nAccount: XXXX 0000\n", *blocks]).encode()


def midata(rows: Rows) -> bytes:
    """Parted by bars, signs before pound signs, a note at the end."""
    lines = ["Date|Type|Merchant/Description|Debit/Credit|Balance|"]
    for r in rows:
        signed = f"{'+' if r.came else '-'}£{r.came or r.went}"
        lines.append(f"{r.day}|CREDIT|{r.payer} {r.words}|{signed}|£1.00|")
    lines += ["", "Arranged overdraft limit|01/01/2026|,+£0.00|"]
    return "\n".join(lines).encode()


def bank_of_ireland(rows: Rows) -> bytes:
    """A balance on some rows only."""
    return _csv(
        "Date,Details,Debit,Credit,Balance",
        [
            [r.day, f"{r.payer} {r.words}", r.went, r.came, "" if number % 2 else "100"]
            for number, r in enumerate(rows)
        ],
    )


def ofx(rows: Rows) -> bytes:
    """OFX 1 without closing tags, as banks of the UK write it."""
    entries = [
        f"<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>{r.on:%Y%m%d}120000[0:GMT]<TRNAMT>{r.pounds}"
        f"<FITID>F{number:07d}<NAME>{escape(r.payer)}<MEMO>{escape(r.words)}</STMTTRN>"
        for number, r in enumerate(rows)
    ]
    head = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>"
    head += "<CURDEF>GBP<BANKACCTFROM><BANKID>300000<ACCTID>00000000</BANKACCTFROM><BANKTRANLIST>"
    tail = "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    return "\n".join([head, *entries, tail]).encode()


def qfx(rows: Rows) -> bytes:
    """OFX 2: XML with every tag closed."""
    entries = [
        f"<STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>{r.on:%Y%m%d}</DTPOSTED>"
        f"<TRNAMT>{r.pounds}</TRNAMT><FITID>Q{number}</FITID>"
        f"<NAME>{escape(r.payer)}</NAME><MEMO>{escape(r.words)}</MEMO></STMTTRN>"
        for number, r in enumerate(rows)
    ]
    head = '<?xml version="1.0"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n<OFX><STMTRS>'
    head += "<CURDEF>GBP</CURDEF><BANKTRANLIST>"
    return "\n".join([head, *entries, "</BANKTRANLIST></STMTRS></OFX>"]).encode()


def qif(rows: Rows) -> bytes:
    records = [f"D{r.day}\nT{r.pounds}\nP{r.payer}\nM{r.words}\n^" for r in rows]
    return "\n".join(["!Type:Bank", *records]).encode()


def camt053(rows: Rows) -> bytes:
    entries = []
    for number, r in enumerate(rows):
        sign, who = ("CRDT", "Dbtr") if r.pence >= 0 else ("DBIT", "Cdtr")
        entries.append(
            f'<Ntry><Amt Ccy="GBP">{decimal_string(abs(r.pence))}</Amt><CdtDbtInd>{sign}'
            f"</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{r.on}</Dt></BookgDt>"
            f"<AcctSvcrRef>A{number}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED"
            f"</EndToEndId></Refs><RltdPties><{who}><Nm>{escape(r.payer)}</Nm></{who}></RltdPties>"
            f"<RmtInf><Ustrd>{escape(r.words)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    head += '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>'
    head += "<Acct><Id><IBAN>GB00TEST00000000000000</IBAN></Id></Acct>"
    return "\n".join([head, *entries, "</Stmt></BkToCstmrStmt></Document>"]).encode()


def mt940(rows: Rows) -> bytes:
    entries = [
        f":61:{r.on:%y%m%d}{r.on:%m%d}{'C' if r.pence >= 0 else 'D'}"
        f"{decimal_string(abs(r.pence)).replace('.', ',')}NTRFNONREF//{number}\n"
        f":86:{r.payer} {r.words}"
        for number, r in enumerate(rows)
    ]
    head = ":20:STATEMENT\n:25:300000/00000000\n:28C:1/1\n:60F:C260101GBP1,00"
    return "\n".join([head, *entries, ":62F:C261231GBP1,00", "-"]).encode()


WRITERS: dict[str, Callable[[Rows], bytes]] = {
    writer.__name__: writer
    for writer in (
        *(lloyds, barclays, natwest, hsbc, first_direct, nationwide, starling, monzo),
        *(monzo_in_pence, santander, santander_text, midata, bank_of_ireland),
        *(ofx, qfx, qif, camt053, mt940),
    )
}
