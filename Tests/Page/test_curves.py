"""Curves of a run whose numbers are larger, nearer to each other or fewer than any that a training has."""

import pytest

LARGEST = 1.7e308


@pytest.mark.parametrize(
    "points",
    [
        [[1e15, 1e15], [1e15 + 0.125, 1e15 + 0.125]],
        [[0, 1e300], [1, 1e300 * (1 + 2**-52)]],
        [[-LARGEST, -LARGEST], [LARGEST, LARGEST]],
        [[0, 5e-324], [5e-324, 0]],
        [[0, -0.0], [0, 0.0]],
        [[1, 2]],
        [],
    ],
)
def test_odd_numbers(studio, points):
    page = studio.open("/train")
    found = page.evaluate(
        "points => import('/page/train/curves.js').then(m => m.curves({'Loss/G/loss': points}).outerHTML)",
        points,
    )
    assert "<figure" in found and "NaN" not in found.replace("loss NaN", "")
