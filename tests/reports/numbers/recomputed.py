"""The figures of a number's file, worked out in plain Python from its rows alone, by the formula that it names."""

import csv
from io import StringIO
from itertools import pairwise
from math import prod, sqrt
from statistics import NormalDist

import numpy as np
from scipy.stats import t

from metrics.intervals import Interval
from reports import numerals

Z = NormalDist().inv_cdf(0.975)
COUNTS = ("n1", "n2", "n3", "n4", "n5")


def rows_of(content):
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def total(rows, column):
    return sum(int(row[column]) for row in rows)


def is_rated(rows):
    return "n1" in rows[0]


def moments(rows, what):
    """n, sum and sum of squares of the responses' means or shares, in points."""
    n = total(rows, "n")
    if not is_rated(rows):
        return n, total(rows, f"{what}_sum") / 1e6, total(rows, f"{what}_squares") / 1e9
    values = range(1, 6) if what == "mean" else (0, 0, 0, 1, 1)
    counted = [(value, total(rows, column)) for value, column in zip(values, COUNTS, strict=True)]
    return n, sum(value * k for value, k in counted), sum(value**2 * k for value, k in counted)


def mean_of(rows, what="mean"):
    n, whole, _squares = moments(rows, what)
    return whole / n


def variance(rows, what="mean"):
    n, whole, squares = moments(rows, what)
    return max(squares - whole**2 / n, 0) / (n - 1)


def error(rows):
    """The standard error of the mean; where all are alike, the rule of three."""
    n = total(rows, "n")
    if variance(rows) < 1e-12:
        return (1 - 0.05 ** (1 / n)) / t.ppf(0.975, n - 1)
    return sqrt(variance(rows) / n)


def mean_interval(rows):
    n, at = total(rows, "n"), mean_of(rows)
    half = t.ppf(0.975, n - 1) * error(rows)
    return max(at - half, 1), min(at + half, 5)


def effective_n(rows):
    n, share = total(rows, "n"), mean_of(rows, "share")
    if is_rated(rows) or variance(rows, "share") < 1e-12:
        return n
    shrunk = (Z / t.ppf(0.975, n - 1)) ** 2
    return max(n, shrunk * n * share * (1 - share) / variance(rows, "share"))


def share_interval(rows):
    """Wilson's, on the effective n."""
    n, p = effective_n(rows), mean_of(rows, "share")
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    return max(middle - half, 0), min(middle + half, 1)


def change_interval(first, second):
    errors = [error([side]) for side in (first, second)]
    sizes = [total([side], "n") for side in (first, second)]
    whole = sum(one**2 for one in errors)
    freedom = whole**2 / sum(one**4 / (n - 1) for one, n in zip(errors, sizes, strict=True))
    half, at = t.ppf(0.975, freedom) * sqrt(whole), mean_of([first]) - mean_of([second])
    return at - half, at + half


def limits(rows, n_here):
    """Of a point of a trend with so many responses; the rows are the trend's points."""
    n, centre = total(rows, "n"), mean_of(rows)
    pooled = sum((total([row], "n") - 1) * variance([row]) for row in rows)
    spread = sqrt(pooled / sum(total([row], "n") - 1 for row in rows))
    errors = [spread * sqrt(1 / total([row], "n") - 1 / n) for row in rows]
    distances = [(mean_of([row]) - centre) / one for row, one in zip(rows, errors, strict=True)]
    moving = np.mean([abs(b - a) for a, b in pairwise(distances)]) / 1.128
    factor = moving if moving >= 1 + 1.645 * sqrt(0.826 / (len(rows) - 1)) else 1
    half = 3 * factor * spread * sqrt(1 / n_here - 1 / n)
    return max(centre - half, 1), min(centre + half, 5)


def false_alarm(points):
    """How often a stable trend of so many points has a signal, by 20,000 series of our own."""
    drawn = np.random.default_rng(20261126).standard_normal((20_000, points))
    drawn = (drawn - drawn.mean(1, keepdims=True)) / sqrt(1 - 1 / points)
    moving = np.abs(np.diff(drawn)).mean(1) / 1.128
    factor = np.where(moving < 1 + 1.645 * sqrt(0.826 / (points - 1)), 1, moving)
    beyond = (np.abs(drawn) > 3 * factor[:, None]).any(1)
    signs = [drawn[:, start : start + 8] > 0 for start in range(points - 7)]
    runs = [side.all(1) | (~side).all(1) for side in signs]
    calm = prod((~run for run in [beyond, *runs]), start=np.ones(len(drawn), bool))
    return 1 - calm.mean()


def low_and_high(interval):
    return Interval(*interval)


def figures(path, rows):
    """What the rows come to: the figure that is shown, and its interval."""
    quantity = path.rpartition(".")[2]
    if quantity == "mean":
        return numerals.mean(mean_of(rows)), numerals.span(low_and_high(mean_interval(rows)))
    if quantity == "share":
        share = numerals.share(mean_of(rows, "share"))
        return share, numerals.share_span(low_and_high(share_interval(rows)))
    if quantity == "change":
        first, second = rows
        difference = mean_of([first]) - mean_of([second])
        interval = low_and_high(change_interval(first, second))
        return numerals.points(difference), numerals.points_span(interval)
    if quantity == "usual":
        return numerals.mean(mean_of(rows)), ""
    if quantity == "ratings":
        return numerals.count(sum(total(rows, column) for column in COUNTS)), ""
    return numerals.count(total(rows, "n")), ""
