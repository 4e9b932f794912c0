"""The site's settings, DAYS_LATER: for what a device kept over days."""

import os
from datetime import timedelta

from django.utils import timezone

from feedback_site.settings import *  # noqa: F403

_now, _later = timezone.now, timedelta(days=int(os.environ["DAYS_LATER"]))


def now():
    return _now() + _later


timezone.now = now
