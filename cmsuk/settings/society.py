"""The society: its name, its letters, its figures and its accounts for money."""

from cmsuk import environment
from cmsuk.settings.installation import DEMO, PAYPAL_ENV, VAR_DIR, env

# The society ---------------------------------------------------------------------------------
SOCIETY = {
    "name": "CMSUK",
    "long_name": "Case Management Society UK",
    "email": env("SOCIETY_EMAIL", default="info@cmsuk.org"),
    "phone": env("SOCIETY_PHONE", default="020 7946 0100" if DEMO else ""),
    "address": env("SOCIETY_ADDRESS", default=""),
    "company_number": env("SOCIETY_COMPANY_NUMBER", default=""),
    "articles_url": env("ARTICLES_URL", default=""),
    "membership_rules_url": env("MEMBERSHIP_RULES_URL", default=""),
    "membership_rules_version": env("MEMBERSHIP_RULES_VERSION", default="2026"),
}
DEFAULT_FROM_EMAIL = f"{SOCIETY['name']} <{SOCIETY['email']}>"
SERVER_EMAIL = SOCIETY["email"]
# Who works for us on our instructions, for the record of processing (UK GDPR Article 30).
PROCESSORS = {
    "hosting": {
        "name": env("HOSTING_COMPANY", default="The company that runs our server"),
        "where": env("HOSTING_COUNTRY", default="United Kingdom"),
    },
    "email": {
        "name": env("EMAIL_COMPANY", default="The company that carries our e-mail"),
        "where": env("EMAIL_COUNTRY", default="United Kingdom"),
    },
}
# Shown only to a signed-in person who has a fee to pay.
BANK_DETAILS = {
    "account_name": env("BANK_ACCOUNT_NAME", default="CMSUK (sample account)" if DEMO else ""),
    "sort_code": env("BANK_SORT_CODE", default="00-00-00" if DEMO else ""),
    "account_number": env("BANK_ACCOUNT_NUMBER", default="00000000" if DEMO else ""),
}
# Statements: what is proved is booked by itself; a feed older than so many days is stale, 0 never.
STATEMENT_AUTO_POST = env.bool("STATEMENT_AUTO_POST", default=True)
STATEMENT_MAX_BYTES = env.int("STATEMENT_MAX_BYTES", default=10_000_000)
BANK_FEED_STALE_DAYS = env.int("BANK_FEED_STALE_DAYS", default=10)
MEMBERSHIP_MONTHS = env.int("MEMBERSHIP_MONTHS", default=12)
GRACE_DAYS = env.int("GRACE_DAYS", default=30)
RENEWAL_DAYS = env.int("RENEWAL_DAYS", default=60)
LATE_MONTHS = env.int("LATE_MONTHS", default=3)
APPROVAL_EXPIRES_DAYS = env.int("APPROVAL_EXPIRES_DAYS", default=90)
OFFER_EXPIRES_DAYS = env.int("OFFER_EXPIRES_DAYS", default=30)
APPEAL_WITHIN_DAYS = env.int("APPEAL_WITHIN_DAYS", default=28)
OVERRIDE_NEEDS_SECOND = env.bool("OVERRIDE_NEEDS_SECOND", default=True)
# Events: days that an unpaid place is held, that an offered one is, and before it a reminder goes.
EVENT_HOLD_DAYS = env.int("EVENT_HOLD_DAYS", default=5)
EVENT_OFFER_DAYS = env.int("EVENT_OFFER_DAYS", default=3)
EVENT_REMIND_DAYS = env.int("EVENT_REMIND_DAYS", default=7)
DBS_RECHECK_MONTHS = env.int("DBS_RECHECK_MONTHS", default=36)
UPGRADE_FEE_BY_MONTH = env.bool("UPGRADE_FEE_BY_MONTH", default=False)

# VAT and the treasurer's year ------------------------------------------------------------------
VAT_TREATMENT = environment.vat_treatment(env)
VAT_NUMBER = env("VAT_NUMBER", default="") if VAT_TREATMENT == "standard" else ""
VAT_RATE = environment.vat_rate(env)
YEAR_END_MONTH = environment.month(env, "YEAR_END_MONTH", default=12)

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
# What letters enclose, by kind: made when they are sent.
ENCLOSURES = {
    "application": "membership.copies.enclosed",
    "event": "benefits.event_calendar.enclosed",
    "attendance": "benefits.certificates.enclosed",
}

# PayPal --------------------------------------------------------------------------------------
PAYPAL_HOST = environment.PAYPAL_HOSTS[PAYPAL_ENV]
PAYPAL_ENDPOINT = env("PAYPAL_ENDPOINT", default=PAYPAL_HOST).rstrip("/")
PAYPAL_CLIENT_ID = env("PAYPAL_CLIENT_ID", default="demo-client")
PAYPAL_CLIENT_SECRET = env("PAYPAL_CLIENT_SECRET", default="demo-secret")
PAYPAL_WEBHOOK_ID = env("PAYPAL_WEBHOOK_ID", default="demo-webhook")
PAYPAL_MERCHANT_ID = env("PAYPAL_MERCHANT_ID", default="DEMOMERCHANT1")
# Seconds to connect, and seconds to answer: a silent PayPal holds nobody up for longer.
PAYPAL_TIMEOUT = (5.0, 25.0)
