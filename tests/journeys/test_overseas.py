"""Helen, a case manager in New Zealand: Overseas is not for the UK, and costs £20.00."""

import pytest

from tests.journeys import steps
from tests.journeys.steps import OFFICER, NewVisitor, read_letter

HELEN = "helen.invented@example.org"

pytestmark = pytest.mark.usefixtures("office")


def test_who_practises_abroad_names_a_country_and_owes_twenty_pounds(new_visitor: NewVisitor):
    helen, officer = new_visitor(), new_visitor()
    steps.sign_up(helen, HELEN)
    steps.begin(helen, "Overseas")
    assert [one for one in ("DBS check", "Two referees", "insurance") if one in helen.text] == []
    steps.home(
        helen,
        "Helen",
        "Invented",
        Town_or_city="Christchurch",
        Postcode="8011",
        Country="New Zealand",
        Telephone="+64 3 941 0000",
    )
    steps.work(helen, "Example Rehabilitation", "Physiotherapist")
    steps.practice(helen, "Outside the UK")

    helen.open("/apply/overseas/")
    helen.fill("In which country do you work?", "United Kingdom")
    helen.choose("I have read and accept this")
    helen.press("Save and continue")
    assert (
        "Overseas is for case managers not currently practising within the UK. "
        "For UK practice choose Case Manager or Associate." in helen.text
    )
    helen.fill("In which country do you work?", "New Zealand")
    helen.choose("I have read and accept this")
    helen.press("Save and continue")
    reference = steps.send_in(helen, HELEN)

    steps.log_in(officer, OFFICER, "/admin/")
    steps.review(officer, reference)
    steps.approve(officer)
    assert "£20.00" in read_letter(HELEN, "Your application is approved")
    helen.open("/profile/")
    assert "Fee due: £20.00" in helen.text
