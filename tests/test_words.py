"""The lists of letters, messages and addresses are as the code is, and plain to read."""

import pytest

from tests.test_house import ROOT
from tests.words import pages, reading
from tests.words.messages import ERRORS, FACTS, KINDS, ROOMS, everything, said_in

AGE = 12
AGE_OF_ONE_LETTER = 14
LONGEST = 40
SAID = everything()
# The Board's own definition, word for word; and how the order of the directory is drawn.
AS_THEY_ARE = ("Case Management is a collaborative", "Nobody can pay for a place", "The portal is")
PARTS = sorted({one.part for one in pages.samples()})


@pytest.mark.parametrize("make", [pages.letters, pages.messages, pages.addresses])
def test_the_list_is_that_of_today(make):
    file = ROOT / "docs" / f"{make.__name__}.md"

    assert file.read_text(encoding="utf-8") == make(), "Run `make words`."


def test_there_is_much_to_read():
    assert len(SAID) > 1000
    assert {one.room for one in SAID} == set(ROOMS)
    assert {one.kind for one in SAID} == set(KINDS)


# How sentences are found -----------------------------------------------------------------------

A_MODULE = '''"""A docstring is not said to anybody."""
TOO_LATE = "It is too late for that. Ask the office."
GREETING = "We are glad that you came."

class Form:
    name = field(help_text="As on the register.", error_messages={"required": "Enter your name."})

class Gone(Exception):
    def __init__(self, name):
        super().__init__(f"“{name}” is gone. Choose another one.")

def step(request, name):
    """Nor is this one."""
    logger.warning("The letter did not go out.")
    if not name:
        raise Gone(TOO_LATE)
    messages.success(request, f"{name} is on the list now.")
    return "no sentence"
'''


def test_each_sentence_is_found_with_its_kind(tmp_path):
    file = ROOT / "var" / "sample_of_words.py"
    file.parent.mkdir(exist_ok=True)
    file.write_text(A_MODULE)

    said = sorted((one.kind, one.words) for one in said_in("website", file))

    file.unlink()
    assert said == [
        ("Hints beside a field", "As on the register."),
        (FACTS, "We are glad that you came."),
        ("What was done", "… is on the list now."),
        (ERRORS, "Enter your name."),
        (ERRORS, "It is too late for that. Ask the office."),
        (ERRORS, "“…” is gone. Choose another one."),
    ]


# How old a reader has to be --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "number"),
    [("the", 1), ("asked", 1), ("wanted", 2), ("office", 2), ("people", 2), ("membership", 3)],
)
def test_syllables_are_counted_as_they_are_spoken(word, number):
    assert reading.syllables(word) == number


def test_the_formula_is_the_published_one():
    # Six words of one syllable in one sentence: 0.39 * 6 + 11.8 * 1 - 15.59.
    assert reading.grade("The cat sat on the mat.") == pytest.approx(-1.45)


def test_longer_sentences_and_longer_words_need_an_older_reader():
    plain = reading.age("We look at it. Then we write to you.")

    assert plain < reading.age("We look at it and then we write to you.")
    assert plain < reading.age("We investigate immediately. Afterwards we communicate.")


@pytest.mark.parametrize("part", PARTS)
def test_letters_of_each_part_are_plain_at_twelve(part):
    words = pages.all_text(one for one in pages.samples() if one.part == part)

    assert reading.age(words) <= AGE


@pytest.mark.parametrize("sample", pages.samples(), ids=lambda one: one.name)
def test_no_letter_is_hard_to_read(sample):
    assert reading.age(pages.all_text([sample])) <= AGE_OF_ONE_LETTER


@pytest.mark.parametrize("room", ROOMS)
def test_messages_of_each_room_are_plain_at_twelve(room):
    assert reading.age("\n".join(one.words for one in SAID if one.room == room)) <= AGE


def test_no_message_has_a_sentence_without_end():
    long = [one.words for one in SAID if reading.longest(one.words) > LONGEST]

    assert [words for words in long if not words.startswith(AS_THEY_ARE)] == []
