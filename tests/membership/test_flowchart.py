"""The flowchart: picture and words say the same, and both say what the rules say."""

import dataclasses
import re
from html import unescape

import pytest

from membership import brochure
from membership.criteria import Rules
from membership.flowchart import Way, flowchart
from membership.flowchart_picture import WIDTH, draw
from membership.models import EligibilityRules
from membership.types import MembershipType
from tests.membership.test_which_type import NURSE

CHART = flowchart(Rules())
STRICTER = dataclasses.replace(Rules(), months=36, hours=4100)


def without_spaces(words):
    return "".join(words.split())


def test_every_box_and_arrow_of_the_picture_is_in_the_words():
    drawing = draw(CHART)
    said = {
        (question.words, edge.answer, edge.end.named)
        for question, answers in CHART.twin()
        for edge in answers
    }
    named = {question.words for question, _answers in CHART.twin()} | {end for *_, end in said}

    assert {
        (one.edge.start.words, one.edge.answer, one.edge.end.named) for one in drawing.arrows
    } == said
    assert {box.node.words for box in drawing.boxes} <= named
    assert len(drawing.boxes) == len(CHART.nodes) == 15
    assert len(drawing.arrows) == len(CHART.edges) == 15


def test_no_word_is_lost_in_a_box_or_beside_an_arrow():
    drawing = draw(CHART)

    for box in drawing.boxes:
        drawn = without_spaces("".join(line.words for line in box.lines))
        assert drawn.removeprefix(f"{box.node.number}.") == without_spaces(box.node.words)
    for arrow in drawing.arrows:
        assert " ".join(line.words for line in arrow.label) == arrow.edge.answer


def test_every_question_has_its_answers_and_every_end_is_reached():
    ends = {edge.end for edge in CHART.edges}

    assert [len(answers) for _question, answers in CHART.twin()] == [3, 2, 2, 2, 2, 2, 2]
    assert ends == set(CHART.nodes[1:])
    assert {node.words for node in CHART.nodes if not node.number} == {
        *(one.label for one in MembershipType),
        "Ask the office",
    }


def test_boxes_do_not_overlap_and_stay_in_the_picture():
    drawing = draw(CHART)

    for box in drawing.boxes:
        assert 0 <= box.x <= WIDTH - box.width
        assert 0 <= box.y <= drawing.height - box.height
        others = [one for one in drawing.boxes if one is not box and one.x == box.x]
        assert all(one.y >= box.bottom or one.bottom <= box.y for one in others)


def test_arrows_begin_and_end_at_the_edges_of_their_boxes():
    drawing = draw(CHART)
    boxes = {box.node: box for box in drawing.boxes}

    for arrow in drawing.arrows:
        start, end = boxes[arrow.edge.start], boxes[arrow.edge.end]
        (x, y), (to_x, to_y) = arrow.corners[0], arrow.corners[-1]
        assert y == start.bottom or x == start.x + start.width
        assert to_y == end.y if arrow.edge.way is Way.ON else to_x == end.x


def test_the_figures_are_those_of_the_rules():
    words = " ".join(node.words for node in flowchart(STRICTER).nodes)

    assert re.findall(r"\d[\d,]*", words) == ["4", "36", "4,100"]


def end_of(answers):
    """Where the chart leads somebody who answers so."""
    node = CHART.nodes[0]
    while node.number:
        [node] = [
            edge.end
            for edge in CHART.edges
            if edge.start is node and edge.answer == answers[node.key]
        ]
    return node.words


QUALIFIED = {"practice": "In the UK", "qualification": "Yes", "body": "Yes"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "typed"),
    [
        ({"practice": "Only abroad"}, {"practice": "overseas"}),
        ({"practice": "Nowhere", "course": "Yes"}, {"practice": "none", "course": "yes"}),
        ({"practice": "Nowhere", "course": "No", "role": "Yes"}, {"practice": "none"}),
        ({**QUALIFIED, "experience": "Yes"}, {}),
        ({**QUALIFIED, "experience": "Yes"}, {"body": "vocational", "related": "vocational"}),
        ({**QUALIFIED, "experience": "No"}, {"months": "23", "hours": "2499"}),
        ({**QUALIFIED, "body": "No", "course_uk": "Yes"}, {"body": "none", "course": "yes"}),
        ({**QUALIFIED, "body": "No", "course_uk": "No"}, {"body": "none"}),
        (
            {"practice": "In the UK", "qualification": "No", "course_uk": "Yes"},
            {"qualification": "none", "course": "yes"},
        ),
        (
            {"practice": "In the UK", "qualification": "No", "course_uk": "No"},
            {"related": "no"},
        ),
    ],
)
def test_the_chart_leads_where_the_rules_lead(client, answers, typed):
    found = client.get("/membership/which-type/", {**NURSE, **typed}).context["suggestion"]

    assert end_of(answers) == (found.type.label if found.type else "Ask the office")


@pytest.mark.django_db
def test_the_page_shows_the_picture_and_the_same_in_words(client):
    shown = client.get("/membership/flowchart/").content.decode()
    _frame, _, shown = shown.partition('<figure class="flowchart">')
    picture, _, words = shown.partition("</svg>")
    twin = unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", words)))

    assert picture.count("<rect") == 15
    assert picture.count("<polyline") == 15
    assert all(node.words in twin for node in CHART.nodes)
    assert all(f"{edge.answer}: {edge.end.named}" in twin for edge in CHART.edges)
    assert "<title" in picture.partition("<svg")[2]
    assert "<desc" in picture


@pytest.mark.django_db
def test_the_page_changes_with_the_rules_in_force(client):
    EligibilityRules.objects.update(months_required=36, hours_required=4100)

    shown = client.get("/membership/flowchart/").content.decode()

    assert "24 months" not in shown
    assert "2,500" not in shown
    assert shown.count("36 months or 4,100 hours") == 3


@pytest.mark.parametrize("path", ["/membership/", "/membership/which-type/"])
@pytest.mark.django_db
def test_the_flowchart_is_linked(client, path):
    assert 'href="/membership/flowchart/"' in client.get(path).content.decode()


def test_the_criteria_in_words_take_their_figures_from_the_rules():
    lines = [brochure.criteria_of(one, STRICTER) for one in MembershipType]
    figures = [line for criteria in lines for line in criteria if re.search(r"\d{2}", line)]

    assert len(figures) == 2
    assert all("36 months or 4,100 hours" in line for line in figures)


def test_the_list_of_what_to_have_to_hand_has_a_page_to_print(client):
    shown = client.get("/membership/to-hand/").content.decode()

    assert all(line in unescape(shown) for line in brochure.TO_HAND + brochure.TO_HAND_SHORT)
