"""A pretend PayPal of its own for each test that asks for one."""

import pytest

from tests.payments.demo_site import running


@pytest.fixture
def paypal(tmp_path):
    with running(state=tmp_path / "paypal.sqlite3") as site:
        yield site
