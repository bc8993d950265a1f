"""Letters that their reader's server will never take."""

import pytest
from django.db import IntegrityError, transaction

from foundation import letters
from foundation.models import Letter
from tests.factories import A_MOMENT

pytestmark = pytest.mark.django_db


def a_letter(key="some letter"):
    return Letter.objects.create(
        key=key,
        kind="welcome",
        to="nobody@example.org",
        subject="Welcome",
        text="Hello",
        html="<p>Hello</p>",
        message_id=f"<{key}>",
        queued_at=A_MOMENT,
    )


@pytest.mark.parametrize("server", ["Refusing", "LowestFinal"])
def test_a_letter_that_is_refused_for_good_is_not_tried_again(settings, server):
    settings.EMAIL_BACKEND = f"tests.foundation.refusing.{server}"
    letter = a_letter()

    went = letters.send(letter.pk)
    letters.send_waiting()

    letter.refresh_from_db()
    assert went is False
    assert letter.refused_at is not None
    assert (letter.tries, letter.last_error) == (1, "refused")
    assert letters.refused(["some letter", "another"]) == {"some letter"}


@pytest.mark.parametrize("server", ["Greylisting", "HighestPassing", "Away"])
def test_what_may_go_later_waits(settings, server):
    settings.EMAIL_BACKEND = f"tests.foundation.refusing.{server}"
    letter = a_letter()

    letters.send(letter.pk)
    letters.send_waiting()

    letter.refresh_from_db()
    assert (letter.refused_at, letter.tries) == (None, 2)
    assert letters.refused(["some letter"]) == set()


def test_the_database_refuses_a_letter_that_went_and_was_refused():
    letter = a_letter()
    letter.sent_at = letter.refused_at = A_MOMENT

    with pytest.raises(IntegrityError), transaction.atomic():
        letter.save()
