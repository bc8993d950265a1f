"""Who may sign in, and how."""

from cmsuk import account_forms, environment
from cmsuk.settings.installation import DEMO, HTTPS, env

AUTH_USER_MODEL = "membership.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"website.password_rules.{name}"}
    for name in ("NotAboutOneself", "LongEnough", "NotCommon", "NotFiguresAlone")
]
ACCOUNT_ADAPTER = "membership.accounts.AccountAdapter"
ACCOUNT_FORMS = account_forms.ACCOUNT
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# A code keeps the applicant in the same window, and hides whether an address has an account.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
# Who has no password at hand signs in by a code in a letter, or by a passkey.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
# A letter that does not come is sent again from the page that waits for its code. Another address
# is not offered there: only who has no account yet could change it, which would tell of accounts.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "CMSUK: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Whoever changes an address or a second step proves that they still sit there.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

# Two-step login: anybody may have it, the office must -----------------------------------------
STAFF_SECOND_STEP = environment.staff_second_step(env, demo=DEMO)
# How long a second step opens the office, and how fresh a sign-in must be for its gravest steps.
OFFICE_DAY_HOURS = env.int("OFFICE_DAY_HOURS", default=12)
OFFICE_FRESH_MINUTES = env.int("OFFICE_FRESH_MINUTES", default=30)
MFA_ADAPTER = "membership.second_step.SecondStepAdapter"
MFA_FORMS = account_forms.TWO_STEP
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "CMSUK"
# Browsers take passkeys without HTTPS on “localhost” only, and so does the demo.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO and not HTTPS
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "website:profile"
LOGOUT_REDIRECT_URL = "website:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "website:home"
