"""What is always true, whatever happened: counted here apart from the product, in plain SQL."""

from tests.faults.customers import Customers
from tests.faults.ground import COMMENT
from tests.faults.stack import UNSCORED, Stack
from tests.servers.processes import BUSY, NotReadyError, wait_until

# Every rating of every response, against the cells of single questions.
DIFFERENT_CELLS = """
    WITH given AS (
        SELECT question.measure_id, response.received_on AS day, response.location_id, response.touchpoint_id,
               response.mode, response.version_id,
               CASE WHEN measure.is_reversed THEN translate(sign, '12345', '54321') ELSE sign END AS sign
        FROM surveys_response AS response
        JOIN surveys_question AS question ON question.version_id = response.version_id
        JOIN surveys_measure AS measure ON measure.id = question.measure_id AND measure.kind = 'rating'
        CROSS JOIN LATERAL substr(response.ratings, question.position, 1) AS sign
    ), plain AS (
        SELECT measure_id, day, location_id, touchpoint_id, mode, version_id,
               count(*) FILTER (WHERE sign = '1') AS n1, count(*) FILTER (WHERE sign = '2') AS n2,
               count(*) FILTER (WHERE sign = '3') AS n3, count(*) FILTER (WHERE sign = '4') AS n4,
               count(*) FILTER (WHERE sign = '5') AS n5, count(*) FILTER (WHERE sign = 'x') AS not_applicable
        FROM given GROUP BY measure_id, day, location_id, touchpoint_id, mode, version_id
    )
    SELECT count(*) FROM plain
    FULL JOIN scoring_measurecell AS cell USING (measure_id, day, location_id, touchpoint_id, mode, version_id)
    WHERE (plain.n1, plain.n2, plain.n3, plain.n4, plain.n5, plain.not_applicable) IS DISTINCT FROM
          (cell.n1, cell.n2, cell.n3, cell.n4, cell.n5, cell.not_applicable)
"""
MARKED = f"""
    SELECT answers ->> '{COMMENT}', count(*), min(ratings) FROM surveys_response
    WHERE answers ? '{COMMENT}' GROUP BY 1
"""  # noqa: S608 (a constant of ours)


def wrong(stack: Stack, customers: Customers | None = None, *, within: float = BUSY) -> dict[str, str]:
    """Which of the promises are broken, by name, and how. None is, when all is well.

    First the work list has `within` seconds to become empty.
    """
    unscored = still_unscored(stack, within)
    check = stack.check()
    different = stack.number(DIFFERENT_CELLS)
    return {
        **({"unscored": f"{unscored} responses"} if unscored else {}),
        **({"recount --check": check.log()[:400]} if check.exit_code else {}),
        **({"plain count": f"{different} cells differ"} if different else {}),
        **(wrong_responses(stack, customers) if customers else {}),
    }


def still_unscored(stack: Stack, within: float) -> int:
    try:
        wait_until(stack.is_drained, within=within, every=0.1)
    except NotReadyError:
        return stack.number(UNSCORED)
    return 0


def wrong_responses(stack: Stack, customers: Customers) -> dict[str, str]:
    """Every acknowledged response is there, with the ratings that were sent, and none is there twice. Nobody got
    an error, and nobody waited long.
    """
    rows = {mark: (many, ratings.rstrip(".")) for mark, many, ratings in stack.sql(MARKED)}
    missing = [mark for mark in customers.acknowledged if mark not in rows]
    twice = [mark for mark, (many, _ratings) in rows.items() if many > 1]
    changed = [
        mark for mark, (_many, ratings) in rows.items() if ratings != customers.sent.get(mark, ratings)
    ]
    found = {"missing": missing, "there twice": twice, "changed": changed, "failed": customers.failures}
    return {
        **{name: f"{len(listed)}: {listed[:3]}" for name, listed in found.items() if listed},
        **({"slow": f"{customers.slowest:.1f} s"} if customers.slowest > customers.bearable else {}),
    }
