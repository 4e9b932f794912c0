"""Settings, read from the environment. README lists every variable, its default and its meaning."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where and how it runs ---------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
# The living page of components, for whoever works on the look.
STYLEGUIDE = DEBUG
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
REDIS_URL = env.str("REDIS_URL", default="")
# Embedded: one process is site, worker and beat, with a doorbell in its own memory.
EMBEDDED = not REDIS_URL
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
if not SITE_URL.isascii():
    # Browsers ask for a name in its plain form, and so do the headers of mails: xn--…
    _written = urlsplit(SITE_URL).netloc
    SITE_URL = SITE_URL.replace(_written, _written.encode("idna").decode())
SITE_HOST = [urlsplit(SITE_URL).hostname or ""] if SITE_URL else []
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["*"] if DEMO else [*SITE_HOST, "localhost", "127.0.0.1", "[::1]"]
)
# A proxy in front ends TLS and says so, and who asked, in X-Forwarded-Proto and X-Forwarded-For.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if SITE_URL else [])


def kept_secret(path: Path) -> str:
    """The secret of a single-machine installation: made once, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not EMBEDDED:
        raise ImproperlyConfigured(
            "Set SECRET_KEY: several processes share it, so it cannot be made up here."
        )
    SECRET_KEY = kept_secret(DATA_DIR / "secret-key")

# Keys that were replaced: what they signed is still read, and links of invitations made with them stay the same.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# --- Parts -------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "feedback_site",
    "reports",
    "cards",
    "reviews",
    "scoring",
    "surveys",
    "organisation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "feedback_site.middleware.refuse_other_encodings",
    "feedback_site.middleware.public_pages",  # customers' pages turn off here
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "feedback_site.middleware.require_second_factor",
]
ROOT_URLCONF = "feedback_site.urls"
WSGI_APPLICATION = "feedback_site.wsgi.application"
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
                "feedback_site.navigation.shell",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Database ----------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'feedback.sqlite3'}")}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # IMMEDIATE: two writers wait for each other instead of failing. FULL: an accepted answer survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        # Without this, REPLACE deletes a frozen row past its trigger.
        "PRAGMA recursive_triggers=ON;",
    }
# One connection for each thread, kept: a pool costs a tenth of the answering flow (docs/decisions/0007).
DATABASES["default"]["CONN_MAX_AGE"] = None
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

# --- Cache -------------------------------------------------------------------------------------------------

# Charts and pages are cached under a data version, so each process may keep its own; Redis, when there is
# one, is the doorbell only and may die without taking a page with it.
CACHES = {
    "default": {
        "BACKEND": "feedback_site.cache.FileCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 4000},
    },
}

# --- People and safety -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisation.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "organisation.adapter.ClosedSignup"
ACCOUNT_FORMS = {
    "login": "organisation.forms.doors.SignInForm",
    "reset_password": "organisation.forms.doors.ForgottenPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Members come through an administrator's link, so nobody waits for a mail before setting up a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Behind a proxy everybody has its address; sign-in attempts are counted by the one that it names.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_TOTP_ISSUER = "Feedback"
# The demo is for looking around; everything else asks its staff for a second factor.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=not (DEBUG or DEMO))

HTTPS = env.bool("HTTPS", default=SITE_URL.startswith("https://"))
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_ENGINE = "feedback_site.sessions"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "feedback_site.views.not_trusted"
SESSION_COOKIE_AGE = 14 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}
# Twenty texts of the greatest length, whatever their script, arrive whole.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_PERMISSIONS = 0o600
MEDIA_ROOT = DATA_DIR / "files"

# --- Answering ---------------------------------------------------------------------------------------------

# How long a page that a customer opened can be sent without a second look (it can still be sent after that:
# the page comes back with every answer in it, and a new token).
FORM_TOKEN_HOURS = env.int("FORM_TOKEN_HOURS", default=7 * 24)

# Where a customer can go on to after answering: a function of the location, which knows no score.
ONWARD_LINKS = "reviews.onward.links"
# How many answers to one survey may come from one connection within CROWD_MINUTES, in each process; the rest are
# held for an editor to look at. 0 counts nothing.
CROWD_SIZE = env.int("CROWD_SIZE", default=20)
CROWD_MINUTES = env.int("CROWD_MINUTES", default=10)

# --- Inviting ----------------------------------------------------------------------------------------------

# How long what an invited person has not finished is kept, to go on with: never under 20 hours.
DRAFT_HOURS = max(20, env.int("DRAFT_HOURS", default=7 * 24))

# The key of the hashes by which addresses are known that want no invitations, that bounced, or that were invited
# a short time ago. Changing it forgets them all.
CONTACT_KEY = env.str("CONTACT_KEY", default="") or f"contacts:{SECRET_KEY}"

# --- Importing ---------------------------------------------------------------------------------------------

# The largest file that the import page takes; the command takes any.
IMPORT_MAX_MB = env.int("IMPORT_MAX_MB", default=50)

# --- Background work ---------------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        "visibility_timeout": 600,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "health_check_interval": 5,  # a worker leaves a server that hangs after some ten seconds
        "max_retries": 0,  # a producer without a connection fails at once; the worker has its own patience
    }
    if REDIS_URL
    else {"polling_interval": 0.05}
)
# The tasks that the answering side asks for, without knowing what they do.
DOORBELL_TASKS = ["scoring.score_pending", "reviews.hear_pending"]
# /readyz and the log raise an alarm when the oldest unscored response is older than this.
SCORING_ALARM_SECONDS = env.int("SCORING_ALARM_SECONDS", default=300)
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=3.0)
SENDING_SECONDS = env.float("SENDING_SECONDS", default=5.0)
REPORTS_SECONDS = 10.0
CELERY_BEAT_SCHEDULE = {
    "sweep unscored responses": {
        "task": "scoring.score_pending",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": 60},
    },
    "send the mails that are due": {
        "task": "surveys.send_mails",
        "schedule": SENDING_SECONDS,
        "options": {"expires": 30},
    },
    "sweep what was not read yet": {
        "task": "reviews.hear_pending",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": 60},
    },
    "add up days, weeks and months": {
        "task": "scoring.make_blocks",
        "schedule": 5.0,  # two seconds of work at most; none while responses wait for their scores
        "options": {"expires": 5},
    },
    "draw the usual reports ahead": {
        "task": "reports.draw_ahead",
        "schedule": 5.0,  # two seconds of work at most; none while responses wait for their scores
        "options": {"expires": 5},
    },
    "compare every cell with a count from scratch": {
        "task": "scoring.recount_check",
        "schedule": 3600.0,  # does it once a day; most calls only look
        "options": {"expires": 3600},
    },
    "forget what invited people began and left": {
        "task": "surveys.drop_expired_drafts",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "erase contacts that are older than the organisation keeps them": {
        "task": "surveys.erase_old_contacts",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "erase addresses of people who were invited long ago": {
        "task": "surveys.erase_recipients",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "clear files of responses away, and go on with those that stand still": {
        "task": "reports.sweep_exports",
        "schedule": REPORTS_SECONDS,
        "options": {"expires": 60},
    },
    "send the reports that are due": {
        "task": "reports.send_reports",
        "schedule": REPORTS_SECONDS,
        "options": {"expires": 30},
    },
}

# --- Language and time -------------------------------------------------------------------------------------

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", "English"), ("cs", "Čeština"), ("da", "Dansk"), ("pl", "Polski"), ("fil", "Filipino")]
# Django has no Filipino of its own; ours is in locale/.
LANG_INFO["fil"] = {"bidi": False, "code": "fil", "name": "Filipino", "name_local": "Filipino"}
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["feedback_site.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
DIMENSION_HELP = {
    "quality": _("How far the service meets or exceeds what the customer expected."),
    "speed": _("The time it takes to complete the transaction."),
    "convenience": _("How easily the customer gets at the service."),
    "knowledge": _("How well the staff know what the customer needs."),
    "overall": _("Asked directly, never averaged from the others."),
}

# --- Files, mail, logs -------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="feedback@localhost")
# The demo writes its mails into the log, whatever is configured: its addresses are made up.
MAIL_HOST = "" if DEMO else env.str("MAIL_HOST", default="")
MAILERS = {
    "default": {
        "BACKEND": "surveys.inviting.smtp.HandoverBackend",
        "OPTIONS": {
            "host": MAIL_HOST,
            "port": env.int("MAIL_PORT", default=587),
            "username": env.str("MAIL_USER", default=""),
            "password": env.str("MAIL_PASSWORD", default=""),
            "use_tls": env.bool("MAIL_TLS", default=True),
            "timeout": 10,
        },
    }
    if MAIL_HOST
    else {"BACKEND": "django.core.mail.backends.console.EmailBackend"},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without links": {"()": "feedback_site.logs.WithoutLinks"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without links"]},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
    },
}
