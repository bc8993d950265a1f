"""A file of members is read as spreadsheets save it, and each row says what to mend in it."""

import datetime as dt

import pytest

from foundation.sheets import FileRefused
from membership.arrivals.columns import COLUMNS, NAMES, samples
from membership.arrivals.judging import Verdict, digest, judge
from membership.arrivals.reading import Row, read, rows_of
from membership.types import MembershipType
from tests.factories import (
    A_DAY,
    make_fee_rate,
    make_member,
    make_officer,
    make_person,
    make_registration,
)
from tests.payments.arriving import HEAD, UNPAID, another, csv_of, row

CLINICAL = {"brain_injury": True, "vocational": False}


def member_of(cells):
    member, wrong = read(Row(2, cells), on=A_DAY, clinical=CLINICAL)
    assert wrong == ()
    return member


def wrong_in(cells):
    member, wrong = read(Row(2, cells), on=A_DAY, clinical=CLINICAL)
    assert member is None
    return wrong


def content(encoding="utf-8", **changes):
    return csv_of(row(**changes)).encode(encoding)


def test_a_row_tells_who_somebody_is_and_what_they_had_paid():
    found = member_of(row(phone="020 7946 0101", town=" Cardiff ", email="Ariadne@Example.org"))

    assert (found.given_name, found.family_name, found.email) == (
        "Ariadne",
        "Sampleton",
        "ariadne@example.org",
    )
    assert (found.phone, found.home["town"], found.home["country"]) == (
        "+442079460101",
        "Cardiff",
        "United Kingdom",
    )
    assert (found.type, found.number, found.joined_on) == (
        MembershipType.CASE_MANAGER,
        42,
        dt.date(2019, 4, 1),
    )
    assert (found.paid.until, found.paid.pence, found.paid.on) == (
        dt.date(2027, 3, 31),
        12000,
        dt.date(2026, 3, 28),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_however_it_was_encoded(encoding):
    [found] = rows_of(content(encoding, first_name="Zoë"))

    assert found.cells["first_name"] == "Zoë"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_is_read_whatever_parts_its_cells(delimiter):
    text = csv_of(row(areas="brain_injury; vocational"), delimiter=delimiter)

    [found] = rows_of(text.encode())

    assert member_of(found.cells | {"areas": "vocational"}).email == "ariadne@example.org"
    assert found.cells["areas"] == "brain_injury; vocational"


def test_headings_may_stand_in_any_order_in_other_words_and_in_capitals():
    text = (
        "Surname,E-MAIL,Amount,Paid on,PAID UNTIL,Forename,Member Type,Shoe size\n"
        "Sampleton,a@example.org,£90,1/4/2026,31.3.2027,Ariadne,case manager,41\n\n"
    )

    [found] = rows_of(text.encode())

    assert member_of(found.cells).paid.pence == 9000
    assert "Shoe size" not in found.cells
    assert "shoe_size" not in found.cells


def test_blank_lines_are_no_rows_and_lines_keep_their_numbers():
    text = csv_of(row(), another(1)).replace("\r\n", "\r\n,,,\r\n\r\n", 1)

    assert [found.line for found in rows_of(text.encode())] == [4, 5]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04", "Save the sheet as CSV"),
        (b"a,b\n1,2\n", "none of the headings we know"),
        (csv_of(head=HEAD).encode(), "headings and no rows"),
        (csv_of(row(), head=HEAD[:6]).encode(), "The column paid_on is missing."),
        (csv_of(row(), head=(*HEAD, "surname")).encode(), "The column last_name is there twice."),
        (b"x" * 2_000_001, "more than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(sent, words):
    with pytest.raises(FileRefused, match=words.replace(".", r"\.")):
        rows_of(sent)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ('="02079460101"', "+442079460101"),
        ("2079460101", "+442079460101"),
        ("+44 20 7946 0101", "+442079460101"),
        ("+33 1 42 68 53 00", "+33142685300"),
        ("", ""),
    ],
)
def test_telephone_numbers_are_known_also_without_their_zero(cell, kept):
    assert member_of(row(phone=cell)).phone == kept


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first_name": ""}, "Enter the first name."),
        ({"last_name": "x" * 81}, "Column last_name: it has more than 80 letters. Shorten it."),
        ({"email": ""}, "Enter the e-mail address: they sign in by it."),
        ({"email": "nobody"}, "The e-mail address is not one such as name@example.org."),
        (
            {"membership_type": "Fellow"},
            (
                "The membership type is none that we have: write one of Case Manager, Associate, "
                "Supporter, Overseas, Student."
            ),
        ),
        (
            {"paid_until": "31/02/2027"},
            "Column paid_until: it is no day. Write it like 31/03/2027.",
        ),
        (
            {"paid_until": "46112"},
            (
                "Column paid_until: it is a number; format the column as a date, like 2026-11-22. "
                "Write it like 31/03/2027."
            ),
        ),
        (
            {"paid_until": "23/11/2029"},
            "“Paid until” is more than 3 years ahead. Is the year right?",
        ),
        (
            {"joined_on": "01/04/2027"},
            "“Joined on” is still to come. Is the year right?",
        ),
        ({"paid_on": "23/11/2026"}, "“Paid on” is still to come. Is the year right?"),
        (
            {"paid_until": "31/03/2019", "paid_on": "31/03/2018"},
            "“Joined on” is later than “paid until”. Put one of them right.",
        ),
        (
            {"amount_paid": ""},
            "Enter what was paid for that period, in pounds; 0 where nothing was asked.",
        ),
        ({"paid_on": ""}, "Enter the day on which it was paid."),
        (
            {"amount_paid": "lots"},
            "The amount paid is no sum in pounds: write it like 120.00.",
        ),
        ({"amount_paid": "-5"}, "The amount paid is no sum in pounds: write it like 120.00."),
        ({"amount_paid": "10000.01"}, "The amount paid is over £10,000. Is it in pounds?"),
        ({"member_number": "CM-0"}, "The member number is none: write it like CM-0042 or 42."),
        ({"member_number": "A7"}, "The member number is none: write it like CM-0042 or 42."),
        (
            {"phone": "12"},
            "The telephone number is none: write it like 020 7946 0101, or leave it.",
        ),
        ({"postcode": "NOWHERE"}, "The postcode is no British one: write it like CF14 4XW."),
        (
            {"profession": "Wizard"},
            "Column profession: we do not know this one; write it like Nurse, or leave it.",
        ),
        (
            {"profession": "Social worker", "registration_number": "SW123456"},
            "Enter the register that this number is of, like NMC or HCPC.",
        ),
        ({"areas": "knitting"}, "There is no area of expertise with the code knitting."),
        (
            {"areas": "brain_injury"},
            (
                "A clinical area of expertise needs a registration with a regulator: enter the "
                "profession and the number, or take the area out."
            ),
        ),
        (
            {"town": "=HYPERLINK(1)"},
            "Column town: it is a formula. Copy the column and paste it as values.",
        ),
        (
            {"member_number": "#REF!"},
            (
                "Column member_number: the spreadsheet shows an error there. Put it right, and "
                "save the file again."
            ),
        ),
        ({"": "more"}, "The row has more cells than there are headings. Is there a stray comma?"),
    ],
)
def test_what_cannot_be_says_how_to_mend_it(changes, words):
    assert wrong_in(row(**changes)) == (words,)


def test_a_number_that_the_register_could_not_have_given_is_refused():
    [words] = wrong_in(row(profession="Nurse", registration_number="12345"))

    assert words.startswith("An NMC PIN is 2 digits, a letter, 4 digits, a letter")


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_paid": "10,000"},
        {"paid_until": "22/11/2029"},
        {"paid_on": "22/11/2026"},
        {"joined_on": "22/11/2026"},
        {"country": "France", "postcode": "75001 PARIS"},
        {"profession": "Nurse", "registration_number": "12A3456E", "areas": "brain_injury"},
        {"areas": "vocational"},
        {"membership_type": "associate_member"},
        {"paid_until": "2027-03-31 00:00:00"},
        {"paid_until": "31 March 2027"},
    ],
)
def test_what_can_be_is_taken(changes):
    assert member_of(row(**changes)).email == "ariadne@example.org"


def test_who_has_a_number_but_no_last_day_is_told_what_that_means():
    [words] = wrong_in(row(paid_until=""))

    assert words.startswith("“Paid until” is empty, so this is somebody who has never been")
    assert member_of(row(**UNPAID)).paid is None


def test_everything_that_is_wrong_is_said_at_once():
    assert len(wrong_in(row(first_name="", email="x", postcode="Y", phone="1"))) == 4


def test_the_sample_file_reads_without_a_fault():
    text = csv_of(*(dict(zip(NAMES, cells, strict=True)) for cells in samples()), head=NAMES)

    wrong = [
        read(found, on=A_DAY.replace(year=2098), clinical=CLINICAL)[1]
        for found in rows_of(text.encode())
    ]

    assert wrong == [(), (), ()]
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)


# Judging ---------------------------------------------------------------------------------------


def judged(*cells):
    rows = [Row(line, one) for line, one in enumerate(cells, start=2)]
    return [(one.verdict, one.words) for one in judge(rows, on=A_DAY)]


def verdicts(*cells):
    return [verdict for verdict, _words in judged(*cells)]


@pytest.mark.django_db
def test_each_row_is_told_in_short():
    make_fee_rate(pence=9500)

    assert judged(
        row(),
        another(1, paid_until="30/10/2026", amount_paid="0", paid_on=""),
        another(2, paid_until="30/11/2020", joined_on="", paid_on="01/12/2019"),
        another(3, **UNPAID),
    ) == [
        (
            Verdict.COMES,
            (
                "Case Manager, member CM-0042: active until 31 March 2027; £120.00 taken on "
                "28 March 2026."
            ),
        ),
        (
            Verdict.COMES,
            (
                "Case Manager, a new member number: in grace, ended on 30 October 2026; nothing "
                "was asked."
            ),
        ),
        (
            Verdict.COMES,
            (
                "Case Manager, a new member number: lapsed, ended on 30 November 2020; £120.00 "
                "taken on 1 December 2019."
            ),
        ),
        (Verdict.COMES, "Case Manager: becomes a member once the fee of £95.00 has arrived."),
    ]


@pytest.mark.django_db
def test_nobody_is_asked_for_a_fee_that_is_not_set():
    [(verdict, words)] = judged(row(**UNPAID))

    assert verdict is Verdict.STAYS_OUT
    assert words.startswith("No fee is set for Case Manager membership")


def by_login():
    make_officer(email="ariadne@example.org")


def by_address():
    make_person(email="Ariadne@Example.org")


def by_work_address():
    make_person(work_email="ARIADNE@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize("known", [by_login, by_address, by_work_address])
def test_somebody_with_the_same_address_is_here_already(known):
    known()

    assert judged(row(), another(1)) == [
        (Verdict.HERE, "The same e-mail address."),
        judged(another(1))[0],
    ]
    assert verdicts(another(1)) == [Verdict.COMES]


@pytest.mark.django_db
def test_somebody_with_the_same_registration_number_is_here_already():
    registered = {"profession": "Nurse", "registration_number": "12 A 3456 E"}
    make_registration(make_person(), number="12A3456E")
    make_registration(make_person(), number="98A3456E")

    assert verdicts(row(**registered), another(1, profession="Nurse", registration_number="")) == [
        Verdict.HERE,
        Verdict.COMES,
    ]


@pytest.mark.django_db
def test_the_same_name_and_postcode_is_a_likeness_that_the_office_may_overrule():
    make_person(given_name="ariadne ", family_name="SAMPLETON", postcode="cf144xw")
    make_person(given_name="Ariadne", family_name="Sampleton", postcode="CF10 1AA")

    assert verdicts(
        row(),
        row(email="b@example.org", member_number="7", another_person="Yes"),
        row(email="c@example.org", member_number="8", postcode="CF24 2AB"),
    ) == [Verdict.LIKELY, Verdict.COMES, Verdict.COMES]


@pytest.mark.django_db
def test_a_number_of_somebody_else_is_not_given_twice():
    number = make_member().membership.number

    [(verdict, words)] = judged(row(member_number=str(number)))

    assert verdict is Verdict.STAYS_OUT
    assert words.startswith(f"The member number CM-{number:04d} is somebody else's here.")
    assert verdicts(row(member_number=str(number + 1))) == [Verdict.COMES]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"email": "ariadne@example.org"}, "e-mail address"),
        ({"member_number": "42"}, "member number"),
        ({"profession": "Nurse", "registration_number": "12A3456E"}, "registration number"),
    ],
)
def test_what_two_rows_share_is_said_of_the_later_one(changes, what):
    first = row(profession="Nurse", registration_number="12A3456E")

    assert judged(first, another(1, **changes))[1] == (
        Verdict.STAYS_OUT,
        f"Line 2 has the same {what}. Keep one of them. Mend it, and send the row again.",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 3, 300])
def test_judging_takes_the_same_few_queries(django_assert_num_queries, people):
    rows = [
        Row(
            line,
            another(
                line,
                member_number=str(line + 1),
                postcode="CF14 4XW",
                profession="Nurse",
                registration_number=f"12A{line:04}E",
            ),
        )
        for line in range(people)
    ]

    with django_assert_num_queries(10):
        assert len(judge(rows, on=A_DAY)) == people


@pytest.mark.django_db
def test_what_was_shown_has_a_name_that_changes_with_it():
    rows = [Row(2, row())]
    first = digest(judge(rows, on=A_DAY))

    assert digest(judge(rows, on=A_DAY)) == first
    make_person(email="ariadne@example.org")
    assert digest(judge(rows, on=A_DAY)) != first
