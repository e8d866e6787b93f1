from __future__ import annotations

from sim_backends.plugs.file_writer import portable


def test_names_that_windows_refuses() -> None:
    assert portable("REF-01_SIM-1_20260101T000001.tif")
    for name in ("", "a:b", "CON.txt", "com1.csv", "a/b", "dot.", "tab\t"):
        assert not portable(name)
