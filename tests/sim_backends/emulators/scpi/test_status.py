from __future__ import annotations

from sim_backends.emulators.scpi.errors import ScpiError
from sim_backends.emulators.scpi.status import Status


def test_the_queue_is_first_in_first_out_and_overflows() -> None:
    status = Status()
    for number in range(25):
        status.record(ScpiError(-222, str(number)), 0.0)
    assert len(status.errors) == 20
    popped = [status.errors.pop() for _ in range(20)]
    assert [event.text for event in popped if event][:2] == [
        "Parameter data out of range;0", "Parameter data out of range;1",
    ]  # fmt: skip
    last = popped[-1]
    assert last is not None and last.code == -350
    assert status.errors.pop() is None


def test_registers() -> None:
    status = Status()
    assert status.read_event() == 128 and status.read_event() == 0
    for code in (-113, -222, -350, -410):
        status.record(ScpiError(code), 0.0)
    assert status.event == 32 + 16 + 8 + 4
    assert status.byte(True) == 4 + 16
    status.event_enable, status.service_enable = 32, 32
    assert status.byte(False) == 4 + 32 + 64
    status.clear()
    assert status.byte(False) == 0 and status.event_enable == 32
