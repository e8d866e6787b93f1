"""Which Python values a snapshot holds as they are, and the forms in which it holds the others.

A snapshot is JSON: numbers, text, lists. Every other value is a list whose first entry says what
it is. Floats that JSON lacks (NaN, infinities) and bytes get a form of their own; a float is
written with all its digits, so what comes back is the same number.
"""

from __future__ import annotations

import base64
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from labctl.errors import Defect

Plain = Any
"""None, bool, int, float, str, or a list of them: what JSON keeps."""

FLOAT, BYTES, BYTEARRAY, ARRAY, GENERATOR, COMPLEX = (
    *("float", "bytes", "bytearray"),
    *("array", "generator", "complex"),
)


def number(value: float) -> Plain:
    """A float as JSON keeps it; one that JSON lacks by its name."""
    return value if math.isfinite(value) else [FLOAT, repr(value)]


def octets(kind: str, value: bytes | bytearray) -> Plain:
    """Bytes as base64."""
    return [kind, base64.b64encode(bytes(value)).decode("ascii")]


def array(value: NDArray[Any]) -> Plain:
    """An array of numbers of any shape; `Defect` for one of objects."""
    if value.dtype.hasobject:
        raise Defect("an array of objects cannot be kept in a snapshot")
    data = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode("ascii")
    return [ARRAY, value.dtype.str, list(value.shape), data]


def generator(value: np.random.Generator) -> Plain:
    """The state of a random stream, by numpy's own description of it (whole numbers and text)."""
    state = value.bit_generator.state
    if state["bit_generator"] != "PCG64":
        raise Defect(f"a random stream of kind {state['bit_generator']} cannot be kept")
    inner = state["state"]
    return [
        GENERATOR,
        str(inner["state"]),
        str(inner["inc"]),
        int(state["has_uint32"]),
        int(state["uinteger"]),
    ]


def back(form: list[Plain]) -> Any:
    """The value of a form made by one of the functions above, but a random stream's."""
    match form:
        case ["float", str(text)]:
            return float(text)
        case ["complex", str(text)]:
            return complex(text)
        case ["bytes", str(text)]:
            return base64.b64decode(text)
        case ["bytearray", str(text)]:
            return bytearray(base64.b64decode(text))
        case ["array", str(kind), list(shape), str(data)]:
            flat = np.frombuffer(base64.b64decode(data), dtype=np.dtype(kind))
            return flat.reshape(shape).copy()
        case _:
            raise Defect(f"no form of a snapshot: {str(form)[:60]}")


def set_generator(stream: np.random.Generator, form: list[Plain]) -> None:
    """Put a random stream into the state that `generator` told."""
    _, state, increment, has, rest = form
    stream.bit_generator.state = {
        "bit_generator": "PCG64",
        "state": {"state": int(state), "inc": int(increment)},
        "has_uint32": has,
        "uinteger": rest,
    }
