"""An address that is never written to again, whatever was queued for it."""

import pytest

from foundation import letters, outbox, silence
from foundation.models import Letter, Silence
from tests.factories import A_MOMENT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_outbox(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path
    settings.EMAIL_BACKEND = "foundation.outbox.OutboxBackend"


def queue(to, key="a letter"):
    context = {"given_name": "Perdita"}
    return letters.queue("resigned", key=key, to=to, context={"person": context}, at=A_MOMENT)


def sent_to():
    return [one.to for one in outbox.kept()]


def test_what_waits_for_a_silent_address_is_held_back_and_the_rest_goes():
    queue("gone@example.org", "one")
    queue("here@example.org", "two")
    silence.keep("Gone@Example.org ", at=A_MOMENT)

    assert letters.send_waiting() == 1

    assert sent_to() == ["here@example.org"]
    held = Letter.objects.get(key="one")
    assert (held.refused_at is not None, held.last_error) == (True, silence.WORDS)
    assert letters.refused(["one", "two"]) == {"one"}
    assert letters.send_waiting() == 0


def test_a_mistake_ends_the_silence_but_sends_nothing_that_was_held_back():
    silence.keep("gone@example.org", at=A_MOMENT)
    silence.keep("gone@example.org", at=A_MOMENT)
    queue("gone@example.org", "one")
    letters.send_waiting()

    silence.end("GONE@example.org")
    queue("gone@example.org", "two")

    assert letters.send_waiting() == 1
    assert Letter.objects.get(key="one").sent_at is None


def test_the_address_itself_is_not_kept():
    silence.keep("gone@example.org", at=A_MOMENT)

    assert "gone" not in str(Silence.objects.values().get())
    assert silence.is_kept("gone@example.org")
    assert not silence.is_kept("gone@example.com")
