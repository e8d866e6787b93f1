"""Lines of keys in a TOML file."""

from __future__ import annotations

import pytest

from drivers.toml_lines import line_of

TEXT = """name = "x"  # a comment

[roles.lamp]
driver = "llp.sol1"
limits = { irradiance = { value = 1, unit = "W" } }

[[uncertainty]]
name = "a"

[[uncertainty]]
name = "b"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 1),
        (("roles", "lamp"), 3),
        (("roles", "lamp", "driver"), 4),
        (("roles", "lamp", "limits", "irradiance", "value"), 5),
        (("roles", "lamp", "address"), 3),
        (("uncertainty", "0", "name"), 8),
        (("uncertainty", "1", "name"), 11),
        (("nowhere",), None),
    ],
)
def test_line_of_a_key_or_of_its_nearest_parent(path: tuple[str, ...], line: int | None) -> None:
    assert line_of(TEXT, path) == line
