from __future__ import annotations

from sim_backends.streams import stream


def test_a_stream_repeats_and_belongs_to_its_names() -> None:
    first = stream(1, "meter", "noise").standard_normal(8).tolist()
    assert stream(1, "meter", "noise").standard_normal(8).tolist() == first
    others = [(2, ("meter", "noise")), (1, ("meter",)), (1, ("meternoise",)), (-1, ("meter",))]
    for seed, names in others:
        assert stream(seed, *names).standard_normal(8).tolist() != first
