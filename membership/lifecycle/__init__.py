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
from membership.lifecycle.deaths import DeathAhead, record_death, undo_death
from membership.lifecycle.errors import (
    AlreadyDecided,
    LifecycleError,
    NoFeeSet,
    NoRenewal,
    NotReady,
    OverrideNeeded,
    RulesNotAccepted,
    Unfinished,
    WrongState,
)
from membership.lifecycle.memberships import (
    activate,
    end,
    end_suspension,
    lapse_due,
    resign,
    suspend,
    waive,
)
from membership.lifecycle.money import BankDayAhead, money_known
from membership.lifecycle.periods import Price, last_covered, price_for, price_of
from membership.lifecycle.qualified import tell_qualified
from membership.lifecycle.renewals import (
    Renewal,
    raise_renewals,
    renew,
    renewable_until,
    renewal_of,
)
from membership.lifecycle.unsent import care_for_drafts

__all__ = (
    "AlreadyDecided",
    "BankDayAhead",
    "DeathAhead",
    "LifecycleError",
    "NoFeeSet",
    "NoRenewal",
    "NotReady",
    "OverrideNeeded",
    "Price",
    "Renewal",
    "RulesNotAccepted",
    "Unfinished",
    "WrongState",
    "activate",
    "allows",
    "approve",
    "ask",
    "care_for_drafts",
    "decline",
    "end",
    "end_suspension",
    "expire_unpaid",
    "lapse_due",
    "last_covered",
    "money_known",
    "price_for",
    "price_of",
    "raise_renewals",
    "record_death",
    "refuse_unless_allowed",
    "renew",
    "renewable_until",
    "renewal_of",
    "resign",
    "start",
    "submit",
    "suspend",
    "tell_qualified",
    "undo_death",
    "waive",
    "withdraw",
)
