"""A module that is loaded when it is first used, and what the web workers gain by it."""

import subprocess
import sys

import pytest
from django.conf import settings

from foundation.later import later

HEAVY = ("PIL", "paypalrestsdk", "pypdf", "reportlab", "requests", "uharfbuzz")
LOADED = f"""
import sys
import cmsuk.wsgi
from cmsuk import serving
serving.when_ready(None)
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""


@pytest.fixture
def module_of_ours(tmp_path, monkeypatch):
    """A name that can be imported, and says so by a word on standard output."""
    (tmp_path / "made_up_module.py").write_text('print("loaded")\nANSWER = 42\n')
    monkeypatch.syspath_prepend(tmp_path)
    yield "made_up_module"
    sys.modules.pop("made_up_module", None)


def test_a_module_is_loaded_once_and_when_it_is_first_used(module_of_ours, capsys):
    module = later(module_of_ours)
    before = capsys.readouterr().out

    answers = [module.ANSWER, module.ANSWER]

    assert before == ""
    assert answers == [42, 42]
    assert capsys.readouterr().out == "loaded\n"


def test_what_is_changed_in_the_module_is_seen_through_it(module_of_ours, monkeypatch):
    module = later(module_of_ours)
    assert module.ANSWER == 42

    monkeypatch.setattr(sys.modules[module_of_ours], "ANSWER", 43)

    assert module.ANSWER == 43


def test_a_name_that_the_module_has_not_is_told_as_the_module_tells_it(module_of_ours):
    with pytest.raises(AttributeError, match="'made_up_module' has no attribute 'QUESTION'"):
        later(module_of_ours).QUESTION  # noqa: B018


def test_web_workers_begin_without_what_few_pages_need(tmp_path):
    said = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=settings.BASE_DIR,
        env={"VAR_DIR": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == []
