"""Two at once in one register: a file is taken once, an offer answered once, nothing slips in."""

import pytest

from records import (
    closing,
    export,
    handing_over,
    importing,
    judging,
    naming,
    register,
    terms,
    undoing,
)
from records.disposal import proposing
from records.models import ClientRecord, Disposal, NamedMember, Register
from tests.factories import A_DAY, A_MOMENT, make_member
from tests.races import at_once, refused
from tests.records.disposals import OFFICER, propose
from tests.records.records import make_due_record, make_record, make_register, name_in
from tests.records.test_importing import row, send

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_a_file_confirmed_in_four_tabs_is_taken_once():
    one = make_register()
    batch = send(one, *(row(f"CM-{number}") for number in range(20)))
    seen = judging.digest(importing.shown(batch, on=A_DAY))

    def take():
        importing.take(batch_id=batch.pk, seen=seen, by=one.owner.user, at=A_MOMENT)

    at_once([take] * 4)

    batch.refresh_from_db()
    assert (batch.added, ClientRecord.objects.count()) == (20, 20)


def test_an_import_undone_twice_at_once_is_undone_once():
    one = make_register()
    batch = send(one, row("CM-1"), row("CM-2"))
    seen = judging.digest(importing.shown(batch, on=A_DAY))
    importing.take(batch_id=batch.pk, seen=seen, by=one.owner.user, at=A_MOMENT)

    def undo():
        undoing.undo(batch_id=batch.pk, by=one.owner.user, at=A_MOMENT)

    at_once([undo, undo])

    batch.refresh_from_db()
    assert (batch.undone, ClientRecord.objects.count()) == (2, 0)


def test_an_offer_is_accepted_or_taken_back_and_never_both():
    one = make_register(make_member())
    named = name_in(one)
    offer = handing_over.offer(register_id=one.pk, to=named.person, by=one.owner.user, at=A_MOMENT)

    def accept():
        handing_over.accept(
            offer_id=offer.pk, version=terms.IN_FORCE, by=named.person.user, at=A_MOMENT
        )

    def withdraw():
        handing_over.withdraw(offer_id=offer.pk, by=one.owner.user, at=A_MOMENT)

    ends = at_once([accept, withdraw], refusals=(naming.NoLongerOpen,))

    is_theirs = Register.objects.get().owner == named.person
    assert refused(ends) == [not is_theirs, is_theirs]


def test_a_record_that_is_added_while_the_register_closes_keeps_it_open_or_is_refused():
    record = make_record()
    one = record.register
    export.take(register_id=one.pk, by=one.owner.user, at=A_MOMENT, is_owner=True)

    def close():
        closing.close(register_id=one.pk, counted=1, by=one.owner.user, at=A_MOMENT)

    def add():
        make_record(into=one)

    ends = at_once([close, add], refusals=(closing.CannotClose, register.RegisterEnds))

    is_closed = ClientRecord.objects.count() == 0
    assert refused(ends) == [not is_closed, is_closed]
    assert ClientRecord.objects.count() == (0 if is_closed else 2)


@pytest.mark.parametrize("attempt", range(5))
def test_a_proposal_beside_the_closing_keeps_the_register_open_or_is_refused(attempt):
    record = make_due_record()
    one = record.register
    export.take(register_id=one.pk, by=one.owner.user, at=A_MOMENT, is_owner=True)

    def close():
        closing.close(register_id=one.pk, counted=1, by=one.owner.user, at=A_MOMENT)

    ends = at_once(
        [close, lambda: propose(record, second=OFFICER)],
        refusals=(closing.CannotClose, proposing.NotPossible),
    )

    is_closed = Register.objects.get().state == Register.State.CLOSED
    assert refused(ends) == [not is_closed, is_closed]
    assert Disposal.objects.waiting().exists() != is_closed


def test_a_member_named_twice_at_once_is_named_once():
    one, colleague = make_register(), make_member()

    def name():
        naming.name(
            register=one,
            number=colleague.membership.number,
            email=colleague.email,
            by=one.owner.user,
            at=A_MOMENT,
        )

    at_once([name, name], refusals=(naming.CannotName,))

    assert NamedMember.objects.count() == 1
