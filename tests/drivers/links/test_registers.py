"""Register maps: every type survives its registers, blocks are merged, what is absent is None."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.links.registers import (
    FORMATS,
    SUNSPEC_NOT_AVAILABLE,
    Block,
    Field,
    Kind,
    RegisterMap,
    decode,
    encode,
)
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused

thorough = settings(max_examples=50, derandomize=True)
BOUNDS: dict[Kind, tuple[int, int]] = {
    "int16": (-(2**15), 2**15 - 1),
    "uint16": (0, 2**16 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
whole_kinds = st.sampled_from(sorted(BOUNDS))


class Registers:
    """A `RegisterLink` on a dictionary."""

    address = "modbus+tcp://test"

    def __init__(self, words: dict[int, int]) -> None:
        self.words = words
        self.asked: list[tuple[str, int, int]] = []

    async def read_holding(self, register: int, count: int = 1) -> list[int]:
        self.asked.append(("holding", register, count))
        return [self.words.get(register + i, 0) for i in range(count)]

    async def read_input(self, register: int, count: int = 1) -> list[int]:
        self.asked.append(("input", register, count))
        return [self.words.get(register + i, 0) for i in range(count)]

    async def write_registers(self, register: int, values: Sequence[int]) -> None:
        self.words.update(enumerate(values, register))

    async def read_identification(self, first: int = 0) -> dict[int, str]:
        return {}

    async def resync(self) -> None:
        """Always in a known state."""

    async def close(self) -> None:
        """Nothing to close."""


@thorough
@given(kind=whole_kinds, low_word_first=st.booleans(), data=st.data())
def test_whole_numbers_survive(kind: Kind, low_word_first: bool, data: st.DataObject) -> None:
    value = data.draw(st.integers(*BOUNDS[kind]))
    item = Field("x", 7, kind, low_word_first=low_word_first)
    words = encode(item, value)
    assert len(words) == item.count
    assert all(0 <= word <= 0xFFFF for word in words)
    assert decode(item, words) == value


@thorough
@given(st.floats(width=32, allow_nan=False), st.booleans())
def test_floats_survive(value: float, low_word_first: bool) -> None:
    item = Field("x", 0, "float32", low_word_first=low_word_first)
    assert decode(item, encode(item, value)) == value


@thorough
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=16))
def test_strings_survive(text: str) -> None:
    item = Field("x", 0, "string", words=8)
    assert decode(item, encode(item, text)) == text


@thorough
@given(st.sets(st.integers(0, 31)))
def test_bits_survive_also_unnamed_ones(numbers: set[int]) -> None:
    item = Field("x", 0, "bits", words=2, bits={"FAULT": 0, "GRID": 17})
    names = {0: "FAULT", 17: "GRID"}
    value = frozenset(names.get(bit, f"bit{bit}") for bit in numbers)
    assert decode(item, encode(item, value)) == value


@thorough
@given(st.integers(-(2**15) + 1, 2**15 - 1), st.integers(-4, 4))
def test_scale_factors_round_once(raw: int, factor: int) -> None:
    item = Field("x", 0, "int16", factor="x_SF")
    value = decode(item, [raw & 0xFFFF], factor)
    assert value == float(f"{raw}e{factor}")
    assert encode(item, value, factor) == [raw & 0xFFFF]


@pytest.mark.parametrize("kind", sorted(SUNSPEC_NOT_AVAILABLE))
def test_what_is_not_available_is_none(kind: Kind) -> None:
    item = Field("x", 0, kind, absent=SUNSPEC_NOT_AVAILABLE[kind])
    words = encode(item, None)
    assert words[0] in (0x8000, 0xFFFF)
    assert decode(item, words) is None
    assert decode(item, encode(item, 1)) == 1


def test_not_a_number_and_no_text_are_none() -> None:
    assert decode(Field("x", 0, "float32"), [0x7FC0, 0]) is None
    assert decode(Field("x", 0, "string", words=2), [0, 0]) is None


def test_words_as_on_the_wire() -> None:
    assert encode(Field("x", 0, "int32"), 0x12345678) == [0x1234, 0x5678]
    assert encode(Field("x", 0, "int32", low_word_first=True), 0x12345678) == [0x5678, 0x1234]
    assert encode(Field("x", 0, "string", words=2), "AB") == [0x4142, 0]
    assert encode(Field("x", 0, "float32"), 1.5) == list(
        struct.unpack(">HH", struct.pack(">f", 1.5))
    )
    assert set(FORMATS) == {*BOUNDS, "float32"}


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (Field("x", 0, "int16"), 2**15),
        (Field("x", 0, "uint16"), -1),
        (Field("x", 0, "uint16"), None),
        (Field("x", 0, "uint16"), "on"),
        (Field("x", 0, "string", words=1), "ABC"),
        (Field("x", 0, "string", words=1), "\u00b0C"),
        (Field("x", 0, "bits", bits={"ON": 0}), frozenset({"OFF"})),
        (Field("x", 0, "bits"), frozenset({"bit16"})),
        (Field("x", 0, "float32"), 1e39),
    ],
)
def test_what_does_not_fit_is_refused(item: Field, value: object) -> None:
    with pytest.raises(LimitRefused, match="x cannot hold"):
        encode(item, value)  # type: ignore[arg-type]


def test_neighbours_are_read_at_once() -> None:
    fields = [Field("a", 0), Field("b", 1, "float32"), Field("c", 12), Field("d", 200)]
    assert RegisterMap(fields, gap=8).blocks() == [Block(0, 3), Block(12, 1), Block(200, 1)]
    assert RegisterMap(fields, gap=9).blocks() == [Block(0, 13), Block(200, 1)]
    assert RegisterMap(fields, gap=9).blocks(["d", "c"]) == [Block(12, 1), Block(200, 1)]
    assert RegisterMap(fields, gap=0).blocks() == [Block(0, 3), Block(12, 1), Block(200, 1)]


@thorough
@given(
    st.sets(st.integers(0, 500), min_size=1),
    st.integers(0, 20),
    st.integers(4, 125),
)
def test_blocks_hold_every_field_and_no_more_than_allowed(
    places: set[int], gap: int, most: int
) -> None:
    fields = [Field(f"f{place}", place, "float32") for place in places]
    blocks = RegisterMap(fields, gap=gap, most=most).blocks()
    assert all(block.count <= most for block in blocks)
    for item in fields:
        assert any(
            block.register <= item.register
            and item.register + item.count <= block.register + block.count
            for block in blocks
        )
    read = {r for block in blocks for r in range(block.register, block.register + block.count)}
    assert {max(read), min(read)} == {max(places) + 1, min(places)}


METER = RegisterMap(
    [
        Field("W", 100, "int16", "W", factor="W_SF", absent=0x8000),
        Field("W_SF", 101, "int16", absent=0x8000),
        Field("Hz", 104, "uint32", "Hz", scale=0.01),
    ],
    "input",
)


def test_reading_a_map() -> None:
    link = Registers({100: 1234, 101: 0xFFFF, 104: 0, 105: 5001})
    values = clock.run(METER.read(link), virtual=True)
    assert values == {"W": 123.4, "W_SF": -1, "Hz": pytest.approx(50.01)}
    assert link.asked == [("input", 100, 6)]


def test_a_value_without_its_factor_is_not_available() -> None:
    link = Registers({100: 1234, 101: 0x8000})
    assert clock.run(METER.read(link, ["W"]), virtual=True) == {"W": None}
    assert link.asked == [("input", 100, 2)]
    with pytest.raises(InstrumentError, match="scale factor"):
        clock.run(METER.write(link, "W", 5.0), virtual=True)


def test_writing_is_scaled_by_the_register_as_it_is() -> None:
    link = Registers({101: 1})
    clock.run(METER.write(link, "W", 120), virtual=True)
    assert link.words[100] == 12


def test_text_that_is_none_is_an_instrument_error() -> None:
    names = RegisterMap([Field("Mn", 0, "string", words=1)])
    with pytest.raises(InstrumentError):
        clock.run(names.read(Registers({0: 0xFFFF})), virtual=True)
