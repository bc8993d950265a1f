"""Letters that their reader's server will never take."""

import smtplib

import pytest

from foundation import letters
from foundation.models import Letter
from tests.factories import A_MOMENT
from tests.foundation import backends

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


def refused_with(settings, *codes):
    settings.EMAIL_BACKEND = "tests.foundation.backends.Failing"
    told = {f"p{code}@example.org": (code, b"no such reader") for code in codes}
    backends.Failing.error = smtplib.SMTPRecipientsRefused(told)


@pytest.mark.parametrize("code", [500, 550, 599])
def test_a_letter_that_is_refused_for_good_is_not_tried_again(settings, code):
    refused_with(settings, code)
    letter = a_letter()

    went = letters.send(letter.pk)
    letters.send_waiting()

    letter.refresh_from_db()
    assert went is False
    assert letter.refused_at is not None
    assert (letter.tries, letter.last_error) == (1, "SMTPRecipientsRefused")
    assert letters.refused(["some letter", "another"]) == {"some letter"}


@pytest.mark.parametrize("codes", [(450,), (499,), (600,), (550, 450), ()])
def test_what_may_go_later_waits(settings, codes):
    refused_with(settings, *codes)
    letter = a_letter()

    letters.send(letter.pk)
    letters.send_waiting()

    letter.refresh_from_db()
    assert (letter.refused_at, letter.tries) == (None, 2)
    assert letters.refused(["some letter"]) == set()
