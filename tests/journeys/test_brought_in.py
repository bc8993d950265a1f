"""Karen of the office brings the members in from her old list; one of them comes to see."""

import pytest

from membership.models import Membership, User
from payments import ledger_checks
from tests.journeys.browser_visitor import BrowserVisitor
from tests.journeys.steps import OFFICER, PASSWORD, link_in, log_in, read_letter
from tests.payments.arriving import another, csv_of, row

LIST = ("members.csv", csv_of(row(paid_until="31/03/2027"), another(1, last_name="")).encode())
ADDRESS = "ariadne@example.org"


@pytest.mark.usefixtures("office")
def test_a_list_is_brought_in_and_a_member_chooses_a_password(chromium, site):
    officer, member = BrowserVisitor(chromium, site), BrowserVisitor(chromium, site)
    log_in(officer, OFFICER, "/admin/")

    officer.open("/admin/membership/membership/")
    officer.follow("Bring members in from a file")
    officer.follow("Bring members in from a file")
    officer.attach("File of members", LIST)
    officer.press("Look at it")
    assert officer.heading == "What this file would do"
    assert "Enter the surname." in officer.text
    assert b"Enter the surname." in officer.download("Download this 1 row with what to mend")
    officer.press("Bring in 1 person")
    assert officer.heading == "What this file did"
    assert Membership.objects.get().number == 42
    officer.press("Send 1 letter")
    assert "The letters are on their way. Each goes once." in officer.text

    member.open(link_in(read_letter(ADDRESS, "has moved to our new portal"), "/brought-in/"))
    member.press("Choose my password")
    for box in member.window.locator("input[type=password]").all():
        box.fill(PASSWORD)
    member.press("Save my new password")
    log_in(member, ADDRESS)
    member.open("/profile/")
    assert "Active until 31 March 2027 as Case Manager member." in member.text
    assert "CM-0042" in member.text

    officer.open(officer.url)
    assert "Ariadne Sampleton signed in on" in officer.text
    assert User.objects.get(email=ADDRESS).emailaddress_set.get().verified
    assert list(ledger_checks.violations()) == []
    officer.close()
    member.close()
