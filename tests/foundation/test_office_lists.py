"""Cells of the office's lists say which column they are of; titles do not say a thing twice."""

from django.utils.safestring import SafeString

from foundation.templatetags.office_lists import labelled, titled

HEADERS = [{"text": '<input type="checkbox">'}, {"text": "name"}, {"text": 'town "or" city'}]


def cells(*words):
    return [SafeString(one) for one in words]


def test_every_cell_says_its_column_but_for_the_box_to_tick():
    row = cells(
        '<td class="action-checkbox"><input></td>',
        '<th class="field-name">Ann</th>',
        '<td class="field-town">Hull</td>',
    )

    shown = labelled(row, HEADERS)

    assert shown == [
        '<td class="action-checkbox"><input></td>',
        '<th data-column="Name" class="field-name">Ann</th>',
        '<td data-column="Town &quot;or&quot; city" class="field-town">Hull</td>',
    ]


def test_an_empty_cell_is_marked_so_that_a_card_leaves_it_out():
    shown = labelled(cells('<td class="field-name">-</td>', "<td>-</td>"), HEADERS[1:])

    assert shown[0] == '<td data-column="Name" class="is-empty field-name">-</td>'


def test_a_dash_within_words_is_not_empty():
    shown = labelled(cells('<td class="field-name">a - b</td>'), HEADERS[1:])

    assert shown == ['<td data-column="Name" class="field-name">a - b</td>']


def test_a_title_names_the_kind_once():
    assert titled("Nadia Waitley", "person") == "Person: Nadia Waitley"
    assert titled("booking 3", "booking") == "Booking 3"
