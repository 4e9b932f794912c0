"""What managers read: tiles, tables, a chart, the history of a thing."""

from datetime import UTC, datetime
from typing import Any

from django.template.loader import render_to_string

type Example = dict[str, Any]


COMPUTED: Example = {"state": "computed", "unit": "%", "url": "#tiles"}
TILES: list[Example] = [
    COMPUTED
    | {"label": "Overall", "dimension": "overall", "value": "82", "low": "79", "high": "84", "n": 1204}
    | {"at_percent": 82, "low_percent": 79, "high_percent": 84, "before_percent": 78}
    | {"verdict": "higher", "change": "4.1 points", "change_low": "1.2", "change_high": "7.0"},
    COMPUTED
    | {"label": "Speed", "dimension": "speed", "value": "61", "low": "57", "high": "65", "n": 1187}
    | {"at_percent": 61, "low_percent": 57, "high_percent": 65, "before_percent": 68}
    | {"verdict": "lower", "change": "6.8 points", "change_low": "2.9", "change_high": "10.7"},
    COMPUTED
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


PLACE = ["name", "n", "value", "low", "high", "verdict", "change", "shares"]
PLACES: list[Example] = [
    dict(zip(PLACE, row, strict=True))
    for row in [
        ("Harbour Street", 412, 88, 84, 91, "higher", "5.2 points", shares(1, 3, 8, 37, 51)),
        ("Old Market", 365, 84, 80, 87, "unclear", "", shares(2, 4, 10, 40, 44)),
        ("Station", 298, 79, 74, 83, "unclear", "", shares(3, 6, 12, 45, 34)),
        ("University", 97, 71, 61, 79, "too_few", "", shares(5, 9, 15, 43, 28)),
        ("Airport", 221, 58, 51, 64, "lower", "9.4 points", shares(11, 14, 17, 36, 22)),
    ]
]
TABLE: Example = {
    "caption": "Satisfied customers by location",
    "note": "Share of ratings of 4 and 5, this quarter, with its 95 % interval.",
    "columns": [
        {"label": "Location", "sort_url": "#", "sorted": ""},
        {"label": "Satisfied, %", "numeric": True, "sort_url": "#", "sorted": "descending"},
        {"label": "From", "numeric": True},
        {"label": "To", "numeric": True},
        {"label": "Responses", "numeric": True, "sort_url": "#", "sorted": ""},
    ],
    "rows": [[row["name"], row["value"], row["low"], row["high"], row["n"]] for row in PLACES],
    "foot": ["Every location", 78, 76, 81, "1,393"],
}


def waiting_chart() -> Example:
    return {
        "id": "chart-waiting",
        "finding": "Trend by week",
        "subtitle": "A chart on its way",
        "svg": render_to_string("components/skeleton.html", {"figure": True}),
    }


def chart() -> Example:
    return {
        "id": "chart-locations",
        "finding": "Airport falls behind every other location",
        "subtitle": "Share of ratings of 4 and 5 in percent, with 95 % intervals, this quarter, n 1,393",
        "svg": render_to_string("styleguide/figure.html", {"places": PLACES}),
        "note": "Intervals: Wilson, 95 %. 1 is the worst rating, 5 the best.",
        "downloads": [("PNG", "#chart"), ("SVG", "#chart"), ("CSV", "#chart")],
        "table": TABLE,
    }


TIMELINE: list[Example] = [
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
