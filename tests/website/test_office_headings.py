"""The office's pages about a row are headed by whom it is about, not by its number in a table."""

import pytest
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse
from django.utils.html import strip_tags

from payments.models import Entry
from tests.factories import make_fee, make_member, make_officer, make_person
from tests.payments.money import make_invoice, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def heading(client):
    """What stands above the office's page about a row."""
    client.force_login(make_officer())

    def read(row):
        address = reverse(admin_urlname(row._meta, "change"), args=[row.pk])
        page = client.get(address).content.decode()
        return strip_tags(page.partition("<h1>")[2].partition("</h1>")[0])

    return read


def test_a_membership_is_headed_by_its_number_and_its_member(heading):
    membership = make_member(make_person(given_name="Nadia", family_name="Notreal")).membership

    assert heading(membership) == f"Membership {membership.written_number} of Nadia Notreal"


def test_a_fee_is_headed_by_who_owes_it_and_for_what(heading):
    fee = make_fee(make_person(given_name="Nadia", family_name="Notreal"))

    assert heading(fee) == "Fee of Nadia Notreal: joining"


def test_an_entry_of_the_ledger_is_headed_by_what_it_is_and_when(heading):
    receive(make_invoice(7200), 7200)
    entry = Entry.objects.get(kind=Entry.Kind.PAYMENT)

    assert heading(entry).startswith("Payment of £72.00, ")
