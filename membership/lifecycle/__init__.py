"""The only writer of an application's, a fee's or a membership's state.

Each verb is one transaction: lock, check, change, add to the history, queue the letter. Every
verb that is called twice has one effect; what cannot be done raises a LifecycleError whose text
is fit for people.
"""

from membership.lifecycle.appeals import answer, appeal, why_no_appeal
from membership.lifecycle.applications import expire_unpaid, start, submit, withdraw
from membership.lifecycle.arrivals import (
    HeldBefore,
    begin_before,
    begin_free,
    fix_before,
    owe,
    period_before,
    take_out,
)
from membership.lifecycle.asking import ask
from membership.lifecycle.deaths import DeathAhead, record_death, undo_death
from membership.lifecycle.deciding import (
    agree_as_second,
    approve,
    ask_second,
    decline,
    refuse_as_second,
    refuse_unless_separate,
)
from membership.lifecycle.errors import (
    AlreadyDecided,
    LifecycleError,
    NoAppeal,
    NoFeeSet,
    NoRenewal,
    NothingAsked,
    NotMet,
    NotReady,
    NotSeparate,
    OfferChanged,
    OverrideNeeded,
    RulesNotAccepted,
    SecondOfficerNeeded,
    TooLate,
    Unfinished,
    WithApplicant,
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
from membership.lifecycle.offers import (
    agree,
    end_offers,
    offer,
    offer_wording,
    price_offered,
    refuse_offer,
    types_to_offer,
)
from membership.lifecycle.overrides import needs_second
from membership.lifecycle.periods import Price, last_covered, price_for, price_of
from membership.lifecycle.qualified import tell_qualified
from membership.lifecycle.renewals import (
    Renewal,
    raise_renewals,
    renew,
    renewable_until,
    renewal_of,
)
from membership.lifecycle.transitions import Verb, allows, refuse_unless_allowed
from membership.lifecycle.undoing import may_undo, pay_pressed, reverse, undo
from membership.lifecycle.unsent import care_for_drafts

__all__ = (
    "AlreadyDecided",
    "BankDayAhead",
    "DeathAhead",
    "HeldBefore",
    "LifecycleError",
    "NoAppeal",
    "NoFeeSet",
    "NoRenewal",
    "NotMet",
    "NotReady",
    "NotSeparate",
    "NothingAsked",
    "OfferChanged",
    "OverrideNeeded",
    "Price",
    "Renewal",
    "RulesNotAccepted",
    "SecondOfficerNeeded",
    "TooLate",
    "Unfinished",
    "Verb",
    "WithApplicant",
    "WrongState",
    "activate",
    "agree",
    "agree_as_second",
    "allows",
    "answer",
    "appeal",
    "approve",
    "ask",
    "ask_second",
    "begin_before",
    "begin_free",
    "care_for_drafts",
    "decline",
    "end",
    "end_offers",
    "end_suspension",
    "expire_unpaid",
    "fix_before",
    "lapse_due",
    "last_covered",
    "may_undo",
    "money_known",
    "needs_second",
    "offer",
    "offer_wording",
    "owe",
    "pay_pressed",
    "period_before",
    "price_for",
    "price_of",
    "price_offered",
    "raise_renewals",
    "record_death",
    "refuse_as_second",
    "refuse_offer",
    "refuse_unless_allowed",
    "refuse_unless_separate",
    "renew",
    "renewable_until",
    "renewal_of",
    "resign",
    "reverse",
    "start",
    "submit",
    "suspend",
    "take_out",
    "tell_qualified",
    "types_to_offer",
    "undo",
    "undo_death",
    "waive",
    "why_no_appeal",
    "withdraw",
)
