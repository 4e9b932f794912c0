"""Which template each page of the styleguide draws, and with what."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator

from feedback_site.styleguide.forms import ExampleForm, FileForm, FilterForm
from feedback_site.styleguide.questions import QUESTIONS, cards
from feedback_site.styleguide.reports import PLACES, TABLE, TILES, TIMELINE, chart, shares, waiting_chart
from surveys.enums import RATING_LABELS, Dimension
from surveys.models import Survey
from surveys.queries.building import Length

type Example = dict[str, Any]

LABELS = [(value, RATING_LABELS[value]) for value in sorted(RATING_LABELS)]
ORGANISATIONS = {
    "": "Harbour Street Bakery",
    "yellow": "Lemon & Sons",
    "white": "Whitewash Laundry",
    "black": "Ink Stationers",
    "long": "Association of Independent Municipal Libraries and Reading Rooms of the Eastern Region",
}


@dataclass(frozen=True)
class ExampleMember:
    name: str
    role: str
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.name

    def get_role_display(self) -> str:
        return self.role


SECTIONS = [
    ("Reports", "chart"),
    ("Surveys", "survey"),
    ("Imports", "import"),
    ("Cards", "card"),
    ("Reviews", "review"),
    ("Complaints", "complaint"),
    ("Visits", "visit"),
    ("Standards", "standard"),
    ("Customers", "customer"),
    ("Organisation", "organisation"),
]
SMALL_PARTS: Example = {
    "navigation": [
        {"label": label, "url": "#", "icon": icon, "is_current": icon == "chart"} for label, icon in SECTIONS
    ],
    "user": ExampleMember("Mara Holt", "Manager"),
    "labels": LABELS,
    "dimensions": Dimension.choices,
    "chips": [
        {"label": "Period", "value": "this quarter", "remove_url": "#"},
        {"label": "Region", "value": "Coast", "remove_url": "#"},
    ],
    "facts": [
        ("Code", "harbour"),
        ("Region", "Coast"),
        ("Time zone", "Europe/Prague"),
        ("Responses", "12,480"),
    ],
    "steps": [
        {"label": "Draft", "state": "done"},
        {"label": "Published", "state": "current", "note": "version 3"},
        {"label": "Closed", "state": "to_come"},
    ],
    "tabs": [
        {"label": "Questions", "url": "#tabs", "is_current": True, "count": "17"},
        {"label": "Preview", "url": "#tabs"},
        {"label": "Versions", "url": "#tabs", "count": "3"},
        {"label": "Share", "url": "#tabs"},
    ],
    "views": [
        {"label": "Week", "url": "#tabs"},
        {"label": "Month", "url": "#tabs", "is_current": True},
        {"label": "Quarter", "url": "#tabs"},
    ],
    "share_downloads": [("QR code as SVG", "#share"), ("Poster to print", "#share")],
}


def report_parts() -> Example:
    return {
        "tiles": TILES,
        "places": PLACES,
        "table": TABLE,
        "timeline": TIMELINE,
        "answers": shares(4, 9, 16, 41, 30),
        "chart": chart(),
        "waiting_chart": waiting_chart(),
        "numbers": Paginator(range(4312), 50).page(2),
        "filters": FilterForm(),
    }


def builder_parts() -> Example:
    wrong = {"wrong-name": "", "wrong-email": "mara", "wrong-purpose": "survey"}
    return {
        "cards": cards(),
        "survey": Survey(pk=1, name="Our service"),
        "has_draft": True,
        "may_be_changed": True,
        "length": Length(count=17, minutes=4),
        "full_length": Length(count=20, minutes=5),
        "form": ExampleForm(),
        "wrong_form": ExampleForm(wrong, prefix="wrong"),
        "file_form": FileForm(),
    }


def public_page(colour: str) -> Example:
    return {
        "organisation": SimpleNamespace(
            name=ORGANISATIONS.get(colour, ORGANISATIONS[""]), logo_type="", colour="#1f5f8b"
        ),
        "html_class": f"organisation-{colour}" if colour in ORGANISATIONS else "",
        "questions": QUESTIONS,
        "labels": LABELS,
        "values": {"speed": ["4"], "knowledge": ["x"], "way": ["b"], "bought": ["a", "c"]},
        "errors": {},
        "links": [("Back to our website", "#content")],
    }


def wrong_page() -> Example:
    message = "Please answer question 1: how was the service today?"
    return {"errors": {"overall": "Please choose one of the five."}, "problems": [("q-overall-1", message)]}


def page(name: str, colour: str) -> tuple[str, Example]:
    """The template and the context of one page of the styleguide."""
    if name in {"survey", "thanks", "closed"}:
        return f"styleguide/{name}.html", public_page(colour)
    if name == "wrong":
        return "styleguide/survey.html", public_page(colour) | wrong_page()
    return "styleguide.html", SMALL_PARTS | report_parts() | builder_parts()
