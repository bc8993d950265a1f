"""A pretend PayPal of its own for each test that asks for one."""

import pytest

from tests.payments.demo_site import running


@pytest.fixture
def paypal(tmp_path, settings):
    with running(state=tmp_path / "paypal.sqlite3") as site:
        settings.PAYPAL_ENDPOINT = site.base_url
        yield site
