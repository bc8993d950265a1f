"""The office's working days: Monday to Friday, without the bank holidays of England and Wales.

Rules and the one-off days that were proclaimed, so that nothing has to be fetched (Banking and
Financial Dealings Act 1971, schedule 1, and the proclamations for 2020, 2022 and 2023).
"""

import datetime as dt
from functools import cache

FIRST_YEAR, LAST_YEAR = 2020, 2040
MONDAY, SATURDAY = 0, 5
ONE_DAY = dt.timedelta(days=1)
EARLY_MAY_MOVED = {2020: dt.date(2020, 5, 8)}  # 75 years of VE Day
SPRING_MOVED = {2022: dt.date(2022, 6, 2)}  # Platinum Jubilee
ONCE = {
    2022: (dt.date(2022, 6, 3), dt.date(2022, 9, 19)),  # Platinum Jubilee; the Queen's funeral
    2023: (dt.date(2023, 5, 8),),  # the King's coronation
}


class YearNotKnown(ValueError):
    """The day lies outside the years whose bank holidays are carried."""


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus of 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, spare = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    quarter, odd = divmod(rest, 4)
    weekday = (32 + 2 * spare + 2 * quarter - epact - odd) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


@cache
def bank_holidays(year: int) -> frozenset[dt.date]:
    """The bank holidays of England and Wales; raises YearNotKnown outside 2020 to 2040."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearNotKnown(f"Bank holidays are known from {FIRST_YEAR} to {LAST_YEAR}.")
    sunday = easter(year)
    days = {
        _weekday_from(dt.date(year, 1, 1)),
        sunday - 2 * ONE_DAY,
        sunday + ONE_DAY,
        EARLY_MAY_MOVED.get(year, _monday_from(dt.date(year, 5, 1))),
        SPRING_MOVED.get(year, _monday_from(dt.date(year, 5, 25))),
        _monday_from(dt.date(year, 8, 25)),
        *ONCE.get(year, ()),
    }
    return frozenset(days | _christmas(year))


def is_working_day(day: dt.date) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Working days after `start` up to and with `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + n * ONE_DAY for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in days)


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The day on which so many working days have passed; `day` itself for none.

    Raises ValueError below none.
    """
    if count < 0:
        raise ValueError("Working days are counted forward: give zero or more.")
    while count:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


def _christmas(year: int) -> set[dt.date]:
    """Christmas and Boxing Day, each moved past a weekend, never onto the other."""
    christmas, boxing = dt.date(year, 12, 25), dt.date(year, 12, 26)
    return {day + 2 * ONE_DAY if day.weekday() >= SATURDAY else day for day in (christmas, boxing)}


def _weekday_from(day: dt.date) -> dt.date:
    """The day, or the Monday after the weekend on which it falls."""
    return _monday_from(day) if day.weekday() >= SATURDAY else day


def _monday_from(day: dt.date) -> dt.date:
    return day + (MONDAY - day.weekday()) % 7 * ONE_DAY
