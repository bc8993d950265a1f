"""The office's door: staff with a second step, and freshly signed in for its gravest steps."""

import datetime as dt
import time
from io import StringIO

import pytest
import time_machine
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cmsuk import entrance
from cmsuk.environment import staff_second_step
from foundation import history
from foundation.models import Letter
from membership import second_step
from membership.models import FeeDue
from tests.factories import A_MOMENT, PASSWORD, make_fee, make_officer, make_person, make_user
from tests.signed_in import SECRET, code_at, give_second_step, recovery_code
from tests.test_environment import env
from tests.test_permissions import GUARDED, PAGES, filled

pytestmark = pytest.mark.django_db
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
# Looking, checking, and money that comes in: what the office does all day.
NOT_FRESH = {
    "arrivals_send",
    "arrivals_sample",
    "arrivals_columns",
    "arrivals_file",
    "arrivals_drop",
    "application_review",
    "application_ask",
    "application_register",
    "application_expertise",
    "application_reference",
    "application_bounced",
    "application_file",
    "application_file_content",
    "membership_money_known",
    "membership_watch",
    "membership_watch_register",
    "membership_watch_seen",
    "person_expertise",
    "rules_replay",
    "retention_rules_moves",
    "payments_ask_paypal",
    "payments_record_payment",
    "payments_bankline_first",
    "payments_import_statement",
    "payments_statement_columns",
    "payments_statement_preview",
    "payments_ask_about_refund",
    "payments_deal_with_attempt",
    "payments_deal_with_dispute",
    "payments_follow_again",
    "payments_money_of_person",
    "benefits_event_preview",
    "benefits_event_publish",
    "benefits_event_attendance",
    "benefits_event_mark",
    "benefits_to_send_back",
    "benefits_announcement_look",
    "benefits_announcement_try",
    "benefits_announcement_stop",
    "benefits_announcement_go_on",
    "benefits_issue_look",
    "benefits_expression_answer",
    "timeline",
    "website_callback_mark",
    "website_message_answer",
    "website_message_close",
    "website_download_upload",
    "website_download_file",
    "website_download_take_down",
    "website_download_put_back",
    "website_complaint_progress",
    "website_datarequest_extend",
    "website_datarequest_pause",
    "website_datarequest_resume",
    "website_page_version",
    "website_page_publish",
    "website_page_restore",
    "website_page_take_down",
    "merge",
    "letter_came_back",
    "disposals",
    "history",
    "history_script",
    "processing",
    "processing_csv",
    "processing_markdown",
}


@pytest.fixture(autouse=True)
def real_hours(settings):
    settings.OFFICE_DAY_HOURS, settings.OFFICE_FRESH_MINUTES = 12, 30


@pytest.fixture
def clock():
    with time_machine.travel(A_MOMENT, tick=False) as clock:
        yield clock


def make_keeper(email="olive@example.org", **kwargs):
    """An officer who signs in through the pages."""
    user = make_officer(email=email, **kwargs)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def log_in(client, user):
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def prove(client, code, where="/accounts/2fa/authenticate/"):
    return client.post(where, {"code": code})


def in_the_office(user):
    """Their browser after password and code."""
    give_second_step(user)
    client = Client()
    log_in(client, user)
    prove(client, code_at(time.time()))
    return client


def noted(client):
    """How this browser has proved who it is, as allauth lets everybody read it."""
    return client.session[AUTHENTICATION_METHODS_SESSION_KEY]


def waiving(fee):
    return reverse("admin:feedue_waive", args=[fee.pk])


REASON = {"reason": "The board says so."}


# The second step ------------------------------------------------------------------------------


def test_staff_without_a_second_step_come_to_no_page_of_the_office_by_any_method(client):
    keeper = make_keeper()
    log_in(client, keeper)

    answers = {
        (name, method): getattr(client, method)(filled(way))
        for name, way in GUARDED
        for method in ("get", "post", "head")
    }

    assert len(answers) > 300
    led = {key: (one.status_code, one.get("Location")) for key, one in answers.items()}
    assert {key: where for key, where in led.items() if where != (302, "/accounts/2fa/")} == {}


def test_the_first_page_of_the_office_is_no_exception_and_says_what_to_do(client):
    log_in(client, make_keeper())

    page = client.get("/admin/", follow=True)

    assert page.redirect_chain == [("/accounts/2fa/", 302)]
    assert entrance.SET_IT_UP in page.content.decode()


def test_nothing_that_was_sent_without_a_second_step_is_carried_out_later(client):
    keeper, fee = make_keeper(), make_fee()
    log_in(client, keeper)

    client.post(waiving(fee), REASON)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert FeeDue.objects.get(pk=fee.pk).waived_at is None


def test_a_code_after_the_password_opens_the_office(clock):
    client = in_the_office(make_keeper())

    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_opens_it_too_and_only_once():
    keeper = make_keeper()
    give_second_step(keeper)
    code = recovery_code(keeper.email)
    first, second = Client(), Client()
    for browser in (first, second):
        log_in(browser, keeper)
        prove(browser, code)

    assert first.get("/admin/").status_code == 200
    assert second.get("/admin/")["Location"] == "/admin/login/?next=/admin/"


def test_a_sign_in_from_before_the_second_step_does_not_count(client, clock):
    keeper = make_keeper()
    log_in(client, keeper)
    give_second_step(keeper)

    led = client.get("/admin/")

    assert led["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"
    in_ = client.post(led["Location"], {"code": code_at(time.time()), "next": "/admin/"})
    assert in_["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_another_password_is_no_second_step(client):
    keeper = make_keeper()
    log_in(client, keeper)
    give_second_step(keeper)

    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(("later", "opens"), [(12 * HOUR - MINUTE, True), (12 * HOUR, False)])
def test_a_second_step_lasts_half_a_day(clock, later, opens):
    client = in_the_office(make_keeper())

    clock.shift(later)

    assert (client.get("/admin/").status_code == 200) == opens


def test_who_sets_the_second_step_up_is_led_through_it(client, clock):
    keeper = make_keeper()
    log_in(client, keeper)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret

    code = code_at(time.time(), secret)
    page = client.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)

    assert "<h1>Your recovery codes</h1>" in page.content.decode()
    assert 'href="/admin/">Open the office</a>' in page.content.decode()
    assert client.get("/admin/").status_code == 200


def test_setting_the_app_up_is_noted_as_a_code_is(client, clock):
    keeper = make_keeper()
    log_in(client, keeper)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_at(time.time(), secret)})
    other = in_the_office(make_keeper("orla@example.org"))

    ours, theirs = [noted(browser)[-1] for browser in (client, other)]

    assert ours == {name: theirs[name] for name in ("method", "at", "type")}


def test_a_wrong_code_at_setting_up_opens_nothing(client, clock):
    keeper = make_keeper()
    log_in(client, keeper)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    client.post("/accounts/2fa/totp/activate/", {"code": "000000"})

    assert client.get("/admin/").status_code == 302


def test_members_are_asked_for_none(client):
    person = make_person()
    client.force_login(person.user)

    assert client.get("/profile/").status_code == 200


def test_the_demo_may_do_without_and_nothing_else_may(monkeypatch):
    assert staff_second_step(env(monkeypatch), demo=True) is False
    assert staff_second_step(env(monkeypatch), demo=False) is True
    with pytest.raises(ImproperlyConfigured, match="STAFF_SECOND_STEP is off, but PAYPAL_ENV"):
        staff_second_step(env(monkeypatch, STAFF_SECOND_STEP="false"), demo=False)


def test_in_the_demo_a_password_alone_opens_the_office(client, settings):
    settings.STAFF_SECOND_STEP = False
    log_in(client, make_keeper())

    assert client.get("/admin/").status_code == 200


# A fresh sign-in ------------------------------------------------------------------------------


def test_every_page_of_the_office_is_either_grave_or_everyday():
    names = {name for name, _way in GUARDED}

    assert set(PAGES) - entrance.FRESH - NOT_FRESH == set()
    assert not entrance.FRESH & NOT_FRESH
    assert entrance.FRESH - names == set()
    assert NOT_FRESH - names == set()


@pytest.mark.parametrize(("later", "opens"), [(30 * MINUTE - MINUTE, True), (30 * MINUTE, False)])
def test_grave_steps_ask_for_a_sign_in_of_the_last_half_hour(clock, later, opens):
    fee, client = make_fee(), in_the_office(make_keeper())

    clock.shift(later)

    assert (client.get(waiving(fee)).status_code == 200) == opens
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_each_grave_page_asks_by_every_method(clock, method):
    client = in_the_office(make_keeper())
    clock.shift(HOUR)

    answers = {
        name: getattr(client, method)(filled(way))
        for name, way in GUARDED
        if name in entrance.FRESH
    }

    ways = {answer.get("Location", "").partition("?")[0] for answer in answers.values()}
    assert ways == {"/accounts/reauthenticate/"}


def test_what_was_typed_is_carried_out_after_the_password(clock):
    fee, client = make_fee(), in_the_office(make_keeper())
    clock.shift(HOUR)

    led = client.post(waiving(fee), REASON)
    before = FeeDue.objects.get(pk=fee.pk).waived_at
    client.post(led["Location"], {"password": PASSWORD, "next": waiving(fee)})

    assert before is None
    assert FeeDue.objects.get(pk=fee.pk).waiver_reason == "The board says so."


def test_a_form_that_comes_back_after_the_password_leads_to_its_own_page(clock):
    """It is shown under the address of the password page: sent there, it would be lost."""
    fee, client = make_fee(), in_the_office(make_keeper())
    clock.shift(HOUR)

    led = client.post(waiving(fee), {"reason": ""})
    page = client.post(led["Location"], {"password": PASSWORD, "next": waiving(fee)})

    assert f'<form method="post" action="{waiving(fee)}"' in page.text


def test_a_wrong_password_carries_nothing_out(clock):
    fee, client = make_fee(), in_the_office(make_keeper())
    clock.shift(HOUR)

    led = client.post(waiving(fee), REASON)
    client.post(led["Location"], {"password": "wrong", "next": waiving(fee)})

    assert FeeDue.objects.get(pk=fee.pk).waived_at is None


def test_what_waited_until_the_second_step_was_over_is_not_carried_out(clock):
    fee, client = make_fee(), in_the_office(make_keeper())
    clock.shift(HOUR)
    led = client.post(waiving(fee), REASON)

    clock.shift(12 * HOUR)
    client.post(led["Location"], {"password": PASSWORD, "next": waiving(fee)})

    assert FeeDue.objects.get(pk=fee.pk).waived_at is None


# A lost device --------------------------------------------------------------------------------


def resetting(user):
    return reverse("admin:reset_second_step", args=[user.pk])


def test_another_officer_resets_a_lost_second_step(client):
    keeper, other = make_keeper(), make_officer(name="Otto Officer")
    hers = in_the_office(keeper)
    client.force_login(other)

    client.post(resetting(keeper), {"reason": "Called her at home."})

    assert not Authenticator.objects.filter(user=keeper).exists()
    assert hers.get("/profile/").status_code == 302
    line = history.of("staff").last()
    assert (line.verb, line.actor) == ("reset a second step", f"user {other.pk}")
    assert "Called her at home." in line.text
    letter = Letter.objects.get(kind="second_step_reset")
    assert (letter.to, "Otto Officer has reset" in letter.text) == (keeper.email, True)


def test_nobody_resets_their_own(client):
    keeper = make_keeper()
    give_second_step(keeper)
    client.force_login(keeper)

    page = client.post(resetting(keeper), {"reason": "Mine."})

    assert "Nobody resets their own second step here." in page.content.decode()
    assert Authenticator.objects.filter(user=keeper).count() == 2


def test_who_may_not_do_everything_resets_nobodys_who_may():
    chief, clerk = make_keeper(), make_user(is_staff=True)
    give_second_step(chief)

    with pytest.raises(second_step.ResetRefused, match="Only an officer with every permission"):
        second_step.reset(chief, by=clerk, at=A_MOMENT, reason="Because.")


def test_where_there_is_none_nothing_is_reset_and_nobody_written_to(client):
    keeper = make_keeper()
    client.force_login(make_officer())

    page = client.post(resetting(keeper), {"reason": "Called."})

    assert "there is nothing to reset" in page.content.decode()
    assert not Letter.objects.filter(kind="second_step_reset").exists()


def test_a_locked_out_office_resets_on_its_server():
    keeper = make_keeper()
    give_second_step(keeper)

    call_command("reset_second_step", keeper.email, stderr=StringIO())

    assert not second_step.has_one(keeper)
    assert Letter.objects.get(kind="second_step_reset").to == keeper.email
    with pytest.raises(CommandError, match="Nobody signs in with"):
        call_command("reset_second_step", "nobody@example.org")


def test_staff_keep_the_last_of_their_second_steps(clock):
    keeper = make_keeper()
    client = in_the_office(keeper)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    page = client.post("/accounts/2fa/totp/deactivate/", {})

    assert "Add another one first" in page.content.decode()
    assert second_step.has_one(keeper)


def test_secrets_are_sealed_and_old_keys_still_read_them(settings):
    keeper = make_keeper()
    give_second_step(keeper)
    kept = Authenticator.objects.get(user=keeper, type="totp")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key"

    adapter = second_step.SecondStepAdapter()
    unread = adapter.decrypt(kept.data["secret"])
    settings.SECRET_KEY_FALLBACKS = [old]

    assert SECRET not in str(kept.data)
    assert unread == kept.data["secret"]
    assert adapter.decrypt(kept.data["secret"]) == SECRET
    assert TOTP(kept).validate_code(code_at(time.time()))
