"""Run in a process of its own: an empty database becomes a migrated one with a batch of cards to key.

Prints the batch and the sessions of its clerk and of another as JSON.
"""

import json
import os
import sys

import django
from django.core.management import call_command

QUESTIONS, CARDS = 20, 200
EMAIL, OTHER, PASSWORD = "klara@example.org", "olga@example.org", "a-long-enough-word"
SESSIONS = {"session": EMAIL, "other_session": OTHER}


def prepare():
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from tests.cards.paper import make_clerk, make_rated
    from tests.factories import make_batch

    clerk = make_clerk(name="Klara", email=EMAIL)
    make_clerk(name="Olga", email=OTHER)
    clerk.set_password(PASSWORD)
    clerk.save(update_fields=["password"])
    batch = make_batch(make_rated(QUESTIONS).survey, counted=CARDS, by=clerk)
    return {"batch": batch.pk, **sessions()}


def sessions():
    from organisation.models import Member

    return {name: session_of(Member.objects.get(email=email)) for name, email in SESSIONS.items()}


def session_of(member):
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(member)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feedback_site.settings")
    django.setup()
    print(json.dumps(sessions() if "sessions" in sys.argv else prepare()))  # noqa: T201
