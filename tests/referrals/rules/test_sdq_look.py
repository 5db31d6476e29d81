"""Which SDQ scores the head of service looks at in a year, and what is kept of it."""

from datetime import date

import pytest

from referrals.rules.sdq_look import Scored, high_scores, why_not_look_at_sdq

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def from_score(day):
    return 17 if day < JUNE else 20


def test_h24_each_childs_newest_score_counts_by_the_number_of_its_own_day():
    scores = [Scored("a", MAY, 17), Scored("b", MAY, 16), Scored("c", JUNE, 19), Scored("d", JUNE, 20), Scored("e", MAY, 30), Scored("e", JUNE, 12)]

    assert [(one.child, one.score) for one in high_scores(scores, from_score)] == [("d", 20), ("a", 17)]


@pytest.mark.parametrize(("score", "looked", "words", "many"), [(17, False, "Help.", 0), (16, False, "Help.", 1), (None, False, "Help.", 1), (17, True, "Help.", 1), (17, False, " ", 1)])
def test_SDL1_a_high_score_is_looked_at_once_with_what_is_done(score, looked, words, many):
    assert len(why_not_look_at_sdq(score, from_score=17, is_looked_at=looked, action_taken=words)) == many
