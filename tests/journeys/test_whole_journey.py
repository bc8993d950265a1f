"""Apply, decide, pay, be found: with a browser, without script, and over plain HTTP."""

from functools import partial

import pytest

from tests.journeys.whole_journey import walk

pytestmark = pytest.mark.usefixtures("office")


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_a_nurse_applies_pays_and_is_found_in_a_browser(browsers, wait, script):
    walk(partial(browsers, script=script), wait=wait)


def test_a_nurse_applies_pays_and_is_found_over_plain_http(plain, wait):
    walk(plain, wait=wait)
