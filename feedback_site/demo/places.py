"""Regions, locations, touchpoints and the five members of the demo."""

from __future__ import annotations

from organisation.enums import Channel, Role, Stage
from organisation.models import Location, Member, Organisation, Region, Touchpoint

PASSWORD = "demo-feedback"  # noqa: S105 (printed at the start of every demo)
NAME = "Linden & Daughters"
REGIONS = {"north": "North", "centre": "Centre", "coast": "Coast"}
LOCATIONS = {
    "ashford": ("Ashford", "north"),
    "birchwood": ("Birchwood", "north"),
    "castle-hill": ("Castle Hill", "north"),
    "dunmore": ("Dunmore", "north"),
    "elmgate": ("Elmgate", "centre"),
    "fairview": ("Fairview", "centre"),
    "grand-square": ("Grand Square", "centre"),
    "hillcrest": ("Hillcrest", "centre"),
    "island-quay": ("Island Quay", "coast"),
    "jetty-road": ("Jetty Road", "coast"),
    "kingsport": ("Kingsport", "coast"),
    "lighthouse": ("Lighthouse", "coast"),
}
TOUCHPOINTS = {
    "advice": ("Advice in the shop", Channel.IN_PERSON, Stage.CONSIDERATION),
    "checkout": ("Checkout", Channel.IN_PERSON, Stage.DECISION),
    "phone-line": ("Phone line", Channel.PHONE, Stage.AFTER_PURCHASE),
    "web-shop": ("Web shop", Channel.WEBSITE, Stage.DECISION),
    "e-mail-desk": ("E-mail desk", Channel.EMAIL, Stage.AFTER_PURCHASE),
    "social": ("Social media", Channel.SOCIAL_MEDIA, Stage.AWARENESS),
}
MEMBERS = {
    "admin@example.org": ("Ada Linden", Role.ADMINISTRATOR),
    "editor@example.org": ("Edith Moss", Role.EDITOR),
    "manager@example.org": ("Marek Dvořák", Role.MANAGER),
    "clerk@example.org": ("Clara Reyes", Role.CLERK),
    "shopper@example.org": ("Søren Holm", Role.SHOPPER),
}


def make_places() -> None:
    """Name the organisation and open its places; the first location and touchpoint become the defaults."""
    Organisation.objects.update_or_create(
        pk=1, defaults={"name": NAME, "colour": "#2f6b4f", "time_zone": "Europe/Prague"}
    )
    Location.objects.filter(is_default=True).delete()
    Touchpoint.objects.filter(is_default=True).delete()
    regions = {code: Region.objects.create(code=code, name=name) for code, name in REGIONS.items()}
    for number, (code, (name, region)) in enumerate(LOCATIONS.items()):
        Location.objects.create(
            code=code, name=name, region=regions[region], time_zone="Europe/Prague", is_default=number == 0
        )
    for number, (code, (name, channel, stage)) in enumerate(TOUCHPOINTS.items()):
        Touchpoint.objects.create(code=code, name=name, channel=channel, stage=stage, is_default=number == 0)


def make_members() -> None:
    """The five sign-ins. The manager holds one region and one more location, so that a scope can be seen."""
    for email, (name, role) in MEMBERS.items():
        member = Member.objects.create_user(email, PASSWORD, name=name, role=role)
        if role == Role.MANAGER:
            member.regions.set(Region.objects.filter(code="centre"))
            member.locations.set(Location.objects.filter(code__in=["ashford", "kingsport"]))
        elif role in {Role.CLERK, Role.SHOPPER}:
            member.locations.set(Location.objects.filter(code__in=["elmgate", "fairview"]))
