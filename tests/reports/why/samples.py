"""What is asked why, made by hand, for what only draws or writes it."""

from metrics.association import Association
from metrics.contrast import WordContrast
from metrics.intervals import Interval
from reports.enums import ResultState
from reports.results import Withheld
from reports.why.moving import Moving, MovingResult
from reports.why.results import Why
from reports.why.words import WordsResult
from tests.reports.samples import FILTERS

CLEAR = Moving("wait", "speed", "How long?", Association(40, 0.5, Interval(0.2, 0.7), 0.001), is_clear=True)
QUESTIONS = (
    Moving(
        "staff",
        "knowledge",
        "$x^2$ <b>Did we know?</b>",
        Association(412, 0.71, Interval(0.62, 0.78), 0.0),
        True,
    ),
    CLEAR,
    Moving(
        "reach",
        "convenience",
        "How easily did you reach us?",
        Association(38, -0.2, Interval(-0.5, 0.1), 0.2),
    ),
    Moving("few", "quality", "Asked of a few", Withheld(5)),
)
WORDS = WordsResult(
    40,
    200,
    8,
    low_words=(WordContrast("queue", 20, 3, 2.0, 5.1, 0.0), WordContrast("slow", 12, 0, 2.5, 4.0, 0.0)),
    high_words=(WordContrast("kind", 10, 150, -1.5, -4.2, 0.0),),
)


def why(moving=MovingResult(QUESTIONS, 500, False), words=WORDS):  # noqa: B008 - frozen
    return Why(
        state=ResultState.COMPUTED,
        filters=FILTERS,
        survey_name="Service",
        minimum=5,
        moving=moving,
        words=words,
    )
