"""A pack too large to wait for: put together by a worker, for whoever asked for it alone."""

import io
import zipfile

import pytest
from django.core.cache import cache
from django.core.files.storage import storages

from foundation import history
from foundation.models import MadeFile
from records import pack
from records.belongings import somebody
from tests.factories import A_MOMENT, make_application, make_evidence_file, make_person
from tests.signed_in import browser_of
from tests.website.test_your_data import signed_in
from website import packs, tasks

pytestmark = pytest.mark.django_db
TAKE, ASK = "/profile/data/take/", "/profile/data/pack/"


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "made": {**settings.STORAGES["made"], "OPTIONS": {"location": tmp_path}},
    }
    cache.clear()


def make_large(**facts):
    """Somebody whose files are too many to be handed over at once; none lies in the store."""
    application = make_application(person=make_person(**facts))
    make_evidence_file(application, bytes=pack.LARGE_BYTES + 1)
    return application.person


def test_a_large_pack_is_asked_for_looked_at_and_fetched(django_capture_on_commit_callbacks):
    person = make_large(given_name="Zebedina")
    client = signed_in(person)

    offered = client.get(TAKE).text
    with django_capture_on_commit_callbacks() as messages:
        asked = [client.post(ASK) for _ in range(2)]
    made = MadeFile.objects.get()
    waits = client.get(asked[0]["Location"])
    tasks.put_pack_together.apply(args=[made.pk]).get()
    ready = client.get(asked[1]["Location"])
    fetched = client.get(f"{ASK}{made.key}/file/")

    assert "Put it together" in offered
    assert "/profile/data/download/" not in offered
    assert len(messages) == 1
    assert (waits["Refresh"], "It begins in a moment" in waits.text) == ("3", True)
    assert "Your data is ready" in ready.text
    assert "Refresh" not in ready.headers
    files = zipfile.ZipFile(io.BytesIO(b"".join(fetched.streaming_content)))
    assert "Zebedina" in files.read("everything.json").decode()
    assert any(name.endswith("is-not-readable.txt") for name in files.namelist())
    assert history.of(person.history_key).first().verb == "downloaded their data"
    assert "ready, " in client.get(TAKE).text


def test_it_tells_after_every_part_how_far_it_is():
    person, told = make_large(), []

    pack.write(
        io.BytesIO(),
        somebody(person),
        made_on="today",
        tell=lambda done, total: told.append((done, total)),
    )

    total = told[-1][1]
    assert told == [(done, total) for done in range(1, total + 1)]


def test_the_way_of_small_packs_leads_there():
    client = signed_in(make_large())

    assert client.get("/profile/data/download/")["Location"] == TAKE


@pytest.mark.parametrize(("over", "is_large"), [(0, False), (1, True)])
def test_what_is_large_begins_above_ten_megabytes(over, is_large):
    application = make_application()
    make_evidence_file(application, bytes=pack.LARGE_BYTES + over)

    assert pack.is_large(somebody(application.person)) is is_large


def test_the_password_is_asked_for_again_before_it_is_asked_for_and_fetched():
    person = make_large()
    made = packs.ask(person, None, at=A_MOMENT)
    packs.put_together(made.pk, at=A_MOMENT)
    client = browser_of(person)

    answers = [
        client.post(ASK),
        client.get(f"{ASK}{made.key}/"),
        client.get(f"{ASK}{made.key}/file/"),
    ]

    assert {answer["Location"].split("?")[0] for answer in answers} == {"/accounts/reauthenticate/"}


def test_a_pack_that_was_put_together_is_listed_beside_what_is_sent_at_once():
    person = make_person()
    made = packs.ask(person, None, at=A_MOMENT)

    page = signed_in(person).get("/profile/data/take/").text

    assert f'href="{ASK}{made.key}/"' in page
    assert "Everything that we keep about you" in page


def test_while_it_is_put_together_its_page_asks_for_no_password():
    person = make_large()
    made = packs.ask(person, None, at=A_MOMENT)

    assert browser_of(person).get(f"{ASK}{made.key}/").status_code == 200


@pytest.mark.parametrize("end", ["", "file/"])
def test_nobody_else_finds_it(end):
    made = packs.ask(make_large(), None, at=A_MOMENT)
    packs.put_together(made.pk, at=A_MOMENT)

    assert signed_in(make_large()).get(f"{ASK}{made.key}/{end}").status_code == 404


def test_a_visitor_signs_in_first(client):
    made = packs.ask(make_large(), None, at=A_MOMENT)

    for page in (f"{ASK}{made.key}/", f"{ASK}{made.key}/file/"):
        assert client.get(page)["Location"] == f"/accounts/login/?next={page}"


def test_a_pack_with_decisions_is_made_for_whose_request_it_is():
    assert signed_in(make_large()).post(ASK, {"about": "DR-2026-0001"}).status_code == 404
    assert not MadeFile.objects.exists()


def test_what_is_not_ready_leads_to_its_page_and_what_is_lost_is_said():
    person = make_large()
    made = packs.ask(person, None, at=A_MOMENT)
    client = signed_in(person)

    early = client.get(f"{ASK}{made.key}/file/")
    packs.put_together(made.pk, at=A_MOMENT)
    made.refresh_from_db()
    storages["made"].delete(made.stored_as)
    lost = client.get(f"{ASK}{made.key}/file/", follow=True)

    assert early["Location"] == f"{ASK}{made.key}/"
    assert "This file is not there any more." in lost.text


def test_what_was_given_up_says_so_and_does_not_look_again():
    person = make_large()
    made = packs.ask(person, None, at=A_MOMENT)
    MadeFile.objects.update(stopped_at=A_MOMENT)

    page = browser_of(person).get(f"{ASK}{made.key}/")

    assert "could not be put together" in page.text
    assert "Refresh" not in page.headers
