"""The site's own settings, and the faults named in FAULTS: how a test breaks a process that knows of no tests."""

from feedback_site.settings import *  # noqa: F403 (all of them)
from feedback_site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.breaking.Breaking"]
