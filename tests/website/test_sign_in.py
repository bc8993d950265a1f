"""Account pages and account letters speak our own words, and give nothing away."""

import re
import time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from membership.models import User
from tests.factories import A_MOMENT, PASSWORD, make_member, make_person
from tests.walking import Page, faults

pytestmark = pytest.mark.django_db


def with_login(email="perdita@example.org"):
    person = make_person(email=email)
    person.user.email = email
    person.user.save()
    EmailAddress.objects.create(user=person.user, email=email, verified=True, primary=True)
    return person


def test_the_login_page_says_how_passwords_are_renewed(client):
    text = client.get("/accounts/login/").content.decode()

    assert "<h2>If you do not remember your password</h2>" in text
    assert "We no longer send temporary passwords." in text
    assert "it works once, for 2 hours" in text


def test_the_two_hours_are_those_of_the_link(settings):
    assert settings.PASSWORD_RESET_TIMEOUT == 2 * 60 * 60


def test_logging_in_leads_to_the_profile(client):
    with_login()

    response = client.post(
        "/accounts/login/", {"login": "perdita@example.org", "password": PASSWORD}
    )

    assert response["Location"] == "/profile/"


def test_what_is_missing_is_said_in_our_words_and_the_address_is_kept(client):
    response = client.post("/accounts/login/", {"login": "perdita@", "password": ""})

    text = response.content.decode()
    assert response.context["form"].errors == {
        "login": ["Enter your e-mail address, such as name@example.org."],
        "password": ["Enter your password."],
    }
    assert 'value="perdita@"' in text
    assert "<title>Error: Login – CMSUK</title>" in text


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(client, mailoutbox):
    with_login()

    known = client.post("/accounts/password/reset/", {"email": "perdita@example.org"}, follow=True)
    unknown = Client().post("/accounts/password/reset/", {"email": "x@example.org"}, follow=True)

    def without_token(response):
        return re.sub(r'csrf\S+" value="[^"]*"', "", response.content.decode())

    assert without_token(known) == without_token(unknown)
    assert [mail.subject for mail in mailoutbox] == [
        "CMSUK: Choose a new password",
        "CMSUK: No account with this address",
    ]


def link_in(mail):
    return re.search(r"https?://\S+/accounts/password/reset/key/\S+", mail.body)[0]


def test_a_link_makes_a_new_password_once(client, mailoutbox):
    person = with_login()
    client.post("/accounts/password/reset/", {"email": "perdita@example.org"})
    page = client.get(link_in(mailoutbox[0]), follow=True)
    new = "three words unrelated"

    sent = {"password1": new, "password2": new}
    done = client.post(page.request["PATH_INFO"], sent, follow=True).content.decode()

    person.user.refresh_from_db()
    assert person.user.check_password(new)
    assert done.count("Your password is changed") == 1
    assert "<h1>Log in with your new password</h1>" in done
    assert mailoutbox[1].subject == "CMSUK: Your password was changed"
    again = Client().get(link_in(mailoutbox[0]), follow=True).content.decode()
    assert "<h1>This link cannot be used</h1>" in again


def test_account_letters_go_out_as_text_and_as_html(client, mailoutbox):
    with_login()

    client.post("/accounts/password/reset/", {"email": "perdita@example.org"})

    mail = mailoutbox[0]
    assert [kind for _body, kind in mail.alternatives] == ["text/html"]
    assert link_in(mail) in mail.alternatives[0][0]
    assert "Somebody, most likely you" in mail.body
    assert "example.com" not in mail.body


def test_a_new_account_is_confirmed_by_a_code_that_opens_the_application(client, mailoutbox):
    sent = {"email": "newcomer@example.org", "password1": "three words unrelated"}

    page = client.post("/accounts/signup/", sent, follow=True)

    assert "<h1>Enter the code that we sent you</h1>" in page.content.decode()
    code = re.search(r"Your code: (\S+)", mailoutbox[0].body)[1]
    done = client.post(page.request["PATH_INFO"], {"code": code})
    assert done["Location"] == "/apply/"


def test_signing_up_twice_is_told_by_letter_only(client, mailoutbox):
    with_login()
    sent = {"email": "perdita@example.org", "password1": "three words unrelated"}

    page = client.post("/accounts/signup/", sent, follow=True)

    assert "<h1>Enter the code that we sent you</h1>" in page.content.decode()
    assert [mail.subject for mail in mailoutbox] == ["CMSUK: You already have an account"]


@pytest.mark.parametrize(
    "path", ["/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/profile/"]
)
def test_strangers_see_no_account_pages(client, path):
    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def change_address(client, mailoutbox):
    """Type a new address, and the code that was sent there; the code."""
    client.post("/accounts/login/", {"login": "perdita@example.org", "password": PASSWORD})
    prove_oneself(client)
    page = client.post(
        "/accounts/email/", {"email": "new@example.org", "action_add": ""}, follow=True
    )
    code = re.search(r"Your code: (\S+)", mailoutbox[-1].body)[1]
    client.post(page.request["PATH_INFO"], {"code": code}, follow=True)
    return code


def test_an_account_that_was_merged_is_written_to_at_the_new_address_too(client, mailoutbox):
    person = with_login()
    gone = make_person(merged_into=person, email=person.email)

    change_address(client, mailoutbox)

    gone.refresh_from_db()
    assert gone.email == "new@example.org"


def test_changing_the_address_asks_the_new_one_and_tells_the_old_one(client, mailoutbox):
    person = with_login()

    code = change_address(client, mailoutbox)

    person.refresh_from_db()
    person.user.refresh_from_db()
    assert (person.user.email, person.email) == ("new@example.org", "new@example.org")
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["new@example.org"], f"CMSUK: Your code is {code}"),
        (["perdita@example.org"], "CMSUK: Your e-mail address was changed"),
    ]


def log_in(client, **more):
    sent = {"login": "perdita@example.org", "password": PASSWORD, **more}
    return client.post("/accounts/login/", sent, follow=True)


def prove_oneself(client):
    """What is asked before a change that somebody else at the screen should not make."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@time_machine.travel(A_MOMENT, tick=False)
def test_two_step_login_from_switching_on_to_switching_off(client, mailoutbox):
    with_login()
    log_in(client)
    prove_oneself(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret

    switched = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)

    assert "<h1>Your recovery codes</h1>" in switched.content.decode()
    again = Client()
    asked = log_in(again).content.decode()
    assert "<h1>Enter the code from your app</h1>" in asked
    wrong = again.post("/accounts/2fa/authenticate/", {"code": ""}).content.decode()
    assert "Enter the 6 figures that your app shows now." in wrong
    recovery = switched.context["unused_codes"][0]
    done = again.post("/accounts/2fa/authenticate/", {"code": recovery})
    assert done["Location"] == "/profile/"
    client.post("/accounts/2fa/totp/deactivate/", {})
    assert [mail.subject for mail in mailoutbox] == ["CMSUK: Two-step login is off"]
    assert "Two-step login was switched off." in mailoutbox[0].body


@time_machine.travel(A_MOMENT, tick=False)
@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/reauthenticate/",
        "/accounts/logout/",
    ],
)
def test_the_pages_around_two_step_login_are_well_made(client, path):
    with_login()
    log_in(client)
    prove_oneself(client)
    if "recovery" in path or "deactivate" in path:
        secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
        client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})

    response = client.get(path)

    assert response.status_code == 200
    assert list(faults(Page(response.content.decode()))) == []


def test_who_tries_too_often_is_told_to_wait(client):
    for number in range(40):
        response = client.post(
            "/accounts/login/", {"login": "perdita@example.org", "password": f"guess {number}"}
        )
        if response.status_code == 429:
            break

    assert "<h1>Too many tries</h1>" in response.content.decode()


def test_a_new_password_is_typed_once(client, mailoutbox):
    with_login()
    client.post("/accounts/password/reset/", {"email": "perdita@example.org"})

    page = client.get(link_in(mailoutbox[0]), follow=True)

    assert list(page.context["form"].fields) == ["password1"]


def test_a_wrong_password_is_told_with_what_to_do(client):
    with_login()

    answer = client.post("/accounts/login/", {"login": "perdita@example.org", "password": "no"})

    (said,) = answer.context["form"].non_field_errors()
    assert said.startswith("The e-mail address or the password is not right. Try once more, or ")
    assert "Send me a code to sign in with" in answer.content.decode()


@pytest.mark.parametrize("email", ["newcomer@example.org", "perdita@example.org"])
def test_the_code_is_sent_again_whether_or_not_there_is_an_account(client, email):
    with_login()
    sent = {"email": email, "password1": "three words unrelated"}
    with time_machine.travel(A_MOMENT, tick=False) as clock:
        page = client.post("/accounts/signup/", sent, follow=True)
        clock.shift(11)  # once in ten seconds

        again = client.post(page.request["PATH_INFO"], {"action": "resend"}, follow=True)

    for answer in (page, again):
        assert "Send a new code" in answer.content.decode()
        assert "<h1>Enter the code that we sent you</h1>" in answer.content.decode()
        assert "Use a different e-mail address" not in answer.content.decode()


def test_a_mistyped_address_leads_back_to_the_beginning(client, mailoutbox):
    first = {"email": "newcmer@example.org", "password1": "three words unrelated"}
    page = client.post("/accounts/signup/", first, follow=True)
    assert "Begin again with the right one" in page.content.decode()

    again = client.post("/accounts/logout/", {"next": "/accounts/signup/"})
    assert again["Location"] == "/accounts/signup/"
    page = client.post("/accounts/signup/", {**first, "email": "newcomer@example.org"}, follow=True)

    assert "newcomer@example.org" in page.content.decode()
    code = re.search(r"Your code: (\S+)", mailoutbox[-1].body)[1]
    assert client.post(page.request["PATH_INFO"], {"code": code})["Location"] == "/apply/"


def signed_in_leads_to(user):
    client = Client()
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})["Location"]


def test_the_office_comes_straight_to_its_first_screen():
    person = with_login()
    User.objects.filter(pk=person.user.pk).update(is_staff=True)

    assert signed_in_leads_to(person.user) == "/admin/"


def test_an_officer_who_is_a_member_comes_to_the_profile():
    person = make_member()
    EmailAddress.objects.create(
        user=person.user, email=person.user.email, verified=True, primary=True
    )
    User.objects.filter(pk=person.user.pk).update(is_staff=True)

    assert signed_in_leads_to(person.user) == "/profile/"
