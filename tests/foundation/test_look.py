"""The pieces of pages: each says in words what it shows, and escapes what it is given."""

import datetime as dt

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

from foundation.look import Bar, Moment, Row, Status, Task, Tone


def test_a_card_escapes_its_title_and_keeps_its_content():
    page = Template('{% load look %}{% card name tone="act" %}<p>{{ words }}</p>{% endcard %}')

    html = page.render(Context({"name": "You & us", "words": "1 < 2"}))

    assert '<h2 class="card-title">You &amp; us</h2>' in html
    assert "<p>1 &lt; 2</p>" in html
    assert 'class="card-box tone-act"' in html


@pytest.mark.parametrize(
    ("value", "total", "per_mille"),
    [(0, 24, 0), (12, 24, 500), (24, 24, 1000), (30, 24, 1000), (-1, 24, 0), (5, 0, 0)],
)
def test_a_bar_never_leaves_its_frame(value, total, per_mille):
    bar = Bar("Months", value, total, "of 24")

    assert bar.per_mille == per_mille


def test_a_bar_of_more_than_a_thousand_is_a_plain_number():
    html = render_to_string("partials/bar.html", {"bar": Bar("Hours", 2500, 2500, "2,500 hours")})

    assert 'width="1000"' in html
    assert "2,500 hours" in html


def test_the_status_line_says_what_and_what_next():
    status = Status("Your fee is due", Tone.ACT, "Pay £90.00.", "/profile/", "Pay")

    html = render_to_string("partials/status_line.html", {"status": status})

    assert "Your fee is due" in html
    assert '<a class="btn btn-primary" href="/profile/">Pay</a>' in html


def test_a_task_without_an_address_is_no_link():
    html = render_to_string("partials/task_list.html", {"tasks": [Task("Send", "", "Later")]})

    assert "<a" not in html
    assert "Send" in html


def test_a_change_link_says_what_it_changes():
    rows = [Row("Name", "Perdita <Example>", "/apply/home/"), Row("Phone", "")]

    html = render_to_string("partials/summary_list.html", {"rows": rows})

    assert 'Change<span class="visually-hidden"> Name</span>' in html
    assert "Perdita &lt;Example&gt;" in html
    assert "Not provided" in html


def test_a_timeline_shows_the_clock_where_it_knows_it():
    moments = [
        Moment(dt.datetime(2026, 11, 22, 10, 5, tzinfo=dt.UTC), "Approved"),
        Moment(dt.date(2026, 11, 20), "Posted"),
    ]

    html = render_to_string("partials/timeline.html", {"moments": moments})

    assert "22 November 2026, 10:05" in html
    assert "20 November 2026</time>" in html


class Questions(forms.Form):
    name = forms.CharField(error_messages={"required": "Enter your name."})
    way = forms.ChoiceField(
        choices=[("post", "By post"), ("phone", "By phone")],
        widget=forms.RadioSelect,
        help_text="Choose one.",
        error_messages={"required": "Choose how we reach you."},
    )
    note = forms.CharField(required=False)
    agrees = forms.BooleanField(error_messages={"required": "Tick the box to agree."})


def as_crispy(form):
    return Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": form}))


def test_the_error_summary_links_to_the_first_choice_of_a_group():
    html = render_to_string("partials/error_summary.html", {"form": Questions({})})

    assert '<a href="#id_name">Enter your name.</a>' in html
    assert '<a href="#id_way_0">Choose how we reach you.</a>' in html


def test_choices_have_a_legend_that_is_for_nothing():
    html = as_crispy(Questions())

    assert "<legend for" not in html
    assert '<legend class="form-label">Way' in html
    assert 'aria-describedby="id_way_helptext"' in html


def test_every_description_that_a_control_names_is_on_the_page():
    html = as_crispy(Questions({}))

    for name in ("name", "way", "agrees"):
        assert f'id="id_{name}_error"' in html
    assert 'aria-describedby="id_way_helptext id_way_error"' in html


def test_the_error_comes_before_the_box():
    html = as_crispy(Questions({}))

    assert html.index('id="id_name_error"') < html.index('name="name"')


def test_what_may_be_left_out_is_marked_and_what_may_not_is_plain():
    html = as_crispy(Questions())

    assert html.count("(optional)") == 1
    assert html.index("Note") < html.index("(optional)")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/faq/", "/directory/", "/membership/", "/about/"])
def test_the_header_that_is_kept_says_what_the_drawn_one_says(client, path):
    html = client.get(path).content.decode()

    drawn = render_to_string(
        "partials/site_header.html", {"society": settings.SOCIETY, "request": {"path": path}}
    )
    assert drawn in html
    assert html.count('aria-current="true"') == (0 if path == "/" else 1)


@pytest.mark.parametrize(
    ("value", "words"),
    [(23, "23 of 24"), (24, "24 of 24"), (2500, "2,500, where 24 are needed")],
)
def test_a_bar_says_how_far_it_is_or_that_it_is_beyond(value, words):
    assert Bar.toward("Months", value, 24).words == words


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("You & us", "You &amp; us"),
        ("You & us (optional)", 'You &amp; us<span class="optional"> (optional)</span>'),
    ],
)
def test_a_label_says_quietly_that_it_is_optional(label, shown):
    page = Template("{% load look %}{{ label|label_words }}")

    assert page.render(Context({"label": label})) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Receipt CMSR-2026-0042", 'Receipt <span class="whole">CMSR-2026-0042</span>'),
        ("Certificate of attendance", "Certificate of attendance"),
        ("<b> A-1", '&lt;b&gt; <span class="whole">A-1</span>'),
        ("<i>-1", '<span class="whole">&lt;i&gt;-1</span>'),
    ],
)
def test_a_number_with_hyphens_is_kept_whole(words, shown):
    drawn = Template("{% load look %}{{ words|unbroken }}").render(Context({"words": words}))

    assert drawn == shown
