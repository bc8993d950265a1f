"""Two accounts of one person become one, nothing is lost, and it can be undone."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client

from foundation import history
from foundation.counters import next_numbers
from foundation.models import Letter
from membership import cards, emails, lifecycle, one_person, standing
from membership.accounts import person_of
from membership.models import Application, Arrival, Employment, Membership, Person, Qualification
from payments import invoicing
from payments.models import Entry
from payments.payer_search import invoice_of
from payments.standing import fee_card
from records.models import ClientRecord
from tests.directory.make import make_listing
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_approved,
    make_clerk,
    make_fee,
    make_member,
    make_officer,
    make_person,
    make_registration,
)
from tests.payments.money import receive
from tests.records.records import make_record
from website import merging, timeline
from website.merging_rows import MODELS
from website.models import Merger

pytestmark = pytest.mark.django_db

REASON = "The same passport."
LAPSED = {"starts_on": dt.date(2020, 6, 1), "ends_on": dt.date(2021, 5, 31)}


def merge(kept, gone):
    return merging.merge(
        kept_id=kept.pk, gone_id=gone.pk, by=make_officer(), at=A_MOMENT, reason=REASON
    )


def undo(merger):
    return merging.undo(merger_id=merger.pk, by=make_officer(), at=A_MOMENT, reason="A mistake.")


def refused(kept, gone):
    return merging.preview(kept=kept, gone=gone, on=A_DAY).refusals


def paid_account(person, pence=9000):
    """A payer with an invoice, and money on it."""
    invoice = invoicing.raise_for(make_fee(person), at=A_MOMENT)
    receive(invoice, pence)
    return invoice.account


def everything_of(*people):
    """Every row that belongs to these people, as it stands in the tables."""
    rows = {}
    for relation in Person._meta.related_objects:
        model, field = relation.related_model, relation.field.name
        found = model._default_manager.filter(**{f"{field}__in": people}).order_by("pk")
        rows[relation.name] = list(found.values())
    rows["people"] = list(Person.objects.filter(pk__in=[p.pk for p in people]).values())
    return rows


def somebody_with_everything():
    """A member with a listing, a payer's account, evidence and a client record."""
    person = make_member()
    make_listing(person)
    Qualification.objects.create(
        person=person,
        title="BSc",
        awarding_body="Example",
        level="degree",
        relation="no",
        year=2001,
    )
    Employment.objects.create(
        person=person, employer="Example", role="Manager", started_on=dt.date(2020, 1, 1)
    )
    make_registration(person)
    make_record(person)
    invoicing.account_of(person)
    return person


def test_what_lives_on_moves_to_the_account_that_is_kept():
    kept, gone = make_person(), somebody_with_everything()
    login, address = gone.user, kept.email

    merge(kept, gone)

    kept, gone = Person.objects.get(pk=kept.pk), Person.objects.get(pk=gone.pk)
    assert (gone.merged_into, gone.email) == (kept, address)
    assert standing.of(kept, A_DAY).state == "active"
    assert (kept.listing.slug != "", kept.account.payment_reference != "") == (True, True)
    assert kept.qualifications.count() == kept.employments.count() == 1
    assert ClientRecord.objects.of(kept).count() == kept.registrations.count() == 1
    assert person_of(login) == kept


def by_the_office(kept):
    emails.change(
        person_id=kept.pk, email="new@example.org", by=make_officer(), at=A_MOMENT + dt.timedelta(1)
    )


def test_a_letter_to_the_account_that_went_follows_its_person_to_a_new_address():
    kept, gone = make_person(), make_person()
    account = paid_account(gone, 100)
    invoicing.account_of(kept)
    merge(kept, gone)

    by_the_office(kept)
    receive(account.invoices.get(), 100)

    newest = Letter.objects.filter(kind="part_payment").latest("pk")
    assert (newest.subject_key, newest.to) == (gone.history_key, "new@example.org")


def test_an_account_that_is_given_back_has_its_own_address_again():
    kept, gone = make_person(), make_person()
    address = gone.email
    merger = merge(kept, gone)
    by_the_office(kept)

    undo(merger)

    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.email, kept.email) == (address, "new@example.org")


def test_the_preview_says_in_sentences_what_moves_and_what_stays():
    kept, gone = make_person(), somebody_with_everything()

    preview = merging.preview(kept=kept, gone=gone, on=A_DAY)

    assert preview.refusals == ()
    assert preview.moves == (
        "The payer's account with its reference",
        "The membership with its number and dates",
        "The fees and terms",
        "Qualifications",
        "Jobs",
        "Registrations",
        "The directory listing",
        "The register of client records",
    )
    assert preview.stays[1] == f"Both logins go on working; both lead to the account of {kept}."


def test_a_login_moves_to_an_account_that_has_none():
    kept, gone = make_person(), make_person()
    kept.user.delete()
    login = gone.user

    merger = merge(Person.objects.get(pk=kept.pk), gone)

    assert Person.objects.get(user=login).pk == kept.pk
    undo(merger)
    assert Person.objects.get(user=login).pk == gone.pk


def test_ledger_and_history_stay_as_they_are_and_are_read_together():
    kept, gone = make_person(), make_member(**LAPSED)
    next_numbers("member", 1)  # the factory takes numbers without asking
    paid_account(kept)
    paid_account(gone, pence=500)
    gone.fees.outstanding().update(cancelled_at=A_MOMENT)
    entries = list(Entry.objects.order_by("pk").values())
    lines = list(history.of(kept.history_key, gone.history_key).values())

    merge(kept, gone)

    after = list(history.of(kept.history_key, gone.history_key).values())
    assert list(Entry.objects.order_by("pk").values()) == entries
    assert [one for one in after if not one["verb"].startswith("merged")] == lines
    assert list(history.faults()) == []
    assert {entry["account_id"] for entry in entries} == {kept.account.pk, gone.account.pk}
    paid = [line.words for line in timeline.of(kept) if line.words.startswith("Payment")]
    assert paid == ["Payment: £5.00 by bank transfer", "Payment: £90.00 by bank transfer"]


def test_whatever_belongs_to_a_person_either_moves_or_tells_of_the_merger():
    related = {relation.related_model for relation in Person._meta.related_objects}

    # What an arrival tells is by which line of a file that very account came, so it stays with it.
    assert related - set(MODELS) == {Person, Arrival}


def test_undoing_gives_back_exactly_what_had_moved():
    kept, gone = make_person(), somebody_with_everything()
    before = everything_of(kept, gone)

    undo(merge(kept, gone))

    assert everything_of(kept, gone) == before
    assert [one.reason for one in Merger.objects.all()] == [REASON]


def test_what_came_after_the_merger_stays_with_who_is_kept():
    kept, gone = make_person(), somebody_with_everything()
    merger = merge(kept, gone)
    later = make_registration(kept, body="HCPC", number="OT12345")

    undo(merger)

    assert list(kept.registrations.all()) == [later]
    assert gone.registrations.count() == 1


def test_a_record_that_came_after_the_merger_goes_with_its_register():
    kept, gone = make_person(), somebody_with_everything()
    merger = merge(kept, gone)
    make_record(kept)

    undo(merger)

    assert ClientRecord.objects.of(kept).count() == 0
    assert ClientRecord.objects.of(gone).count() == 2


def test_two_registers_stay_two_whatever_their_references():
    kept = make_record(reference="FILE-A").owner
    gone = make_record(reference="file-a").owner

    merge(kept, gone)

    assert sorted(ClientRecord.objects.of(kept).values_list("reference", flat=True)) == [
        "FILE-A",
        "file-a",
    ]
    assert kept.registers.count() == 2


def test_undoing_twice_is_undoing_once():
    merger = merge(make_person(), make_person())

    first, second = undo(merger), undo(merger)

    assert second.undone_by == first.undone_by
    assert Letter.objects.filter(kind="separated").count() == 2


def test_both_histories_tell_of_it_and_of_its_undoing():
    kept, gone = make_person(), make_person()

    undo(merge(kept, gone))

    for one, other in ((kept, gone), (gone, kept)):
        told = list(history.of(one.history_key).values_list("verb", "text"))
        assert told == [
            ("separated from another account", f"{other.history_key}. A mistake."),
            ("merged with another account", f"{other.history_key}. {REASON}"),
        ]


def test_both_addresses_are_written_to_once():
    kept, gone = make_person(), make_person()
    address = gone.email

    merge(kept, gone)

    written = Letter.objects.filter(kind="merged").values_list("to", flat=True)
    assert sorted(written) == sorted([kept.email, address])


def test_the_timeline_of_who_is_kept_holds_both_parts():
    kept, gone = make_person(), make_person()
    history.record(gone.history_key, "sent the application", at=A_MOMENT, by=gone.user)
    paid_account(gone)

    merge(kept, gone)

    words = [line.words for line in timeline.of(kept)]
    assert "Sent the application" in words
    assert "Payment: £90.00 by bank transfer" in words
    assert [one.words for one in timeline.own(kept)].count("Sent the application") == 1


# What goes on working --------------------------------------------------------------------------


def test_an_old_reference_on_a_bank_transfer_still_finds_the_person():
    kept, gone = make_person(), make_member(**LAPSED)
    make_member(kept)
    mine = invoicing.raise_for(make_fee(kept, purpose="renewal"), at=A_MOMENT)
    old = invoicing.account_of(gone).payment_reference

    merge(kept, gone)

    assert invoice_of(old, pence=9000) == mine


def test_an_old_invoice_can_be_opened_and_its_money_counts():
    kept, gone = make_person(), make_member(**LAPSED)
    make_member(kept)
    invoicing.account_of(kept)
    invoice = invoicing.raise_for(make_fee(gone, purpose="renewal"), at=A_MOMENT)
    receive(invoice, 9000)
    receive(invoice, 500)
    Membership.objects.filter(person=gone).update(resigned_on=A_DAY)

    merge(kept, gone)

    client = Client()
    client.force_login(kept.user)
    assert client.get(f"/payments/{invoice.number}/").status_code == 200
    assert fee_card(kept, at=A_MOMENT).credit_pence == 500


def test_both_logins_lead_to_the_same_profile():
    kept, gone = make_person(given_name="Keira"), make_member(make_person(given_name="Gwen"))
    client = Client()
    client.force_login(gone.user)

    merge(kept, gone)

    assert "Keira" in client.get("/profile/").content.decode()


def test_the_card_of_a_former_membership_tells_how_the_person_stands_now():
    kept, gone = make_member(), make_member(**LAPSED)
    old = cards.card_of(gone, at=A_MOMENT)

    merge(kept, gone)

    shown = cards.shown(cards.find(old.token), on=A_DAY)
    assert (shown.number, shown.name) == (kept.membership.written_number, kept.name)


def test_a_card_goes_along_with_its_membership():
    kept, gone = make_person(), make_member()
    card = cards.card_of(gone, at=A_MOMENT)

    merge(kept, gone)

    assert cards.shown(cards.find(card.token), on=A_DAY).name == kept.name


@time_machine.travel(A_MOMENT, tick=False)
def test_the_old_address_in_the_directory_leads_to_the_listing_that_is_shown(client):
    kept, gone = make_member(), make_member(**LAPSED)
    shown, old = make_listing(kept), make_listing(gone)

    merge(kept, gone)

    answer = client.get(f"/directory/{old.slug}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/directory/{shown.slug}/")


# What stands against it ------------------------------------------------------------------------


def with_open_application(person):
    return make_application(person, Application.State.SUBMITTED).person


@pytest.mark.parametrize(
    ("kept", "gone", "words"),
    [
        (make_member, make_member, "Both memberships are running."),
        (
            lambda: make_member(**LAPSED),
            make_member,
            "is the living one. Merge the other way round.",
        ),
        (
            lambda: with_open_application(make_person()),
            lambda: with_open_application(make_person()),
            "Both accounts have an open application.",
        ),
        (
            make_member,
            lambda: with_open_application(make_person()),
            "One account is a member's and the other has an open application.",
        ),
        (
            lambda: make_fee().person,
            lambda: make_fee().person,
            "A fee is due in both accounts.",
        ),
        (
            lambda: make_fee().person,
            make_member,
            "One account is a member's and in the other a fee is due.",
        ),
        (
            make_member,
            lambda: make_fee(make_member(**LAPSED), purpose="renewal").person,
            "has an unpaid renewal.",
        ),
        (
            make_person,
            lambda: make_person(user=make_officer()),
            "One of the two logins is the office's own.",
        ),
    ],
)
def test_what_cannot_be_one_is_refused_in_words(kept, gone, words):
    kept, gone = kept(), gone()
    before = everything_of(kept, gone)

    (told,) = refused(kept, gone)

    assert words in told
    with pytest.raises(merging.CannotMerge, match=words.split(".")[0]):
        merge(kept, gone)
    assert everything_of(kept, gone) == before


def test_an_account_is_not_merged_with_itself_or_twice():
    kept, gone, third = make_person(), make_person(), make_person()
    merge(kept, gone)
    gone.refresh_from_db()

    assert refused(kept, kept) == ("This is one account already.",)
    assert "was merged before" in refused(third, gone)[0]
    assert "has taken in another" in refused(third, kept)[0]


def test_the_dead_are_merged_with_nobody():
    kept, gone = make_person(), make_person()
    lifecycle.record_death(person_id=gone.pk, died_on=A_DAY, by=make_officer(), at=A_MOMENT)
    gone.refresh_from_db()

    (told,) = refused(kept, gone)
    assert (
        told == f"The death of {gone} is recorded. If these are one person, take that back first."
    )


def test_an_approved_application_is_paid_by_who_is_kept():
    kept, gone = make_person(), make_approved().person
    merge(kept, gone)

    fee = kept.fees.get()
    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)

    assert standing.of(kept, A_DAY).is_active
    assert one_person.accounts_of(kept).count() == 2


def test_the_same_registration_in_both_stays_where_it_is():
    kept, gone = make_person(), make_person()
    make_registration(kept), make_registration(gone)

    merge(kept, gone)

    assert kept.registrations.count() == gone.registrations.count() == 1


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("mergers_have_a_reason", {"reason": ""}),
        ("undone_mergers_have_a_name_and_a_reason", {"undone_at": A_MOMENT}),
        ("undone_mergers_have_a_name_and_a_reason", {"undo_reason": "Because."}),
        ("two_accounts_are_merged", {"gone": F("kept")}),
    ],
)
def test_the_database_refuses_a_merger_that_cannot_be(name, change):
    merge(make_person(), make_person())

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Merger.objects.update(**change)


def test_the_database_refuses_a_second_merger_of_one_account():
    merger = merge(make_person(), make_person())
    merger.pk, merger.kept = None, make_person()

    with pytest.raises(IntegrityError), transaction.atomic():
        merger.save()


# The office's pages ----------------------------------------------------------------------------


@pytest.fixture
def office():
    client = Client()
    client.force_login(make_officer())
    return client


def test_the_other_account_is_suggested_compared_and_merged(office):
    kept = make_person(given_name="Priya", family_name="Twice")
    gone = make_person(given_name="Priya", family_name="Twice")

    likely = office.get(f"/admin/office/people/{kept.pk}/merge/").content.decode()
    way = f"/admin/office/people/{kept.pk}/merge/{gone.pk}/"
    compared = office.get(way).content.decode()
    answer = office.post(way, {"reason": REASON}, follow=True)

    assert "The same name and postcode" in likely
    assert way in likely
    assert gone.email in compared
    assert "Merged. Both addresses have been written to" in answer.content.decode()
    assert Person.objects.get(pk=gone.pk).merged_into == kept


@pytest.mark.parametrize("by", ["name", "email", "number", "reference"])
def test_the_other_account_is_found(office, by):
    kept, gone = make_person(), make_member(make_person(given_name="Orla", family_name="Madeup"))
    typed = {
        "name": "orla madeup",
        "email": gone.email.upper(),
        "number": gone.membership.written_number.lower(),
        "reference": invoicing.account_of(gone).payment_reference.lower(),
    }[by]

    page = office.get(f"/admin/office/people/{kept.pk}/merge/", {"q": typed}).content.decode()

    assert f"/admin/office/people/{kept.pk}/merge/{gone.pk}/" in page


def test_nobody_else_is_said_to_be_found(office):
    person = make_person()

    page = office.get(f"/admin/office/people/{person.pk}/merge/", {"q": "x" * 9}).content.decode()

    assert "Nobody else is known like that." in page


def test_a_merger_needs_its_reason_and_keeps_nothing_without(office):
    kept, gone = make_person(), make_person()

    answer = office.post(f"/admin/office/people/{kept.pk}/merge/{gone.pk}/", {"reason": " "})

    assert "the reason is kept with your name" in answer.content.decode()
    assert Merger.objects.count() == 0


@time_machine.travel(A_MOMENT, tick=False)
def test_what_stands_against_it_is_said_instead_of_the_form(office):
    kept, gone = make_member(), make_member()
    way = f"/admin/office/people/{kept.pk}/merge/{gone.pk}/"

    page = office.get(way).content.decode()
    sent = office.post(way, {"reason": REASON}).content.decode()

    assert "They cannot be merged yet" in page
    assert "Merge the two accounts" not in page
    assert "Both memberships are running." in sent
    assert Merger.objects.count() == 0


def test_the_office_undoes_it(office):
    kept, gone = make_person(), make_person()
    merger = merge(kept, gone)
    way = f"/admin/office/mergers/{merger.pk}/undo/"

    page = office.get(way).content.decode()
    office.post(way, {"reason": "Two sisters."})
    listed = office.get(f"/admin/office/people/{kept.pk}/merge/").content.decode()

    assert merger.address_before in page
    assert Person.objects.get(pk=gone.pk).merged_into is None
    assert "Two sisters." in listed


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_questions_however_many_are_found(
    office, rows, django_assert_max_num_queries
):
    person = make_person()
    for _ in range(rows):
        make_member(make_person(given_name="Sam", family_name="Same"))

    with django_assert_max_num_queries(12):
        office.get(f"/admin/office/people/{person.pk}/merge/", {"q": "Sam Same"})


@pytest.mark.parametrize("way", ["people/{0}/merge/", "people/{0}/merge/{1}/", "mergers/{2}/undo/"])
def test_staff_without_the_permission_and_members_merge_nobody(way):
    kept, gone = make_person(), make_person()
    merger = merge(kept, gone)
    way = f"/admin/office/{way.format(kept.pk, gone.pk, merger.pk)}"
    clerk = make_clerk()
    clerk.user_permissions.set(Permission.objects.exclude(codename="merge_people"))
    codes = []
    for user in (clerk, kept.user):
        client = Client()
        client.force_login(user)
        codes += [client.get(way).status_code, client.post(way, {"reason": "x"}).status_code]

    assert set(codes) <= {302, 403, 405}
    assert Merger.objects.get().undone_at is None
