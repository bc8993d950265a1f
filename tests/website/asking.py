"""Makes people about whom others wrote, their requests, and clients that have just signed in."""

import io
import json
import zipfile

from allauth.account.models import EmailAddress
from django.test import Client

from foundation import history
from membership.models import Person
from tests.directory.make import make_listing, send_enquiry
from tests.factories import (
    A_MOMENT,
    make_application,
    make_member,
    make_officer,
    make_person,
    make_referee,
)
from tests.website.test_complaints import make_complaint
from website import data_requests

PASSWORD = "sample pass phrase"
OPINION, ENQUIRY = "In strict confidence: careful.", "Have you a place in March?"
NOTE, COMPLAINT = "Called her twice about the form.", "Zebedina Made-Up never wrote back."


def make_zebedina(**kwargs) -> Person:
    return make_person(given_name="Zebedina", family_name="Made-Up", **kwargs)


def written_about() -> Person:
    """A member of whom a referee, a purchaser, the office and a complainant wrote."""
    person = make_member(make_zebedina())
    make_referee(
        make_application(person, "declined"),
        name="Rae Invented",
        email="rae@example.org",
        opinion=OPINION,
    )
    send_enquiry(make_listing(person), message=ENQUIRY)
    history.record(person.history_key, "telephoned", at=A_MOMENT, by=make_officer(), text=NOTE)
    make_complaint(what=COMPLAINT)
    return person


def ask(person: Person, at=A_MOMENT) -> data_requests.DataRequest:
    return data_requests.ask_to_see(person=person, email=person.email, at=at)


def signed_in(person: Person) -> Client:
    """A client that has just typed its password."""
    person.user.set_password(PASSWORD)
    person.user.save()
    EmailAddress.objects.get_or_create(
        user=person.user, email=person.email, defaults={"verified": True, "primary": True}
    )
    client = Client()
    client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def unpacked(answer) -> dict[str, str]:
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: pack.read(name).decode(errors="replace") for name in pack.namelist()}


def everything(answer) -> dict:
    return json.loads(unpacked(answer)["everything.json"])
