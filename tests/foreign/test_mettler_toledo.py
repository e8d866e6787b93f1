"""mettler-toledo-device (BSD) on the balance's terminal; it waits 2 s when it opens the port."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from labctl.platform.pty import available
from tests.foreign.libraries import library
from tests.serving import Served

ROLE = "balance"
pytestmark = pytest.mark.skipif(not available(), reason="this system has no pseudo-terminals")


@pytest.fixture(scope="module")
def balance(served: Served) -> Iterator[Any]:
    kind = library("mettler_toledo_device").MettlerToledoDevice
    balance = kind(port=served.endpoint(ROLE, "pty"), timeout=2.0)
    yield balance
    balance.close()


def test_it_knows_the_balance(balance: Any) -> None:
    assert balance.get_serial_number().startswith("SIM-")
    assert balance.get_balance_data() == ["XS204", "Excellence", "220.0090", "g"]


def test_it_weighs(served: Served, balance: Any) -> None:
    grams = served.true(ROLE, "mass") * 1e3
    stable, unit = balance.get_weight_stable()
    assert stable == pytest.approx(grams, abs=1.5e-3)
    assert unit == "g"
    now, unit, status = balance.get_weight()
    assert now == pytest.approx(grams, abs=1.5e-3)
    assert (unit, status) == ("g", "S")


def test_it_may_not_zero_a_load(balance: Any) -> None:
    assert not balance.zero_stable()
    with pytest.raises(Exception, match="Upper limit"):
        balance.zero()


def test_a_damaged_answer_is_seen(served: Served, balance: Any) -> None:
    served.say(f"fault {ROLE} truncate keep=1")
    with pytest.raises(Exception, match="index out of range"):
        balance.get_weight()
