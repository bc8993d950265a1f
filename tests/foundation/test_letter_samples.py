"""Every letter is shown with made-up facts: each of its sentences, in words and as mail."""

import re

import pytest
from django.template.base import TextNode
from django.template.loader import get_template
from django.urls import reverse

from foundation import letter_samples
from tests.test_house import LETTERS, ROOT

SAMPLES = letter_samples.all_of_them()
OURS = [one for one in SAMPLES if not one.pair]
THEIRS = [one for one in SAMPLES if one.pair]

HOLE = re.compile(r"\(\s*\)|[^\n>-] {2}| [.,;:!?](?:\s|$)|Dear ,|\bNone\b|[{}]")


def sentences_of(name):
    """What a letter says whatever it is given, line by line."""
    template = get_template(f"letters/{name}.txt").template
    for node in template.nodelist.get_nodes_by_type(TextNode):
        for line in node.s.splitlines():
            words = " ".join(line.removeprefix("Subject:").split())
            if re.search(r"\w{2}", words):
                yield words


def named(sample):
    return sample.name


def test_every_letter_is_there_and_no_other():
    written = {file.stem for file in LETTERS}
    of_allauth = {
        file.name.removesuffix("_subject.txt")
        for file in (ROOT / "templates" / "account" / "email").glob("*_subject.txt")
    }

    assert {one.name for one in OURS} == written
    assert {one.pair.rpartition("/")[2] for one in THEIRS} == of_allauth
    assert len({one.name for one in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("sample", OURS, ids=named)
def test_every_sentence_of_a_letter_is_shown_in_some_case(sample):
    shown = " ".join(f"{one.subject} {one.text}" for one in sample.shown())
    shown = " ".join(shown.split())

    assert [words for words in sentences_of(sample.name) if words not in shown] == []


@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_no_letter_has_a_hole_where_a_fact_was_expected(sample):
    for shown in sample.shown():
        words = f"{shown.subject}\n{shown.text}"

        assert HOLE.findall(words) == []
        assert "\n\n\n\n" not in words


def test_a_case_is_laid_over_what_is_usual():
    under = {"person": {"name": "Alex Sample", "email": "alex@example.org"}, "days": 3, "used": [1]}

    both = letter_samples.laid_over(under, {"person": {"name": ""}, "used": []})

    assert both == {
        "person": {"name": "", "email": "alex@example.org"},
        "days": 3,
        "used": [],
    }


@pytest.mark.django_db
def test_the_list_leads_to_every_letter(client):
    page = client.get(reverse("letters")).content.decode()

    links = re.findall(r'href="/letters/(\w+)/"', page)
    assert links == [one.name for one in SAMPLES]


@pytest.mark.django_db
@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_every_letter_has_its_page_and_each_case_its_mail(client, sample):
    page = client.get(reverse("letter", args=[sample.name]))

    frames = re.findall(r'<iframe[^>]* src="([^"]+)"', page.content.decode())
    assert frames == [
        reverse("letter_as_mail", args=[sample.name, number + 1])
        for number in range(len(sample.cases))
    ]
    assert [client.get(frame).status_code for frame in frames] == [200] * len(frames)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/letters/nothing/", "/letters/nothing/1/", "/letters/receipt/0/", "/letters/receipt/3/"],
)
def test_a_letter_that_is_not_there_is_not_found(client, address):
    assert client.get(f"/letters/{address}").status_code == 404


@pytest.mark.django_db
def test_a_letter_may_bring_its_styles_but_runs_nothing(client):
    mail = client.get("/letters/receipt/1/")

    assert set(mail["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'self'",
    }
    assert mail["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.django_db
def test_the_page_around_it_stays_as_strict_as_any(client):
    policy = client.get("/letters/receipt/")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "frame-src 'self'" in policy
