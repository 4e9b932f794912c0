"""Which charts of a report go into what is sent or shared: all, or those that were ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from reports.charts import CHARTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.charts import Chart


def charts_named(names: Iterable[str]) -> list[Chart]:
    """In the order of the report; all where none is named that there is."""
    wanted = set(names)
    return [chart for chart in CHARTS.values() if chart.name in wanted] or list(CHARTS.values())


def kept_names(names: Iterable[str]) -> list[str]:
    """How a choice is kept: nothing where it is all of them, so that a chart of a later release goes in, too."""
    chosen = [chart.name for chart in charts_named(names)]
    return [] if len(chosen) == len(CHARTS) else chosen


class ContentsField(forms.MultipleChoiceField):
    """Charts to tick. Its value is what is kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Charts, each with its table"),
            required=False,
            choices=[(chart.name, chart.subject) for chart in CHARTS.values()],
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy(
                "What stands out, the scores and the method go in by themselves. With nothing ticked, everything does."
            ),
            **kwargs,
        )

    def clean(self, value: Any) -> list[str]:
        return kept_names(super().clean(value))
