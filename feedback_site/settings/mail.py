"""Mail."""

from feedback_site.settings.place import DEMO, env

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
