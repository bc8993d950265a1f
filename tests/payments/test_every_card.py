"""Every way in which money can stand, as the profile shows it to the payer: once, and whole."""

import re
from html import unescape

import pytest
from django.db import transaction
from django.test import Client

from payments.card_words import State
from payments.standing import fee_card
from tests.factories import A_MOMENT
from tests.payments.cards import CARDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]


@pytest.mark.parametrize(("make", "heading"), CARDS.values(), ids=CARDS)
def test_the_profile_shows_one_card_that_says_how_it_stands(paypal, make, heading):
    client = Client()
    client.force_login(make(paypal).user)

    page = unescape(client.get("/profile/").content.decode())

    assert re.findall(r'id="fee-card">([^<]*)<', page) == ([heading] if heading else [])
    assert ("Still to pay" in page) is ("£" in heading)


def state_of(make, paypal):
    """Taken back again: each is alone in the portal."""
    with transaction.atomic():
        state = fee_card(make(paypal), at=A_MOMENT).state
        transaction.set_rollback(True)
    return state


def test_every_state_of_the_card_is_among_them(paypal):
    shown = {state_of(make, paypal) for make, _heading in CARDS.values()}

    assert shown == set(State)
