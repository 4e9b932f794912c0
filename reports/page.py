"""What the report's page is made of, from its result: tiles, sentences, charts with their tables, questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.comparison import Verdict
from metrics.ratings import HIGHEST, LOWEST, Distribution
from reports import numerals
from reports.charts import CHARTS, WIDTHS, size_of
from reports.filter_bar import filter_bar
from reports.findings import main_findings, name_of
from reports.results import Computed
from reports.tables import Audience, shown_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.charts import Chart
    from reports.reading import Asked
    from reports.results import DimensionResult, QuestionResult, Report, Shown

MOST_ROWS = 120  # of a table beside a chart; its file has all
