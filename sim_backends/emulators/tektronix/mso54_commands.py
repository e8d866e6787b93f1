"""Commands of the MSO54; a query's answer begins with its name while headers are on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim_backends.emulators.scpi import Table
from sim_backends.emulators.scpi.common import ieee488_table
from sim_backends.emulators.scpi.values import boolean, choice, number
from sim_backends.emulators.tektronix import mso54_front as front

if TYPE_CHECKING:
    from sim_backends.emulators.tektronix.mso54 import MSO54

EMPTY, PENDING = '0,"No events to report - queue empty"', '1,"No events to report - new events"'
MOST_POINTS = 62_500_000
Show = Callable[["MSO54"], str]
Put = Callable[["MSO54", str], None]


def _told(table: Table, pattern: str, show: Show) -> None:
    """The query of `pattern`; its answer begins with its name while headers are on."""

    def answer(device: MSO54, _: tuple[str, ...]) -> str:
        return (f"{pattern.upper()} " if device.words["header"] == "1" else "") + show(device)

    table.query(pattern, answer)


def _both(table: Table, pattern: str, show: Show, put: Put) -> None:
    _told(table, pattern, show)
    table.command(pattern, lambda device, arguments: put(device, arguments[0]))


def _word(table: Table, pattern: str, key: str, words: tuple[str, ...]) -> None:
    def put(device: MSO54, token: str) -> None:
        device.look()
        device.words[key] = choice(token, words).upper()

    _both(table, pattern, lambda d: d.words[key], put)


def _switch(table: Table, pattern: str, key: str) -> None:
    def put(device: MSO54, token: str) -> None:
        device.words[key] = "1" if boolean(token) else "0"

    _both(table, pattern, lambda d: d.words[key], put)


def _near(token: str, values: tuple[float, ...]) -> float:
    wanted = number(token)
    return min(values, key=lambda one: abs(one - wanted))


def _between(token: str, low: float, high: float) -> float:
    return min(max(number(token), low), high)


def _nr3(value: float) -> str:
    return f"{value:.6E}"


def _add_input(table: Table, n: int) -> None:
    """`CH<n>` and what else is by input."""

    def of(device: MSO54) -> front.Vertical:
        return device.setup.inputs[n - 1]

    def scale(device: MSO54, token: str) -> None:
        most = 1.0 if of(device).termination == 50.0 else 10.0
        device.change_input(n, scale=_between(token, 5e-4, most))

    def limit(device: MSO54, token: str) -> None:
        wanted = front.BANDWIDTH if token.upper() in ("FUL", "FULL") else number(token)
        device.change_input(n, limit=min(front.LIMITS, key=lambda one: abs(one - wanted)))

    def level(device: MSO54, token: str) -> None:
        levels = list(device.setup.levels)
        levels[n - 1] = number(token)
        device.change(levels=tuple(levels))

    root = f":CH{n}"
    _both(table, f"{root}:SCAle", lambda d: _nr3(of(d).scale), scale)
    _both(table, f"{root}:OFFSet", lambda d: _nr3(of(d).offset),
          lambda d, a: d.change_input(n, offset=_between(a, -10.0, 10.0)))  # fmt: skip
    _both(table, f"{root}:POSition", lambda d: _nr3(of(d).position),
          lambda d, a: d.change_input(n, position=_between(a, -5.0, 5.0)))  # fmt: skip
    _both(table, f"{root}:TERmination", lambda d: _nr3(of(d).termination),
          lambda d, a: d.change_input(n, termination=_near(a, (50.0, 1e6))))  # fmt: skip
    _both(table, f"{root}:COUPling", lambda d: of(d).coupling,
          lambda d, a: d.change_input(n, coupling=choice(a, ("DC", "AC", "DCREJ"))))  # fmt: skip
    _both(table, f"{root}:BANdwidth", lambda d: _nr3(of(d).limit), limit)
    _both(table, f"{root}:PROBEFunc:EXTAtten", lambda d: _nr3(of(d).probe),
          lambda d, a: d.change_input(n, probe=_between(a, 1e-10, 1e10)))  # fmt: skip
    _both(table, f":DISplay:GLObal:CH{n}:STATE", lambda d: "1" if of(d).on else "0",
          lambda d, a: d.change_input(n, on=boolean(a)))  # fmt: skip
    _both(table, f":TRIGger:A:LEVel:CH{n}", lambda d: _nr3(d.setup.levels[n - 1]), level)


def _add_time(table: Table) -> None:
    """`HORizontal` and the edge trigger."""

    def points(device: MSO54, token: str) -> None:
        device.change(points=round(_between(token, 1000, MOST_POINTS)))

    def source(device: MSO54, token: str) -> None:
        device.change(source=int(choice(token, tuple(f"CH{n}" for n in front.CHANNELS))[2:]))

    _word(table, ":HORizontal:MODE", "mode", ("AUTO", "MANual"))
    for node in (":HORizontal", ":HORizontal:MODE"):
        _both(table, f"{node}:SAMPLERate", lambda d: _nr3(d.setup.rate),
              lambda d, a: d.change(rate=_near(a, front.RATES)))  # fmt: skip
        _both(table, f"{node}:RECOrdlength", lambda d: str(d.setup.points), points)
    _switch(table, ":HORizontal:DELay:MODE", "delay")
    _both(table, ":HORizontal:DELay:TIMe", lambda d: _nr3(d.setup.delay),
          lambda d, a: d.change(delay=number(a)))  # fmt: skip
    _word(table, ":TRIGger:A:TYPe", "type", ("EDGE",))
    _word(table, ":TRIGger:A:MODe", "trigger", ("AUTO", "NORMal"))
    _both(table, ":TRIGger:A:EDGE:SOUrce", lambda d: f"CH{d.setup.source}", source)
    _both(table, ":TRIGger:A:EDGE:SLOpe", lambda d: "RISE" if d.setup.rising else "FALL",
          lambda d, a: d.change(rising=choice(a, ("RISe", "FALL")) == "RISe"))  # fmt: skip


def _add_waveform(table: Table) -> None:
    """`ACQuire`, `DATa`, `WFMOutpre`, `CURVe`."""

    def state(device: MSO54, token: str) -> None:
        device.run(token.upper() == "RUN" or (token.upper() != "STOP" and boolean(token)))

    def looked(show: Show) -> Show:
        def answer(device: MSO54) -> str:
            device.look()
            return show(device)

        return answer

    _both(table, ":ACQuire:STATE", looked(lambda d: str(d.state)), state)
    _word(table, ":ACQuire:STOPAfter", "after", ("RUNSTop", "SEQuence"))
    _word(table, ":ACQuire:MODe", "acquire", ("SAMple",))
    _told(table, ":ACQuire:NUMACq", looked(lambda d: str(d.count)))
    _word(table, ":DATa:SOUrce", "source", tuple(f"CH{n}" for n in front.CHANNELS))
    _word(table, ":DATa:ENCdg", "encoding", ("RIBinary",))
    for node, most in (("STARt", MOST_POINTS), ("STOP", MOST_POINTS), ("WIDth", 2)):
        _count(table, f":DATa:{node}", node.lower(), most)
    _told(table, ":WFMOutpre:XINcr", lambda d: _nr3(1.0 / d.record()[0].rate))
    _told(table, ":WFMOutpre:XZEro", lambda d: f"{d.record()[0].times()[0]:.9E}")
    _told(table, ":WFMOutpre:YMUlt", _increment)
    _told(table, ":WFMOutpre:YOFf", _position)
    _told(table, ":WFMOutpre:YZEro", lambda d: _nr3(_input(d).offset))
    _told(table, ":CURVe", lambda d: d.curve())


def _count(table: Table, pattern: str, key: str, most: int) -> None:
    def put(device: MSO54, token: str) -> None:
        device.words[key] = str(round(_between(token, 1, most)))

    _both(table, pattern, lambda d: d.words[key], put)


def _input(device: MSO54) -> front.Vertical:
    setup, _, number_ = device.record()
    return setup.inputs[number_ - 1]


def _step(device: MSO54) -> float:
    return front.PER_DIVISION / (1.0 if device.words["width"] == "2" else 256.0)


def _increment(device: MSO54) -> str:
    return _nr3(_input(device).scale / _step(device))


def _position(device: MSO54) -> str:
    return _nr3(_input(device).position * _step(device))


def _register(device: MSO54, _: tuple[str, ...]) -> str:
    """`*ESR?`: the register, which is cleared; its events can be read from now on."""
    device.events = list[str]()
    while (event := device.status.errors.pop()) is not None:
        device.events.append(f'{abs(event.code)},"{event.text}"')
    found, device.status.event = device.status.event, 0
    return str(found)


def _events(device: MSO54, _: tuple[str, ...]) -> str:
    found, device.events = device.events, []
    if found:
        return ",".join(found)
    return PENDING if len(device.status.errors) else EMPTY


def build_table() -> Table:
    """The command table of the model."""
    table = ieee488_table()
    _switch(table, ":HEADer", "header")
    _switch(table, ":VERBose", "verbose")
    for n in front.CHANNELS:
        _add_input(table, n)
    _add_time(table)
    _add_waveform(table)
    table.query("*ESR", _register)
    table.query(":ALLEv", _events)
    return table
