"""Every night one digest over the heads of all chains: what was anchored cannot be written anew.

An anchor is itself a line of history, in a chain of its own. It holds the chains that grew since
the one before; those that did not are held by an older one. Its digest goes to the log, too, so
that copies of it lie outside the database.
"""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from foundation import history, seals
from foundation.models import AnchoredHead, Chain, Event

logger = logging.getLogger(__name__)


@transaction.atomic
def anchor(*, at: dt.datetime) -> Event | None:
    """Hold every head that is new; nothing where nothing grew, so twice a night is once."""
    number = history.lock(seals.ANCHORS).length + 1
    heads = [_held(chain, number) for chain in _grown()]
    if not heads:
        return None
    AnchoredHead.objects.bulk_create(heads, batch_size=1000)
    root = seals.root_of(head.leaf for head in heads)
    # No salt: the root tells nothing about anybody, and an anchor has to be provable for ever.
    event = history.add(seals.ANCHORS, "anchored", at=at, by=None, text=root, salt="")
    logger.info("History anchored: anchor %s is %s", event.number, event.digest)
    return event


def _grown() -> QuerySet[Chain]:
    chains = Chain.objects.exclude(pk=seals.ANCHORS).filter(length__gt=0)
    held = chains.annotate(anchored=Max("anchored_heads__number"))
    return held.filter(Q(anchored=None) | Q(anchored__lt=F("length"))).order_by("pk")


def _held(chain: Chain, anchor: int) -> AnchoredHead:
    told = {"anchor": anchor, "chain": chain.pk, "number": chain.length, "digest": chain.head}
    leaf = seals.leaf_of(told)
    return AnchoredHead(
        leaf=leaf, anchor=anchor, chain=chain, number=chain.length, digest=chain.head
    )
