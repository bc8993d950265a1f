"""A QR code says what it should: it is read back module by module, and drawn without a style."""

import re

import pytest
import segno
from django.template.loader import render_to_string

from foundation import qr

ADDRESS = "https://portal.example.org/verify/abc-DEF_123/"


def modules(code):
    """The dark modules that a path draws."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", code.path)
    return {(int(x) + i, int(y)) for x, y, width in runs for i in range(int(width))}


@pytest.mark.parametrize("text", ["1", ADDRESS, "Łukasz Llŷr " * 20])
def test_the_path_draws_exactly_the_dark_modules_inside_a_quiet_zone(text):
    matrix = segno.make_qr(text, error="m").matrix

    code = qr.code_of(text)

    assert code.side == len(matrix) + 2 * qr.QUIET_ZONE
    assert modules(code) == {
        (x + qr.QUIET_ZONE, y + qr.QUIET_ZONE)
        for y, row in enumerate(matrix)
        for x, dark in enumerate(row)
        if dark
    }


def test_the_picture_has_a_name_and_no_style():
    drawn = render_to_string("partials/qr.html", {"code": qr.code_of(ADDRESS), "label": "A <code>"})

    assert 'role="img" aria-label="A &lt;code&gt;"' in drawn
    assert "style" not in drawn
    assert "#" not in drawn
