"""What is said of a record, word for word; what deserves a warning, and what cannot be right."""

from datetime import date

import pytest

from foundation.dates import birthday
from records.retention import Status, changes_on
from records.retention_checks import Problem, problems, warnings
from records.retention_facts import Capacity, Category, Facts, Hold, HoldKind
from records.retention_rules import (
    FAQ_ONLY,
    NHS_2021,
    PUBLISHED,
    READINGS,
    Figures,
    rule_set,
    shorter_than_published,
)
from tests.records.judged import BORN, DAY, TODAY, a_record, judged

BY_THEN = (
    "because the client was an adult by then (NHS Records Management Code of Practice 2021, "
    "appendix II; CMSUK FAQ)."
)
LACKS = (
    "because the client is a living adult who lacks capacity; note why it is still needed "
    "(CMSUK FAQ; Mental Capacity Act 2005)."
)
ENDLESS = "without an end date, reviewed every 12 months"
EIGHT = "8 years after the end of care or the last contact, whichever is later"
OPEN = Hold(HoldKind.LEGAL, date(2024, 1, 2))


@pytest.mark.parametrize(
    ("on", "changed", "words"),
    [
        (date(2030, 6, 15), {}, f"Keep until 15 June 2030: {EIGHT}, {BY_THEN}"),
        (
            date(2030, 6, 16),
            *({}, f"Review now: it had to be kept until 15 June 2030, {EIGHT}, {BY_THEN}"),
        ),
        (TODAY, {"capacity": Capacity.LACKS}, f"Keep {ENDLESS}, {LACKS}"),
        (
            TODAY,
            {"holds": (OPEN,)},
            f"Keep while open: a legal case. Without that, keep until 15 June 2030, {BY_THEN}",
        ),
        (
            TODAY,
            {
                "capacity": Capacity.LACKS,
                "holds": (
                    *(Hold(kind, date(2024, 1, 2)) for kind in HoldKind),
                    Hold(HoldKind.LEGAL, date(2025, 1, 2)),
                ),
            },
            (
                "Keep while open: a complaint and a legal case and a safeguarding concern and a "
                f"public inquiry. Without that, keep {ENDLESS}, {LACKS}"
            ),
        ),
        (
            TODAY,
            {"care_concluded_on": None},
            "Keep: care has not been concluded, so the period has not begun.",
        ),
        (TODAY, {"born_on": None}, "Keep, and add what is missing: date of birth."),
        (
            TODAY,
            {"category": None},
            "Keep, and add what is missing: kind of record (general or mental health).",
        ),
        (
            TODAY,
            {"category": None, "born_on": None},
            (
                "Keep, and add what is missing: date of birth and kind of record (general or "
                "mental health)."
            ),
        ),
        (
            TODAY,
            {"known_on": TODAY + DAY, "last_contact_on": date(1975, 3, 8)},
            (
                "The date of knowledge is in the future. Check the year. The last contact is "
                "before the date of birth. Check both dates."
            ),
        ),
    ],
)
def test_an_answer_says_what_to_do_until_when_and_why(on, changed, words):
    assert judged(on=on, **changed).words == words


def test_what_is_missing_is_a_warning_too():
    assert judged(category=None).warnings == (
        "Missing: kind of record (general or mental health).",
    )


def test_a_candidate_tells_the_day_that_it_counts_from():
    found = judged(died_on=date(2024, 1, 1), known_on=date(2023, 1, 1)).candidates

    assert [(each.rule.code, each.since, each.until) for each in found] == [
        ("R-L1", date(2023, 1, 1), date(2026, 1, 1)),
        ("R-A1", date(2022, 6, 15), date(2030, 6, 15)),
        ("R-D1", date(2024, 1, 1), date(2032, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("changed", "day"),
    [
        ({}, date(2030, 6, 16)),
        ({"capacity": Capacity.LACKS}, None),
        ({"holds": (OPEN,)}, None),
        ({"care_concluded_on": None}, None),
        ({"known_on": TODAY + DAY}, TODAY + DAY),
        ({"care_concluded_on": date(2010, 1, 1)}, None),
        ({"born_on": date(2010, 5, 14), "capacity": Capacity.LACKS}, date(2028, 5, 14)),
        (
            {"born_on": date(2010, 5, 14), "capacity": Capacity.LACKS, "holds": (OPEN,)},
            date(2028, 5, 14),
        ),
        (
            {"born_on": date(2010, 5, 14), "capacity": Capacity.HAS},
            date(2035, 5, 15),
        ),
    ],
)
def test_time_alone_changes_an_answer_on_one_day(changed, day):
    assert changes_on(a_record(**changed), judged(**changed), on=TODAY) == day


UNSURE = (
    "Capacity is not recorded, so it is presumed (Mental Capacity Act 2005, section 1(2)): confirm "
    "it before anything is destroyed."
)
CHILD = "The client is under 18: look at capacity again at the 18th birthday."
PAPERWORK = "Care was concluded after the death: check that this was paperwork only."
FAMILY = "The last contact was after the death: check that it was with the family."
IN_USE = "The last contact was after the end of care: the record came back into use."
ENDED = date(2022, 6, 15)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ()),
        ({"capacity": Capacity.UNKNOWN}, (UNSURE,)),
        ({"died_on": ENDED}, ()),
        ({"died_on": ENDED - DAY}, (PAPERWORK,)),
        ({"last_contact_on": ENDED}, ()),
        ({"last_contact_on": ENDED + DAY}, (IN_USE,)),
        ({"last_contact_on": ENDED, "died_on": ENDED}, ()),
        ({"last_contact_on": ENDED, "died_on": ENDED - DAY}, (PAPERWORK, FAMILY)),
        ({"capacity": Capacity.LACKS, "born_on": BORN}, ()),
        ({"capacity": Capacity.LACKS, "born_on": date(2008, 11, 22)}, ()),
        ({"capacity": Capacity.LACKS, "born_on": date(2008, 11, 23)}, (CHILD,)),
        (
            {
                "capacity": Capacity.LACKS,
                "born_on": date(2008, 11, 23),
                "died_on": date(2023, 1, 1),
            },
            (),
        ),
        ({"care_concluded_on": None, "last_contact_on": date(2025, 11, 22)}, ()),
        (
            {"care_concluded_on": None, "last_contact_on": date(2025, 11, 21)},
            ("There has been no contact since 21 November 2025: has care ended?",),
        ),
        (
            {
                "care_concluded_on": None,
                "last_contact_on": date(2020, 1, 1),
                "died_on": date(2020, 1, 1),
            },
            (),
        ),
    ],
)
def test_what_a_person_should_look_at_is_said(changed, said):
    assert warnings(a_record(**changed), on=TODAY) == said


HELD = "The hold for a legal case"


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"known_on": TODAY}, []),
        (
            {"known_on": TODAY + DAY},
            [("known_on", "The date of knowledge is in the future. Check the year.")],
        ),
        ({"last_contact_on": date(1975, 3, 9)}, []),
        (
            {"last_contact_on": date(1975, 3, 8)},
            [
                (
                    "last_contact_on",
                    "The last contact is before the date of birth. Check both dates.",
                )
            ],
        ),
        ({"holds": (Hold(HoldKind.LEGAL, TODAY, TODAY),)}, []),
        (
            {"holds": (Hold(HoldKind.LEGAL, TODAY + DAY),)},
            [("holds", f"{HELD} was opened in the future. Check the year.")],
        ),
        (
            {"holds": (Hold(HoldKind.LEGAL, TODAY, TODAY + DAY),)},
            [
                (
                    "holds",
                    f"{HELD} was resolved in the future. Leave the day empty while it is open.",
                )
            ],
        ),
        (
            {"holds": (Hold(HoldKind.LEGAL, TODAY, TODAY - DAY),)},
            [("holds", f"{HELD} was resolved before it was opened. Check both dates.")],
        ),
    ],
)
def test_what_cannot_be_right_is_said_of_its_field(changed, found):
    assert problems(a_record(**changed), on=TODAY) == tuple(Problem(*each) for each in found)


def test_every_date_of_the_future_is_named():
    tomorrow = TODAY + DAY
    facts = Facts(
        born_on=tomorrow,
        care_concluded_on=tomorrow,
        last_contact_on=tomorrow,
        died_on=tomorrow,
        known_on=tomorrow,
    )

    assert [each.words for each in problems(facts, on=TODAY)] == [
        f"The {name} is in the future. Check the year."
        for name in (
            "date of birth",
            "end of care",
            "last contact",
            "date of death",
            "date of knowledge",
        )
    ]


CODE = "NHS Records Management Code of Practice 2021, appendix II"


@pytest.mark.parametrize(
    ("reading", "rules"),
    [
        (
            "nhs_2021",
            [
                f"R-M1 20 {EIGHT.replace('8 years', '20 years')}",
                "R-M2 8 8 years after death",
                "R-M3 10 10 years after death",
                "R-C2 26 26th birthday",
                "R-C1 25 25th birthday",
                "R-D1 8 8 years after death",
                f"R-A1 8 {EIGHT}",
                "R-L1 3 3 years after the date of knowledge",
                "R-L2 21 21st birthday",
                "R-H1 0 the day the hold was resolved",
            ],
        ),
        (
            "faq_only",
            [
                "R-M1 20 20 years after the last contact",
                "R-M2 8 8 years after death",
                "R-C1 25 25th birthday",
                "R-D1 8 8 years after death",
                "R-A1 8 8 years after the end of care",
                "R-L1 3 3 years after the date of knowledge",
                "R-L2 21 21st birthday",
                "R-H1 0 the day the hold was resolved",
            ],
        ),
    ],
)
def test_each_reading_has_its_rules_with_the_published_figures(reading, rules):
    found = rule_set(reading)

    assert [f"{each.code} {each.years} {each.period}" for each in found.dated] == rules
    assert found == {"nhs_2021": NHS_2021, "faq_only": FAQ_ONLY}[reading]
    assert [each.source for each in found.dated] == [
        each.source for each in READINGS[reading].dated
    ]
    assert found.all == (found.indefinite, *found.dated)
    assert shorter_than_published(found) == ()


def test_an_adopted_figure_is_cited_by_its_minute_and_others_by_their_source():
    figures = Figures(adult_years=10, child_age=24)
    rules = rule_set(
        "nhs_2021",
        figures,
        version="2027",
        effective_from=date(2027, 1, 1),
        resolved_by="minute 7 of 1 December 2026",
    )

    of = {each.code: each for each in rules.dated}
    assert (rules.version, rules.effective_from) == ("2027", date(2027, 1, 1))
    assert (of["R-A1"].years, of["R-A1"].period) == (10, EIGHT.replace("8 years", "10 years"))
    assert of["R-A1"].source == (f"minute 7 of 1 December 2026; published is 8 ({CODE}; CMSUK FAQ)")
    assert (of["R-C1"].years, of["R-C1"].period) == (24, "24th birthday")
    assert of["R-D1"].source == "CMSUK FAQ"
    assert [each.code for each in shorter_than_published(rules)] == ["R-C1"]


def test_a_draft_is_cited_as_one():
    (rule,) = [
        each for each in rule_set("faq_only", Figures(death_years=1)).dated if each.code == "R-D1"
    ]

    assert (rule.period, rule.source) == (
        "1 year after death",
        "a draft; published is 8 (CMSUK FAQ)",
    )


def test_a_version_is_none_until_one_is_adopted():
    rules = rule_set("nhs_2021", PUBLISHED)

    assert (rules.version, rules.effective_from) == ("", None)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"category": Category.MENTAL_HEALTH}, Status.RETAIN),
        ({"died_on": date(2010, 1, 1), "care_concluded_on": None}, Status.DUE_FOR_REVIEW),
    ],
)
def test_the_reading_of_the_faq_alone_judges_as_well(changed, status):
    assert judged(rules=FAQ_ONLY, **changed).status is status


def test_one_candidate_governs():
    result = judged(died_on=date(2024, 1, 1), known_on=date(2023, 1, 1))

    assert [each.rule.code for each in result.candidates if result.is_governed_by(each)] == ["R-D1"]


@pytest.mark.parametrize(
    ("ended_on", "code"),
    [(birthday(BORN, 18) - DAY, "R-C1"), (birthday(BORN, 18), "R-A1")],
)
def test_the_faq_alone_takes_who_is_18_for_an_adult(ended_on, code):
    result = judged(rules=FAQ_ONLY, born_on=BORN, care_concluded_on=ended_on)

    assert [each.rule.code for each in result.candidates] == [code]
