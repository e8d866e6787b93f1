from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from sim_backends.emulators.neware.bts import EMULATOR
from sim_backends.models.battery_cell import BatteryCell, CellParameters
from sim_backends.streams import stream
from tests.sim_backends.emulators.neware import programs
from tests.sim_backends.emulators.neware.programs import cycle, main, saved, step_file
from tests.sim_backends.emulators.talking import Talk

HEAD = '<?xml version="1.0" encoding="UTF-8" ?><bts version="1.0">'
END = "</bts>\n\n#\r\n"


def named(channel: int = 1) -> str:
    return f'ip="127.0.0.1" devtype="27" devid="21" subdevid="1" chlid="{channel}"'


class Host(Talk):
    """A client that sends what aurora-neware sends."""

    def __init__(self, charge: float = 0.5, **parameters: float) -> None:
        self.cell = BatteryCell(CellParameters(**parameters), charge=charge)
        other = BatteryCell(CellParameters(), charge=0.8)
        rng = stream(1, "bts")
        self.machine = EMULATOR((self.cell, other), serial="SIM-3", rng=rng)
        super().__init__(self.machine)

    def ask_xml(self, content: str) -> ET.Element:
        reply = self.answer((HEAD + content + END).encode()).decode()
        assert reply.endswith("\n\n#\r\n")
        return ET.fromstring(reply.removesuffix("\n\n#\r\n").encode())

    def listed(self, command: str, tag: str, *, text: str = "true", more: str = "") -> ET.Element:
        one = f"<{tag} {named()}{more}>{text}</{tag}>"
        answer = self.ask_xml(f'<cmd>{command}</cmd><list count = "1">{one}</list>')
        return answer.find("list")[0]  # type: ignore[index]

    def begin(self, folder: Path, *steps: tuple[int, str], **more: object) -> str:
        path = saved(folder, step_file(*steps, **more))  # type: ignore[arg-type]
        return self.listed("start", "start", text=path, more=' barcode="cell-7"').text or ""

    def now(self) -> dict[str, str]:
        return dict(self.listed("inquire", "inquire", more=' aux="0" barcode="1"').attrib)

    def download(self, first: int, count: int = 1000) -> list[dict[str, str]]:
        asked = f'<download {named()} auxid="0" testid="0" startpos="{first}" count="{count}"/>'
        answer = self.ask_xml(f"<cmd>download</cmd>{asked}")
        return [dict(each.attrib) for each in answer.find("list")]  # type: ignore[union-attr]

    def steps(self) -> list[dict[str, str]]:
        answer = self.ask_xml(f"<cmd>downloadStepLayer</cmd><downloadStepLayer {named()} />")
        return [dict(each.attrib) for each in answer.find("list")]  # type: ignore[union-attr]


def test_connect_byte_for_byte() -> None:
    host = Host()
    sent = (
        "<cmd>connect</cmd><username>admin</username><password>neware</password><type>bfgs</type>"
    )
    assert host.answer((HEAD + sent + END).encode()) == (
        b'<?xml version="1.0" encoding="UTF-8"?>\r\n<bts version="1.0">\r\n'
        b"  <cmd>connect_resp</cmd>\r\n  <result>ok</result>\r\n</bts>\n\n#\r\n"
    )


def test_devices() -> None:
    answer = Host().ask_xml("<cmd>getdevinfo</cmd>")
    channels = answer.find("middle")
    assert channels is not None and channels.get("count") == "2"
    assert [each.get("Channelid") for each in channels] == ["1", "2"]
    assert [each.text for each in channels] == ["true", "true"]
    assert answer.findtext("cmd") == "getdevinfo_resp"


def test_an_idle_channel_as_a_real_one_tells_it() -> None:
    host = Host()
    now = host.now()
    assert now.pop("voltage")[:4] in ("3.67", "3.68")
    assert now == {
        "dev": "27-21-1-1-0", "cycle_id": "1", "step_type": "--", "workstatus": "finish",
        "barcode": "", "current": "0", "capacity": "0", "energy": "0", "totaltime": "0",
        "relativetime": "0", "open_or_close": "0", "log_code": "0",
    }  # fmt: skip
    status = host.listed("getchlstatus", "status")
    assert status.text == "finish" and status.get("reservepause") == "1"
    assert host.listed("inquiredf", "chl").attrib["count"] == "0"


def test_a_cycle_test_runs_through(tmp_path: Path) -> None:
    host = Host(charge=0.3, fade=0.01)
    steps = (programs.REST, programs.CHARGE, programs.HOLD, programs.DISCHARGE, (5, cycle(2, 2)))
    assert host.begin(tmp_path, *steps) == "ok"
    host.run(1000.0)
    now = host.now()
    assert (now["workstatus"], now["step_id"], now["step_type"]) == ("working", "2", "cc")
    assert (now["current"], now["barcode"], now["log_code"]) == ("2.5", "cell-7", "102000")
    assert float(now["capacity"]) == pytest.approx(
        2.5 * float(now["relativetime"]) / 3600, rel=1e-3
    )
    assert host.listed("getchlstatus", "status").text == "working"
    assert host.listed("inquiredf", "chl").text == "false"
    assert host.listed("start", "start", text=str(tmp_path / "program.xml")).text == "false"
    host.run(40000.0)
    assert host.now()["workstatus"] == "finish" and host.listed("inquiredf", "chl").text == "true"
    done = host.steps()
    assert [each["steptype"] for each in done] == ["rest", *("cc", "cv", "dc") * 2]
    assert [each["cycleid"] for each in done] == ["1"] * 4 + ["2"] * 3
    assert float(done[1]["endvolt"]) == pytest.approx(4.2, abs=1e-3)
    assert float(done[2]["endcurr"]) == pytest.approx(0.125, abs=1e-3)
    assert float(done[3]["endvolt"]) == pytest.approx(3.0, abs=1e-3)
    first, second = float(done[3]["cap"]), float(done[6]["cap"])
    assert 2.3 < second < first < 2.5


def test_the_log_counts_what_it_reports(tmp_path: Path) -> None:
    host = Host(charge=0.8)
    host.begin(tmp_path, programs.DISCHARGE, record=10.0)
    host.run(7200.0)
    points = host.download(1, 1000)
    assert [int(each["seqid"]) for each in points] == list(range(1, len(points) + 1))
    seconds = np.array([float(each["testtime"]) for each in points]) / 1000.0
    current = np.array([float(each["curr"]) for each in points])
    voltage = np.array([float(each["volt"]) for each in points])
    assert np.diff(seconds)[:-1] == pytest.approx(10.0, abs=0.11)
    charge = -np.trapezoid(current, seconds) / 3600.0
    assert float(points[-1]["cap"]) == pytest.approx(charge, rel=2e-3)
    energy = -np.trapezoid(current * voltage, seconds) / 3600.0
    assert float(points[-1]["eng"]) == pytest.approx(energy, rel=2e-3)
    assert host.cell.state_of_charge(host.t) == pytest.approx(0.8 - charge / 2.5, abs=5e-3)
    count = int(host.listed("inquiredf", "chl").attrib["count"])
    assert count == len(points) and points[0]["atime"] == "2026-01-01 00:00:00"


def test_a_download_has_what_is_in_the_log(tmp_path: Path) -> None:
    host = Host()
    host.begin(tmp_path, (4, main(Time=600e3)))
    host.run(700.0)
    assert [each["seqid"] for each in host.download(3, 2)] == ["3", "4"]
    assert host.download(-9000, 1000) == [] and host.download(0, 0) == []
    assert host.download(500) == []
    answer = host.ask_xml(f'<cmd>download</cmd><download {named()} startpos="0" count="0"/>')
    assert answer.findtext("cmd") == "donwload_resp"
    assert answer.find("download").get("testid") == "1"  # type: ignore[union-attr]


def test_constant_voltage_after_constant_current(tmp_path: Path) -> None:
    host = Host(charge=0.9)
    host.begin(tmp_path, programs.CCCV, record=5.0)
    host.run(20000.0)
    points = host.download(1)
    volts = [float(each["volt"]) for each in points]
    assert max(volts) == pytest.approx(4.2, abs=2e-3)
    assert float(points[0]["curr"]) == pytest.approx(1.25, abs=1e-3)
    assert float(points[-1]["curr"]) == pytest.approx(0.125, abs=1e-3)


def test_the_true_current_is_off_by_the_machines_error(tmp_path: Path) -> None:
    host = Host(charge=0.2, efficiency=1.0, fade=0.0)
    host.begin(tmp_path, (1, main(Curr=1000.0, Time=3600e3)))
    host.run(4000.0)
    stored = (host.cell.state_of_charge(host.t) - 0.2) * 2.5
    assert 0.0 < abs(stored - 1.0) < 3.1e-3
    assert float(host.steps()[0]["cap"]) == pytest.approx(1.0, abs=2e-4)


def test_stop(tmp_path: Path) -> None:
    host = Host()
    assert host.listed("stop", "stop").text == "false"
    host.begin(tmp_path, programs.DISCHARGE)
    host.run(100.0)
    assert host.listed("stop", "stop").text == "ok"
    at = host.cell.state_of_charge(host.t)
    host.run(host.t + 1000.0)
    assert host.cell.state_of_charge(host.t) == at
    assert host.now()["workstatus"] == "stop" and len(host.steps()) == 1
    log = host.ask_xml(f'<cmd>downloadlog</cmd><download {named()} testid="0"/>')
    assert log.findtext("cmd") == "donwloadlog_resp"
    assert [each.get("log_code") for each in log.find("list")] == ["100000", "100007"]  # type: ignore[union-attr]
    assert host.begin(tmp_path, programs.REST) == "ok"
    assert host.listed("inquiredf", "chl").attrib["testid"] == "2"


def test_protection_ends_the_test(tmp_path: Path) -> None:
    host = Host(charge=0.5)
    protect = '<Volt><Upper Value="39000"/></Volt><Delay_Time Value="500"/>'
    host.begin(tmp_path, programs.CHARGE, protect=protect)
    host.run(7200.0)
    assert host.now()["workstatus"] == "protect" and host.now()["current"] == "0"
    assert host.cell.voltage(host.t) < 3.91
    assert host.listed("clearflag", "clearflag").text == "ok"
    assert host.listed("clearflag", "clearflag").text == "false"
    assert host.now()["workstatus"] == "stop"


def test_programs_beyond_the_machine_are_refused(tmp_path: Path) -> None:
    host = Host()
    assert host.begin(tmp_path, (1, main(Curr=6100.0, Stop_Volt=42000.0))) == "false"
    assert host.begin(tmp_path, (1, main(Curr=1000.0, Stop_Volt=51000.0))) == "false"
    assert host.listed("start", "start", text=str(tmp_path / "none.xml")).text == "false"
    assert host.listed("start", "start", text=str(tmp_path)).text == "false"
    bad = saved(tmp_path, "hello there")
    assert host.listed("start", "start", text=bad).text == "false"
    assert host.now()["workstatus"] == "finish"


def test_channels_that_are_not_there_and_unknown_commands() -> None:
    host = Host()
    for command, tag in (("start", "start"), ("stop", "stop"), ("light", "light")):
        one = f"<{tag} {named(9)}>true</{tag}>"
        answer = host.ask_xml(f'<cmd>{command}</cmd><list count="1">{one}</list>')
        assert answer.find("list")[0].text == "false"  # type: ignore[index]
    assert host.ask_xml("<cmd>reset</cmd>").findtext("result") == "false"
    assert host.answer(b"no xml at all#\r\n", 5.0) == b""
    assert host.answer(b"<bts></bts>#\r\n", 5.0) == b""
    assert host.ask_xml("<cmd>download</cmd>").findtext("result") == "false"


def test_light_and_several_channels_at_once() -> None:
    host = Host()
    assert host.listed("light", "light").text == "ok" and host.machine.channels[0].light
    rows = "".join(f"<inquire {named(n)} aux='0'>true</inquire>" for n in (2, 1))
    answer = host.ask_xml(f'<cmd>inquire</cmd><list count="2">{rows}</list>')
    told = [each.get("dev") for each in answer.find("list")]  # type: ignore[union-attr]
    assert told == ["27-21-1-2-0", "27-21-1-1-0"]


def test_power_back_means_stopped(tmp_path: Path) -> None:
    host = Host()
    host.begin(tmp_path, programs.DISCHARGE)
    host.run(100.0)
    host.machine.power_on(200.0)
    host.t = 200.0
    assert host.now()["workstatus"] == "stop"
