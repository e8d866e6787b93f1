from __future__ import annotations

import pytest

from labctl.errors import UsageError
from labctl.web.passwords import Hasher, check
from labctl.web.settings import Hashing


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "a" * 257,
        "aaaaaaaaaaaaaaaa",
        "password1234",
        "annannannann!",
        "line\nbreak and more",
    ],
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(UsageError):
        check("ann", password)


@pytest.mark.parametrize("password", ["correct horse battery", "今天下雨了我们不去公园玩"])
def test_a_good_one_is_taken(password: str) -> None:
    check("ann", password)


def test_costs_that_changed_are_known() -> None:
    cheap, dear = Hasher(Hashing(1, 64, 1)), Hasher(Hashing(2, 64, 1))
    kept = cheap.hash("grey heron on the roof")
    assert dear.fits(kept, "grey heron on the roof") and dear.is_old(kept)
    assert not cheap.is_old(kept) and not cheap.fits("no hash", "x")
