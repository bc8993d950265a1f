"""Reads the environment: an empty one is a laptop, anything else must be complete.

What cannot be read, or may not be left out, raises ImproperlyConfigured: it stops the start.
"""

import datetime as dt
import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

DECEMBER = 12
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "testserver")

PAYPAL_HOSTS = {
    "demo": "http://127.0.0.1:9000",
    "sandbox": "https://api-m.sandbox.paypal.com",
    "live": "https://api-m.paypal.com",
}

NEEDED_IN_PRODUCTION = (
    "DJANGO_SECRET_KEY",
    "DJANGO_ALLOWED_HOSTS",
    "SITE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "PAYPAL_CLIENT_ID",
    "PAYPAL_CLIENT_SECRET",
    "PAYPAL_WEBHOOK_ID",
    "PAYPAL_MERCHANT_ID",
)


class Told(FileAwareMapping):  # type: ignore[misc]
    """The environment; a value may also lie in the file that NAME_FILE tells, as secrets do."""

    def __getitem__(self, key: str) -> str:
        return str(super().__getitem__(key)).strip()


class Env(environ.Env):  # type: ignore[misc]
    """Reads values by their kind."""

    ENVIRON = Told()


def paypal_env(env: environ.Env) -> str:
    """demo, sandbox or live; demo where nothing is said."""
    value = str(env("PAYPAL_ENV", default="demo"))
    if value not in ("demo", "sandbox", "live"):
        raise ImproperlyConfigured(
            f"PAYPAL_ENV is “{value}”: write demo, sandbox or live, or leave it out for the demo."
        )
    return value


def refuse_an_incomplete_production(env: environ.Env) -> None:
    """Stop the start with a sentence that names the first missing value."""
    for name in NEEDED_IN_PRODUCTION:
        if not env(name, default=""):
            raise ImproperlyConfigured(
                f"{name} is not set. With PAYPAL_ENV=sandbox or live the portal needs it; "
                "see docs/settings.md. Leave PAYPAL_ENV out to run the demo."
            )


def refuse_an_open_production(env: environ.Env) -> None:
    """Passwords travel sealed, and errors are shown to nobody: else the start stops."""
    site = urlsplit(str(env("SITE_URL")))
    if site.scheme != "https" and site.hostname not in LOOPBACK:
        raise ImproperlyConfigured(
            "SITE_URL does not begin with https://: passwords and cookies would travel open. "
            "Only this machine's own address may do without."
        )
    if env.bool("DJANGO_DEBUG", default=False):
        raise ImproperlyConfigured(
            "DJANGO_DEBUG is on: its error pages show secrets to strangers. Leave it out."
        )


def staff_second_step(env: environ.Env, *, demo: bool) -> bool:
    """Whether the office asks its staff for a second step; only the demo may do without."""
    asks = bool(env.bool("STAFF_SECOND_STEP", default=not demo))
    if not asks and not demo:
        raise ImproperlyConfigured(
            "STAFF_SECOND_STEP is off, but PAYPAL_ENV is not demo: only the demo lets its made-up "
            "staff in by a password alone. Leave STAFF_SECOND_STEP out."
        )
    return asks


def vat_treatment(env: environ.Env) -> str:
    """How the society stands with VAT; not registered, and silent, where nothing is said."""
    value = str(env("VAT_TREATMENT", default="not_registered"))
    if value not in ("not_registered", "exempt", "standard"):
        raise ImproperlyConfigured(
            f"VAT_TREATMENT is “{value}”: write not_registered, exempt or standard."
        )
    if value == "standard" and not env("VAT_NUMBER", default=""):
        raise ImproperlyConfigured(
            "VAT_NUMBER is not set. With VAT_TREATMENT=standard every invoice must show it; "
            "see docs/settings.md."
        )
    return value


def vat_rate(env: environ.Env) -> int:
    """The rate of VAT in hundredths of a percent: “20” is 2000."""
    text = str(env("VAT_RATE", default="20"))
    if not re.fullmatch(r"\d{1,2}(\.\d{1,2})?", text, re.ASCII):
        raise ImproperlyConfigured(f"VAT_RATE is “{text}”: write a percentage such as 20 or 17.5.")
    whole, _point, rest = text.partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0"))


def day(env: environ.Env, name: str, *, demo: bool) -> dt.date | None:
    """A day such as 2027-05-31, or none; the demo's is a year from now."""
    text = str(env(name, default=""))
    if not text:
        return dt.date.today() + dt.timedelta(days=365) if demo else None  # noqa: DTZ011
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is “{text}”: write a day such as 2027-05-31."
        ) from error


def month(env: environ.Env, name: str, *, default: int) -> int:
    """A month from 1 to 12."""
    value = env.int(name, default=default)
    if not 1 <= value <= DECEMBER:
        raise ImproperlyConfigured(f"{name} is {value}: write a month from 1 to 12.")
    return int(value)


def refuse_a_public_demo(hosts: list[str]) -> None:
    """The demo shows every letter to everybody, so it answers on this machine only."""
    public = [host for host in hosts if host not in LOOPBACK]
    if public:
        raise ImproperlyConfigured(
            f"DJANGO_ALLOWED_HOSTS names {public[0]}, but PAYPAL_ENV is demo, whose letters "
            "anybody can read. Set PAYPAL_ENV=sandbox or live to serve other machines."
        )


def kept_secret_key(var_dir: Path) -> str:
    """The laptop's own secret key, made once and kept beside its database.

    One that a killed start left empty is written again.
    """
    file = var_dir / "secret-key"
    if not file.exists() or not file.read_text(encoding="ascii"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return file.read_text(encoding="ascii")


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def paypal_pages(paypal: str, endpoint: str) -> list[str]:
    """The hosts on which people pay."""
    if paypal == "demo":
        return [origin(endpoint)]
    return [PAYPAL_HOSTS[paypal].replace("api-m.", "www.")]
