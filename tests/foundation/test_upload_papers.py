"""PDFs that show pages are taken; those that do anything else are refused, however they hide it."""

import pytest

from foundation.uploads import Refused
from foundation.uploads.papers import (
    ACTS,
    CARRIES,
    FORM,
    LOCKED,
    SCRIPT,
    TOO_MUCH,
    TWO_KINDS,
    UNREADABLE,
    refuse_unless_plain,
)
from tests.foundation.files import packed_pdf, pdf, stream_object, zip_file

SCRIPTED = b"<</S/JavaScript/JS(app.alert(1))>>"
MAKERS = [pytest.param(pdf, id="plain objects"), pytest.param(packed_pdf, id="object stream")]
ACTIVE = [
    ((b"/OpenAction 4 0 R", SCRIPTED), {SCRIPT, ACTS}),
    ((b"/Names<</JavaScript<</Names[(a)4 0 R]>>>>", SCRIPTED), {SCRIPT}),
    ((b"/Names<</J#61vaScript 4 0 R>>", b"<<>>"), {SCRIPT}),
    ((b"/X 4 0 R", b"<</S/J#61vaScript/J#53(app.alert(1))>>"), {SCRIPT}),
    ((b"/X[<</Y[<</JS 4 0 R>>]>>]", b"<<>>"), {SCRIPT}),
    ((b"", SCRIPTED), {SCRIPT}),
    ((b"/X<</S/Launch/F(cmd.exe)>>",), {ACTS}),
    ((b"/X<</S 4 0 R/F(cmd.exe)>>", b"/Launch"), {ACTS}),
    ((b"/OpenAction<</S/URI/URI(https://example.org)>>",), {ACTS}),
    ((b"/AA<</WC 4 0 R>>", b"<</S/URI>>"), {ACTS}),
    ((b"/X<</S/SubmitForm/F(https://example.org)>>",), {ACTS}),
    ((b"/X<</S/GoToR/F(other.pdf)>>",), {ACTS}),
    ((b"/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>", b"<</EF<<>>>>"), {CARRIES}),
    ((b"/X<</Type/EmbeddedFile>>",), {CARRIES}),
    ((b"/X<</Subtype/FileAttachment>>",), {CARRIES}),
    ((b"/X<</Subtype/RichMedia>>",), {CARRIES}),
    ((b"/AcroForm<</XFA[]/Fields[]>>",), {FORM}),
]


def words_against(content):
    with pytest.raises(Refused) as refused:
        refuse_unless_plain(content)
    return str(refused.value)


@pytest.mark.parametrize("made", MAKERS)
@pytest.mark.parametrize(("parts", "words"), ACTIVE)
def test_active_content_is_refused_packed_or_not(made, parts, words):
    assert words_against(made(*parts)) in words


@pytest.mark.parametrize("made", MAKERS)
@pytest.mark.parametrize(
    "catalogue",
    [
        b"",
        b"/OpenAction[3 0 R/Fit]",
        b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>",
        b"/AcroForm<</Fields[]>>",
        b"/X<</S/URI/URI(https://example.org)>>",
        b"/X(JavaScript is a word)",
        b"/JSomething 1",
    ],
)
def test_pages_a_first_page_to_turn_to_and_links_are_taken(made, catalogue):
    refuse_unless_plain(made(catalogue))


def test_a_packed_script_does_not_show_in_the_bytes():
    assert b"JavaScript" not in packed_pdf(b"/OpenAction 4 0 R", SCRIPTED)


def test_a_script_that_no_table_of_the_file_names_is_found():
    content = pdf().replace(b"xref\n", b"9 0 obj\n" + SCRIPTED + b"\nendobj\nxref\n", 1)

    assert words_against(content) == SCRIPT


def test_the_name_of_a_script_inside_a_picture_means_nothing():
    inside = stream_object(4, b"", b"")[:-1].replace(b"endstream", b"/JS /Launch\nendstream")

    refuse_unless_plain(pdf(b"", inside.removeprefix(b"4 0 obj\n").removesuffix(b"\nendobj")))


def test_a_locked_pdf_is_refused():
    assert words_against(pdf(trailer=b"/Encrypt<</Filter/Standard/V 1>>")) == LOCKED


def test_a_file_that_is_a_zip_as_well_is_refused():
    assert words_against(pdf() + zip_file()) == TWO_KINDS


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        b"%PDF-1.7\n<html><script>alert(1)</script>",
        pdf()[:150],
        pdf().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0     "),
        pdf().replace(b"/Pages 2 0 R", b"/Pages 1 0 R"),
    ],
)
def test_what_only_begins_like_a_pdf_is_refused(content):
    assert words_against(content) == UNREADABLE


def test_a_stream_that_unfolds_without_end_is_refused():
    content = packed_pdf(b"/X(" + b"A" * 21_000_000 + b")")

    assert len(content) < 100_000
    assert words_against(content) == UNREADABLE


def test_more_objects_than_a_certificate_needs_are_refused():
    assert words_against(pdf(b"", *[b"0"] * 50_000)) == TOO_MUCH
