"""Every form of the site, filled as nobody should: a page answers, others keep what is theirs."""

import re
from http.cookies import SimpleCookie

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Listing
from foundation.counters import next_numbers
from membership import lifecycle, referees
from membership.models import Application, Referee
from membership.types import MembershipType
from payments import invoicing
from payments.models import Invoice
from records.models import ClientRecord, Hold, Review
from tests.directory.make import assign, make_listing
from tests.factories import (
    A_MOMENT,
    make_application,
    make_approved,
    make_evidence_file,
    make_fee_rate,
    make_member,
    make_officer,
    make_person,
    make_ready_application,
    make_rules,
)
from tests.filling import HOSTILE, everywhere, fill, forms_of, lost, send
from tests.profiles import CHOSEN, LONG, pages
from tests.records.records import hold_on, make_due_record, make_record
from tests.walking import Page

pytestmark = pytest.mark.django_db

# The pay button opens a line to PayPal: see the tests of payments.
LEFT_OUT = re.compile(
    r"/static/|/outbox/|/pay/$|jsi18n|^/records/verify/|^/admin/(mfa|account|auth)/|\?"
)
NUMBER = re.compile(r"(?<=/)(\d+|[0-9a-f]{8}-[0-9a-f-]{27}|\w+(?=/change))(?=/)")
# Applicants of every kind: with the whole form, the short ones, none yet, and one that is sent.
APPLYING = ("applicant", "supporter", "overseas", "student", "newcomer", "sent", "associate")
OF_APPLYING = re.compile(r"/(apply|reference|membership)/")
ROLES = ("visitor", *APPLYING, "member", "payer", "officer")
STARTS = {
    "visitor": ("/", "/accounts/signup/", "/accounts/password/reset/", "/directory/"),
    "applicant": ("/apply/", "/apply/check/", "/apply/qualifications/files/", "/apply/referees/1/"),
    "supporter": ("/apply/supporter/",),
    "overseas": ("/apply/overseas/",),
    "student": ("/apply/course/",),
    "newcomer": ("/apply/",),
    "sent": ("/apply/",),
    "associate": ("/apply/upgrade/",),
    "member": ("/profile/", "/records/", "/profile/listing/", "/records/calculator/"),
    "payer": ("/profile/", "/accounts/password/change/"),
    "officer": ("/admin/",),
}


class World:
    """Somebody in every place, and a member whom nobody else may touch."""

    def __init__(self) -> None:
        make_fee_rate()
        make_rules()
        self.other = make_listed_member()
        self.member = make_listed_member()
        hold_on(make_due_record(self.member))
        self.applicant = make_ready_application().person
        application = self.applicant.applications.get()
        make_evidence_file(application)
        waiting = make_ready_application()
        self.sent = waiting.person
        lifecycle.submit(application_id=waiting.pk, by=self.sent.user, at=A_MOMENT)
        self.referee, lost = Referee.objects.filter(application=waiting)
        lost.state = Referee.State.BOUNCED
        lost.save()
        self.newcomer = make_person()
        self.supporter = make_application(type="supporter").person
        self.overseas = make_application(type="overseas").person
        self.student = make_application(type="student").person
        self.associate = make_member(type=MembershipType.ASSOCIATE)
        fee = make_approved()
        self.payer = fee.person
        invoicing.raise_for(fee, at=A_MOMENT)
        self.officer = make_officer()
        # The factories take numbers without asking.
        next_numbers("member", 3)
        self._cookies: dict[str, SimpleCookie] = {}

    def client_of(self, role: str) -> Client:
        """Somebody's browser; they log in once, and what they then do to it is forgotten."""
        client = Client()
        if role == "visitor":
            return client
        if role not in self._cookies:
            who = getattr(self, role)
            client.force_login(getattr(who, "user", who))
            self._cookies[role] = client.cookies
        client.cookies = SimpleCookie(self._cookies[role].output(header="", sep=";"))
        return client

    def starts(self, role: str) -> list[str]:
        found = list(STARTS[role])
        if role == "visitor":
            found += [
                referees.link_of(self.referee),
                f"/directory/{self.other.listing.slug}/contact/",
            ]
        return found

    @property
    def strangers(self) -> list[str]:
        """What names the other member's things."""
        return [
            *(str(row.pk) for row in (self.other, self.other.user, self.other.listing)),
            *(str(record.pk) for record in self.other.client_records.all()),
            *(str(record.key) for record in self.other.client_records.all()),
            str(self.other.applications.get().pk),
            self.other.email,
        ]

    def rows_of_the_other(self) -> list[object]:
        other = self.other
        sets = (
            type(other).objects.filter(pk=other.pk),
            type(other.user).objects.filter(pk=other.user.pk),
            Listing.objects.filter(person=other),
            ClientRecord.objects.filter(owner=other),
            Hold.objects.filter(record__owner=other),
            Review.objects.filter(record__owner=other),
            Application.objects.filter(person=other),
            Referee.objects.filter(application__person=other),
            Invoice.objects.filter(account__person=other),
            *(getattr(other, name).all() for name in ("qualifications", "registrations")),
            *(getattr(other, name).all() for name in ("employments", "fees", "assignments")),
        )
        return [list(rows.order_by("pk").values()) for rows in sets]


def make_listed_member():
    person = make_member()
    make_listing(person, base="CF14")
    make_ready_application(person)
    assign(person)
    make_record(person)
    make_due_record(person)
    return person


@pytest.fixture
def world():
    with time_machine.travel(A_MOMENT, tick=False):
        yield World()


def found_forms(world, role):
    """Every form that this person can reach, with the page that shows it."""
    client, seen, forms = world.client_of(role), set(), {}
    waiting = world.starts(role)
    while waiting:
        path = waiting.pop(0)
        shape = NUMBER.sub("1", path)
        if shape in seen:
            continue
        seen.add(shape)
        response = client.get(path)
        if response.status_code == 302:
            waiting.append(response["Location"])
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        for form in forms_of(response, path):
            key = (NUMBER.sub("1", form.action), form.method, tuple(form.kinds))
            if not LEFT_OUT.search(form.action.partition("?")[0]):
                forms.setdefault(key, form)
        links = [link.partition("#")[0] for link in Page(response.content.decode()).links]
        waiting += [
            link
            for link in (link if link.startswith("/") else "" for link in links)
            if link and not LEFT_OUT.search(link) and is_of_role(link, role)
        ]
    return [forms[key] for key in sorted(forms)]


def is_of_role(link, role):
    return link.startswith("/admin/") == (role == "officer")


def check(world, role, form, filled, action, before):
    """One hostile answer, taken back again afterwards."""
    cache.clear()
    with transaction.atomic():
        client = world.client_of(role)
        answer = send(client, form, filled, action)
        if role in APPLYING and answer.status_code == 302:  # what was kept can be shown again
            assert client.get("/apply/check/").status_code in {200, 302}, action
        after = world.rows_of_the_other()
        transaction.set_rollback(True)

    assert answer.status_code in {200, 302, 400, 403, 404, 405, 409, 410, 413, 429}, action
    if role != "officer":
        assert after == before, action
    if answer.status_code == 200 and form.method == "post":
        assert lost(form, filled, answer) == {}, action


@pytest.mark.parametrize("role", ROLES)
@pages(1)
@given(data=st.data())
def test_whatever_is_sent_a_page_answers_and_others_keep_what_is_theirs(world, role, data):
    forms = known_forms(world, role)
    form = data.draw(st.sampled_from(forms), label="form")

    attack(world, role, form, data.draw)


@pytest.mark.soak
@pytest.mark.parametrize("role", ["visitor", *APPLYING])
def test_every_form_of_applying_takes_its_full_share_of_that(world, role):
    for form in known_forms(world, role):
        if OF_APPLYING.match(form.action):
            beset(world, role, form)


def beset(world, role, form):
    """One form as often as the profile says."""

    @pages(1)
    @given(data=st.data())
    def each(data):
        attack(world, role, form, data.draw)

    each()


def attack(world, role, form, draw):
    """One answer that nobody should send, now and then to a stranger's address."""
    filled = fill(draw, form, world.strangers)
    action = form.action
    if draw(st.integers(0, 9)) == 0:
        action = NUMBER.sub(draw(st.sampled_from(world.strangers)), action)

    check(world, role, form, filled, action, world.before)


def known_forms(world, role):
    """Walked once for a test, not for every example."""
    if not hasattr(world, "forms"):
        world.forms = found_forms(world, role)
        world.before = world.rows_of_the_other()
    return world.forms


@pytest.mark.soak
@pytest.mark.parametrize("role", ROLES)
def test_every_form_stands_every_hostile_value_in_every_field(world, role):
    forms, before = known_forms(world, role), world.before

    for number, form in enumerate(forms):
        # The short form takes turns: every value meets every third form.
        for value in HOSTILE if CHOSEN == LONG else HOSTILE[number % 3 :: 3]:
            check(world, role, form, everywhere(form, value), form.action, before)


def test_the_walk_reaches_the_forms_it_is_for(world):
    reached = {
        role: {NUMBER.sub("1", form.action) for form in found_forms(world, role)} for role in ROLES
    }

    for role, wanted in WANTED.items():
        assert wanted - reached[role] == set(), role


WANTED = {
    "visitor": {
        "/membership/which-type/",
        "/callback/",
        "/records/calculator/",
        "/accounts/login/",
        "/accounts/signup/",
    },
    "applicant": {"/apply/home/", "/apply/history/add/", "/apply/qualifications/files/"},
    "supporter": {"/apply/supporter/"},
    "overseas": {"/apply/overseas/"},
    "student": {"/apply/course/"},
    "newcomer": {"/apply/"},
    "sent": {"/apply/referees/1/replace/", "/apply/withdraw/"},
    "associate": {"/apply/upgrade/"},
    "member": {"/profile/listing/", "/records/add/", "/records/1/keep/", "/records/1/holds/add/"},
    "payer": {"/payments/CMS-2026-0001/bank-transfer/"},
    "officer": {"/admin/membership/application/1/decline/", "/admin/membership/feedue/1/waive/"},
}
