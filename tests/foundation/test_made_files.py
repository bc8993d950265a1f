"""Large files: put together once, whichever worker lives, and fetched until they are old."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.files.storage import storages

from foundation import made_files
from foundation.models import MadeFile
from tests.factories import A_MOMENT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_store")]
MINUTE = dt.timedelta(minutes=1)
MAKER = "foundation.tasks.look_after_made_files"
"""Any task will do: nobody is there to take it."""


@pytest.fixture
def empty_store(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "made": {**settings.STORAGES["made"], "OPTIONS": {"location": tmp_path}},
    }
    cache.clear()


def ask(**how):
    return made_files.ask(**{"maker": MAKER, "whose": "person 1", "at": A_MOMENT, **how})


def write(_made, out, tell):
    out.write(b"all of it")
    tell(1, 4)


def killed(_made, out, _tell):
    out.write(b"half of")
    raise KeyboardInterrupt


def stored():
    return sorted(storages["made"].listdir("")[1])


def fetched(made):
    answer = made_files.answer(again(made), name="all.zip")
    content = b"".join(answer.streaming_content)
    answer.file_to_stream.close()
    return content


def again(made):
    return MadeFile.objects.get(pk=made.pk)


def test_a_file_is_put_together_and_fetched():
    made = ask()

    done = made_files.put_together(made.pk, write, at=A_MOMENT)
    answer = made_files.answer(again(made), name="all.zip")
    answer.file_to_stream.close()

    assert done
    assert (again(made).made_at, again(made).bytes) == (A_MOMENT, 9)
    assert fetched(made) == b"all of it"
    assert answer["Content-Disposition"] == 'attachment; filename="all.zip"'
    assert answer["Cache-Control"] == "no-store"


def test_asking_twice_gives_the_one_under_way_and_a_new_one_once_that_is_made():
    made, same, other = ask(), ask(at=A_MOMENT + MINUTE), ask(about="DR-1")
    somebody_elses = ask(whose="person 2")

    made_files.put_together(made.pk, write, at=A_MOMENT)
    anew = ask()

    assert same == made
    assert len({made.pk, other.pk, somebody_elses.pk, anew.pk}) == 4


def test_a_file_is_asked_of_the_worker_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as messages:
        ask()
        ask()

    assert len(messages) == 1


def test_a_message_that_comes_twice_makes_it_once():
    made = ask()

    done = [made_files.put_together(made.pk, write, at=A_MOMENT) for _ in range(2)]

    assert done == [True, False]
    assert len(stored()) == 1


def test_its_page_says_how_far_it_is():
    made = ask()

    before = made_files.bar(made)
    made_files.put_together(made.pk, write, at=A_MOMENT)
    after = made_files.bar(made)

    assert (before.words, before.per_mille) == ("It begins in a moment", 0)
    assert (after.words, after.per_mille) == ("1 of 4 parts", 250)


def test_what_a_killed_worker_left_is_made_anew_by_another_and_its_half_is_thrown_away():
    made = ask()
    with pytest.raises(KeyboardInterrupt):
        made_files.put_together(made.pk, killed, at=A_MOMENT)

    too_early = made_files.put_together(made.pk, write, at=A_MOMENT + 15 * MINUTE)
    handed_out = made_files.sweep(at=A_MOMENT + 16 * MINUTE)
    done = made_files.put_together(made.pk, write, at=A_MOMENT + 16 * MINUTE)
    made_files.sweep(at=A_MOMENT + 17 * MINUTE)

    assert (too_early, handed_out, done) == (False, 1, True)
    assert stored() == [again(made).stored_as]
    assert fetched(made) == b"all of it"


def test_a_slow_worker_that_was_overtaken_does_not_spoil_what_the_other_made():
    made = ask()

    def slow(_made, out, tell):
        made_files.put_together(made.pk, write, at=A_MOMENT + 16 * MINUTE)
        out.write(b"too late")

    done = made_files.put_together(made.pk, slow, at=A_MOMENT)

    assert not done
    assert fetched(made) == b"all of it"


def test_a_file_that_fails_three_times_is_given_up_and_can_be_asked_for_again():
    made = ask()
    for number in range(3):
        at = A_MOMENT + number * 16 * MINUTE
        assert made_files.sweep(at=at) == 1
        with pytest.raises(KeyboardInterrupt):
            made_files.put_together(made.pk, killed, at=at)

    handed_out = made_files.sweep(at=A_MOMENT + 48 * MINUTE)

    assert (handed_out, again(made).stopped_at) == (0, A_MOMENT + 48 * MINUTE)
    assert ask() != made


def test_a_day_after_it_was_asked_for_it_goes_with_its_bytes():
    made = ask()
    made_files.put_together(made.pk, write, at=A_MOMENT)

    made_files.sweep(at=A_MOMENT + dt.timedelta(days=1))
    kept = stored()
    made_files.sweep(at=A_MOMENT + dt.timedelta(days=1, seconds=1))

    assert kept == [MadeFile(key=made.key, tries=1).stored_as]
    assert (MadeFile.objects.count(), stored()) == (0, [])


def test_a_file_whose_row_went_meanwhile_is_kept_by_nobody():
    made = ask()

    def erased(_made, out, _tell):
        MadeFile.objects.all().delete()
        out.write(b"all of it")

    done = made_files.put_together(made.pk, erased, at=A_MOMENT)
    made_files.sweep(at=A_MOMENT)

    assert not done
    assert stored() == []


def test_a_file_without_its_bytes_says_so():
    made = ask()
    made_files.put_together(made.pk, write, at=A_MOMENT)
    storages["made"].delete(again(made).stored_as)

    with pytest.raises(made_files.NotThere):
        made_files.answer(again(made), name="a")
