"""What the office writes as the plain text of a letter: no marks, whole addresses."""

import pytest

from foundation import letter_text, writing

BASE = "https://portal.example.org"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("## Dates\n\nCome **soon**.", "Dates\n\nCome soon."),
        ("One\nline", "One line"),
        ("One  \nline", "One\nline"),
        ("- a\n- b\n\nAfter", "- a\n- b\n\nAfter"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("- a\n  1. b\n  2. c\n- d", "- a\n  1. b\n  2. c\n- d"),
        ("> said\n\nby whom", "> said\n\nby whom"),
        ("a\n\n---\n\nb", f"a\n\n{letter_text.RULE}\n\nb"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nc", "a | b\n1 | 2\n\nc"),
        ("    code\n    more", "code\nmore"),
        ("[Book](/events/)", "Book (https://portal.example.org/events/)"),
        ("[Book](https://example.org/)", "Book (https://example.org/)"),
        ("<https://example.org/>", "https://example.org/"),
        ("<c@example.org>", "c@example.org"),
        ("[Write](mailto:c@example.org)", "Write (c@example.org)"),
        ("[a **b**](/c/) and [d](/e/)", f"a b ({BASE}/c/) and d ({BASE}/e/)"),
        ("<b>x</b>", "<b>x</b>"),
        ("", ""),
    ],
)
def test_it_reads_without_marks(text, plain):
    assert letter_text.as_text(text, base=BASE) == f"{plain}\n"


def test_links_of_ours_are_whole_in_a_letter_and_short_on_a_page():
    text = "[a](/b/) [c](https://example.org/)"

    assert (
        writing.page(text, base=BASE)
        == f'<p><a href="{BASE}/b/">a</a> <a href="https://example.org/">c</a></p>\n'
    )
    assert '<a href="/b/">a</a>' in writing.page(text)
