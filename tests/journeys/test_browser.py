"""The browser the other journeys are walked with: one that hangs does not hold up every test after it."""

import pytest
from playwright._impl._errors import TargetClosedError

from tests.journeys.browser import Watch, browsers

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_browser_that_stops_answering_is_put_down_and_its_test_ends(walk):
    page = walk().page
    for process in browsers():
        process.suspend()

    with Watch(silence=2), pytest.raises(TargetClosedError):
        page.evaluate("1 + 1")
