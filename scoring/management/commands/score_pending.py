from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from scoring.actions import score_all_pending


class Command(BaseCommand):
    help = "Count every response that has no score yet."

    def handle(self, *_args: Any, **_options: Any) -> None:
        scored = score_all_pending(clock=timezone.now)
        self.stdout.write(f"{scored} responses were scored.")
