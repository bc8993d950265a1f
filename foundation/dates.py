"""Whole days: ages, birthdays, and periods that never end a day too early."""

import datetime as dt
from calendar import monthrange

MONTHS_IN_A_YEAR = 12
SHORTEST_MONTH = 28


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month, months later (or earlier, when negative).

    A day that the month lacks becomes the first of the next month, so that a minimum period is
    never cut short: 31 January and one month is 1 March.
    """
    year, month0 = divmod(day.year * MONTHS_IN_A_YEAR + day.month - 1 + months, MONTHS_IN_A_YEAR)
    month = month0 + 1
    if day.day <= SHORTEST_MONTH or day.day <= (last := monthrange(year, month)[1]):
        return dt.date(year, month, day.day)
    return dt.date(year, month, last) + dt.timedelta(days=1)


def add_years(day: dt.date, years: int) -> dt.date:
    """The same day and month, years later; 29 February becomes 1 March in a common year."""
    return add_months(day, years * MONTHS_IN_A_YEAR)


def birthday(birth: dt.date, age: int) -> dt.date:
    """The day on which someone reaches an age, at its very start (Family Law Reform Act 1969, s9).

    Someone born on 29 February does so on 1 March in a common year, the later and safer reading.
    """
    return add_years(birth, age)


def age_on(birth: dt.date, day: dt.date) -> int:
    """Completed years of age on a day; negative before the birth."""
    years = day.year - birth.year
    # Somebody born on 29 February is not there yet on the 28th, and is on 1 March.
    return years if (day.month, day.day) >= (birth.month, birth.day) else years - 1


def in_words(day: dt.date) -> str:
    """A day as people write it: "20 July 2030"."""
    return f"{day.day} {day:%B} {day.year}"


def in_years(years: int) -> str:
    """A number of years as people write it: "1 year", "8 years"."""
    return f"{years} year{'' if years == 1 else 's'}"


def nth(number: int) -> str:
    """An ordinal in figures: "21st", "25th"."""
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def months_at_most(day: dt.date, months: int) -> dt.date:
    """The same day of the month, months later, for a time in which something must be done.

    A day that the month lacks becomes its last, so that nobody waits longer: 31 January and one
    month is 28 February.
    """
    after = add_months(day, months)
    return after - dt.timedelta(days=1) if after.day != day.day else after
