from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from sim_backends.emulators.iorodeo.rodeostat import EMULATOR, Rodeostat
from sim_backends.models.reference.electrochemical_port import ElectrochemicalPort
from sim_backends.models.reference.randles_cell import RandlesCell
from sim_backends.models.reference.redox_couple import RedoxCouple
from sim_backends.models.reference.resistor import ReferenceResistor
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk

NAMES = ["cyclic", "sinusoid", "constant", "squareWave", "linearSweep", "chronoamp", "multiStep",
         "differentialPulse"]  # fmt: skip


class Host(Talk):
    def __init__(self, cell: ElectrochemicalPort | None = None, seed: int = 1) -> None:
        board = Rodeostat(
            cell or ReferenceResistor(10e3), serial="SIM-00000042", rng=stream(seed, "rodeostat")
        )
        super().__init__(board)

    def lines(self, command: str, patience: float = 0.01, **arguments: Any) -> list[str]:
        message = json.dumps({"command": command, **arguments})
        self.send(message.encode("ascii") + b"\n")
        text = self.run(self.t + patience).decode("ascii")
        assert not text or text.endswith("\r\n")
        return text.split("\r\n")[:-1]

    def ok(self, command: str, **arguments: Any) -> dict[str, Any]:
        (line,) = self.lines(command, **arguments)
        reply = json.loads(line)
        assert reply["success"] is True and reply["response"]["command"] == command
        return reply["response"]

    def refused(self, command: str, **arguments: Any) -> str:
        (line,) = self.lines(command, **arguments)
        reply = json.loads(line)
        assert reply["success"] is False
        return reply["message"]

    def test(self, name: str, seconds: float, **param: Any) -> np.ndarray:
        """Columns t in ms, v in V, i in uA of a whole test."""
        self.ok("setParam", test=name, param=param)
        first, *samples, last = self.lines("runTest", seconds, test=name)
        assert json.loads(first)["response"] == {"command": "runTest", "test": name}
        assert last == "{}"
        return np.array([[s["t"], s["v"], s["i"]] for s in map(json.loads, samples)])


def test_exchanges_of_the_documentation() -> None:
    host = Host()
    # json.rst: the answers as they are printed there, but for the firmware's version.
    assert host.lines("getVolt") == [
        '{"success":true,"response":{"command":"getVolt","v":-0.000244}}'
    ]
    assert host.lines("setVolt", v=0.5) == [
        '{"success":true,"response":{"command":"setVolt","v":0.499878}}'
    ]
    assert host.lines("setVoltRange", voltRange="2V") == [
        '{"success":true,"response":{"command":"setVoltRange","voltRange":"2V"}}'
    ]
    assert host.lines("getParam", test="cyclic") == [
        '{"success":true,"response":{"command":"getParam","test":"cyclic","param":{"quietValue":0,'
        '"quietTime":0,"amplitude":1,"offset":0,"period":1000,"numCycles":10,"shift":0}}}'
    ]
    param = {"quietValue": -0.1, "quietTime": 1000, "amplitude": 1.5, "offset": 0, "period": 1000,
             "numCycles": 10, "shift": 0}  # fmt: skip
    assert host.ok("setParam", test="cyclic", param=param) == {
        "command": "setParam", "test": "cyclic", "param": param,
    }  # fmt: skip
    assert host.ok("getTestDoneTime", test="cyclic")["testDoneTime"] == 11000


def test_what_it_is() -> None:
    host = Host()
    assert host.ok("getVersion")["version"] == "FW0.1.0"
    assert host.ok("getVariant")["variant"] == "10V_microAmpV0.2"
    assert host.ok("getHardwareVersion")["version"] == "V0.2"
    assert host.ok("getTestNames")["testNames"] == NAMES
    assert host.ok("getDeviceId")["deviceId"] == 42
    assert host.ok("setDeviceId", deviceId=7)["deviceId"] == 7
    assert host.ok("getMuxEnabled")["muxEnabled"] is False
    assert EMULATOR is Rodeostat


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_current_flows_when_the_electrodes_are_connected(seed: int) -> None:
    host = Host(seed=seed)
    host.ok("setCurrRange", currRange="100uA")
    host.ok("setVolt", v=0.5)
    assert host.ok("getCurr")["i"] == pytest.approx(0.0, abs=0.3)
    host.ok("setAllElectConnected", connected=True)
    assert host.ok("getRefElectConnected")["connected"] is True
    assert host.ok("getCurr")["i"] == pytest.approx(50.0, rel=0.01, abs=0.5)
    assert host.ok("getRefVolt")["r"] == pytest.approx(0.5, abs=0.01)
    host.ok("setWrkElectConnected", connected=False)
    assert host.ok("getCurr")["i"] == pytest.approx(0.0, abs=0.3)


def test_the_open_circuit_potential_is_seen_without_counter_electrode() -> None:
    host = Host(RandlesCell(100.0, 1e6, 1e-6, volts=0.3))
    host.ok("setRefElectConnected", connected=True)
    host.ok("setWrkElectConnected", connected=True)
    assert host.ok("getRefVolt")["r"] == pytest.approx(0.3, abs=0.005)


@pytest.mark.parametrize("period", [1, 10, 100])
def test_a_linear_sweep_of_a_resistor(period: int) -> None:
    host = Host()
    host.ok("setCurrRange", currRange="100uA")
    host.ok("setSamplePeriod", samplePeriod=period)
    data = host.test("linearSweep", 3.0, startValue=-0.5, finalValue=0.5, duration=1000)
    assert len(data) == 1000 // period
    assert list(data[:, 0]) == [period * (k + 1) for k in range(len(data))]
    assert data[:, 1] == pytest.approx(-0.5 + data[:, 0] / 1000, abs=1e-6)
    # Two stages of the filter lag 0.5 ms each, over which the sweep moves 1 mV or 0.1 uA.
    settled = data[data[:, 0] > 6]
    assert settled[:, 2] == pytest.approx(settled[:, 1] * 100, rel=0.01, abs=0.6)


def test_a_wave_starts_at_its_lowest_and_keeps_its_cycles() -> None:
    host = Host()
    host.ok("setCurrRange", currRange="100uA")
    data = host.test("cyclic", 5.0, amplitude=0.5, offset=0.1, period=1000, numCycles=2)
    assert len(data) == 200
    assert data[:, 1].max() == pytest.approx(0.6) and data[:, 1].min() == pytest.approx(-0.4)
    assert data[49, 1] == pytest.approx(0.6) and data[99, 1] == pytest.approx(-0.4)
    sine = host.test("sinusoid", 5.0, amplitude=0.5, period=1000, numCycles=1, shift=0.25)
    assert sine[:, 1] == pytest.approx(0.5 * np.cos(2 * math.pi * sine[:, 0] / 1000), abs=1e-5)


def test_steps_of_a_double_layer_decay() -> None:
    host = Host(RandlesCell(10e3, 1e9, 10e-6))
    host.ok("setCurrRange", currRange="100uA")
    data = host.test("chronoamp", 2.0, step=[[200, 0.0], [400, 0.5]])
    time, current = data[:, 0] / 1000 - 0.2, data[:, 2]
    later = time > 0.02
    expected = 50.0 * np.exp(-time[later] / 0.1)
    assert current[later] == pytest.approx(expected, rel=0.02, abs=0.6)
    assert len(data) == 60


def test_a_cyclic_voltammogram_of_a_reversible_couple() -> None:
    host = Host(RedoxCouple(standard=0.2))
    host.ok("setCurrRange", currRange="100uA")
    data = host.test("cyclic", 5.0, amplitude=0.3, offset=0.2, period=3000, numCycles=1)
    rate, per_volt = 0.4, 96485.33 / 8.3145 / 298.15
    # Bard and Faulkner, 2nd ed., equation 6.2.18.
    peak = 0.4463 * 96485.33 * 7.07e-6 * 1.0 * math.sqrt(per_volt * rate * 7.6e-10)
    forward = data[data[:, 0] <= 1500]
    top = forward[forward[:, 2].argmax()]
    assert top[2] == pytest.approx(peak * 1e6, rel=0.02)
    assert top[1] == pytest.approx(0.2 + 0.0285, abs=0.01)


def test_a_square_wave_gives_the_difference_of_its_halves() -> None:
    host = Host()
    host.ok("setCurrRange", currRange="100uA")
    data = host.test("squareWave", 5.0, startValue=0.0, finalValue=0.1, stepValue=0.02,
                     amplitude=0.05, window=0.2, quietTime=20)  # fmt: skip
    # Of a resistor: twice the amplitude, whatever the step. The quiet samples carry no current.
    assert list(data[0]) == [10, 0, 0]
    assert data[1:, 2] == pytest.approx(np.full(len(data) - 1, 10.0), rel=0.01, abs=0.2)
    pulse = host.test("differentialPulse", 5.0, startValue=0.0, finalValue=0.1, stepValue=0.02,
                      pulseValue=0.05)  # fmt: skip
    assert pulse[0, 2] == pytest.approx(0.0, abs=0.3)
    assert pulse[2:5, 2] == pytest.approx(np.full(3, 7.0), rel=0.01, abs=0.2)


def test_a_current_beyond_the_range_is_marked() -> None:
    host = Host(ReferenceResistor(1e3))
    host.ok("setParam", test="constant", param={"value": 1.0, "duration": 100})
    _, *samples, _ = host.lines("runTest", 1.0, test="constant")
    assert all(json.loads(sample)["le"] is True for sample in samples)
    assert json.loads(samples[-1])["i"] == pytest.approx(10.0)


def test_stopping_ends_the_stream_and_opens_the_electrodes() -> None:
    host = Host()
    samples = host.lines("runTest", 0.1, test="constant")
    assert len(samples) > 5
    answer, *rest = host.lines("stopTest")
    assert json.loads(answer)["success"] is True and rest == ["{}"]
    assert host.ok("getAllElectConnected")["connected"] is False
    assert host.emulator.due() is None
    # The firmware ends a stream that never was.
    assert host.lines("stopTest")[1:] == ["{}"]


def test_answers_come_between_samples() -> None:
    host = Host()
    host.lines("runTest", 0.02, test="constant")
    told = host.lines("getVersion", 0.02)
    assert any('"version"' in line for line in told) and any('"t"' in line for line in told)


def test_electrodes_stay_as_they_are_without_auto_connect() -> None:
    host = Host()
    assert host.ok("setElectAutoConnect", autoConnect=False)["autoConnect"] is False
    host.ok("setParam", test="constant", param={"duration": 50})
    _, *samples, _ = host.lines("runTest", 1.0, test="constant")
    assert json.loads(samples[-1])["i"] == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize(
    ("message", "complaint"),
    [
        ('{"command":"nothing"}', "command, nothing, not found"),
        ('{"cmd":"getVolt"}', "CommandTable: command not found"),
        ("getVolt", "unable to parse json"),
        ('{"command":"setVolt"}', "json does not contain key: v"),
        ('{"command":"setVolt","v":"1"}', "unable to convert volt to float"),
        ('{"command":"setVoltRange","voltRange":"3V"}', "voltRange, 3V, not found"),
        ('{"command":"setCurrRange"}', "json does not contain key: currRange"),
        ('{"command":"setSamplePeriod","samplePeriod":1001}',
         "json samplePeriod value is too large"),
        ('{"command":"setSamplePeriod","samplePeriod":0}', "json samplePeriod value is too small"),
        ('{"command":"setSamplePeriod","samplePeriod":0.5}',
         "json samplePeriod value is not uin32_t"),
        ('{"command":"runTest","test":"none"}', "test not found"),
        ('{"command":"runTest"}', "json does not contain key: test"),
        ('{"command":"setParam"}', "test key not found"),
        ('{"command":"setParam","test":"cyclic"}', "key param missing, key param missing"),
        ('{"command":"setParam","test":"cyclic","param":{"period":1.5,"offset":"x"}}',
         "offset not a float, period not uint32"),
        ('{"command":"setParam","test":"multiStep","param":{}}', "step key not found"),
        ('{"command":"setParam","test":"chronoamp","param":{"step":[[1,1],[1,1],[1,1]]}}',
         "step array too large"),
        ('{"command":"setParam","test":"chronoamp","param":{"step":[[1.5,1]]}}',
         "step item[0] not uint32"),
        ('{"command":"setMuxEnabled","muxEnabled":true}', "multiplexer hardware not supported"),
        ('{"command":"setElectAutoConnect","autoConnect":1}',
         "unable to convert 'autoConnect' to bool"),
    ],
)  # fmt: skip
def test_complaints_of_the_firmware(message: str, complaint: str) -> None:
    host = Host()
    reply = json.loads(host.answer(message.encode("ascii") + b"\n"))
    assert reply["success"] is False and reply["message"] == complaint
    assert "response" in reply


def test_a_line_that_is_too_long_blocks_until_the_line_is_broken() -> None:
    host = Host()
    host.send(b"x" * 3000 + b"\n")
    assert host.lines("getVersion") == []
    host.emulator.clear(host.t)
    assert host.ok("getVersion")
