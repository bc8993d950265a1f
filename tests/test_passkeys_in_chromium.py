"""A passkey in a real browser, with a key that the browser pretends to have."""

from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator

from membership.models import User
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


@dataclass(frozen=True)
class Newcomer:
    """A keeper of the office without a second step, and a browser that pretends to have a key."""

    keeper: User
    chromium: Chromium

    @property
    def site(self) -> str:
        """Browsers know no passkeys of bare addresses."""
        return self.chromium.site.replace("127.0.0.1", "localhost")

    def see(self, walk):
        """What a walk gives that begins signed in, with a key pretended."""

        def signed_in(page):
            session = page.context.new_cdp_session(page)
            session.send("WebAuthn.enable")
            session.send("WebAuthn.addVirtualAuthenticator", {"options": PRETENDED})
            self.sign_in(page)
            return walk(page)

        return self.chromium.see("/", signed_in)

    def sign_in(self, page):
        page.goto(f"{self.site}/accounts/login/?next=/admin/")
        page.fill("[name=login]", self.keeper.email)
        page.fill("[name=password]", PASSWORD)
        go(page, "main button[type=submit]")


@pytest.fixture
def newcomer(settings):
    settings.OFFICE_DAY_HOURS, settings.OFFICE_FRESH_MINUTES = 12, 30
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    chromium = Chromium()
    yield Newcomer(make_keeper(), chromium)
    chromium.close()


def go(page, selector):
    """Click, and wait until the next page and its script are there."""
    with page.expect_navigation():
        page.click(selector)


def add_passkey(page, *, alone=False):
    go(page, "text=Add a passkey")
    page.fill("[name=name]", "Work laptop")
    page.set_checked("[name=passwordless]", alone)
    go(page, "#mfa_webauthn_add")
    page.wait_for_selector("text=Your recovery codes")


def test_a_passkey_is_added_and_opens_the_office(newcomer):
    def walk(page):
        led_to = page.url
        add_passkey(page)
        go(page, "text=Open the office")
        go(page, "text=Use a passkey")
        go(page, "#mfa_webauthn_reauthenticate")
        page.wait_for_url(f"{newcomer.site}/admin/")
        page.context.clear_cookies()
        newcomer.sign_in(page)
        asked = page.text_content("h1")
        go(page, "#mfa_webauthn_authenticate")
        page.wait_for_url(f"{newcomer.site}/admin/")
        return led_to, asked, page.title()

    led_to, asked, title = newcomer.see(walk)

    assert led_to == f"{newcomer.site}/accounts/2fa/"
    assert asked.strip() == "Enter the code from your app"
    assert title.startswith("Office")
    kinds = Authenticator.objects.filter(user=newcomer.keeper).values_list("type", flat=True)
    assert sorted(kinds) == ["recovery_codes", "webauthn"]


def test_a_passkey_that_may_signs_in_alone(newcomer):
    def walk(page):
        add_passkey(page, alone=True)
        page.context.clear_cookies()
        page.goto(f"{newcomer.site}/accounts/login/?next=/admin/")
        go(page, "#passkey_login")
        page.wait_for_url(f"{newcomer.site}/admin/")
        return page.title()

    assert newcomer.see(walk).startswith("Office")
