from __future__ import annotations

from sim_backends.emulators.alicat.tables import gases, layout, manufacturer


def test_rows_are_as_captured() -> None:
    table = layout(setpoint=True, total=False)
    assert (
        table[0] == "D00 ID_ NAME______________________ TYPE_______ WIDTH NOTES___________________"
    )
    assert table[1] == "D01 700 Unit ID                    string          1"
    assert table[2] == "D02 002 Abs Press                  s decimal     7/2 010 02 PSIA"
    assert table[6] == "D06 037 Mass Flow Setpt            s decimal     7/3 007 02 SLPM"
    assert table[7] == "D07 703 Gas                        string          6"
    assert table[8] == "D08 701 *Error                     string          3 ADC"
    assert table[-1] == "D21 702 *Status                    string          3 LCK"
    assert gases()[:2] == ["G00      Air", "G01       Ar"]
    assert gases()[5] == "G05     C2H6"
    assert manufacturer("M-1", "SIM-1")[4:6] == [
        " M04 Model Number M-1",
        " M05 Serial Number SIM-1",
    ]


def test_options_add_and_take_rows() -> None:
    assert not any("Setpt" in row for row in layout(setpoint=False, total=False))
    assert sum("Total" in row for row in layout(setpoint=True, total=True)) == 1
