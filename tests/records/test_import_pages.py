"""The pages of an import: send, look, confirm, undo; for those who share the register alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from records import import_progress, importing, tasks
from records.models import ClientRecord, RecordImport
from tests.factories import A_MOMENT, make_clerk, make_member, make_officer
from tests.records.records import make_record, make_register, name_in
from tests.records.test_import_file import GOOD, HEAD
from tests.records.test_importing import row
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]


def upload(client, register, *rows, name="records.csv"):
    content = "\n".join([HEAD, *rows, ""]).encode()
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    return client.post(f"/records/registers/{register.key}/import/", {"file": file}, follow=True)


def confirm(client, page):
    batch = page.context["batch"]
    seen = {"seen": page.context["seen"]}
    return client.post(f"/records/imports/{batch.key}/confirm/", seen, follow=True)


def test_a_file_is_looked_at_confirmed_and_undone():
    register = make_register(make_member())
    client = browser_of(register.owner.user)

    shown = upload(client, register, row("CM-1"), row("CM-2"), row("943 476 5919"))
    before = ClientRecord.objects.count()
    done = confirm(client, shown)
    taken = ClientRecord.objects.count()
    undone = client.post(f"/records/imports/{RecordImport.objects.get().key}/undo/", follow=True)

    assert "Take in 2 rows" in shown.text
    assert "looks like an NHS number" in shown.text
    assert "943 476" not in shown.text
    assert "9434765919" not in shown.text
    assert "The file is in your register" in done.text
    assert "2 records added, 0 changed, 0 known already, 1 refused" in done.text
    assert "2 of them were taken back" in undone.text
    assert (before, taken, ClientRecord.objects.count()) == (0, 2, 0)


def test_forty_lines_of_which_three_are_refused_and_say_how_to_mend_them():
    register = make_register(make_member())
    client = browser_of(register.owner.user)
    good = [row(f"CM-{number:04}") for number in range(37)]
    bad = [row("9434765919"), row("401 023 2137"), row("CM-9", care_concluded_on="2026-12-01")]

    page = confirm(client, upload(client, register, *good, *bad))

    assert "37 records added, 0 changed, 0 known already, 3 refused" in page.text
    assert register.records.count() == 37


def test_only_rows_of_one_verdict_can_be_looked_at():
    register = make_register(make_member())
    client = browser_of(register.owner.user)
    upload(client, register, row("CM-1"), row("Zebedina 7"))
    url = f"/records/imports/{RecordImport.objects.get().key}/"

    lines = {
        wanted: [one.line for one in client.get(f"{url}?show={wanted}").context["page"]]
        for wanted in ("taken", "refused", "twin", "", "nonsense")
    }

    assert lines == {
        "taken": [2],
        "refused": [3],
        "twin": [],
        "": [2, 3],
        "nonsense": [2, 3],
    }


def test_a_file_that_cannot_be_read_is_refused_at_its_field():
    register = make_register(make_member())
    client = browser_of(register.owner.user)
    url = f"/records/registers/{register.key}/import/"

    no_file = client.post(url)
    sheet = client.post(url, {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")})
    empty = client.post(url, {"file": SimpleUploadedFile("a.csv", b"")})

    assert "Choose the file with your records." in no_file.text
    assert "Save the sheet as CSV" in sheet.text
    assert "The file is empty." in empty.text
    assert RecordImport.objects.count() == 0


def test_a_file_that_is_forgotten_leaves_nothing():
    register = make_register(make_member())
    client = browser_of(register.owner.user)
    page = upload(client, register, row("CM-1"))

    client.post(f"/records/imports/{page.context['batch'].key}/forget/")

    assert RecordImport.objects.count() == 0


def test_a_file_in_two_tabs_is_taken_once():
    register = make_register(make_member())
    client = browser_of(register.owner.user)
    page = upload(client, register, row("CM-1"))
    confirm(client, page)

    again = confirm(client, page)

    assert "The file is in your register" in again.text
    assert ClientRecord.objects.count() == 1


def test_what_another_tab_overtook_is_shown_again_with_a_word():
    register = make_register(make_member())
    client = browser_of(register.owner.user)
    page = upload(client, register, row("CM-1"))
    make_record(into=register, reference="CM-1", capacity="lacks")

    again = confirm(client, page)

    assert "The register has changed since you looked." in again.text
    assert again.context["counts"]["changed"] == 1
    assert register.records.get().capacity == "lacks"


def test_a_long_file_goes_to_the_worker_and_its_page_says_how_far_it_is(
    django_capture_on_commit_callbacks, settings
):
    register = make_register(make_member())
    client = browser_of(register.owner.user)
    rows = [row(f"CM-{number}") for number in range(importing.AT_ONCE + 1)]
    page = upload(client, register, *rows)
    batch = page.context["batch"]

    with django_capture_on_commit_callbacks():
        waits = confirm(client, page)
    import_progress.tell(batch.pk)(200, 301)
    later = client.get(f"/records/imports/{batch.key}/")
    tasks.take_import.apply(args=[batch.pk, page.context["seen"], register.owner.user.pk]).get()
    done = client.get(f"/records/imports/{batch.key}/")

    assert "0 of 301 rows" in waits.text
    assert "200 of 301 rows" in later.text
    assert later["Refresh"] == "3"
    assert "301 records added" in done.text
    assert "Refresh" not in done.headers


def removed(register):
    named = name_in(register)
    named.ended_at, named.end = A_MOMENT, "removed"
    named.save()
    return named.person.user


@pytest.mark.parametrize(
    "somebody",
    [
        lambda register: make_record(make_member()).owner.user,
        removed,
        lambda register: make_clerk(),
        lambda register: make_officer(),
    ],
)
def test_nobody_else_finds_a_file(somebody):
    register = make_register(make_member())
    page = upload(browser_of(register.owner.user), register, row("CM-1"))
    batch = page.context["batch"]
    client = browser_of(somebody(register))
    start = f"/records/imports/{batch.key}/"

    codes = {client.get(start).status_code}
    codes.add(client.get(f"/records/registers/{register.key}/import/").status_code)
    for step in ("confirm", "forget", "undo"):
        codes.add(client.post(f"{start}{step}/", {"seen": page.context["seen"]}).status_code)

    assert codes == {404}
    assert RecordImport.objects.get().taken_at is None


def test_a_visitor_signs_in_first(client):
    register = make_register()

    for url in (f"/records/registers/{register.key}/import/", "/records/empty-file/"):
        assert client.get(url)["Location"] == f"/accounts/login/?next={url}"


def test_a_named_member_takes_a_file_in_and_the_owner_undoes_it():
    register = make_register(make_member())
    colleague = name_in(register).person
    theirs, owners = browser_of(colleague.user), browser_of(register.owner.user)

    confirm(theirs, upload(theirs, register, row("CM-1")))
    batch = RecordImport.objects.get()
    owners.post(f"/records/imports/{batch.key}/undo/")

    batch.refresh_from_db()
    assert (batch.sent_by, batch.undone_by) == (colleague.user, register.owner.user)


def test_the_empty_file_and_what_was_taken_out_can_be_taken_in():
    record = make_record(make_member(), reference="=1+1 A")
    client = browser_of(record.owner.user)
    start = f"/records/registers/{record.register.key}/"

    empty = client.get("/records/empty-file/").content.decode("utf-8-sig")
    out = b"".join(client.post(f"{start}take-out/").streaming_content)
    page = client.post(f"{start}import/", {"file": SimpleUploadedFile("out.csv", out)}, follow=True)

    assert empty.strip() == HEAD
    assert page.context["counts"] == {"taken": 0, "changed": 0, "twin": 1, "refused": 0}
    assert "Nothing in this file is new to the register." in page.text


def test_what_a_file_says_is_shown_as_words_and_not_as_markup():
    register = make_register(make_member())
    client = browser_of(register.owner.user)

    page = upload(client, register, GOOD.replace("CM-1", "<b>1</b>"))

    assert "<b>1" not in page.text
    assert "&lt;b&gt;1" in page.text


def test_the_preview_takes_the_same_queries_for_one_row_and_for_three(
    django_assert_max_num_queries,
):
    register = make_register(make_member())
    client = browser_of(register.owner.user)
    for reference in ("CM-1", "CM-2", "CM-3"):
        make_record(into=register, reference=reference)

    counts = []
    for rows in ([row("CM-1")], [row("CM-1"), row("CM-2"), row("CM-3", capacity="lacks")]):
        batch = upload(client, register, *rows).context["batch"]
        with django_assert_max_num_queries(12) as seen:
            client.get(f"/records/imports/{batch.key}/")
        counts.append(len(seen))

    assert counts[0] == counts[1]
