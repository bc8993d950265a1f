"""What is taken of the files that people send, and what of each is kept."""

import io

import pytest
from PIL import Image

from foundation.uploads import Kind, Refused, check
from tests.foundation.files import (
    bomb_png,
    located_jpeg,
    noted_png,
    pdf,
    picture,
    sent,
    zip_file,
)

MOST = 5 * 1024 * 1024


def checked(content, name="certificate.pdf", most=MOST):
    return check(sent(content, name), max_bytes=most)


def words_against(content, name="certificate.pdf", most=MOST):
    with pytest.raises(Refused) as refused:
        checked(content, name, most)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [(pdf(), Kind.PDF), (picture("JPEG"), Kind.JPEG), (picture("PNG"), Kind.PNG)],
)
def test_a_pdf_a_jpeg_and_a_png_are_taken_whatever_their_names_say(content, kind):
    assert checked(content, "holiday.exe").kind is kind


def test_a_pdf_is_kept_byte_for_byte():
    assert checked(pdf()).content == pdf()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zip_file(), "It is a zip or Word file. Save the document as PDF"),
        (b"\xd0\xcf\x11\xe0rest", "It is an old Word file."),
        (b"\0\0\0\x18ftypheic", "It is a HEIC photograph. Save or share it as JPEG"),
        (b"GIF89a", "It is a GIF."),
        (b"RIFF\0\0\0\0WEBPVP8 ", "It is a WebP picture."),
        (b"II*\0", "It is a TIFF."),
        (b"MZ\x90\0", "It is not a PDF, a JPEG or a PNG, whatever its name says."),
        (b"<html><script>", "It is not a PDF, a JPEG or a PNG, whatever its name says."),
        (b"<svg onload='x()'>", "It is not a PDF, a JPEG or a PNG, whatever its name says."),
        (b" " + pdf(), "It is not a PDF, a JPEG or a PNG, whatever its name says."),
    ],
)
def test_any_other_kind_is_refused_by_its_content_with_what_to_do(content, words):
    assert words_against(content).startswith(words)


def test_an_empty_file_is_refused():
    assert words_against(b"").startswith("It is empty.")


def test_a_file_may_be_as_large_as_the_limit_and_not_a_byte_larger():
    content = pdf()

    assert checked(content, most=len(content)).content == content
    assert "is the most" in words_against(content, most=len(content) - 1)


def test_a_photograph_loses_its_place_its_maker_and_its_comment():
    kept = checked(located_jpeg(), "me.jpg").content

    assert not Image.open(io.BytesIO(kept)).getexif()
    assert b"Percy" in located_jpeg()
    assert b"Percy" not in kept
    assert b"a comment" not in kept


def test_a_photograph_taken_sideways_is_kept_upright():
    assert Image.open(io.BytesIO(located_jpeg())).size == (40, 30)
    assert Image.open(io.BytesIO(checked(located_jpeg()).content)).size == (30, 40)


def test_a_png_loses_its_notes():
    assert b"Percy" in noted_png()
    assert b"Percy" not in checked(noted_png()).content


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_what_is_hung_behind_a_picture_is_not_kept(format):
    kept = checked(picture(format) + zip_file()).content

    assert b"hello.html" not in kept


@pytest.mark.parametrize(
    ("format", "mode", "kept_as"),
    [
        ("JPEG", "CMYK", "RGB"),
        ("JPEG", "L", "L"),
        ("PNG", "P", "RGB"),
        ("PNG", "LA", "RGBA"),
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "1", "1"),
        ("PNG", "I;16", "L"),
    ],
)
def test_pictures_of_every_colouring_are_taken(format, mode, kept_as):
    kept = checked(picture(format, mode=mode)).content

    assert Image.open(io.BytesIO(kept)).mode == kept_as


def test_a_scan_in_sixteen_greys_does_not_turn_white():
    grey = io.BytesIO()
    Image.new("I;16", (4, 4), 0x8000).save(grey, "PNG")

    kept = checked(grey.getvalue()).content

    assert Image.open(io.BytesIO(kept)).getpixel((0, 0)) == 0x80


@pytest.mark.parametrize(("side", "kept"), [(3000, 3000), (3001, 3000)])
def test_a_picture_is_kept_at_three_thousand_pixels_a_side_at_most(side, kept):
    content = checked(picture("PNG", (side, 10), "1")).content

    assert Image.open(io.BytesIO(content)).width == kept


@pytest.mark.parametrize("side", [7072, 10_000, 20_000, 60_000])
def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused_before_it_unfolds(side):
    assert len(bomb_png(side)) < 200
    assert words_against(bomb_png(side)).startswith("It has more than 50 million pixels.")


def test_fifty_million_pixels_are_not_too_many():
    assert words_against(bomb_png(7071)).startswith("It cannot be read as a picture")


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_picture_that_was_cut_short_is_refused(format):
    content = picture(format, (400, 300))

    assert words_against(content[: len(content) // 2]).startswith("It cannot be read as a picture")


@pytest.mark.parametrize(
    ("came_as", "kept_as"),
    [
        ("My  BSc.PDF", "My BSc.PDF"),
        ("C:\\Users\\me\\bsc.pdf", "bsc.pdf"),
        ("bsc.exe", "bsc.exe.pdf"),
        ("bsc", "bsc.pdf"),
        (".pdf", "file.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("bsc\x00\r\nSet-Cookie: x.pdf", "bsc Set-Cookie: x.pdf"),
        ("Tystysgrif Llŷr.pdf", "Tystysgrif Llŷr.pdf"),
    ],
)
def test_a_name_is_kept_as_text_and_ends_as_its_kind_does(came_as, kept_as):
    upload = sent(pdf())
    upload.__dict__["_name"] = came_as

    assert check(upload, max_bytes=MOST).name == kept_as


def test_a_path_is_never_part_of_a_name():
    upload = sent(pdf())
    upload.__dict__["_name"] = "../../../etc/passwd"

    assert check(upload, max_bytes=MOST).name == "passwd.pdf"


def test_a_huge_name_is_cut_and_keeps_its_ending():
    name = checked(pdf(), "x" * 5000 + ".pdf").name

    assert len(name) == 100
    assert name.endswith("x.pdf")
