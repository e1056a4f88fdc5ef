"""What the bench of the web application is made of."""

from __future__ import annotations

import pytest

from bench.scale import long_news
from bench.serve import _side_by_side, percentile
from whodid.dataset.check import misquoted


def test_the_long_report_is_long_and_holds_the_words_of_its_claims() -> None:
    report, coded = long_news(2_000)
    assert 2_000 <= len(report.text.split()) < 2_200
    assert len(coded.claims) > 20
    assert not [w for c in coded.claims for w in misquoted(c.model_dump(exclude={"report"}), report.text)]


def test_percentiles_are_times_that_were_measured() -> None:
    times = [float(n) for n in range(1, 201)]
    assert (percentile(times, 95), percentile(times, 100), percentile([7.0], 95)) == (190.0, 200.0, 7.0)


def test_an_error_of_one_client_is_not_lost() -> None:
    def fails() -> None:
        raise RuntimeError("gone")

    with pytest.raises(RuntimeError, match="gone"):
        _side_by_side([lambda: None, fails])
