from __future__ import annotations

from sim_backends.samples.chip_layout import DIES, draw_layout, placed
from sim_backends.streams import stream


def test_structures_stand_on_a_die_of_the_map() -> None:
    for seed in range(5):
        layout = draw_layout(stream(seed, "layout"))
        assert layout.die in DIES
        sheet = placed(layout)
        assert (sheet["die_column"].value, sheet["die_row"].value) == layout.die
        assert sheet["structure_pitch"].value == layout.pitch > 0.0
