"""A module that is loaded when it is first used, and what the web workers gain by it."""

import subprocess
import sys
from importlib import import_module

import pytest
from django.conf import settings

from foundation.later import held_back, later

HEAVY = (
    *("PIL", "cryptography", "fido2", "paypalrestsdk", "pypdf", "reportlab", "requests", "segno"),
    "uharfbuzz",
)
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


def test_who_imports_what_is_held_back_loads_it_at_the_first_use(module_of_ours, capsys):
    with held_back(module_of_ours):
        module = import_module(module_of_ours)
        before = capsys.readouterr().out
    loaded_by_then = module_of_ours in sys.modules

    answer = module.ANSWER

    assert (before, loaded_by_then) == ("", False)
    assert (answer, capsys.readouterr().out) == (42, "loaded\n")


def test_what_is_loaded_already_is_not_held_back(module_of_ours):
    module = import_module(module_of_ours)

    with held_back(module_of_ours):
        again = sys.modules[module_of_ours]

    assert again is module
    assert sys.modules[module_of_ours] is module


def test_web_workers_load_what_a_login_by_passkey_needs_when_it_is_asked_for(tmp_path):
    asked = """
from allauth.mfa.base.views import webauthn_auth
print(webauthn_auth.WebAuthn.__name__, "fido2" in sys.modules)
"""
    said = subprocess.run(
        [sys.executable, "-c", LOADED + asked],
        cwd=settings.BASE_DIR,
        env={"VAR_DIR": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == ["WebAuthn", "True"]


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
