"""The rules against a second statement of them, written apart from the first."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from records.retention import Indefinite, assess, changes_on
from records.retention_facts import Capacity, Category, Facts, Hold, HoldKind
from records.retention_rules import FAQ_ONLY, NHS_2021
from tests.profiles import times

TIE_ORDER = ["M1", "M2", "M3", "C2", "C1", "D1", "A1", "L1", "L2", "H1"]
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))
LEAP_DAYS = st.sampled_from([date(1996, 2, 29), date(2004, 2, 29), date(2008, 2, 29)])
HOLDS = st.builds(Hold, st.sampled_from(HoldKind), DAYS, st.none() | DAYS)
CASES = st.builds(
    Facts,
    born_on=st.none() | LEAP_DAYS | DAYS,
    capacity=st.sampled_from(Capacity),
    category=st.none() | st.sampled_from(Category),
    care_concluded_on=st.none() | DAYS | LEAP_DAYS,
    last_contact_on=st.none() | DAYS,
    died_on=st.none() | DAYS,
    known_on=st.none() | DAYS,
    holds=st.lists(HOLDS, max_size=2).map(tuple),
)


def later(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def expected(facts, on, faq_only):
    """Status, last day and rule, said a second time: straight down the published table."""
    if contradicts_itself(facts, on):
        return "invalid", None, "V"
    ended = facts.care_concluded_on or facts.died_on
    if not ended:
        return "active", None, "0"
    if not facts.born_on or not facts.category:
        return "needs_information", None, "X"
    found = dated(facts, ended, faq_only)
    rule, until = min(found, key=lambda each: (-each[1].toordinal(), TIE_ORDER.index(each[0])))
    grown_up = later(facts.born_on, 18) <= on
    if facts.capacity == "lacks" and grown_up and not facts.died_on:
        rule, until = "A2", "indefinite"
    if any(not hold.resolved_on for hold in facts.holds):
        return "on_hold", until, rule
    if rule == "A2":
        return "indefinite_review", until, rule
    return ("due_for_review" if on > until else "retain"), until, rule


def contradicts_itself(facts, on):
    born = facts.born_on
    events = [
        facts.care_concluded_on,
        facts.last_contact_on,
        facts.died_on,
        facts.known_on,
    ]
    events = [day for day in events if day]
    if any(day > on for day in [*events, *([born] if born else [])]):
        return True
    if born and any(day < born for day in events):
        return True
    return any(
        hold.opened_on > on or (hold.resolved_on and not hold.opened_on <= hold.resolved_on <= on)
        for hold in facts.holds
    )


def dated(facts, ended, faq_only):
    contact = facts.last_contact_on or ended
    anchor = ended if faq_only else max(ended, contact)
    return [
        *(("H1", hold.resolved_on) for hold in facts.holds if hold.resolved_on),
        *by_age(facts.born_on, ended, anchor, faq_only),
        *by_knowledge(facts.born_on, facts.known_on),
        *by_death(facts, faq_only),
        *(
            [("M1", later(contact if faq_only else anchor, 20))]
            if facts.category == "mental_health"
            else []
        ),
    ]


def by_age(born, ended, anchor, faq_only):
    seventeen, eighteen = later(born, 17), later(born, 18)
    if ended < eighteen:
        yield "C1", later(born, 25)
        if not faq_only and (ended >= seventeen or seventeen <= anchor < eighteen):
            yield "C2", later(born, 26)
    if anchor >= eighteen:
        yield "A1", later(anchor, 8)


def by_knowledge(born, known):
    if known and known < later(born, 18):
        yield "L2", later(born, 21)
    elif known:
        yield "L1", later(known, 3)


def by_death(facts, faq_only):
    died = facts.died_on
    if died:
        yield "D1", later(died, 8)
    if died and facts.category == "mental_health":
        yield "M2", later(died, 8)
        if not faq_only:
            yield "M3", later(died, 10)


def answer(result):
    until = result.retain_until
    return (
        result.status,
        until.value if isinstance(until, Indefinite) else until,
        result.rule.code.removeprefix("R-"),
    )


@times(4, soak=50)
@given(facts=CASES, on=st.dates(date(2015, 1, 1), date(2045, 1, 1)))
def test_both_statements_of_the_rules_agree(facts, on):
    for rules in (NHS_2021, FAQ_ONLY):
        result = assess(facts, rules=rules, on=on)

        assert answer(result) == expected(facts, on, rules is FAQ_ONLY)


@times(2, soak=50)
@given(facts=CASES, on=st.dates(date(2015, 1, 1), date(2045, 1, 1)))
def test_no_date_is_earlier_than_any_rule_that_applies_nor_later_without_one(facts, on):
    result = assess(facts, rules=NHS_2021, on=on)

    dates = [candidate.until for candidate in result.candidates]
    assert dates == sorted(dates)
    if isinstance(result.retain_until, date):
        assert result.retain_until == dates[-1]
        assert any(map(result.is_governed_by, result.candidates))


@times(2, soak=50)
@given(facts=CASES, hold=HOLDS, on=st.dates(date(2015, 1, 1), date(2045, 1, 1)))
def test_one_more_hold_never_shortens(facts, hold, on):
    before = assess(facts, rules=NHS_2021, on=on)

    after = assess(replace(facts, holds=(*facts.holds, hold)), rules=NHS_2021, on=on)

    if after.status != "invalid" and isinstance(before.retain_until, date):
        assert after.retain_until >= before.retain_until
        assert hold.resolved_on or after.status == "on_hold"
    if isinstance(before.retain_until, Indefinite):
        assert after.status == "invalid" or after.retain_until is before.retain_until


@times(2, soak=50)
@given(
    facts=CASES,
    holds=st.permutations(range(4)),
    more=st.lists(HOLDS, min_size=4, max_size=4),
    on=st.dates(date(2015, 1, 1), date(2045, 1, 1)),
)
def test_the_order_of_entry_never_matters(facts, holds, more, on):
    first = assess(replace(facts, holds=tuple(more)), rules=NHS_2021, on=on)
    other = assess(replace(facts, holds=tuple(more[n] for n in holds)), rules=NHS_2021, on=on)

    assert answer(first) == answer(other)
    assert sorted(map(str, first.candidates)) == sorted(map(str, other.candidates))


@times(2, soak=50)
@given(facts=CASES, leap=LEAP_DAYS, on=st.dates(date(2015, 1, 1), date(2045, 1, 1)))
def test_a_leap_day_never_loses_a_day(facts, leap, on):
    """Whatever is counted from 29 February ends no earlier than what is counted from the 28th."""
    for fact in ("born_on", "care_concluded_on", "last_contact_on", "died_on", "known_on"):
        eve, day = (
            assess(replace(facts, **{fact: leap - timedelta(days=back)}), rules=NHS_2021, on=on)
            for back in (1, 0)
        )
        counted = [each for each in day.candidates if each.since == leap]

        assert [each.until >= later(leap, each.rule.years) for each in counted] == [True] * len(
            counted
        )
        assert all((each.until.month, each.until.day) in {(2, 29), (3, 1)} for each in counted)
        if "invalid" not in (eve.status, day.status) and fact in ("died_on", "known_on"):
            assert str(day.retain_until) >= str(eve.retain_until)


@times(2, soak=50)
@given(facts=CASES, on=st.dates(date(2015, 1, 1), date(2044, 1, 1)))
def test_the_code_never_keeps_shorter_than_the_faq(facts, on):
    code, faq = (assess(facts, rules=rules, on=on) for rules in (NHS_2021, FAQ_ONLY))

    assert isinstance(code.retain_until, date) == isinstance(faq.retain_until, date)
    if isinstance(code.retain_until, date):
        assert code.retain_until >= faq.retain_until


@times(4)
@given(facts=CASES, on=st.dates(date(2020, 1, 1), date(2044, 1, 1)), days=st.integers(0, 9000))
def test_nothing_changes_before_the_day_that_is_named(facts, on, days):
    result = assess(facts, rules=NHS_2021, on=on)
    named = changes_on(facts, result, on=on)
    day = on + timedelta(days=days)

    later_result = assess(facts, rules=NHS_2021, on=day)

    assert named is None or named > on
    if named is None or day < named:
        assert answer(later_result) == answer(result)
