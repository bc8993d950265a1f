"""What machines read of a member, and the picture that is shown."""

import io
import json
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from directory.cards import card
from directory.models import Photo
from directory.structured import as_json_ld
from foundation import history
from tests.directory.make import TODAY, assign, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(db):
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def listing():
    return make_listing(public_name="Priya </script><b> Sample", slug="priya-sample")


def a_photo(size=(900, 600), format="JPEG"):
    kept = io.BytesIO()
    picture = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    exif[0x010E] = "taken at 1 Secret Street"
    picture.save(kept, format, exif=exif)
    return SimpleUploadedFile("me.jpg", kept.getvalue())


def test_the_page_tells_schema_org_who_it_is_and_nothing_can_end_it(client, listing):
    assign(listing.person)

    text = client.get("/directory/priya-sample/").content.decode()

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    told = json.loads(block[1])
    assert (told["@type"], told["name"]) == ("Person", "Priya </script><b> Sample")
    assert told["knowsAbout"] == ["Acquired and traumatic brain injury"]
    assert told["memberOf"]["name"] == "Case Management Society UK"
    assert told["areaServed"] == ["Wales"]


def test_machines_are_told_no_more_than_people(listing):
    told = json.loads(as_json_ld(card(listing, on=TODAY)))

    assert set(told) == {"@context", "@type", "name", "url", "jobTitle", "memberOf", "areaServed"}


def test_the_sitemap_lists_every_visible_member_once(client, listing):
    make_listing(slug="hidden", opted_in_at=None)

    text = client.get("/directory/sitemap.xml").content.decode()

    assert re.findall("<loc>(.*?)</loc>", text) == ["http://127.0.0.1:8000/directory/priya-sample/"]


def test_a_large_sitemap_is_told_in_parts(client, listing, monkeypatch):
    make_listing()
    monkeypatch.setattr("directory.sitemaps.A_FILE", 1)

    index = client.get("/directory/sitemap.xml").content.decode()
    parts = [client.get(f"/directory/sitemap.xml?part={n}").content.decode() for n in (1, 2)]

    assert index.count("<sitemap>") == 2
    assert [part.count("<url>") for part in parts] == [1, 1]


def test_a_photo_is_cut_small_and_keeps_nothing_else(client, listing):
    client.force_login(listing.person.user)

    client.post("/profile/listing/photo/", {"photo": a_photo()})

    content = bytes(Photo.objects.get().content)
    assert Image.open(io.BytesIO(content)).size == (320, 320)
    assert b"Secret" not in content
    answer = client.get("/directory/priya-sample/photo/")
    assert (answer.content, answer["Content-Type"]) == (content, "image/jpeg")


def test_a_photo_is_replaced_and_removed(client, listing):
    client.force_login(listing.person.user)
    client.post("/profile/listing/photo/", {"photo": a_photo()})
    client.post("/profile/listing/photo/", {"photo": a_photo((500, 500))})
    kept = Photo.objects.count()

    client.post("/profile/listing/photo/", {"remove": "1"})

    assert (kept, Photo.objects.count()) == (1, 0)
    assert client.get("/directory/priya-sample/photo/").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "The file is empty."), (b"%PDF-1.7\n", "was not"), (b"GIF89a", "JPEG")],
)
def test_what_is_no_photo_is_refused_in_words(client, listing, content, words):
    client.force_login(listing.person.user)

    response = client.post(
        "/profile/listing/photo/", {"photo": SimpleUploadedFile("me.jpg", content)}
    )

    assert response.status_code == 200
    assert response.context["photo_form"].errors
    assert not Photo.objects.exists()


def test_what_a_member_agrees_to_show_is_kept_with_its_time(client, listing):
    client.force_login(listing.person.user)
    filled = {"public_name": "Priya Sample", "areas": ["WLS"], "shows_town": "on"}

    text = client.post("/profile/listing/", filled, follow=True).content.decode()

    lines = history.of(listing.person.history_key).filter(verb="changed what the directory shows")
    assert [line.text for line in lines] == [
        "regulator and day of our check: no; photo: no; found by search engines: no"
    ]
    assert "regulator and day of our check: no" in text
