"""What can be said about a questionnaire's length, and about one answered copy of it. Standard library only."""

SECONDS_PER_RATING = 9
SECONDS_PER_CHOICE = 10
SECONDS_PER_TEXT = 40
NUMBERED_UP_TO = 12
JUDGED_FROM = 5
SECONDS_TO_READ_ONE = 2
RATINGS = frozenset("12345")


def minutes_to_answer(ratings: int, choices: int = 0, texts: int = 0) -> float:
    """About how long an unhurried customer takes, in minutes, 0 or more; not rounded.

    (9 ratings + 10 choices + 40 texts) / 60 seconds: 20 ratings take three minutes, the middle of the two to four
    that are seen; a stand-alone question some 10 seconds (Pew Research Center, "How we keep our online surveys
    from running too long", 2022). The 40 seconds of a text are our guess: most are left blank, some take minutes.
    """
    if min(ratings, choices, texts) < 0:
        raise ValueError("A questionnaire has no negative number of questions.")
    seconds = SECONDS_PER_RATING * ratings + SECONDS_PER_CHOICE * choices + SECONDS_PER_TEXT * texts
    return seconds / 60


def is_told_in_minutes(questions: int) -> bool:
    """Whether the length is better announced in minutes: up to 12 questions, their number invites more."""
    return questions > NUMBERED_UP_TO


def straight_line(ratings: str) -> bool:
    """Whether one response gives the same rating throughout: at least 5 ratings, all equal.

    `ratings` as stored, one character a question: 1 to 5, anything else (x - ? .) is no rating and is passed over.
    Ratings count as they were given, before reversed items are turned: the same key all the way down is the
    sign. Without a reversed item it can be an honest opinion (all 5); with one it contradicts itself, unless
    it is all 3s, and turning first would hide just these. So it flags, it does not judge: shown, never dropped.
    Source: Krosnick (1991), Applied Cognitive Psychology 5, 213-236 (non-differentiation). The 5 are ours.
    """
    given = [rating for rating in ratings if rating in RATINGS]
    return len(given) >= JUDGED_FROM and len(set(given)) == 1


def too_fast(seconds: float, questions: int, median_seconds: float | None = None) -> bool:
    """Whether a response took less time than reading it takes: a flag, shown, never dropped.

    Under half the survey's median time, if that is known; else under 2 seconds a question (Huang, Curran, Keeney,
    Poposki and DeShon 2012, J. Business and Psychology 27, 99-114). `questions` counts those answered; below 5 it
    is never said: one tap at a kiosk is done in a second and honest. A negative time is a clock that was set: no flag.
    """
    limit = SECONDS_TO_READ_ONE * questions if median_seconds is None else median_seconds / 2
    return questions >= JUDGED_FROM and 0 <= seconds < limit
