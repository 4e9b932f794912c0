"""Where and how it runs."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

# One request is one thread: what numpy hands to more of them is too little to gain by it, and they wait in a loop.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
env = environ.Env()
BASE_DIR = Path(__file__).resolve().parents[2]

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
