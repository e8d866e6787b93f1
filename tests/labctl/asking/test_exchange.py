from __future__ import annotations

import msgspec
import pytest

from labctl.asking.exchange import exchanged, may_take_its_place, same_but
from labctl.evidence import Identity, Instrument
from labctl.journal.standing import NOTHING

OLD = Instrument("meter", "fake.r1", "fake://a", Identity("Fake", "R1", "7"))
NEW = msgspec.structs.replace(OLD, identity=Identity("Fake", "R1", "8"))
KNOWN = NOTHING._replace(instruments=(OLD,))
SWAPPED = KNOWN._replace(swapped={"meter": OLD.identity})

BENCH = """
name = "ohm"
[roles.meter]
driver = "fake.r1"
address = "visa://USB::7"
limits = {voltage = {value = 1.0, unit = "V"}}
[roles.lamp]
driver = "fake.l1"
address = "serial:///dev/a"
"""


def test_the_same_instrument_is_always_welcome() -> None:
    assert may_take_its_place(KNOWN, OLD)
    assert may_take_its_place(NOTHING, NEW)


def test_another_one_only_in_the_place_of_the_one_that_was_swapped_out() -> None:
    assert not may_take_its_place(KNOWN, NEW)
    assert may_take_its_place(SWAPPED, NEW)
    assert not may_take_its_place(SWAPPED, msgspec.structs.replace(NEW, driver="other"))
    later = SWAPPED._replace(instruments=(NEW,))
    third = msgspec.structs.replace(OLD, identity=Identity("Fake", "R1", "9"))
    assert not may_take_its_place(later, third), "one swap is one exchange"


def test_who_is_new_is_told() -> None:
    assert exchanged(NOTHING, [OLD]) == (OLD,)
    assert exchanged(KNOWN, [OLD]) == ()
    assert exchanged(SWAPPED, [NEW]) == (NEW,)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("USB::7", "USB::8", True),
        ("fake.r1", "fake.r2", False),
        ("value = 1.0", "value = 2.0", False),
        ("/dev/a", "/dev/b", False),
        ('"ohm"', '"other"', False),
        ('"ohm"', '"ohm" [', False),
    ],
)
def test_a_bench_file_may_differ_in_what_is_the_instruments_own(
    before: str, after: str, same: bool
) -> None:
    assert same_but(BENCH, BENCH.replace(before, after), ("meter",)) is same
    assert same_but(BENCH, BENCH.replace(before, after), ()) is False


def test_a_role_that_is_not_in_the_file_does_no_harm() -> None:
    assert same_but(BENCH, BENCH + "# remark\n", ("none",))
