"""Example data for the living page of components. Seen in DEBUG only, so its words are not translated."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from surveys.enums import RATING_LABELS, Dimension

type Example = dict[str, Any]

LABELS = [(value, RATING_LABELS[value]) for value in sorted(RATING_LABELS)]
ORGANISATIONS = {
    "": "Harbour Street Bakery",
    "yellow": "Lemon & Sons",
    "white": "Whitewash Laundry",
    "black": "Ink Stationers",
    "long": "Association of Independent Municipal Libraries and Reading Rooms of the Eastern Region",
}


class ExampleMember(NamedTuple):
    name: str
    role: str

    is_authenticated = True

    def __str__(self) -> str:
        return self.name

    def get_role_display(self) -> str:
        return self.role


class FilterForm(forms.Form):
    survey = forms.ChoiceField(choices=[("service", "Our service"), ("phone", "By phone")])
    period = forms.ChoiceField(
        choices=[("month", "This month"), ("quarter", "This quarter"), ("year", "This year")]
    )
    location = forms.ChoiceField(
        choices=[("", "Every location"), ("harbour", "Harbour Street")], required=False
    )
    touchpoint = forms.ChoiceField(
        choices=[("", "Every touchpoint"), ("till", "At the till")], required=False
    )
    mode = forms.ChoiceField(
        choices=[("", "Every mode"), ("link", "Link"), ("paper", "Paper card")], required=False
    )


class ExampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As customers see it.", initial="Our service")
    email = forms.EmailField(label="E-mail")
    purpose = forms.ChoiceField(choices=[("survey", "Survey"), ("review", "Review form")])
    note = forms.CharField(widget=forms.Textarea, required=False)
    is_anonymous = forms.BooleanField(label="Anonymous", required=False, initial=True)
    colours = forms.MultipleChoiceField(
        label="Languages",
        choices=[("en", "English"), ("cs", "Čeština"), ("da", "Dansk")],
        widget=forms.CheckboxSelectMultiple,
    )


class FileForm(forms.Form):
    file = forms.FileField(label="Drop a file here, or choose one")


def navigation() -> list[Example]:
    entries = [
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
    return [
        {"label": label, "url": "#", "icon": icon, "is_current": icon == "chart"} for label, icon in entries
    ]


def tiles() -> list[Example]:
    computed = {"state": "computed", "unit": "%", "url": "#tiles"}
    return [
        computed
        | {"label": "Overall", "dimension": "overall", "value": "82", "low": "79", "high": "84", "n": 1204}
        | {"at_percent": 82, "low_percent": 79, "high_percent": 84, "before_percent": 78}
        | {"verdict": "higher", "change": "4.1 points", "change_low": "1.2", "change_high": "7.0"},
        computed
        | {"label": "Speed", "dimension": "speed", "value": "61", "low": "57", "high": "65", "n": 1187}
        | {"at_percent": 61, "low_percent": 57, "high_percent": 65, "before_percent": 68}
        | {"verdict": "lower", "change": "6.8 points", "change_low": "2.9", "change_high": "10.7"},
        computed
        | {"label": "Quality", "dimension": "quality", "value": "77", "low": "74", "high": "80", "n": 1201}
        | {"at_percent": 77, "low_percent": 74, "high_percent": 80, "before_percent": 76}
        | {"verdict": "unclear", "change": ""},
        {"label": "Knowledge", "dimension": "knowledge", "state": "too_few", "minimum": 5},
        {"label": "Convenience", "dimension": "convenience", "state": "not_asked"},
        {"label": "Overall, this week", "dimension": "overall", "state": "computing"},
        {"label": "Speed, this week", "dimension": "speed", "state": "failed"},
    ]


def shares(*percents: int) -> list[Example]:
    """Where each rating's part of a bar begins, how long it is, and where its middle lies."""
    starts = [sum(percents[:index]) for index in range(5)]
    return [
        {"rating": index + 1, "start": start, "share": share, "middle": start + share / 2}
        for index, (start, share) in enumerate(zip(starts, percents, strict=True))
    ]


def places() -> list[Example]:
    rows = [
        ("Harbour Street", 412, 88, 84, 91, "higher", "5.2 points", shares(1, 3, 8, 37, 51)),
        ("Old Market", 365, 84, 80, 87, "unclear", "", shares(2, 4, 10, 40, 44)),
        ("Station", 298, 79, 74, 83, "unclear", "", shares(3, 6, 12, 45, 34)),
        ("University", 97, 71, 61, 79, "too_few", "", shares(5, 9, 15, 43, 28)),
        ("Airport", 221, 58, 51, 64, "lower", "9.4 points", shares(11, 14, 17, 36, 22)),
    ]
    names = ["name", "n", "value", "low", "high", "verdict", "change", "shares"]
    return [dict(zip(names, row, strict=True)) for row in rows]


def table() -> Example:
    return {
        "caption": "Satisfied customers by location",
        "note": "Share of ratings of 4 and 5, this quarter, with its 95 % interval.",
        "columns": [
            {"label": "Location", "sort_url": "#", "sorted": ""},
            {"label": "Satisfied, %", "numeric": True, "sort_url": "#", "sorted": "descending"},
            {"label": "From", "numeric": True},
            {"label": "To", "numeric": True},
            {"label": "Responses", "numeric": True, "sort_url": "#", "sorted": ""},
        ],
        "rows": [[row["name"], row["value"], row["low"], row["high"], row["n"]] for row in places()],
        "foot": ["Every location", 78, 76, 81, "1,393"],
    }


def chart() -> Example:
    return {
        "id": "chart-locations",
        "finding": "Airport falls behind every other location",
        "subtitle": "Share of ratings of 4 and 5 in percent, with 95 % intervals, this quarter, n 1,393",
        "svg": render_to_string("styleguide/figure.html", {"places": places()}),
        "note": "Intervals: Wilson, 95 %. 1 is the worst rating, 5 the best.",
        "downloads": [("PNG", "#chart"), ("SVG", "#chart"), ("CSV", "#chart")],
        "table": table(),
    }


def cards() -> list[Example]:
    common = {
        "weight": 1,
        "is_required": False,
        "allows_not_applicable": True,
        "is_reversed": False,
        "options": [],
    }
    urls = dict.fromkeys(["up_url", "down_url", "edit_url", "copy_url", "remove_url"], "#builder")
    rating = common | urls | {"kind_label": "Rating from 1 to 5"}
    return [
        rating
        | {
            "position": 1,
            "text": "How was the service today, all in all?",
            "dimension": "overall",
            "is_first": True,
        }
        | {"dimension_label": "Overall", "is_required": True, "allows_not_applicable": False},
        rating
        | {
            "position": 2,
            "text": "How quickly were you served, and how friendly were we?",
            "dimension": "speed",
        }
        | {"dimension_label": "Speed", "weight": 2, "help_text": "From when you came in."}
        | {"hints": ["This seems to ask two things at once. Two questions give clearer answers."]},
        rating
        | {"position": 3, "text": "How well did our staff know what you needed?", "dimension": "knowledge"}
        | {"dimension_label": "Knowledge"},
        common
        | urls
        | {"position": 4, "text": "How did you come to us?", "kind_label": "One choice", "is_last": True}
        | {"options": [{"label": "On foot"}, {"label": "By bicycle"}, {"label": "By car"}]},
    ]


def questions() -> list[Example]:
    rating = {"kind": "rating", "allows_not_applicable": True}
    return [
        rating
        | {
            "key": "overall",
            "position": 1,
            "text": "How was the service today, all in all?",
            "is_required": True,
        }
        | {"section": "Your visit", "allows_not_applicable": False},
        rating
        | {"key": "speed", "position": 2, "text": "How quickly were you served?"}
        | {"help_text": "Think of the time from when you came in until you were done."},
        rating | {"key": "knowledge", "position": 3, "text": "How well did our staff know what you needed?"},
        {
            "key": "way",
            "position": 4,
            "kind": "single_choice",
            "text": "How did you come to us?",
            "section": "About you",
            "options": [
                {"key": "a", "label": "On foot"},
                {"key": "b", "label": "By bicycle"},
                {"key": "c", "label": "By car"},
            ],
        },
        {
            "key": "bought",
            "position": 5,
            "kind": "several_choices",
            "text": "What did you come for?",
            "help_text": "Choose all that fit.",
            "options": [
                {"key": "a", "label": "Bread"},
                {"key": "b", "label": "Cakes"},
                {"key": "c", "label": "Coffee"},
            ],
        },
        {"key": "comment", "position": 6, "kind": "text", "text": "What could we do better?"},
    ]


def timeline() -> list[Example]:
    return [
        {
            "at": datetime(2026, 11, 3, 9, 41, tzinfo=UTC),
            "by": "Mara Holt",
            "text": "Published version 3 of Our service",
            "changes": [],
        },
        {
            "at": datetime(2026, 11, 2, 16, 5, tzinfo=UTC),
            "by": "Mara Holt",
            "text": "Changed question 2",
            "changes": [
                ("Question", "How fast were we?", "How quickly were you served?"),
                ("Weight", "1", "2"),
            ],
        },
        {
            "at": datetime(2026, 11, 1, 2, 0, tzinfo=UTC),
            "by": "",
            "text": "Recounted every score",
            "changes": [],
        },
    ]


def staff_page() -> Example:
    wrong = {"wrong-name": "", "wrong-email": "mara", "wrong-purpose": "survey"}
    return {
        "navigation": navigation(),
        "user": ExampleMember("Mara Holt", "Manager"),
        "tiles": tiles(),
        "places": places(),
        "labels": LABELS,
        "dimensions": Dimension.choices,
        "table": table(),
        "cards": cards(),
        "timeline": timeline(),
        "filters": FilterForm(),
        "form": ExampleForm(),
        "wrong_form": ExampleForm(wrong, prefix="wrong"),
        "file_form": FileForm(),
        "numbers": Paginator(range(4312), 50).page(2),
        "answers": shares(4, 9, 16, 41, 30),
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
        "chart": chart(),
        "waiting_chart": {
            "id": "chart-waiting",
            "finding": "Trend by week",
            "subtitle": "A chart on its way",
            "svg": render_to_string("components/skeleton.html", {"figure": True}),
        },
        "share_downloads": [("QR code as SVG", "#share"), ("Poster to print", "#share")],
    }


def public_page(colour: str) -> Example:
    return {
        "organisation": SimpleNamespace(
            name=ORGANISATIONS.get(colour, ORGANISATIONS[""]), logo_type="", colour="#1f5f8b"
        ),
        "html_class": f"organisation-{colour}" if colour in ORGANISATIONS else "",
        "questions": questions(),
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
    return "styleguide.html", staff_page()
