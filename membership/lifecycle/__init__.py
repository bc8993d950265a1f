"""The only writer of an application's, a fee's or a membership's state.

Each verb is one transaction: lock, check, change, add to the history, queue the letter. Every
verb that is called twice has one effect; what cannot be done raises a LifecycleError whose text
is fit for people.
"""

from membership.lifecycle.applications import (
    allows,
    approve,
    ask,
    decline,
    expire_unpaid,
    refuse_unless_allowed,
    start,
    submit,
    withdraw,
)
from membership.lifecycle.errors import (
    AlreadyDecided,
    LifecycleError,
    NoFeeSet,
    NotReady,
    OverrideNeeded,
    WrongState,
)
from membership.lifecycle.memberships import (
    activate,
    end_suspension,
    lapse_due,
    resign,
    suspend,
    waive,
)

__all__ = (
    "AlreadyDecided",
    "LifecycleError",
    "NoFeeSet",
    "NotReady",
    "OverrideNeeded",
    "WrongState",
    "activate",
    "allows",
    "approve",
    "ask",
    "decline",
    "end_suspension",
    "expire_unpaid",
    "lapse_due",
    "refuse_unless_allowed",
    "resign",
    "start",
    "submit",
    "suspend",
    "waive",
    "withdraw",
)
