"""Letters: written with their cause, sent after it, once, and none is lost."""

import datetime as dt
import smtplib
from functools import partial

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from foundation import letters
from foundation.models import Letter
from tests.factories import A_MOMENT, make_person
from tests.foundation import backends

pytestmark = pytest.mark.django_db
HERE = "tests.foundation.backends"


def write(key: str = "a letter", to: str = "pat@example.org") -> Letter:
    person = make_person(given_name="Pat")
    return letters.queue("resigned", key=key, to=to, context={"person": person}, at=A_MOMENT)


def state_of(letter: Letter) -> tuple[bool, int, str]:
    letter.refresh_from_db()
    return (letter.sent_at is not None, letter.tries, letter.last_error)


def test_a_letter_goes_to_its_reader_as_text_and_as_html():
    letter = write()

    went = letters.send(letter.pk)

    (message,) = mail.outbox
    assert went is True
    assert (message.to, message.subject) == (["pat@example.org"], letter.subject)
    assert "Dear Pat" in message.body
    assert message.alternatives[0].mimetype == "text/html"
    assert message.extra_headers["Message-ID"] == letter.message_id


def test_a_letter_is_sent_once():
    letter = write()

    answers = [letters.send(letter.pk) for _ in range(3)]

    assert answers == [True, False, False]
    assert len(mail.outbox) == 1


def test_the_same_key_is_one_letter_with_the_first_words():
    first = write(to="pat@example.org")

    second = write(to="kim@example.org")

    assert second == first
    assert Letter.objects.get().to == "pat@example.org"


def test_names_are_written_as_they_are_and_are_no_html():
    person = make_person(given_name="<b>O'Example & Co</b>")

    letter = letters.queue("resigned", key="k", to="pat@example.org", context={"person": person})

    assert "<b>O'Example & Co</b>" in letter.text
    assert "<b>O" not in letter.html


def test_a_letter_waits_for_the_end_of_its_transaction(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        write()

    assert len(callbacks) == 1
    assert mail.outbox == []


def test_the_same_letter_is_handed_over_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        write()
        write()

    assert len(callbacks) == 1


def test_what_is_rolled_back_is_not_written(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert callbacks == []
    assert Letter.objects.count() == 0
    assert letters.send_waiting() == 0


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPServerDisconnected("pat@example.org hung up"),
        smtplib.SMTPRecipientsRefused({"pat@example.org": (550, b"unknown")}),
        ConnectionRefusedError("no server"),
        TimeoutError("slow server"),
    ],
)
def test_a_failing_server_keeps_the_letter_and_no_address_in_the_log(settings, caplog, error):
    settings.EMAIL_BACKEND = f"{HERE}.Failing"
    backends.Failing.error = error
    letter = write()

    went = letters.send(letter.pk)

    assert went is False
    assert state_of(letter) == (False, 1, type(error).__name__)
    assert "pat@example.org" not in caplog.text


def test_a_letter_that_failed_goes_with_the_next_sweep(settings):
    letter = write()
    settings.EMAIL_BACKEND = f"{HERE}.Failing"
    letters.send(letter.pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    went = letters.send_waiting()

    assert went == 1
    assert state_of(letter) == (True, 2, "")


def test_the_sweep_sends_the_oldest_first_and_nothing_twice():
    for number in (2, 1, 3):
        letter = write(key=f"letter {number}", to=f"p{number}@example.org")
        Letter.objects.filter(pk=letter.pk).update(
            queued_at=A_MOMENT + dt.timedelta(minutes=number)
        )

    runs = [letters.send_waiting(), letters.send_waiting()]

    assert runs == [3, 0]
    order = [message.to[0] for message in mail.outbox]
    assert order == ["p1@example.org", "p2@example.org", "p3@example.org"]


def test_an_address_that_fails_never_holds_up_the_others(settings):
    settings.EMAIL_BACKEND = f"{HERE}.Choosy"
    backends.Choosy.taken.clear()
    bad = write(key="bad", to=backends.Choosy.refused)
    letters.send_waiting()
    good = write(key="good", to="kim@example.org")

    order = list(letters.waiting().values_list("pk", flat=True))
    went = letters.send_waiting()

    assert order == [good.pk, bad.pk]
    assert went == 1
    assert backends.Choosy.taken == ["kim@example.org"]


def test_a_letter_being_sent_is_not_taken_by_another_worker(settings):
    settings.EMAIL_BACKEND = f"{HERE}.Reentrant"
    letter = write()
    backends.Reentrant.answers.clear()
    backends.Reentrant.again = partial(letters.send, letter.pk)

    went = letters.send(letter.pk)

    assert went is True
    assert backends.Reentrant.answers == [False]


@pytest.mark.parametrize(("minutes", "went"), [(10, 0), (11, 1)])
def test_a_letter_left_behind_by_a_killed_worker_is_taken_up_after_its_lease(minutes, went):
    letter = write()
    Letter.objects.filter(pk=letter.pk).update(claimed_at=A_MOMENT, tries=1)

    with time_machine.travel(A_MOMENT + dt.timedelta(minutes=minutes), tick=False):
        sent = letters.send_waiting()

    assert sent == went


def test_a_letter_repeated_after_a_kill_has_the_same_message_id():
    letter = write()
    letters.send(letter.pk)
    Letter.objects.filter(pk=letter.pk).update(sent_at=None, claimed_at=None)

    letters.send(letter.pk)

    ids = {message.extra_headers["Message-ID"] for message in mail.outbox}
    assert len(mail.outbox) == 2
    assert ids == {letter.message_id}


def test_a_letter_that_is_held_back_never_goes():
    letter = write()

    held = letters.hold_back("a letter", at=A_MOMENT)
    letters.send_waiting()

    assert held is True
    assert (letters.send(letter.pk), mail.outbox) == (False, [])


def test_a_letter_that_went_is_not_held_back():
    letters.send(write().pk)

    assert letters.hold_back("a letter", at=A_MOMENT) is False
    assert Letter.objects.get().held_back_at is None


def test_a_letter_that_a_worker_took_up_may_have_gone_and_does_not_go_again():
    letter = write()
    Letter.objects.update(claimed_at=A_MOMENT, tries=1)

    held = letters.hold_back("a letter", at=A_MOMENT)

    assert held is False
    assert letters.send(letter.pk) is False


def test_what_was_never_written_is_not_held_back():
    assert letters.hold_back("nothing", at=A_MOMENT) is False


def many(*keys, leave_url=""):
    """Letters written elsewhere, each to a reader of its own."""
    return [
        letters.Written(
            key=key,
            to=f"{key}@example.org",
            subject="News",
            text="Words",
            html="<p>Words</p>",
            leave_url=leave_url,
        )
        for key in keys
    ]


def test_many_letters_are_queued_at_once_and_each_goes_once():
    made = letters.queue_each("news", many("a", "b"), at=A_MOMENT)

    answers = [letters.send(one) for one in (*made, *made)]

    assert answers == [True, True, False, False]
    assert [message.to for message in mail.outbox] == [["a@example.org"], ["b@example.org"]]


def test_one_of_many_whose_key_is_known_undoes_them_all():
    letters.queue_each("news", many("a"), at=A_MOMENT)

    with pytest.raises(IntegrityError), transaction.atomic():
        letters.queue_each("news", many("b", "a"), at=A_MOMENT)

    assert list(Letter.objects.values_list("key", flat=True)) == ["a"]


def test_a_reader_who_may_leave_is_told_so_in_the_head_of_the_letter():
    letters.queue_each("news", many("a", leave_url="https://x.example/"), at=A_MOMENT)
    letter = Letter.objects.get(key="a")
    ordinary = write()

    for one in (letter, ordinary):
        letters.send(one.pk)

    heads = [dict(message.extra_headers) for message in mail.outbox]
    assert heads == [
        {
            "Message-ID": letter.message_id,
            "List-Unsubscribe": "<https://x.example/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        {"Message-ID": ordinary.message_id},
    ]


def test_only_letters_that_nobody_took_up_are_taken_back():
    waiting, sent, tried = letters.queue_each("news", many("a", "b", "c"), at=A_MOMENT)
    letters.send(sent)
    Letter.objects.filter(pk=tried).update(tries=1)

    found = letters.untouched(Letter.objects.all())
    letters.take_back(found)

    assert found == [waiting]
    assert set(Letter.objects.values_list("key", flat=True)) == {"b", "c"}
