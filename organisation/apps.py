from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganisationConfig(AppConfig):
    name = "organisation"

    def ready(self) -> None:
        post_migrate.connect(ensure_defaults, sender=self)


def ensure_defaults(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """A response always has a place: one default location and touchpoint exist from the first migration."""
    organisation: Any = sender.get_model("Organisation")
    organisation.objects.using(using).get_or_create(pk=1)
    location: Any = sender.get_model("Location")
    location.objects.using(using).get_or_create(is_default=True, defaults={"code": "main", "name": "Main"})
    touchpoint: Any = sender.get_model("Touchpoint")
    touchpoint.objects.using(using).get_or_create(
        is_default=True,
        defaults={
            "code": "service",
            "name": "Service",
            "channel": "in_person",
            "stage": "after_purchase",
        },
    )
