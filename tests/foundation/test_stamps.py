"""Who looked, written across the copy of a file."""

import io

import pypdf
import pytest
from PIL import Image, ImageChops

from foundation.papers import fonts
from foundation.uploads import Kind, stamped, stamps
from tests.foundation.files import packed_pdf, pdf, picture

WORDS = "Viewed by Olive Office, 12 October 2026"


def pages(content):
    return pypdf.PdfReader(io.BytesIO(content)).pages


def many_pages(count, **how):
    writer = pypdf.PdfWriter()
    for _ in range(count):
        writer.add_blank_page(width=595, height=842).rotate(how.get("turned", 0))
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("content", [pdf(), packed_pdf()])
def test_the_words_stand_three_times_on_a_page(content):
    assert pages(stamped(content, Kind.PDF, WORDS))[0].extract_text().split("\n")[:3] == [WORDS] * 3


def test_every_page_has_them():
    found = pages(stamped(many_pages(3), Kind.PDF, WORDS))

    assert [page.extract_text().count(WORDS) for page in found] == [3, 3, 3]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_keeps_its_size_and_its_turn(turned):
    page = pages(stamped(many_pages(1, turned=turned), Kind.PDF, WORDS))[0]

    assert (page.mediabox.width, page.mediabox.height, page.rotation) == (595, 842, turned)
    assert WORDS in page.extract_text()


def test_a_name_in_other_letters_is_written_by_its_numbers():
    text = pages(stamped(pdf(), Kind.PDF, "Viewed by \u674e Office"))[0].extract_text()

    assert fonts.printable("\u674e") in text


@pytest.mark.parametrize(("count", "are_stamped"), [(2, True), (3, False)])
def test_a_very_long_pdf_comes_as_it_is(monkeypatch, count, are_stamped):
    monkeypatch.setattr(stamps, "MAX_PAGES", 2)
    content = many_pages(count)

    assert (stamped(content, Kind.PDF, WORDS) != content) is are_stamped


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 and then nothing", Kind.PDF),
        (pdf()[:100], Kind.PDF),
        (b"\xff\xd8\xff and then nothing", Kind.JPEG),
    ],
)
def test_what_cannot_be_stamped_comes_as_it_is(content, kind):
    assert stamped(content, kind, WORDS) == content


@pytest.mark.parametrize("colour", ["white", "grey", "black"])
@pytest.mark.parametrize(("kind", "format"), [(Kind.JPEG, "JPEG"), (Kind.PNG, "PNG")])
def test_the_words_are_seen_on_every_colour(kind, format, colour):
    kept = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(kept, format)

    copy = opened(stamped(kept.getvalue(), kind, WORDS))

    changed = ImageChops.difference(opened(kept.getvalue()), copy).convert("L")
    assert (copy.size, copy.format) == ((600, 400), format)
    assert sum(grey > 30 for grey in changed.tobytes()) > 1000


@pytest.mark.parametrize(
    ("mode", "after"), [("RGB", "RGB"), ("RGBA", "RGBA"), ("L", "RGB"), ("1", "RGB")]
)
def test_a_picture_stays_see_through_where_it_was(mode, after):
    assert opened(stamped(picture("PNG", mode=mode), Kind.PNG, WORDS)).mode == after


def test_a_tiny_picture_is_stamped_too():
    content = picture(size=(4, 3))

    assert stamped(content, Kind.JPEG, WORDS) != content
