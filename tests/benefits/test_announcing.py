"""Announcements: to active members who agreed, once each, stopped and gone on with."""

import datetime as dt

import pytest
from django.core import mail

from benefits import announcing, news, progress, recipients
from benefits.models import Announcement, Recipient
from foundation import letters
from foundation.models import Letter
from membership import lifecycle
from membership.models import Membership
from tests.benefits.announcing import agree, make_announcement, make_reader, topic
from tests.factories import A_DAY, A_MOMENT, make_member, make_officer, make_person

pytestmark = pytest.mark.django_db
LATER = A_MOMENT + dt.timedelta(hours=1)
State = Announcement.State


@pytest.fixture(autouse=True)
def small_lots(monkeypatch):
    monkeypatch.setattr(announcing, "LOT", 2)


def plan(announcement, send_at=A_MOMENT):
    announcing.plan(announcement.pk, send_at=send_at, by=make_officer(), at=A_MOMENT)


def begin(announcement, at=A_MOMENT):
    plan(announcement)
    announcing.begin(announcement.pk, at=at)


def write_all(announcement, at=A_MOMENT):
    """Every lot, as one worker would."""
    while announcing.write_a_lot(announcement.pk, at=at) is not None:
        pass


def addresses():
    return sorted(Letter.objects.filter(kind="announcement").values_list("to", flat=True))


def state_of(announcement):
    announcement.refresh_from_db()
    return announcement.state


def test_it_goes_to_each_active_member_who_agreed_once():
    readers = [make_reader() for _ in range(5)]
    make_member()  # agreed to nothing
    make_reader("Magazine")
    agree(make_person())  # never a member
    announcement = make_announcement()

    begin(announcement)
    write_all(announcement)
    write_all(announcement)

    assert addresses() == sorted(one.email for one in readers)
    assert state_of(announcement) == State.SENT


def test_whoever_agreed_to_two_of_its_topics_gets_it_once():
    reader = make_reader("Events", "Magazine")
    announcement = make_announcement("Events", "Magazine")

    begin(announcement)
    write_all(announcement)

    assert addresses() == [reader.email]


def test_types_narrow_it():
    student = make_reader(type="student")
    make_reader(type="associate")
    announcement = make_announcement(types=["student", "supporter"])

    assert list(recipients.of(announcement, on=A_DAY)) == [student]


def test_a_lapsed_a_suspended_and_a_merged_member_are_not_written_to():
    make_reader(starts_on=dt.date(2025, 11, 22), ends_on=dt.date(2026, 11, 21))
    suspended = make_reader()
    lifecycle.suspend(
        membership_id=Membership.objects.get(person=suspended).pk,
        by=make_officer(),
        at=A_MOMENT,
        reason="Because.",
    )
    kept = make_reader(ends_on=A_DAY)
    merged = make_reader()
    merged.merged_into = kept
    merged.save()

    assert list(recipients.of(make_announcement(), on=A_DAY)) == [kept]


def test_who_lapses_between_start_and_lot_is_left_out():
    reader = make_reader(ends_on=A_DAY)
    announcement = make_announcement()
    begin(announcement)

    write_all(announcement, at=A_MOMENT + dt.timedelta(days=1))

    assert addresses() == []
    assert reader.announcements.get().reason == Recipient.Reason.NO_MEMBER


def test_a_consent_that_is_taken_back_between_start_and_lot_brings_no_letter():
    gone, stays = make_reader(), make_reader()
    announcement = make_announcement()
    begin(announcement)

    news.withdraw(gone, [topic()], by=gone.user, at=LATER)
    write_all(announcement, at=LATER)

    assert addresses() == [stays.email]
    assert gone.announcements.get().reason == Recipient.Reason.UNSUBSCRIBED


def test_a_consent_that_is_taken_back_keeps_a_letter_back_that_waits():
    reader = make_reader()
    announcement = make_announcement()
    begin(announcement)
    write_all(announcement)

    news.withdraw(reader, [topic()], by=reader.user, at=LATER)

    assert letters.send(Letter.objects.get().pk) is False
    assert mail.outbox == []
    assert progress.of(announcement).unsubscribed == 1


def test_who_holds_another_consent_for_it_still_gets_it():
    reader = make_reader("Events", "Magazine")
    announcement = make_announcement("Events", "Magazine")
    begin(announcement)

    news.withdraw(reader, [topic("Events")], by=reader.user, at=LATER)
    write_all(announcement, at=LATER)

    assert addresses() == [reader.email]


def test_somebody_who_agrees_after_the_start_is_not_added():
    make_reader()
    announcement = make_announcement()
    begin(announcement)
    make_reader()

    write_all(announcement)

    assert len(addresses()) == 1


def test_a_letter_has_the_words_and_its_readers_own_way_out():
    reader = make_reader()
    announcement = make_announcement()
    begin(announcement)
    write_all(announcement)

    letter = Letter.objects.get()
    letters.send(letter.pk)

    (message,) = mail.outbox
    assert message.subject == "Study day in Cardiff"
    assert "Come to the study day (http" in message.body
    assert "**" not in message.body
    assert "agreed to news of CMSUK: Events." in message.body
    assert letter.leave_url in message.body
    assert message.extra_headers["List-Unsubscribe"] == f"<{letter.leave_url}>"
    assert "<strong>Come</strong>" in letter.html
    assert f'href="{letter.leave_url}"' in letter.html
    token = letter.leave_url.rstrip("/").rpartition("/")[2]
    assert news.find(token).person == reader


def test_it_is_begun_at_its_time_and_not_before():
    make_reader()
    announcement = make_announcement()
    plan(announcement, send_at=LATER)

    announcing.look_after(at=LATER - dt.timedelta(seconds=1))
    before = state_of(announcement)
    announcing.look_after(at=LATER)

    assert (before, state_of(announcement)) == (State.PLANNED, State.SENDING)


def test_it_is_begun_once():
    make_reader()
    announcement = make_announcement()
    plan(announcement)

    begun = [announcing.begin(announcement.pk, at=A_MOMENT) for _ in range(2)]

    assert begun == [True, False]
    assert announcement.recipients.count() == 1


def test_the_sweep_ends_what_is_done_and_asks_again_only_after_a_quiet_time():
    [make_reader() for _ in range(5)]
    announcement = make_announcement()
    plan(announcement)

    asked = [announcing.look_after(at=A_MOMENT)]
    announcing.write_a_lot(announcement.pk, at=A_MOMENT)
    asked += [announcing.look_after(at=A_MOMENT + announcing.QUIET - dt.timedelta(seconds=1))]
    asked += [announcing.look_after(at=A_MOMENT + announcing.QUIET)]

    assert asked == [3, 0, 2]


def test_stopped_before_its_time_it_is_a_draft_again():
    make_reader()
    announcement = make_announcement()
    plan(announcement, send_at=LATER)

    announcing.stop(announcement.pk, by=make_officer(), at=A_MOMENT)

    assert state_of(announcement) == State.DRAFT
    assert announcing.look_after(at=LATER) == 0


def test_stopped_while_it_runs_it_takes_back_what_waits_and_goes_on_with_the_rest_once():
    readers = [make_reader() for _ in range(5)]
    announcement = make_announcement()
    begin(announcement)
    for _lot in range(2):
        announcing.write_a_lot(announcement.pk, at=A_MOMENT)
    gone = Letter.objects.order_by("pk").first()
    letters.send(gone.pk)

    taken_back = announcing.stop(announcement.pk, by=make_officer(), at=LATER)
    left_over = announcing.write_a_lot(announcement.pk, at=LATER)
    stopped_with = addresses()
    announcing.go_on(announcement.pk, by=make_officer(), at=LATER)
    write_all(announcement, at=LATER)
    for one in Letter.objects.all():
        letters.send(one.pk)

    assert (taken_back, left_over, stopped_with) == (3, None, [gone.to])
    assert state_of(announcement) == State.SENT
    assert sorted(message.to[0] for message in mail.outbox) == sorted(one.email for one in readers)


@pytest.mark.parametrize("step", ["plan", "go_on", "stop"])
def test_what_was_sent_is_neither_sent_again_nor_stopped(step):
    make_reader()
    announcement = make_announcement()
    begin(announcement)
    write_all(announcement)
    given = {"by": make_officer(), "at": LATER}

    with pytest.raises(announcing.NotPossible):
        getattr(announcing, step)(
            announcement.pk, **given, **({"send_at": LATER} if step == "plan" else {})
        )

    assert len(addresses()) == 1


def test_what_would_go_to_nobody_is_not_planned():
    announcement = make_announcement()

    with pytest.raises(announcing.NotPossible, match="to nobody"):
        plan(announcement)

    assert state_of(announcement) == State.DRAFT


def test_a_member_who_died_or_whose_server_refuses_is_counted_by_numbers_alone():
    readers = [make_reader() for _ in range(4)]
    announcement = make_announcement()
    begin(announcement)
    write_all(announcement)
    first, second, third, _fourth = Letter.objects.order_by("pk")
    letters.send(first.pk)
    Letter.objects.filter(pk=second.pk).update(refused_at=LATER)
    letters.send(third.pk)
    letters.came_back(third.pk, by=make_officer(), at=LATER)
    news.leave(news.Leaving(readers[0], announcement), everything=False, at=LATER)

    found = progress.of(announcement)

    assert found == progress.Progress(
        recipients=4,
        sent=1,
        waiting=1,
        refused=1,
        came_back=1,
        unsubscribed=0,
        no_member=0,
        not_written=0,
        left=1,
    )


def test_a_letter_that_the_database_refuses_holds_up_nobody_of_its_lot_or_of_the_next(
    monkeypatch,
):
    monkeypatch.setattr(announcing, "LOT", 3)
    readers = [make_reader() for _ in range(5)]
    announcement = make_announcement()
    begin(announcement)
    taken = f"announcement {announcement.pk} to {readers[1].pk}"
    in_the_way = letters.Written(taken, "a@example.org", "Another", "Another letter", "<p>Another")
    letters.queue_each("refunded", [in_the_way], at=A_MOMENT)

    write_all(announcement)

    assert addresses() == sorted(one.email for one in readers if one != readers[1])
    found = progress.of(announcement)
    assert (found.recipients, found.waiting, found.not_written) == (5, 4, 1)
    assert state_of(announcement) == State.SENT


def test_a_lot_asks_the_database_as_often_for_one_reader_as_for_three(
    django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(announcing, "LOT", 3)
    one, three = make_announcement("Magazine"), make_announcement("Events")
    make_reader("Magazine")
    for _ in range(3):
        make_reader("Events")
    for announcement in (one, three):
        begin(announcement)

    for announcement in (one, three):
        with django_assert_num_queries(13):
            announcing._write_next(announcement.pk, at=A_MOMENT)
