"""Made-up members in bulk are as sound as those who came one by one."""

import csv
import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from directory.models import Listing
from membership import standing
from membership.models import ExpertiseAssignment, FeeDue, Person
from payments.ledger_checks import violations
from payments.models import Account
from records import schedule
from records.models import ClientRecord

pytestmark = pytest.mark.django_db


def populate(**options):
    out = io.StringIO()
    call_command("populate", stdout=out, **options)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_one_in_twenty_has_a_fee_due_and_is_printed():
    printed = populate(members=40)

    owing = FeeDue.objects.outstanding()
    assert [row["reference"] for row in printed] == [
        Account.objects.get(person=fee.person).payment_reference for fee in owing.order_by("pk")
    ]
    assert [(row["surname"], int(row["fee_due_pence"])) for row in printed] == [
        (fee.person.family_name, fee.pence) for fee in owing.order_by("pk")
    ]
    assert len(printed) == 2


def test_whoever_has_paid_is_active_and_the_ledger_holds_together():
    populate(members=40)

    assert standing.active(timezone.localdate()).count() == 38
    assert list(violations()) == []


def made_by(seed):
    """The people and debts of one seed in an empty portal, which is empty again afterwards."""
    with transaction.atomic():
        printed = populate(members=20, seed=seed)
        people = list(Person.objects.order_by("pk").values_list("key", "family_name"))
        transaction.set_rollback(True)
    return printed, people


def test_the_same_seed_makes_the_same_people_and_another_makes_others():
    first, again, other = made_by(1), made_by(1), made_by(2)

    assert again == first
    assert other != first


def test_a_second_lot_goes_on_where_the_first_ended():
    populate(members=20)

    populate(members=20)

    assert Person.objects.count() == 40
    assert list(violations()) == []


def test_case_managers_are_found_by_area_and_expertise():
    populate(members=40)

    visible = Listing.objects.visible(timezone.localdate())
    current = ExpertiseAssignment.objects.current(timezone.localdate())
    assert 10 < visible.count() < 38
    assert {current.filter(person=listing.person).count() for listing in visible} == {2}


def test_client_records_are_shared_out_and_answered_already():
    populate(members=20, records=60)

    found = schedule.run(on=timezone.localdate())

    assert ClientRecord.objects.count() == 60
    # The first night dates every record by the rules that are new to it; none was overtaken.
    assert (found.dated_anew, found.judged_again) == (60, 0)


@pytest.mark.parametrize("asked", [{"members": 0}, {"members": 5, "records": -1}])
def test_fewer_than_one_member_or_no_record_is_refused(asked):
    with pytest.raises(CommandError, match="at least one member"):
        populate(**asked)


def test_nobody_is_made_up_where_payments_are_real(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="belong to the demo"):
        populate(members=5)

    assert Person.objects.count() == 0
