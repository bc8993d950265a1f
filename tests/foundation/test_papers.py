"""Papers: any name prints right, twice the same bytes, and screen readers find their way."""

import io
import unicodedata

import pypdf
import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from foundation import papers
from foundation.papers import Facts, Heading, Paper, QrCode, Table, Words

NAMES = ("Llŷr Ŵyn", "Łukasz", "Şengül", "Đặng Thị Ánh", "Zoë", "Ελένη", "Євген", "O’Neill")
OTHER_NAMES = (
    *("李小龙", "田中さくら", "김민준", "שלום כהן", "محمد علي", "श्रीमती प्रिया क्षत्रिय", "সুমিত্রা"),
    *("ਗੁਰਪ੍ਰੀਤ", "ગુજરાતી", "ଓଡ଼ିଆ", "தமிழ் செல்வன்", "తెలుగు", "ಕನ್ನಡ", "മലയാളം", "සිංහල"),
    *("สมชาย ใจดี", "ສົມໄຊ", "မောင်မောင်", "សុខា", "Արամ", "ქეთევან", "ግርማ", "Perdita 👍🏽 ★"),
)
LONG = "A long sentence that fills the page line by line. "


def read(paper):
    return pypdf.PdfReader(io.BytesIO(papers.pdf(paper)))


def words_of(paper):
    pages = [page.extract_text() for page in read(paper).pages]
    return " ".join("\n".join(pages).split())


def glyphs_of(pdf):
    """The numbers of the glyphs that are printed, each in its typeface; 0 is that of none."""
    found = []
    for page in pdf.pages:
        for operands, operator in page.get_contents().operations:
            if operator in (b"Tj", b"TJ"):
                pieces = operands[0] if operator == b"TJ" else operands
                found += [one.original_bytes for one in pieces if isinstance(one, str)]
    return list(b"".join(found))


def spoken(element):
    """What is read out below an element where that is not what the glyphs say one by one."""
    below = [one.get_object() for one in element.get("/K", [])]
    own = [element["/ActualText"]] if "/ActualText" in element else []
    return own + [words for one in below if "/S" in one for words in spoken(one)]


def table(rows=1, **changes):
    facts = {
        "caption": "Lines",
        "head": ("What", "Amount"),
        "rows": tuple((f"Line {number}", "£90.00") for number in range(rows)),
        "totals": (("Total", "£90.00"),),
        "figures": 1,
    }
    return Table(**{**facts, **changes})


def everything():
    return Paper(
        "Invoice CMS-2026-0001",
        (
            Heading("To whom"),
            Words("Perdita Example\n1 Invented Street", strong=True),
            Facts((("Due by", "1 May 2026"),)),
            table(),
            QrCode("https://portal.example.org/verify/1", "Check this paper"),
        ),
        foot="Reference CMS1234567",
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_name_prints_as_it_is_written(name):
    paper = Paper(name, (Words(name), Facts((("To", name),)), Words(name, strong=True)))

    assert words_of(paper).count(name) == 4


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_a_name_in_any_script_prints_in_glyphs_of_its_own_and_is_read_out(name):
    words = f"Received from {name}, with thanks."
    paper = Paper(name, (Words(words), table(rows=1, totals=((name, "£1.00"),))), foot=name)

    pdf = read(paper)

    glyphs = glyphs_of(pdf)
    assert glyphs
    assert 0 not in glyphs
    assert spoken(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]) == [name, words, name]
    assert pdf.metadata.title == name
    assert "(U+" not in words_of(paper)


@pytest.mark.parametrize(
    "name", ["李小龙", "田中さくら", "김민준", "שלום", "สมชาย", "Արամ", "ግርማ", "👍"]
)
def test_a_name_in_any_script_can_be_searched_for_and_copied(name):
    assert words_of(Paper("Receipt", (Words(f"From {name}."),))).count(name) == 1


def test_arabic_letters_are_joined_and_stand_for_themselves():
    shown = words_of(Paper("Receipt", (Words("From \u0645\u062d\u0645\u062f."),)))

    assert "\u0645\u062d\u0645\u062f" not in shown
    assert unicodedata.normalize("NFKC", shown).count("\u0645\u062d\u0645\u062f") == 1


def test_a_long_text_in_another_script_is_broken_between_its_signs_over_lines_and_pages():
    words = "李小龙" * 1300

    pdf = read(Paper("Long", (Words(words),)))

    assert len(pdf.pages) == 2
    text = "".join(page.extract_text() for page in pdf.pages)
    assert text.count("李") == 1300
    assert spoken(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]) == [words]


def test_a_paper_is_the_same_whatever_was_printed_before():
    first, other = (Paper(name, (Words(name),)) for name in ("श्रीमती", "क्षत्रिय"))
    made = papers.pdf(first)

    papers.pdf(other)

    assert papers.pdf(first) == made


def test_a_sign_that_no_typeface_has_is_written_as_its_number_and_said():
    shown = words_of(Paper("Receipt", (Words("Received from \u0f40 Example"),)))

    assert "Received from (U+0F40) Example" in shown
    assert "Signs written as (U+…) are missing from the typefaces" in shown


def test_nothing_is_said_of_missing_signs_where_none_is():
    every = (*NAMES, *OTHER_NAMES)

    assert "missing from the typefaces" not in words_of(
        Paper("Receipt", tuple(map(Words, every)), foot=OTHER_NAMES[0])
    )


def test_letters_whose_accent_stands_apart_are_joined():
    assert "Llŷr" in words_of(Paper("Receipt", (Words("Lly\u0302r"),)))


def test_the_same_paper_gives_the_same_bytes_and_another_gives_others():
    assert papers.pdf(everything()) == papers.pdf(everything())
    assert papers.pdf(everything()) != papers.pdf(Paper("Invoice CMS-2026-0002", ()))


def test_what_somebody_typed_is_never_markup():
    shown = words_of(Paper("<b>Title</b>", (Words("<font size=99>Big & bold</font>"),)))

    assert "<b>Title</b>" in shown
    assert "<font size=99>Big & bold</font>" in shown


def test_a_paper_says_its_title_language_and_author(settings):
    settings.SOCIETY = {**settings.SOCIETY, "long_name": "Society of Examples"}

    pdf = read(everything())

    assert (pdf.metadata.title, pdf.metadata.author) == (
        "Invoice CMS-2026-0001",
        "Society of Examples",
    )
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_letterhead_names_the_society_and_its_company_number_only_once_it_is_known(settings):
    settings.SOCIETY = {
        **settings.SOCIETY,
        "address": "1 Invented Street\nCardiff",
        "company_number": "",
    }
    without = words_of(everything())
    settings.SOCIETY = {**settings.SOCIETY, "company_number": "01234567"}

    assert "1 Invented Street Cardiff info@cmsuk.org" in without
    assert "Company number" not in without
    assert "Company number 01234567" in words_of(everything())


def kinds(element):
    """The structure below an element, as nested names."""
    below = [one.get_object() for one in element.get("/K", [])]
    return {element["/S"]: [kinds(one) for one in below if "/S" in one]}


def test_screen_readers_find_headings_tables_and_pictures():
    tree = read(everything()).trailer["/Root"]["/StructTreeRoot"]
    facts = {"/Table": [{"/TR": [{"/TH": []}, {"/TD": []}]}]}
    head = {"/TR": [{"/TH": []}, {"/TH": []}]}
    row = {"/TR": [{"/TD": []}, {"/TD": []}]}

    assert kinds(tree["/K"]) == {
        "/Document": [
            {"/H1": []},
            {"/H2": []},
            {"/P": []},
            facts,
            {"/H2": []},
            {"/Table": [head, row, row]},
            {"/Figure": []},
            {"/P": []},
        ]
    }


def test_every_piece_of_a_page_belongs_to_the_structure_or_is_ornament():
    for number, page in enumerate(read(Paper("Long", (table(80), Words(LONG * 90)))).pages):
        drawn = page.get_contents().get_data().decode("latin-1")

        assert page["/StructParents"] == number
        assert drawn.count(" BDC") + drawn.count(" BMC") == drawn.count("EMC")


def test_a_head_that_is_repeated_on_the_next_page_is_read_once():
    tree = read(Paper("Long", (table(80),))).trailer["/Root"]["/StructTreeRoot"]
    head = tree["/K"]["/K"][2].get_object()["/K"][0].get_object()["/K"][0].get_object()

    assert len(head["/K"]) == 1


@pytest.mark.parametrize(
    ("paper", "pages"),
    [
        (Paper("Empty", ()), 1),
        (Paper("No rows", (table(0, totals=()),)), 1),
        (Paper("Only figures", (table(1, figures=2),)), 1),
        (Paper("Many rows", (table(80),)), 3),
        (Paper("One tall cell", (Facts((("Reason", LONG * 120),)),)), 2),
        (Paper("One long word", (Facts((("Address", "x" * 400),)),)), 1),
    ],
)
def test_a_paper_takes_the_pages_it_needs_and_numbers_them(paper, pages):
    found = read(paper).pages

    assert len(found) == pages
    assert f"Page {pages} of {pages}" in found[-1].extract_text()


def test_the_page_says_what_the_pdf_says(settings):
    page = render_to_string(
        "partials/paper.html", {"paper": everything(), "society": settings.SOCIETY}
    )

    for words in ("Invoice CMS-2026-0001", "Due by", "£90.00", "Check this paper", "CMS1234567"):
        assert words in strip_tags(page)
        assert words in words_of(everything())
    assert "style=" not in page


def test_the_answer_is_a_pdf_that_nobody_on_the_way_keeps():
    answer = papers.answer(everything(), name="CMS-2026-0001.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="CMS-2026-0001.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF-")
