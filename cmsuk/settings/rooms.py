"""Rooms, libraries, and what a request passes on its way."""

from cmsuk.settings.installation import BASE_DIR

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
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "localflavor",
    "phonenumber_field",
    "simple_history",
    "csp",
    "django.forms",
    "cmsuk.apps.OfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "cmsuk.apps.ServedFilesConfig",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "cmsuk.tracing.NumberedRequestMiddleware",
    "cmsuk.metrics.counting.CountedRequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Django pads what it packs and masks its tokens: the length of a page tells nothing.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "cmsuk.headers.strict_headers",
    "cmsuk.refusals.pages_and_forms_alone",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foundation.typed.KeepingLoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cmsuk.refusals.no_nulls_in_addresses",
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
