"""Several rows chosen at once: what no row can be called is refused in words, not by a crash."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from foundation.choices import KnownChoicesField
from tests.factories import make_officer, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["9" * 19, "9" * 400, "x" * 30])
def test_a_number_that_no_row_can_have_is_refused(number):
    field = KnownChoicesField(Group.objects.all())

    with pytest.raises(ValidationError, match=r"Choose only what is in the list\."):
        field.clean([number])


def test_what_is_in_the_list_is_taken():
    group = Group.objects.create(name="Helpers")

    found = KnownChoicesField(Group.objects.all()).clean([str(group.pk)])

    assert list(found) == [group]


def test_the_office_is_told_when_a_groups_number_is_impossible(client):
    login = make_user()
    client.force_login(make_officer())

    answer = client.post(
        f"/admin/membership/user/{login.pk}/change/", {"email": login.email, "groups": "9" * 30}
    )

    assert answer.context["adminform"].form.errors["groups"] == ["Choose only what is in the list."]
