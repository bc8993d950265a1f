"""What members' standing rests on, where it waits for a look: registers, insurance, DBS dates."""

import datetime as dt

from django.urls import reverse

from foundation.look import Tone
from membership import checks_due
from website.office_line import Line, line_of


def lines(today: dt.date) -> list[Line]:
    """Three queries, whatever waits."""
    found, url = checks_due.due(today), reverse("admin:membership_watch")
    return [
        *line_of(
            found.registers,
            ("register of a member is to be looked up", "registers of members are to be looked up"),
            url,
            tone=Tone.ACT,
        ),
        *line_of(
            found.over,
            ("insurance or DBS date of a member is over", "insurance or DBS dates are over"),
            url,
            note="They were written to three times.",
            tone=Tone.ACT,
        ),
        *line_of(
            found.unseen,
            ("insurance of a member is unseen", "insurances of members are unseen"),
            url,
        ),
    ]
