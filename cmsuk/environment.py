"""Reads the environment: an empty one is a laptop, anything else must be complete."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

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
