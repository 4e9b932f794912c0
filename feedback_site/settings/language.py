"""Languages and time."""

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from feedback_site.settings.place import BASE_DIR, env

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
