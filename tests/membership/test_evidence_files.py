"""Keeping evidence files: who may, what is kept, what the scanner says, what is taken away."""

import datetime as dt

import pytest
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from foundation import history
from foundation.uploads import Refused
from membership import drafts, evidence_files, lifecycle
from membership.evidence_files import FILES_AN_HOUR, NotReadable, SameFile, TooManyFiles
from membership.models import Application, EvidenceFile
from tests.factories import A_MOMENT, make_application, make_ready_application
from tests.foundation.clamd import MARKER, nobody_there, scanner
from tests.foundation.files import pdf, picture, sent

pytestmark = pytest.mark.django_db
State = EvidenceFile.State
A_DAY_AND_MORE = dt.timedelta(days=1, minutes=1)
HARMFUL = pdf(b"/X(" + MARKER + b")")


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {**settings.STORAGES["evidence"], "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


@pytest.fixture
def application():
    return make_application()


def add(application, content=None, name="bsc.pdf", section="qualifications"):
    return evidence_files.add(
        sent(pdf() if content is None else content, name),
        application_id=application.pk,
        section=section,
        by=application.person.user,
        at=A_MOMENT,
    )


def another(number):
    """As many different PDFs as a test needs."""
    return pdf(b"/X %d" % number)


def stored():
    return sorted(storages["evidence"].listdir("")[1])


def verbs(application):
    return list(history.of(application.person.history_key).values_list("verb", "text"))


def test_a_file_is_kept_under_a_name_that_says_nothing(application):
    file = add(application, name="../../Percy Example BSc.pdf")

    assert (file.person, file.state, file.bytes) == (application.person, State.CLEAN, len(pdf()))
    assert file.name == "Percy Example BSc.pdf"
    assert stored() == [file.stored_as]
    assert len(file.stored_as) == 32
    assert verbs(application) == [
        ("added a file", f"{application.reference}. Qualifications: Percy Example BSc.pdf")
    ]


def test_adding_a_file_counts_as_working_on_the_application(application):
    later = A_MOMENT + dt.timedelta(days=50)

    evidence_files.add(
        sent(pdf()),
        application_id=application.pk,
        section="indemnity",
        by=application.person.user,
        at=later,
    )

    application.refresh_from_db()
    assert application.edited_at == later


def test_a_refused_file_leaves_nothing_behind(application):
    with pytest.raises(Refused):
        add(application, b"<html>")

    assert (stored(), EvidenceFile.objects.count()) == ([], 0)


def test_the_same_file_is_kept_once_a_section(application):
    add(application)

    with pytest.raises(SameFile):
        add(application, name="another name.pdf")
    add(application, section="indemnity")

    assert EvidenceFile.objects.count() == len(stored()) == 2


def test_the_same_photograph_is_known_again_after_it_was_drawn_anew(application):
    add(application, picture(), "a.jpg")

    with pytest.raises(SameFile):
        add(application, picture(), "b.jpg")


def test_two_people_may_send_the_same_file(application):
    add(application)

    assert add(make_application()).pk


def test_a_section_takes_as_many_files_as_the_setting_says_and_no_more(application, settings):
    settings.EVIDENCE_MAX_FILES = 2
    add(application, another(1))
    add(application, another(2))

    with pytest.raises(TooManyFiles):
        add(application, another(3))

    assert add(application, another(3), section="indemnity").pk


def test_somebody_who_sends_files_without_end_is_stopped(application):
    for _ in range(FILES_AN_HOUR):
        with pytest.raises(Refused):
            add(application, b"")

    with pytest.raises(TooManyFiles):
        add(application)


def test_a_sent_application_takes_and_gives_no_files():
    application = make_ready_application()
    file = add(application)
    by = application.person.user
    lifecycle.submit(application_id=application.pk, by=by, at=A_MOMENT)

    with pytest.raises(drafts.NotEditable):
        add(application, another(1))
    with pytest.raises(drafts.NotEditable):
        evidence_files.remove(file=file, by=by, at=A_MOMENT)
    with pytest.raises(drafts.NotEditable):
        evidence_files.replace(sent(another(1)), file=file, by=by, at=A_MOMENT)

    assert stored() == [file.stored_as]


def test_when_more_is_asked_for_files_may_be_added():
    application = make_application(state=Application.State.MORE_INFORMATION)

    assert add(application).pk


def test_removing_takes_row_and_bytes_and_doing_it_twice_is_doing_it_once(
    application, django_capture_on_commit_callbacks
):
    file = add(application)

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            evidence_files.remove(file=file, by=application.person.user, at=A_MOMENT)

    assert (stored(), EvidenceFile.objects.count()) == ([], 0)
    assert [verb for verb, _ in verbs(application)] == ["removed a file", "added a file"]


def test_the_bytes_stay_while_the_removal_is_not_certain(application):
    file = add(application)

    with transaction.atomic():
        evidence_files.remove(file=file, by=application.person.user, at=A_MOMENT)
        transaction.set_rollback(True)

    assert stored() == [file.stored_as]


def test_replacing_works_in_a_full_section_and_takes_the_old_bytes(
    application, settings, django_capture_on_commit_callbacks
):
    settings.EVIDENCE_MAX_FILES = 1
    old = add(application)

    with django_capture_on_commit_callbacks(execute=True):
        new = evidence_files.replace(
            sent(another(1)), file=old, by=application.person.user, at=A_MOMENT
        )

    assert list(EvidenceFile.objects.all()) == [new]
    assert stored() == [new.stored_as]


def test_the_old_file_stays_where_the_new_one_cannot_be_kept(
    application, django_capture_on_commit_callbacks
):
    first, old = add(application), add(application, another(1))

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(SameFile):
        evidence_files.replace(sent(pdf()), file=old, by=application.person.user, at=A_MOMENT)

    assert list(EvidenceFile.objects.all()) == [first, old]
    assert len(stored()) == 2


def test_one_bad_file_among_several_does_not_hold_up_the_others(application):
    result = evidence_files.add_each(
        [sent(pdf(), "bsc.pdf"), sent(b"MZ", "virus.pdf"), sent(picture(), "me.jpg")],
        application_id=application.pk,
        section="qualifications",
        by=application.person.user,
        at=A_MOMENT,
    )

    assert [file.name for file in result.kept] == ["bsc.pdf", "me.jpg"]
    assert result.words == "Added: “bsc.pdf”, “me.jpg”."
    assert [words.split(".")[0:2] for words in result.problems] == [
        ["“virus", "pdf” was not added"]
    ]


def test_what_the_scanner_knows_is_refused_and_not_kept(application, settings):
    with scanner() as (settings.CLAMAV_SOCKET, _seen), pytest.raises(Refused) as refused:
        add(application, HARMFUL)

    assert str(refused.value).startswith("The virus scanner found something harmful in it")
    assert (stored(), EvidenceFile.objects.count()) == ([], 0)


def test_what_the_scanner_does_not_know_is_clean(application, settings):
    with scanner() as (settings.CLAMAV_SOCKET, seen):
        file = add(application)

    assert (file.state, seen) == (State.CLEAN, [pdf()])


def test_without_an_answer_a_file_waits_and_the_sweep_settles_it(
    application, settings, django_capture_on_commit_callbacks
):
    settings.CLAMAV_SOCKET = nobody_there()
    good, bad = add(application), add(application, HARMFUL)
    assert (good.state, bad.state) == (State.QUARANTINED, State.QUARANTINED)

    assert evidence_files.scan_waiting(at=A_MOMENT) == 0
    with (
        scanner() as (settings.CLAMAV_SOCKET, _seen),
        django_capture_on_commit_callbacks(execute=True),
    ):
        settled = [evidence_files.scan_waiting(at=A_MOMENT) for _ in range(2)]

    good.refresh_from_db()
    bad.refresh_from_db()
    assert settled == [2, 0]
    assert (good.state, bad.state, bad.stored_as) == (State.CLEAN, State.REFUSED, "")
    assert stored() == [good.stored_as]
    assert verbs(application)[0][0] == "refused a file: the virus scanner found something"


def test_a_waiting_file_that_is_not_in_the_store_does_not_hold_up_the_others(
    application, settings, empty_store
):
    settings.CLAMAV_SOCKET = nobody_there()
    lost, there = add(application), add(application, another(1))
    (empty_store / lost.stored_as).unlink()

    with scanner() as (settings.CLAMAV_SOCKET, _seen):
        assert evidence_files.scan_waiting(at=A_MOMENT) == 1

    assert EvidenceFile.objects.waiting().get() == lost
    assert EvidenceFile.objects.get(state=State.CLEAN) == there


def test_the_files_of_a_deleted_draft_are_swept_away_and_no_others(application):
    kept = add(make_application())
    add(application)
    application.delete()

    swept = evidence_files.sweep_strays(at=timezone.now() + A_DAY_AND_MORE)

    assert (swept, stored()) == (1, [kept.stored_as])


def test_a_file_whose_transaction_may_still_run_is_not_swept(application):
    add(application)
    application.delete()

    assert evidence_files.sweep_strays(at=timezone.now() + dt.timedelta(hours=23)) == 0


def test_bytes_that_were_changed_or_lost_are_never_shown(application, empty_store):
    file = add(application)
    path = empty_store / file.stored_as

    path.chmod(0o600)
    path.write_bytes(pdf() + b" ")
    with pytest.raises(NotReadable, match="was changed in the store"):
        evidence_files.look_at(file, by=application.person.user, at=A_MOMENT)
    path.unlink()
    with pytest.raises(NotReadable, match="is not in the store"):
        evidence_files.look_at(file, by=application.person.user, at=A_MOMENT)

    assert [verb for verb, _ in verbs(application)] == ["added a file"]
