"""SDQ bands and movement."""

import pytest

from referrals.rules.sdq import band, movement


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (0, "normal"),
        (13, "normal"),
        (14, "borderline"),
        (16, "borderline"),
        (17, "cause for concern"),
        (40, "cause for concern"),
    ],
)
def test_band_has_the_departments_boundaries(score, words):
    assert band(score) == words


@pytest.mark.parametrize("score", [-1, 41, 13.5, None])
def test_a_score_outside_nought_to_forty_is_refused(score):
    with pytest.raises(ValueError, match="0 to 40"):
        band(score)


def test_a_lower_score_is_better():
    assert movement(20, 14) == "improved"
    assert movement(14, 14) == "same"
    assert movement(14, 15) == "worsened"
    with pytest.raises(ValueError, match="0 to 40"):
        movement(14, 41)
