"""Every setting, out of the environment; the empty environment is a laptop with the demo."""

from pathlib import Path

import environ
from bootstrap_wrapper import get_bootstrap_dir
from csp.constants import NONE, SELF

from cmsuk import account_forms, environment, logs, stores
from cmsuk.schedule import BEAT_SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

# Which installation this is ------------------------------------------------------------------
PAYPAL_ENV = environment.paypal_env(env)
DEMO = PAYPAL_ENV == "demo"
if not DEMO:
    environment.refuse_an_incomplete_production(env)

DEBUG = env.bool("DJANGO_DEBUG", default=False)
SECRET_KEY = env("DJANGO_SECRET_KEY", default="") or environment.kept_secret_key(VAR_DIR)
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=list(environment.LOOPBACK))
if DEMO:
    environment.refuse_a_public_demo(ALLOWED_HOSTS)
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")

# Rooms ---------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "cmsuk.apps.CmsukConfig",
    "website",
    "records",
    "benefits",
    "payments",
    "directory",
    "membership",
    "foundation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "localflavor",
    "phonenumber_field",
    "simple_history",
    "csp",
    "django.forms",
    "cmsuk.office.OfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "cmsuk.apps.ServedFilesConfig",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Django pads what it packs and masks its tokens: the length of a page tells nothing.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foundation.typed.KeepingLoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "cmsuk.urls"
WSGI_APPLICATION = "cmsuk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "foundation.context.society",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
SILENCED_SYSTEM_CHECKS: list[str] = []

# Data ----------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'cmsuk.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # SQLite has no row locks: IMMEDIATE takes the write lock at the start, where it can wait.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
        }
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Queue and schedule --------------------------------------------------------------------------
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=REDIS_URL or "filesystem://localhost//")
if CELERY_BROKER_URL.startswith("filesystem"):
    BROKER_DIR = VAR_DIR / "broker"
    for folder in ("queue", "processed", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }
else:
    # Without the two restore settings kombu gives a dead worker's tasks back only after minutes.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "unacked_restore_throttle": 1,
        "unacked_restore_interval": 2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# Letters -------------------------------------------------------------------------------------
if env("EMAIL_URL", default=""):
    mail = env.email("EMAIL_URL")
    EMAIL_BACKEND = mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = mail["EMAIL_HOST"], mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = mail.get("EMAIL_USE_TLS", False)
    EMAIL_USE_SSL = mail.get("EMAIL_USE_SSL", False)
else:
    EMAIL_BACKEND = "foundation.outbox.OutboxBackend"
EMAIL_TIMEOUT = 20
OUTBOX_DIR = VAR_DIR / "outbox"

# The society ---------------------------------------------------------------------------------
SOCIETY = {
    "name": "CMSUK",
    "long_name": "Case Management Society UK",
    "email": env("SOCIETY_EMAIL", default="info@cmsuk.org"),
    "phone": env("SOCIETY_PHONE", default="020 7946 0100" if DEMO else ""),
    "address": env("SOCIETY_ADDRESS", default=""),
    "articles_url": env("ARTICLES_URL", default=""),
    "membership_rules_url": env("MEMBERSHIP_RULES_URL", default=""),
    "membership_rules_version": env("MEMBERSHIP_RULES_VERSION", default="2026"),
}
DEFAULT_FROM_EMAIL = f"{SOCIETY['name']} <{SOCIETY['email']}>"
SERVER_EMAIL = SOCIETY["email"]
# Shown only to a signed-in person who has a fee to pay.
BANK_DETAILS = {
    "account_name": env("BANK_ACCOUNT_NAME", default="CMSUK (sample account)" if DEMO else ""),
    "sort_code": env("BANK_SORT_CODE", default="00-00-00" if DEMO else ""),
    "account_number": env("BANK_ACCOUNT_NUMBER", default="00000000" if DEMO else ""),
}
MEMBERSHIP_MONTHS = env.int("MEMBERSHIP_MONTHS", default=12)
GRACE_DAYS = env.int("GRACE_DAYS", default=30)
RENEWAL_DAYS = env.int("RENEWAL_DAYS", default=60)
LATE_MONTHS = env.int("LATE_MONTHS", default=3)
APPROVAL_EXPIRES_DAYS = env.int("APPROVAL_EXPIRES_DAYS", default=90)
UPGRADE_FEE_BY_MONTH = env.bool("UPGRADE_FEE_BY_MONTH", default=False)

# PayPal --------------------------------------------------------------------------------------
PAYPAL_HOST = environment.PAYPAL_HOSTS[PAYPAL_ENV]
PAYPAL_ENDPOINT = env("PAYPAL_ENDPOINT", default=PAYPAL_HOST).rstrip("/")
PAYPAL_CLIENT_ID = env("PAYPAL_CLIENT_ID", default="demo-client")
PAYPAL_CLIENT_SECRET = env("PAYPAL_CLIENT_SECRET", default="demo-secret")
PAYPAL_WEBHOOK_ID = env("PAYPAL_WEBHOOK_ID", default="demo-webhook")
PAYPAL_MERCHANT_ID = env("PAYPAL_MERCHANT_ID", default="DEMOMERCHANT1")

# People who sign in --------------------------------------------------------------------------
AUTH_USER_MODEL = "membership.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]
ACCOUNT_ADAPTER = "membership.accounts.AccountAdapter"
ACCOUNT_FORMS = account_forms.ACCOUNT
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# A code keeps the applicant in the same window, and hides whether an address has an account.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "CMSUK: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_FORMS = account_forms.TWO_STEP
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "CMSUK"
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "website:profile"
LOGOUT_REDIRECT_URL = "website:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "website:home"

# Words and places ----------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "GB"
# With the code of the country: a national form of a number from abroad cannot be called.
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"

# Files ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/bootstrap", str(get_bootstrap_dir())),
]
STORAGES = stores.under(VAR_DIR)
MEDIA_ROOT = VAR_DIR / "media"
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_BYTES", default=5 * 1024 * 1024)
EVIDENCE_MAX_FILES = env.int("EVIDENCE_MAX_FILES", default=5)
CLAMAV_SOCKET = env("CLAMAV_SOCKET", default="")

# Safety --------------------------------------------------------------------------------------
# A form that ends in a redirect to PayPal needs PayPal's hosts here: browsers follow the chain.
PAYPAL_PAGES = environment.paypal_pages(PAYPAL_ENV, PAYPAL_ENDPOINT)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
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
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
CSRF_FAILURE_VIEW = "cmsuk.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [environment.origin(SITE_URL)]
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE, DATA_UPLOAD_MAX_NUMBER_FIELDS = 2 * 1024 * 1024, 2000

LOGGING = logs.LOGGING
