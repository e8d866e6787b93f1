"""What a model's registers say: each point's value in its unit, or that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drivers.codecs import sunspec
from drivers.sunspec._definitions import Definition, Placed, layout

Value = int | float | str | None


@dataclass(frozen=True)
class Values:
    """The points of one model as read at one time; names as in `Placed`."""

    definition: Definition
    words: tuple[int, ...]
    places: dict[str, Placed]

    def names(self) -> tuple[str, ...]:
        """Names of the points that are there, in the order of the registers."""
        return tuple(self.places)

    def raw(self, name: str) -> Value:
        """The value in the registers without scale; None where it is not implemented.

        A point that this device's edition of the model ends before is not implemented either.
        """
        if name not in self.places:
            return None
        place = self.places[name]
        words = self.words[place.offset : place.offset + place.point.size]
        return sunspec.decode(place.point.kind, words)

    def factor(self, name: str) -> int | None:
        """Exponent of ten of point `name`, 0 without scale, None where it is not implemented."""
        if name not in self.places:
            return None
        place = self.places[name]
        if not isinstance(place.point.sf, str):
            return place.point.sf
        if not place.point.sf:
            return 0
        for prefix in _outward(place.prefix):
            if prefix + place.point.sf in self.places:
                raw = self.raw(prefix + place.point.sf)
                return raw if isinstance(raw, int) else None
        return None

    def value(self, name: str) -> Value:
        """The value of point `name` in its unit; None where it or its scale is not implemented.

        A bit field or an enumeration is its number.
        """
        raw = self.raw(name)
        if not isinstance(raw, int) or not self.places[name].point.sf:
            return raw
        factor = self.factor(name)
        return None if factor is None else sunspec.scaled(raw, factor)

    def step(self, name: str) -> float:
        """The smallest difference that point `name` can show, in its unit."""
        return sunspec.scaled(1, self.factor(name) or 0)

    def word(self, name: str) -> str | None:
        """The name of an enumeration's value, the number as text where it has none."""
        raw = self.raw(name)
        if raw is None:
            return None
        named = {value: word for word, value in self.places[name].point.values.items()}
        return named.get(raw, str(raw)) if isinstance(raw, int) else str(raw)

    def flags(self, name: str) -> tuple[str, ...]:
        """Names of the bits that are set, lowest first; a bit without name as `Evt2 bit 3`."""
        raw = self.raw(name)
        if not isinstance(raw, int):
            return ()
        named = {bit: word for word, bit in self.places[name].point.bits.items()}
        set_bits = (bit for bit in range(raw.bit_length()) if raw >> bit & 1)
        return tuple(named.get(bit, f"{name} bit {bit}") for bit in set_bits)


def values_of(definition: Definition, words: Sequence[int]) -> Values:
    """The points of `definition` in `words`, the registers after the model's length.

    `CorruptPoint` names a point whose registers its type does not have.
    """
    places = {place.name: place for place in layout(definition, words)}
    values = Values(definition, tuple(words), places)
    for name in places:
        try:
            values.raw(name)
        except sunspec.CorruptPoint as error:
            raise sunspec.CorruptPoint(f"{name}: {error}") from error
    return values


def _outward(prefix: str) -> list[str]:
    """`a[1].b[2].`, `a[1].`, ``: from a group to those around it."""
    parts = prefix.split(".")[:-1]
    return ["".join(f"{part}." for part in parts[:end]) for end in range(len(parts), -1, -1)]
