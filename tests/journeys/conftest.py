"""A real site, a real pretend PayPal, real letters, and visitors who walk them."""

import os
import time

import pytest
from playwright.sync_api import sync_playwright

from payments.demo_paypal.server import DemoPaypal
from tests.chromium import CHROMIUM
from tests.factories import make_fee_rate, make_user
from tests.journeys.browser_visitor import FLAGS, BrowserVisitor
from tests.journeys.plain_visitor import PlainVisitor
from tests.journeys.steps import OFFICER, PASSWORD, NewVisitor
from tests.signed_in import give_second_step

FEES = {"case_manager": 9000, "associate": 6500, "supporter": 4000}


@pytest.fixture
def site(transactional_db, live_server, settings, tmp_path):
    """The portal as it is run: letters as files, links to itself, a pretend PayPal to pay at."""
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "foundation.outbox.OutboxBackend"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    paypal = DemoPaypal(
        state=tmp_path / "paypal.sqlite3", webhook_url=f"{live_server.url}/payments/paypal/webhook/"
    )
    paypal.start()
    settings.PAYPAL_ENDPOINT = paypal.base_url
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": {**policy, "form-action": ["'self'", paypal.base_url]}
    }
    yield live_server.url
    paypal.stop()


@pytest.fixture
def office(site):
    """What the office has before anybody applies: an officer, and fees for all but Students."""
    for code, pence in FEES.items():
        make_fee_rate(code, pence)
    officer = make_user(email=OFFICER, is_staff=True, is_superuser=True, name="Olive Office")
    officer.set_password(PASSWORD)
    officer.save()
    officer.emailaddress_set.create(email=OFFICER, verified=True, primary=True)
    give_second_step(officer)
    return officer


@pytest.fixture(scope="session")
def chromium():
    # Playwright runs a loop of its own in this thread; Django takes that for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def browsers(chromium, site):
    """Makes visitors with a browser; `script` says whether theirs runs it."""
    made = []

    def new(*, script=True):
        made.append(BrowserVisitor(chromium, site, script=script))
        return made[-1]

    yield new
    for visitor in made:
        visitor.close()


@pytest.fixture
def plain(site):
    """Makes visitors without a browser."""
    made = []

    def new():
        made.append(PlainVisitor(site))
        return made[-1]

    yield new
    for visitor in made:
        visitor.close()


@pytest.fixture(params=["plain", pytest.param("browsers", marks=pytest.mark.browser)])
def new_visitor(request) -> NewVisitor:
    """Makes visitors over plain HTTP, and once more with a browser that runs script."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def wait():
    return time.sleep
