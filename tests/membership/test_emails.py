"""A new address by the office's hand reaches the login, and nobody loses one unawares."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from foundation import history
from foundation.models import Letter
from membership import emails
from membership.models import Person, User
from tests.factories import A_MOMENT, PASSWORD, make_member, make_officer, make_person, make_user
from tests.signed_in import browser_of

pytestmark = pytest.mark.django_db


def change(person, email="new@example.org", by=None):
    return emails.change(person_id=person.pk, email=email, by=by or make_officer(), at=A_MOMENT)


def make_known(**kwargs):
    person = make_person(**kwargs)
    EmailAddress.objects.create(user=person.user, email=person.email, verified=True, primary=True)
    return person


def post(client, person, **changes):
    """The office's form of a person, with one thing changed."""
    url = reverse("admin:membership_person_change", args=[person.pk])
    form = client.get(url).context["adminform"].form
    typed = {name: form[name].value() or "" for name in form.fields}
    return client.post(url, {**{k: str(v) for k, v in typed.items()}, **changes})


def test_the_person_the_login_and_the_address_to_confirm_change_together():
    person = make_known()
    officer = make_officer()

    post(browser_of(officer), person, email="New@Example.org", town="Swansea")

    person.refresh_from_db()
    assert (person.email, person.town) == ("new@example.org", "Swansea")
    assert person.user.email == "new@example.org"
    addresses = EmailAddress.objects.filter(user=person.user)
    assert list(addresses.values_list("email", "primary", "verified")) == [
        ("new@example.org", True, False)
    ]
    (line,) = [one for one in history.of(person.history_key) if "e-mail" in one.verb]
    assert (line.verb, line.actor) == ("changed the e-mail address", f"user {officer.pk}")


def test_the_new_address_signs_in_once_a_code_has_confirmed_it(mailoutbox):
    person = make_known()
    old = person.email
    change(person)

    client = Client()
    refused = client.post("/accounts/login/", {"login": old, "password": PASSWORD})
    let_in = client.post("/accounts/login/", {"login": "new@example.org", "password": PASSWORD})

    assert refused.status_code == 200
    assert let_in.url == "/accounts/confirm-email/"
    assert [one.to for one in mailoutbox] == [["new@example.org"]]


def test_both_addresses_are_told():
    person = make_known()
    old = person.email

    change(person)
    change(person)

    told = Letter.objects.filter(kind="email_changed")
    assert sorted(told.values_list("to", flat=True)) == sorted([old, "new@example.org"])
    assert "If you did not ask for this" in told.get(to=old).text
    assert "You sign in with it" in told.get(to="new@example.org").text


def test_somebody_without_a_login_just_has_another_address():
    guest = Person.objects.create(given_name="Guest", email="guest@example.org")

    change(guest)

    guest.refresh_from_db()
    assert (guest.email, EmailAddress.objects.count()) == ("new@example.org", 0)


@pytest.mark.parametrize("taken", ["login", "confirmed"])
def test_an_address_by_which_somebody_else_signs_in_is_refused(taken):
    person, other = make_known(), make_user(email="other@example.org")
    if taken == "confirmed":
        EmailAddress.objects.create(user=other, email="taken@example.org")
    wanted = "other@example.org" if taken == "login" else "Taken@example.org"

    with pytest.raises(emails.EmailTaken):
        change(person, wanted)
    answer = post(browser_of(make_officer()), person, email=wanted)

    assert emails.TAKEN in answer.content.decode()
    assert Person.objects.get(pk=person.pk).email == person.email


def test_what_is_not_the_address_leaves_the_login_alone():
    person = make_known()

    post(browser_of(make_officer()), person, town="Swansea")

    assert EmailAddress.objects.get(user=person.user).verified
    assert not Letter.objects.exists()


def test_by_the_page_of_the_login_it_is_the_same():
    person = make_known()
    url = reverse("admin:membership_user_change", args=[person.user.pk])

    browser_of(make_officer()).post(
        url, {"email": "new@example.org", "name": "", "is_active": "on"}
    )

    person.refresh_from_db()
    assert (person.email, person.user.email) == ("new@example.org", "new@example.org")
    assert not EmailAddress.objects.get(user=person.user).verified


def test_the_login_of_a_colleague_without_a_person_changes_too():
    colleague = make_user(is_staff=True)
    EmailAddress.objects.create(user=colleague, email=colleague.email, verified=True)
    url = reverse("admin:membership_user_change", args=[colleague.pk])

    browser_of(make_officer()).post(
        url, {"email": "new@example.org", "name": "", "is_active": "on"}
    )

    assert EmailAddress.objects.get(user=colleague).email == "new@example.org"


def test_nobody_takes_over_a_colleagues_login_by_its_address():
    clerk = make_user(is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="change_person"))
    colleague = make_member(make_known())
    User.objects.filter(pk=colleague.user.pk).update(is_staff=True)

    post(browser_of(clerk), colleague, email="mine@example.org")

    assert Person.objects.get(pk=colleague.pk).email == colleague.email
