"""Somebody in every place of the site, and what of a member nobody else may touch."""

from http.cookies import SimpleCookie

from django.test import Client

from benefits import news
from benefits.models import Booking
from directory.models import Listing
from foundation.counters import next_numbers
from membership import lifecycle, referees
from membership.models import Application, Referee
from membership.types import MembershipType
from payments import invoicing
from payments.models import Invoice
from records.models import Certificate, ClientRecord, Disposal, Hold, Review
from tests.benefits.announcing import agree
from tests.benefits.events.make import make_booking, make_event, make_waiting
from tests.benefits.helping import make_committee, make_expression
from tests.benefits.issues import make_article
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
from tests.filling import Form
from tests.records.disposals import OFFICER, destroyed, link_in, propose
from tests.records.records import hold_on, make_due_record, make_record
from website import data_requests

# Applicants of every kind: with the whole form, the short ones, none yet, and one that is sent.
APPLYING = ("applicant", "supporter", "overseas", "student", "newcomer", "sent", "associate")
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
        propose(make_due_record(self.member))
        propose(make_due_record(self.other), second=OFFICER)
        destroyed(make_due_record(self.member))
        destroyed(make_due_record(self.other))
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
        self.event = make_event(places=3)
        self.booking = make_booking(self.event, self.member)
        make_booking(self.event, self.other)
        make_booking(self.event)
        self.waits = make_waiting(self.event)
        make_article()
        make_committee()
        for member in (self.other, self.member):
            make_expression(person=member)
            agree(member)
        data_requests.ask_to_see(person=self.other, email="", at=A_MOMENT)
        # The factories take numbers without asking.
        next_numbers("member", 3)
        self._cookies: dict[str, SimpleCookie] = {}
        self.forms: dict[str, dict[tuple, Form]] = {}
        self.before = self.rows_of_the_other()

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
                link_in(),
                f"/data/{data_requests.token_for(self.referee.email)}/",
                f"/directory/{self.other.listing.slug}/contact/",
                self.booking.path,
                self.waits.path,
                f"/news/leave/{news.token_for(self.supporter.pk, 0)}/",
            ]
        return found

    @property
    def strangers(self) -> list[str]:
        """What names the other member's things."""
        return [
            *(str(row.pk) for row in (self.other, self.other.user, self.other.listing)),
            *(str(record.pk) for record in ClientRecord.objects.of(self.other)),
            *(str(record.key) for record in ClientRecord.objects.of(self.other)),
            *(str(register.key) for register in self.other.registers.all()),
            *(str(each.key) for each in Disposal.objects.of(self.other)),
            *(each.number for each in Certificate.objects.of(self.other)),
            str(self.other.applications.get().pk),
            self.other.email,
        ]

    def rows_of_the_other(self) -> list[object]:
        other = self.other
        sets = (
            type(other).objects.filter(pk=other.pk),
            type(other.user).objects.filter(pk=other.user.pk),
            Listing.objects.filter(person=other),
            ClientRecord.objects.filter(register__owner=other),
            Hold.objects.filter(record__register__owner=other),
            Review.objects.filter(record__register__owner=other),
            Disposal.objects.filter(register__owner=other),
            Certificate.objects.filter(register__owner=other),
            Application.objects.filter(person=other),
            Referee.objects.filter(application__person=other),
            Invoice.objects.filter(account__person=other),
            Booking.objects.filter(person=other),
            *(getattr(other, name).all() for name in ("news_consents", "expressions")),
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
