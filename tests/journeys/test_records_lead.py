"""Ruth keeps a register and destroys with a witness: in a browser, without script, and plainly."""

from functools import partial

import pytest

from tests.factories import make_member
from tests.journeys.beginnings import make_account
from tests.journeys.records_lead import RUTH, walk

pytestmark = pytest.mark.usefixtures("office", "ruth")


@pytest.fixture
def ruth(site):
    return make_member(make_account(RUTH, "Ruth", "Invented"))


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_a_records_lead_destroys_with_a_witness_in_a_browser(browsers, script):
    walk(partial(browsers, script=script))


def test_a_records_lead_destroys_with_a_witness_over_plain_http(plain):
    walk(plain)
