"""The office looks at listings and enquiries, and changes neither."""

import pytest
from django.contrib.auth.models import Permission

from directory.models import Area, Enquiry
from tests.directory.make import make_listing
from tests.factories import A_MOMENT, make_clerk, make_officer

pytestmark = pytest.mark.django_db

LISTS = ["/admin/directory/area/", "/admin/directory/listing/", "/admin/directory/enquiry/"]


def make_enquiry(**kwargs) -> Enquiry:
    facts = {
        "listing": make_listing(),
        "name": "Dr Owen Invented",
        "email": "owen@example.org",
        "message": "A very private matter.",
        "sent_at": A_MOMENT,
    }
    return Enquiry.objects.create(**{**facts, **kwargs})


def may(*codenames: str):
    clerk = make_clerk()
    clerk.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return clerk


@pytest.mark.parametrize("path", LISTS)
def test_strangers_and_staff_without_permission_are_refused(client, path):
    stranger = client.get(path).status_code
    client.force_login(make_clerk())

    assert (stranger, client.get(path).status_code) == (302, 403)


def test_viewing_enquiries_does_not_show_what_was_written(client):
    enquiry = make_enquiry()
    client.force_login(may("view_enquiry"))

    text = client.get(f"/admin/directory/enquiry/{enquiry.pk}/change/").content.decode()

    assert enquiry.listing.public_name in text or str(enquiry.listing) in text
    assert "A very private matter." not in text
    assert "owen@example.org" not in text


def test_reading_enquiries_is_a_permission_of_its_own(client):
    enquiry = make_enquiry()
    client.force_login(may("view_enquiry", "read_enquiry"))

    text = client.get(f"/admin/directory/enquiry/{enquiry.pk}/change/").content.decode()

    assert "A very private matter." in text
    assert "owen@example.org" in text


@pytest.mark.parametrize("path", ["listing", "enquiry"])
def test_nobody_adds_changes_or_deletes_a_listing_or_an_enquiry(client, path):
    row = make_enquiry() if path == "enquiry" else make_listing()
    client.force_login(make_officer())

    added = client.post(f"/admin/directory/{path}/add/", {})
    changed = client.post(f"/admin/directory/{path}/{row.pk}/change/", {})
    deleted = client.post(f"/admin/directory/{path}/{row.pk}/delete/", {"post": "yes"})

    assert {added.status_code, changed.status_code, deleted.status_code} == {403}


def test_an_areas_name_can_be_put_right_and_nothing_else(client):
    client.force_login(make_officer())

    client.post("/admin/directory/area/CD-JE/change/", {"name": "Bailiwick of Jersey", "kind": "x"})

    area = Area.objects.get(pk="CD-JE")
    assert (area.name, area.kind, area.parent_id) == ("Bailiwick of Jersey", "region", "CD")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_take_as_many_queries_however_many_rows(client, rows):
    for _ in range(rows):
        make_enquiry()
    client.force_login(make_officer())

    assert [client.get(path).status_code for path in LISTS] == [200, 200, 200]
