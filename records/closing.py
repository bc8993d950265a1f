"""Closes a register once it was offered and taken out as a file, and only then empties it.

At its owner's word, or, where they have died, after `releasing`.

At the end of a service the processor hands everything back and deletes its copy, as the controller
chooses (UK GDPR Article 28(3)(g)). What stays is a line that there was a register, and its count.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from foundation import history
from membership.models import Person, User
from records import export, handing_over, naming
from records.models import (
    ClientRecord,
    DisposalLine,
    Hold,
    ImportedRow,
    NamedMember,
    Register,
    Review,
)

HANGING = (ImportedRow, Review, Hold)
"""The tables whose rows go with a record, first things first."""
OUTLIVING = (DisposalLine,)
"""Those that stay, and lead to no record any more."""


class CannotClose(ValueError):
    """Something has to come first; the words say what."""


def obstacle(register: Register) -> str:
    """What has to be done before a register can be closed; nothing where it can."""
    if register.state == Register.State.CLOSED:
        return "This register is closed."
    if register.offers.filter(settled_at=None).exists():
        return "It is offered to somebody. Wait for their answer, or take the offer back."
    if handing_over.heirs(register):
        return (
            "Members share this register. Offer it to one of them first, or remove those who "
            "cannot take it over."
        )
    if register.disposals.waiting().exists():
        return "Records of it are proposed for destruction. Have that signed, or take it back."
    if register.records.exists() and register.exported_digest != export.digest(register):
        return "Take everything out as a file first: there is no file of it as it is now."
    return ""


@transaction.atomic
def close(*, register_id: int, counted: int, by: User, at: dt.datetime) -> Register:
    """Close a register for good. `counted` is what the owner was shown. Raises CannotClose."""
    register = handing_over.locked(register_id)
    against = obstacle(register)
    if against:
        raise CannotClose(against)
    records = list(register.records.select_for_update(of=("self",)).values_list("pk", flat=True))
    if len(records) != counted:
        raise CannotClose(
            f"The register holds {len(records)} records. Enter that number to close it."
        )
    _end_sharing(register, by=by, at=at)
    _take_out(records)
    handing_over.mark_closed(register, records=len(records), at=at)
    text = f"{len(records)} records, taken out by their owner first"
    history.record(register.history_key, "register closed", at=at, by=by, text=text)
    return register


def close_released(register: Register, *, by: User, at: dt.datetime) -> int:
    """Close what two officers handed out, and what was taken; how many. For `releasing` alone."""
    records = list(register.records.select_for_update(of=("self",)).values_list("pk", flat=True))
    _end_sharing(register, by=by, at=at)
    _take_out(records)
    handing_over.mark_closed(register, records=len(records), at=at)
    text = f"{len(records)} records, taken out by who looks after their owner’s affairs"
    history.record(register.history_key, "register closed", at=at, by=by, text=text)
    return len(records)


@transaction.atomic
def close_empty(register_id: int, *, at: dt.datetime) -> bool:
    """Close the register of somebody who left, where it holds nothing; whether it did."""
    register = handing_over.locked(register_id)
    if register.state != Register.State.LEAVING or register.records.exists():
        return False
    _end_sharing(register, by=None, at=at)
    handing_over.mark_closed(register, records=0, at=at)
    history.record(register.history_key, "register closed", at=at, by=None, text="It was empty")
    return True


def close_empty_of(person: Person, *, at: dt.datetime) -> None:
    """Close the registers of somebody who is erased; those that hold records forbid erasing."""
    for register in Register.objects.owned_by(person):
        _end_sharing(register, by=None, at=at)
        handing_over.mark_closed(register, records=0, at=at)
        history.record(register.history_key, "register closed", at=at, by=None, text="It was empty")


def _end_sharing(register: Register, *, by: Any, at: dt.datetime) -> None:
    for offer in register.offers.filter(settled_at=None):
        handing_over.withdraw(offer_id=offer.pk, by=by, at=at)
    for named in register.named.filter(ended_at=None):
        naming.end(named_id=named.pk, how=NamedMember.End.CLOSED, by=by, at=at)


def _take_out(records: list[int]) -> None:
    """The rows of these records, in the tables that hang on them first."""
    for outliving in OUTLIVING:
        outliving._default_manager.filter(record__in=records).update(record=None)
    for model in HANGING:
        model._default_manager.filter(record__in=records).delete()
    ClientRecord.objects.filter(pk__in=records).delete()
