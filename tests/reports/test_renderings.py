import pytest
from django.http import QueryDict

from reports.charts import CHARTS
from reports.renderings import TYPES, Look, render_chart
from tests.reports.samples import full_report, scope

PLAIN = Look("", "light", titled=False)


@pytest.mark.parametrize(
    ("query", "look"),
    [
        ("", PLAIN),
        ("size=narrow&theme=dark&titled=1", Look("narrow", "dark", titled=True)),
        ("size=huge&theme=neon&titled=", PLAIN),
    ],
)
def test_an_unknown_look_falls_back_to_the_usual(query, look):
    assert Look.of(QueryDict(query)) == look


@pytest.mark.parametrize(
    ("kind", "content_type", "start"),
    [
        ("svg", "image/svg+xml", b"<?xml"),
        ("png", "image/png", b"\x89PNG"),
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfstate,dimension,"),
        ("xlsx", TYPES["xlsx"], b"PK\x03\x04"),
    ],
)
def test_each_kind_is_what_it_says(kind, content_type, start):
    rendering = render_chart(scope(full_report()), CHARTS["trend"], kind, PLAIN)

    assert rendering.content_type == content_type
    assert rendering.body.startswith(start)
    assert rendering.file_name == f"service-trend-2026-03-02-2026-03-29.{kind}"
