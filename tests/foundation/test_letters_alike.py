"""A letter that is drawn once for many says to each what it would say drawn for them alone."""

import datetime as dt
from types import SimpleNamespace

import pytest

from foundation import letter_page
from foundation.letters_alike import Alike, UnknownBlank

BLANKS = {"person": ["given_name"], "membership": ["written_number"]}
SHARED = {
    "ended_on": dt.date(2026, 9, 30),
    "renewable_until": dt.date(2027, 9, 30),
    "profile_url": "https://portal.example.org/profile/",
}
# Plain ones, and those that a page or a link would be made of.
NAMES = [
    *("Pat", "Łukasz", "Mary-Ann", "Anna Maria", "given_name", "Ng"),
    *(
        "",
        " Pat",
        "O'Neil",
        "<b>Pat</b>",
        "R&D",
        "pat@example.org",
        "www.example.org",
        "Pat\n\nPat",
    ),
    *("St. John", "Pat  Pat", "\0person-GIVEN_NAMEa\0"),
]


def rows(name, number="CM-0042"):
    return {
        "person": SimpleNamespace(given_name=name),
        "membership": SimpleNamespace(written_number=number),
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("until", [SHARED["renewable_until"], None])
def test_it_is_the_same_letter(name, until):
    shared = {**SHARED, "renewable_until": until}

    found = Alike("lapsed", shared, BLANKS).to(**rows(name))

    assert found == letter_page.render("lapsed", {**shared, **rows(name)})


def test_nothing_of_one_reader_is_told_to_the_next():
    drawn = Alike("lapsed", SHARED, BLANKS)

    first, second = drawn.to(**rows("Pat", "CM-0001")), drawn.to(**rows("Sam", "CM-0002"))

    assert [("Pat" in words, "CM-0001" in words) for words in first[1:]] == [(True, True)] * 2
    assert [("Pat" in words, "CM-0001" in words) for words in second[1:]] == [(False, False)] * 2


@pytest.mark.parametrize("words", ["{{ name|upper }}", "{{ name|slugify }}", "x.uk/{{ name }}/"])
def test_what_its_template_makes_of_a_word_is_made_for_each(words, settings, tmp_path):
    (tmp_path / "letters").mkdir()
    told = words.replace("name", "person.given_name")
    template = f"Subject: To {{{{ person.given_name }}}}\n\nhttps://{told}\n"
    (tmp_path / "letters" / "linked.txt").write_text(template)
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]
    pat = {"person": SimpleNamespace(given_name="Pat")}

    found = Alike("linked", {}, {"person": ["given_name"]}).to(**pat)

    assert found == letter_page.render("linked", pat)


def test_what_was_not_named_is_no_silent_gap():
    with pytest.raises(UnknownBlank, match="written_number"):
        Alike("lapsed", SHARED, {**BLANKS, "membership": []})
