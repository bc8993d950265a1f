"""The fullest person there can be: everything that somebody leaves behind, in every store."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client

from directory import answering, photos
from foundation import history, letters, typed
from membership import evidence_files, lifecycle
from membership.models import Person, Referee
from payments import invoicing
from payments.models import WebhookEvent
from records.pack import Verdict
from tests.directory.make import make_listing, send_enquiry
from tests.factories import (
    A_MOMENT,
    make_application,
    make_member,
    make_officer,
    make_person,
    make_referee,
    make_user,
)
from tests.foundation.files import pdf, picture, sent
from tests.membership.deciding import approved
from tests.payments.banking import credit, take
from tests.payments.money import make_attempt, make_paid_attempt
from tests.website.test_complaints import make_complaint
from tests.website.test_inbox import make_message
from website import callbacks, complaints, data_requests, inbox, merging

NAME, OTHER_NAME = "Zebedina Quillfeather", "Zebedina Oldname"
EMAIL, OLD_EMAIL, WORK = "zebedina@example.org", "oldname@example.org", "z.work@example.org"
WORDS = "a rare sentence of hers"
RAE, OWEN = "Rae Thistlewood", "Owen Hollyoak"
RAE_EMAIL, OWEN_EMAIL = "rae.t@example.org", "owen.h@example.org"
RAES_WORDS, OWENS_WORDS = "what only the referee said", "what only the purchaser asked"
NEEDLES = ("zebedina", "quillfeather", EMAIL, OLD_EMAIL, WORK, WORDS, "1 Rare Street")
DAY = dt.timedelta(days=1)


def make_everything() -> Person:
    """A member with all that a member can have; every letter has gone out."""
    person = make_person(
        user=make_user(email=EMAIL, name=NAME),
        given_name="Zebedina",
        family_name="Quillfeather",
        work_email=WORK,
        work_organisation="Quillfeather Ltd",
        address_line_1="1 Rare Street",
        phone="020 7946 0199",
    )
    EmailAddress.objects.create(user=person.user, email=EMAIL, verified=True, primary=True)
    _admitted(person)
    _listed(person)
    _wrote_as_a_stranger(person)
    _merged(person)
    _asked_for_her_data(person)
    _noted_by_the_office(person)
    _signed_in(person)
    letters.send_waiting()
    return person


def _admitted(person: Person) -> None:
    """Sent with a file and referees, approved, paid through PayPal and by bank."""
    application = approved(person=person)
    first, second = Referee.objects.filter(application=application).order_by("position")
    Referee.objects.filter(pk=first.pk).update(
        name=RAE, email=RAE_EMAIL, opinion=RAES_WORDS, relationship=f"Managed {NAME}"
    )
    Referee.objects.filter(pk=second.pk).update(opinion="Good.")
    another = make_application(make_person(), "declined")
    make_referee(another, name=NAME, email=EMAIL, opinion=WORDS)
    fee = application.fees.get()
    invoice = invoicing.raise_for(fee, at=A_MOMENT)
    take(credit(invoice, payer=NAME.upper()))
    attempt = make_paid_attempt(invoice)
    WebhookEvent.objects.create(
        event_id="WH-77",
        event_type="PAYMENT.CAPTURE.COMPLETED",
        raw=f'{{"id": "{attempt.capture_id}", "payer": "zebedina at another address"}}',
        received_at=A_MOMENT,
        state="done",
        processed_at=A_MOMENT,
    )
    make_attempt(invoice, state="cancelled", closed_at=A_MOMENT)


def _listed(person: Person) -> None:
    listing = make_listing(person)
    listing.public_name, listing.about = NAME, WORDS
    listing.save()
    photos.keep(
        photos.drawn(sent(picture(), "z.jpg")), listing=listing, by=person.user, at=A_MOMENT
    )
    enquiry = send_enquiry(
        listing, name=OWEN, email=OWEN_EMAIL, message=f"{OWENS_WORDS}, dear {NAME}"
    )
    answering.reply(enquiry_id=enquiry.pk, reader="member", message=WORDS, at=A_MOMENT)


def _wrote_as_a_stranger(person: Person) -> None:
    """An enquiry to somebody else, a call, a message, a complaint, all under her address."""
    other = make_listing(make_member())
    asked = send_enquiry(other, mark="hers", name=NAME, email=EMAIL.upper(), message=WORDS)
    answering.reply(enquiry_id=asked.pk, reader="member", message="Certainly.", at=A_MOMENT)
    wish = callbacks.Wish(NAME, "020 7946 0199", EMAIL, "any", "other", WORDS, "hers")
    called = callbacks.ask(wish, at=A_MOMENT)
    callbacks.mark(callback_id=called.pk, state="closed", by=make_officer(), at=A_MOMENT)
    message = make_message(name=NAME, email=EMAIL, words=WORDS)
    told = f"Dear {NAME}, yes."
    inbox.answer(message_id=message.pk, words=told, by=make_officer(), at=A_MOMENT)
    complaint = make_complaint(name=NAME, email=EMAIL, what=WORDS)
    step = {"complaint_id": complaint.pk, "by": make_officer(), "at": A_MOMENT}
    complaints.note_progress(words=f"Rang {NAME}", tell=True, **step)
    complaints.close(outcome=f"We told {NAME}.", **step)


def _merged(person: Person) -> None:
    """Another account of hers, with a declined application and its file."""
    old = make_person(user=make_user(email=OLD_EMAIL), given_name="Zebedina", family_name="Oldname")
    declined = make_application(old)
    evidence_files.add(
        sent(pdf(), "zebedina.pdf"),
        application_id=declined.pk,
        section="qualifications",
        by=old.user,
        at=A_MOMENT,
    )
    lifecycle.withdraw(application_id=declined.pk, by=old.user, at=A_MOMENT)
    merging.merge(
        kept_id=person.pk, gone_id=old.pk, by=make_officer(), at=A_MOMENT, reason=f"Both {NAME}."
    )


def _asked_for_her_data(person: Person) -> None:
    person = Person.objects.get(pk=person.pk)
    asked = data_requests.ask_to_see(person=person, email="", at=A_MOMENT)
    for item in asked.items.all():
        data_requests.decide(
            item_id=item.pk,
            verdict=Verdict.REDACTED,
            words=f"A part about {NAME}",
            by=make_officer(),
            at=A_MOMENT,
        )
    data_requests.answer(request_id=asked.pk, words=WORDS, by=make_officer(), at=A_MOMENT)


def _noted_by_the_office(person: Person) -> None:
    history.record(person.history_key, "telephoned", at=A_MOMENT, by=make_officer(), text=WORDS)
    other = make_person()
    history.record(other.history_key, "heard", at=A_MOMENT, by=make_officer(), text=f"of {NAME}")
    LogEntry.objects.create(
        user=make_officer(),
        content_type=ContentType.objects.get_for_model(Person),
        object_id=str(person.pk),
        object_repr=NAME,
        action_flag=CHANGE,
        change_message=WORDS,
    )


def _signed_in(person: Person) -> None:
    """A session, and a form that was sent after another one had ended."""
    client = Client()
    client.force_login(person.user)
    client.get("/profile/")
    mark = typed.mark_of(person.user.pk)
    late = {"given_name": "Zebedina", "address_line_1": "1 Rare Street", "typed_by": mark}
    Client().post("/apply/home/", late)
    assert cache.get(f"typed:of:{person.user.pk}")
