"""Sara leaves and asks for her data: with a browser, without script, and over plain HTTP."""

from functools import partial

import pytest

from tests.journeys.leaving import walk

pytestmark = pytest.mark.usefixtures("office")


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_a_member_takes_her_data_leaves_and_is_erased_in_a_browser(browsers, wait, script):
    walk(partial(browsers, script=script), wait=wait)


def test_a_member_takes_her_data_leaves_and_is_erased_over_plain_http(plain, wait):
    walk(plain, wait=wait)
