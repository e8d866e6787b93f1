from __future__ import annotations

from sim_backends.emulators.outbox import Outbox


def test_bytes_leave_in_order_and_on_time() -> None:
    box = Outbox()
    assert box.due() is None and box.take(1e9) == b""
    box.put(b"a", 2.0)
    box.put(b"b", 1.0)
    box.put(b"c", 3.0)
    assert box.due() == 2.0 and box.take(1.9) == b""
    assert box.take(2.0) == b"ab" and len(box) == 1 and box.due() == 3.0
    box.clear()
    assert not box and box.take(9.0) == b""
