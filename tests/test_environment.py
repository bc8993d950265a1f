"""What the start reads: a secret key that is made once, also after a start that was killed."""

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from cmsuk.environment import Env, kept_secret_key, month, vat_rate, vat_treatment


def test_a_secret_key_is_made_once(tmp_path):
    first = kept_secret_key(tmp_path)

    assert len(first) > 50
    assert kept_secret_key(tmp_path) == first


def test_a_secret_key_that_was_left_empty_is_made_again(tmp_path):
    (tmp_path / "secret-key").touch()

    assert len(kept_secret_key(tmp_path)) > 50


def test_a_value_may_lie_in_a_file_as_secrets_do(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("SOME_WORD", "from the environment")
    monkeypatch.setenv("SOME_WORD_FILE", str(tmp_path / "secret"))

    assert Env()("SOME_WORD") == "from the file"


def env(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return environ.Env()


@pytest.mark.parametrize(
    ("text", "rate"), [("20", 2000), ("17.5", 1750), ("0", 0), ("5.25", 525), ("05", 500)]
)
def test_the_rate_of_vat_is_read_as_a_percentage(monkeypatch, text, rate):
    assert vat_rate(env(monkeypatch, VAT_RATE=text)) == rate


@pytest.mark.parametrize("text", ["20%", "-1", "100", "1.234", "", "٢٠", "20\n"])
def test_a_rate_that_is_no_percentage_is_refused(monkeypatch, text):
    with pytest.raises(ImproperlyConfigured, match="write a percentage"):
        vat_rate(env(monkeypatch, VAT_RATE=text))


def test_vat_is_silent_by_default_and_charged_only_with_a_number(monkeypatch):
    silent = vat_treatment(env(monkeypatch))
    charged = vat_treatment(env(monkeypatch, VAT_TREATMENT="standard", VAT_NUMBER="GB 1"))

    assert (silent, charged) == ("not_registered", "standard")


@pytest.mark.parametrize(
    ("number", "fits"), [("0", False), ("1", True), ("12", True), ("13", False)]
)
def test_a_month_is_one_of_twelve(monkeypatch, number, fits):
    given = env(monkeypatch, YEAR_END_MONTH=number)

    if fits:
        assert month(given, "YEAR_END_MONTH", default=12) == int(number)
    else:
        with pytest.raises(ImproperlyConfigured, match="from 1 to 12"):
            month(given, "YEAR_END_MONTH", default=12)
