"""Which installation this is: a laptop with the demo, or the one that people use."""

from pathlib import Path

from cmsuk import environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environment.Env()
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

PAYPAL_ENV = environment.paypal_env(env)
DEMO = PAYPAL_ENV == "demo"
if not DEMO:
    environment.refuse_an_incomplete_production(env)
    environment.refuse_an_open_production(env)

DEBUG = env.bool("DJANGO_DEBUG", default=False)
SECRET_KEY = env("DJANGO_SECRET_KEY", default="") or environment.kept_secret_key(VAR_DIR)
# Older keys, while what they sealed is still read: see docs/settings.md.
SECRET_KEY_FALLBACKS = env.list("DJANGO_SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=list(environment.LOOPBACK))
if DEMO:
    environment.refuse_a_public_demo(ALLOWED_HOSTS)
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
