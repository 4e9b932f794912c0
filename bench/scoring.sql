-- The same work written by hand: flag, count, upsert, in one transaction.
UPDATE surveys_response SET is_scored = true WHERE NOT is_scored AND NOT is_held;

INSERT INTO scoring_measurecell (
    measure_id, day, location_id, touchpoint_id, mode, version_id,
    n1, n2, n3, n4, n5, not_applicable, blank, unreadable
)
SELECT
    question.measure_id, received_on, location_id, touchpoint_id, mode, response.version_id,
    count(*) FILTER (WHERE sign = CASE WHEN is_reversed THEN '5' ELSE '1' END),
    count(*) FILTER (WHERE sign = CASE WHEN is_reversed THEN '4' ELSE '2' END),
    count(*) FILTER (WHERE sign = '3'),
    count(*) FILTER (WHERE sign = CASE WHEN is_reversed THEN '2' ELSE '4' END),
    count(*) FILTER (WHERE sign = CASE WHEN is_reversed THEN '1' ELSE '5' END),
    count(*) FILTER (WHERE sign = 'x'),
    count(*) FILTER (WHERE sign = '-'),
    count(*) FILTER (WHERE sign = '?')
FROM surveys_response AS response
JOIN surveys_question AS question USING (version_id)
JOIN surveys_measure AS measure ON measure.id = question.measure_id
CROSS JOIN LATERAL substr(ratings, question.position, 1) AS sign
WHERE kind = 'rating'
GROUP BY 1, 2, 3, 4, 5, 6
ON CONFLICT (measure_id, day, location_id, touchpoint_id, mode, version_id) DO UPDATE SET
    n1 = scoring_measurecell.n1 + excluded.n1,
    n2 = scoring_measurecell.n2 + excluded.n2,
    n3 = scoring_measurecell.n3 + excluded.n3,
    n4 = scoring_measurecell.n4 + excluded.n4,
    n5 = scoring_measurecell.n5 + excluded.n5,
    not_applicable = scoring_measurecell.not_applicable + excluded.not_applicable,
    blank = scoring_measurecell.blank + excluded.blank,
    unreadable = scoring_measurecell.unreadable + excluded.unreadable;

INSERT INTO scoring_dimensioncell (
    survey_id, dimension, day, location_id, touchpoint_id, mode, version_id,
    responses, mean_sum, mean_squares, share_sum, share_squares
)
SELECT
    survey_id, dimension, received_on, location_id, touchpoint_id, mode, version_id,
    count(*), sum(mean), sum(mean * mean / 1000), sum(share), sum(share * share / 1000)
FROM (
    SELECT
        survey_id, dimension, received_on, location_id, touchpoint_id, mode, version_id,
        (points * 1000000 + weights / 2) / weights AS mean,
        (satisfied * 1000000 + weights / 2) / weights AS share
    FROM (
        SELECT
            response.id, survey_id, dimension, received_on, location_id, touchpoint_id, mode,
            response.version_id, sum(weight) AS weights, sum(weight * rating) AS points,
            coalesce(sum(weight) FILTER (WHERE rating >= 4), 0) AS satisfied
        FROM surveys_response AS response
        JOIN surveys_question AS question USING (version_id)
        JOIN surveys_measure AS measure ON measure.id = question.measure_id
        CROSS JOIN LATERAL substr(ratings, question.position, 1) AS sign
        CROSS JOIN LATERAL (
            SELECT CASE WHEN is_reversed THEN 6 - sign::int ELSE sign::int END AS rating
            WHERE sign BETWEEN '1' AND '5'
        ) AS given
        WHERE kind = 'rating'
        GROUP BY response.id, survey_id, dimension
    ) AS rated
) AS scored
GROUP BY 1, 2, 3, 4, 5, 6, 7
ON CONFLICT (survey_id, dimension, day, location_id, touchpoint_id, mode, version_id) DO UPDATE SET
    responses = scoring_dimensioncell.responses + excluded.responses,
    mean_sum = scoring_dimensioncell.mean_sum + excluded.mean_sum,
    mean_squares = scoring_dimensioncell.mean_squares + excluded.mean_squares,
    share_sum = scoring_dimensioncell.share_sum + excluded.share_sum,
    share_squares = scoring_dimensioncell.share_squares + excluded.share_squares;

INSERT INTO scoring_dataversion (survey_id, number, moved_at)
SELECT DISTINCT survey_id, 1, now()
FROM surveys_response JOIN surveys_version ON surveys_version.id = version_id
ON CONFLICT (survey_id) DO UPDATE SET number = scoring_dataversion.number + 1, moved_at = now();
