"""Settings, read from the environment. README lists every variable, its default and its meaning.

Each module holds what its name says; `place` is read by the others.
"""

from feedback_site.settings.answering import *
from feedback_site.settings.background import *
from feedback_site.settings.files import *
from feedback_site.settings.language import *
from feedback_site.settings.logs import *
from feedback_site.settings.mail import *
from feedback_site.settings.parts import *
from feedback_site.settings.people import *
from feedback_site.settings.place import *
