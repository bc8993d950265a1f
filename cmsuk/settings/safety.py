"""What browsers and strangers may do, words and places, and what is logged."""

from csp.constants import NONCE, NONE, SELF

from cmsuk import environment, logs, reporting
from cmsuk.settings.installation import DEMO, HTTPS, PAYPAL_ENV, SITE_URL, VAR_DIR, env
from cmsuk.settings.society import PAYPAL_ENDPOINT, SOCIETY

# A form that ends in a redirect to PayPal needs PayPal's hosts here: browsers follow the chain.
PAYPAL_PAGES = environment.paypal_pages(PAYPAL_ENV, PAYPAL_ENDPOINT)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # What has to stand in a page itself carries the nonce of its answer; nothing else runs.
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "frame-src": [NONE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *PAYPAL_PAGES],
    }
}
# How many proxies of ours a request passes: their notes of the sender's address are believed.
TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if HTTPS:
    # Browsers take these names from this very host over HTTPS only: no neighbour plants one.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
CSRF_FAILURE_VIEW = "cmsuk.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [environment.origin(SITE_URL)]
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE, DATA_UPLOAD_MAX_NUMBER_FIELDS = 2 * 1024 * 1024, 2000

# Where finders of weaknesses write to, and until which day that holds.
SECURITY_EMAIL = env("SECURITY_EMAIL", default=SOCIETY["email"])
SECURITY_TXT_EXPIRES = environment.day(env, "SECURITY_TXT_EXPIRES", demo=DEMO)
# What is logged and counted -----------------------------------------------------------------------
LOG_JSON = env.bool("LOG_JSON", default=not DEMO)
LOGGING = logs.configuration(as_json=LOG_JSON)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
METRICS_TOKEN = env("METRICS_TOKEN", default="")
METRICS_DIR = VAR_DIR / "metrics"
if SENTRY_DSN := env("SENTRY_DSN", default=""):
    reporting.switch_on(SENTRY_DSN)
# Words and places ----------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
FORMAT_MODULE_PATH = "cmsuk.formats"
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "GB"
# With the code of the country: a national form of a number from abroad cannot be called.
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"
