"""What the site is made of: applications, middleware, templates, database and cache."""

from feedback_site.settings.place import BASE_DIR, DATA_DIR, env

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
elif "postgresql" in DATABASES["default"]["ENGINE"]:
    # Starting processes to help with a query takes 5 to 30 ms, more than all that a page reads. Only what takes much
    # longer is worth it, by the planner's own reckoning. A URL with options of its own goes first.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c parallel_setup_cost=20000")
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
