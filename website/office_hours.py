"""Pure: until when the office answers somebody who asked: in working days, within office hours.

Moments are local time; bank holidays are those of England and Wales.
"""

import datetime as dt

from foundation.calendar import add_working_days, is_working_day

CLOSES = dt.time(17)
"""What comes later than this, or on a day without work, came on the next working day."""
CALL_WITHIN_DAYS = 1
ANSWER_WITHIN_DAYS = 3


def came_on(moment: dt.datetime) -> dt.date:
    """The working day that counts as the one on which something came."""
    day = moment.date()
    if is_working_day(day) and moment.time() < CLOSES:
        return day
    return add_working_days(day, 1)


def call_by(moment: dt.datetime, *, until: dt.time) -> dt.datetime:
    """When a call asked for at a moment is due: one working day later, by the time of day given."""
    day = add_working_days(came_on(moment), CALL_WITHIN_DAYS)
    return dt.datetime.combine(day, until, moment.tzinfo)


def answer_by(moment: dt.datetime) -> dt.date:
    """The day by which a message is answered."""
    return add_working_days(came_on(moment), ANSWER_WITHIN_DAYS)
