"""Who may change logins cannot make themselves more than they are."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from foundation.nameless import nobodys_address
from membership.models import Person, User
from tests.factories import make_officer, make_person, make_user

pytestmark = pytest.mark.django_db
RIGHTS = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}
CLOSED = ("auth_group", "account_emailaddress", "mfa_authenticator")


@pytest.fixture
def keeper(client):
    """A member of staff with every permission there is, who is still not allowed everything."""
    login = make_user(is_staff=True)
    login.user_permissions.set(Permission.objects.all())
    client.force_login(login)
    return login


def send(client, login, **changes):
    url = reverse("admin:membership_user_change", args=[login.pk])
    return client.post(url, {"email": login.email, "name": "Keith Keeper", **changes})


def test_nobody_gives_themselves_every_permission(client, keeper):
    answer = send(client, keeper, **RIGHTS)

    keeper.refresh_from_db()
    assert (answer.status_code, keeper.name, keeper.is_superuser) == (302, "Keith Keeper", False)


def test_who_may_do_everything_gives_rights_to_others(client):
    client.force_login(make_officer())
    other = make_user()

    send(client, other, **RIGHTS)

    other.refresh_from_db()
    assert other.is_superuser is True


def make_colleague():
    return make_user(is_staff=True, name="Colin Colleague")


@pytest.mark.parametrize("make", [make_officer, make_colleague])
@pytest.mark.parametrize("page", ["change", "delete", "password_change"])
def test_nobody_takes_the_login_of_whoever_else_works_here(client, keeper, page, make):
    chief = make()
    name = {"password_change": "auth_user_password_change"}.get(page, f"membership_user_{page}")
    url = reverse(f"admin:{name}", args=[chief.pk])

    answer = client.post(
        url, {"email": keeper.email, "password1": "a b c d e f", "password2": "a b c d e f"}
    )

    assert answer.status_code == 403
    assert User.objects.get(pk=chief.pk).password == chief.password


def test_the_login_of_a_member_is_changed_by_who_may_change_logins(client, keeper):
    member = make_user()

    answer = send(client, member)

    member.refresh_from_db()
    assert (answer.status_code, member.name) == (302, "Keith Keeper")


@pytest.mark.parametrize("page", CLOSED)
def test_no_single_permission_opens_groups_addresses_or_second_steps(client, keeper, page):
    assert client.get(reverse(f"admin:{page}_changelist")).status_code == 403


@pytest.mark.parametrize("page", CLOSED)
def test_who_may_do_everything_opens_them(client, page):
    client.force_login(make_officer())

    assert client.get(reverse(f"admin:{page}_changelist")).status_code == 200


def test_the_secret_of_a_second_step_is_shown_to_nobody(client):
    chief = make_officer()
    client.force_login(chief)
    step = Authenticator.objects.create(
        user=make_user(), type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )

    page = client.get(reverse("admin:mfa_authenticator_change", args=[step.pk]))

    assert page.status_code == 200
    assert "JBSWY3DPEHPK3PXP" not in page.text


def test_the_closed_pages_are_those_of_their_models():
    models = (Group, EmailAddress, Authenticator)

    assert tuple(model._meta.label_lower.replace(".", "_") for model in models) == CLOSED


def test_the_lists_say_in_words_that_an_address_was_erased(client):
    client.force_login(make_officer())
    for model, made in ((Person, make_person()), (User, make_user())):
        model.objects.filter(pk=made.pk).update(email=nobodys_address(made.pk))

    lists = [client.get(f"/admin/membership/{name}/").text for name in ("person", "user")]

    assert [one.count(">Erased<") for one in lists] == [1, 1]
    assert [">removed-" in one for one in lists] == [False, False]
