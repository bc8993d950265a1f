"""Text in pieces: each in the typeface that has it, and in the order in which the eye meets it."""

import pytest

from foundation.papers import fonts, scripts
from foundation.papers.scripts import Piece

ALI, KOHEN = "\u0639\u0644\u064a", "\u05db\u05d4\u05df"


def seen(text):
    return [one.text for one in scripts.as_seen(scripts.pieces(text))]


def lines(text, *, room):
    return scripts.lines(text, room=room, width_of=len)


def test_what_our_own_typeface_has_is_one_piece():
    assert scripts.pieces("Llŷr Ŵyn, £90") == [Piece("Llŷr Ŵyn, £90", fonts.REGULAR)]


def test_strong_text_is_strong_where_there_is_a_strong_typeface():
    assert scripts.pieces("To 李", bold=True) == [
        Piece("To ", fonts.BOLD),
        Piece("李", fonts.EAST_ASIAN),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("To श्री, now", [("To ", fonts.REGULAR), ("श्री", "Devanagari"), (", now", fonts.REGULAR)]),
        ("ab👩‍⚕️c", [("ab", fonts.REGULAR), ("👩‍⚕️", "Pictures"), ("c", fonts.REGULAR)]),
        ("\u674e\ufe00.", [("\u674e", fonts.EAST_ASIAN), (".", fonts.REGULAR)]),
        ("a\u200eb", [("ab", fonts.REGULAR)]),
        ("a\u0f40b", [("a(U+0F40)b", fonts.REGULAR)]),
    ],
)
def test_marks_and_joiners_go_with_their_sign(text, expected):
    assert [(one.text, one.face) for one in scripts.pieces(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"From {ALI}.", ["From ", ALI, "."]),
        (f"{ALI} {KOHEN} a", [KOHEN, " ", ALI, " a"]),
        (f"{ALI} a {KOHEN}", [ALI, " a ", KOHEN]),
        (f"a {ALI} 12", ["a ", "12", " ", ALI]),
        (f"a {ALI} 12b", ["a ", ALI, " 12b"]),
        (f"{ALI}, {KOHEN}, a", [KOHEN, " ", ",", ALI, ", a"]),
    ],
)
def test_words_that_run_to_the_left_are_turned_around_together(text, expected):
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("aa bb cc", 8, ["aa bb cc"]),
        ("aa bb cc", 7, ["aa bb", "cc"]),
        ("aa bb cc", 5, ["aa bb", "cc"]),
        ("aa bb cc", 4, ["aa", "bb", "cc"]),
        ("aaaaa b", 3, ["aaa", "aa", "b"]),
        ("a 李小龙", 4, ["a 李小", "龙"]),
        ("a\n\nb", 4, ["a", "", "b"]),
        ("", 4, [""]),
    ],
)
def test_lines_are_as_long_as_there_is_room(text, room, expected):
    assert lines(text, room=room) == expected


@pytest.mark.parametrize(
    ("text", "is_whole"), [("李 \n👍\ufe0f", True), ("a\u0f40", False), ("", True)]
)
def test_a_text_is_whole_if_every_sign_prints_as_itself(text, is_whole):
    assert scripts.is_whole(text) is is_whole
