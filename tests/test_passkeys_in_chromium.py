"""A passkey in a real browser, with a key that the browser pretends to have."""

import pytest
from allauth.mfa.models import Authenticator

from tests.browsing import Chromium
from tests.factories import PASSWORD
from tests.test_entrance import make_keeper

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
PRETENDED = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def chromium(settings):
    settings.OFFICE_DAY_HOURS, settings.OFFICE_FRESH_MINUTES = 12, 30
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    chromium = Chromium()
    yield chromium
    chromium.close()


def go(page, selector):
    """Click, and wait until the next page and its script are there."""
    with page.expect_navigation():
        page.click(selector)


def sign_in(page, site, keeper):
    page.goto(f"{site}/accounts/login/?next=/admin/")
    page.fill("[name=login]", keeper.email)
    page.fill("[name=password]", PASSWORD)
    go(page, "main button[type=submit]")


def test_a_passkey_is_added_and_opens_the_office(chromium):
    keeper = make_keeper()
    # Browsers know no passkeys of bare addresses.
    site = chromium.site.replace("127.0.0.1", "localhost")

    def walk(page):
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": PRETENDED})
        sign_in(page, site, keeper)
        led_to = page.url
        go(page, "text=Add a passkey")
        page.fill("[name=name]", "Work laptop")
        go(page, "#mfa_webauthn_add")
        page.wait_for_selector("text=Your recovery codes")
        go(page, "text=Open the office")
        go(page, "text=Use a passkey")
        go(page, "#mfa_webauthn_reauthenticate")
        page.wait_for_url(f"{site}/admin/")
        page.context.clear_cookies()
        sign_in(page, site, keeper)
        asked = page.text_content("h1")
        go(page, "#mfa_webauthn_authenticate")
        page.wait_for_url(f"{site}/admin/")
        return led_to, asked, page.title()

    led_to, asked, title = chromium.see("/", walk)

    assert led_to == f"{site}/accounts/2fa/"
    assert asked.strip() == "Enter the code from your app"
    assert title.startswith("Office")
    kinds = Authenticator.objects.filter(user=keeper).values_list("type", flat=True)
    assert sorted(kinds) == ["recovery_codes", "webauthn"]


def test_a_passkey_that_may_signs_in_alone(chromium):
    keeper = make_keeper()
    site = chromium.site.replace("127.0.0.1", "localhost")

    def walk(page):
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": PRETENDED})
        sign_in(page, site, keeper)
        go(page, "text=Add a passkey")
        page.fill("[name=name]", "Work laptop")
        page.check("[name=passwordless]")
        go(page, "#mfa_webauthn_add")
        page.wait_for_selector("text=Your recovery codes")
        page.context.clear_cookies()
        page.goto(f"{site}/accounts/login/?next=/admin/")
        go(page, "#passkey_login")
        page.wait_for_url(f"{site}/admin/")
        return page.title()

    assert chromium.see("/", walk).startswith("Office")
