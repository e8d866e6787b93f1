"""Several clients of one instrument, on virtual time, without sockets."""

from __future__ import annotations

from labctl import clock
from sim_backends.emulators.eurotherm.e3216 import E3216
from sim_backends.emulators.keithley.k2450 import K2450
from sim_backends.faults import Delay, Disconnect, Fault, FaultyEmulator, Silence
from sim_backends.plugs.serve_exchange import PATIENCE, Client, Exchange
from sim_backends.plugs.serve_framing import Lines, ModbusGateway, Raw
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Plate, Resistor
from tests.sim_backends.plugs.test_serve_framing import READ, mbap


class Peer:
    """A client that keeps what it gets."""

    def __init__(self, exchange: Exchange, framing: Raw, name: str = "peer") -> None:
        self.got = b""
        self.hung_up = False
        self.exchange = exchange
        self.client = Client(name, framing, self._take, self._hang_up)
        exchange.join(self.client)

    def say(self, data: bytes) -> None:
        self.exchange.receive(self.client, data)

    def _take(self, data: bytes) -> None:
        self.got += data

    def _hang_up(self) -> None:
        self.hung_up = True
        self.exchange.leave(self.client)


def source_meter(events: list[str], *faults: Fault) -> Exchange:
    emulator = K2450(Resistor(), serial="SIM-1", rng=stream(1, "meter"))
    exchange = Exchange(
        "meter", FaultyEmulator(emulator, faults), lambda role, event, what: events.append(event)
    )
    exchange.start()
    return exchange


def controller() -> Exchange:
    emulator = FaultyEmulator(E3216(Plate(), serial="SIM-1", rng=stream(1, "chuck")), ())
    exchange = Exchange("chuck", emulator, lambda role, event, what: None)
    exchange.start()
    return exchange


def test_each_client_gets_its_own_answer_and_state_is_shared() -> None:
    async def main() -> None:
        exchange = source_meter([])
        first, second = Peer(exchange, Lines()), Peer(exchange, Lines())
        first.say(b":SOUR:VOLT 1.5\n:SOUR:VOLT?\n*IDN?\n")
        second.say(b"*OPC?\n:SOUR:VO")
        second.say(b"LT?\n")
        await clock.sleep(0.1)
        assert float(first.got.split(b"\n")[0]) == 1.5 and b"SIM-1" in first.got
        assert second.got.startswith(b"1\n") and float(second.got.split(b"\n")[1]) == 1.5
        exchange.stop()

    clock.run(main(), virtual=True)


def test_a_slow_answer_is_waited_for_by_the_other_client() -> None:
    async def main() -> None:
        exchange = source_meter([], Delay(seconds=3.0))
        first, second = Peer(exchange, Lines()), Peer(exchange, Lines())
        first.say(b"*IDN?\n")
        second.say(b"*OPC?\n")
        await clock.sleep(2.9)
        assert first.got == second.got == b""
        await clock.sleep(0.2)
        assert b"SIM-1" in first.got and second.got == b"1\n"
        exchange.stop()

    clock.run(main(), virtual=True)


def test_who_hangs_up_leaves_nothing_to_the_next() -> None:
    async def main() -> None:
        events: list[str] = []
        exchange = source_meter(events)
        first, second = Peer(exchange, Lines()), Peer(exchange, Lines())
        first.say(b"*IDN?\n")
        second.say(b"*OPC?\n")
        exchange.leave(first.client)
        await clock.sleep(1.0)
        assert first.got == b"" and second.got == b"1\n"
        assert events == ["connected", "connected", "disconnected"]
        exchange.stop()

    clock.run(main(), virtual=True)


def test_a_cut_line_hangs_up_and_can_be_joined_again() -> None:
    async def main() -> None:
        exchange = source_meter([], Disconnect())
        first = Peer(exchange, Lines())
        first.say(b"*IDN?\n")
        await clock.sleep(1.0)
        assert first.hung_up and first.got == b""
        again = Peer(exchange, Lines())
        again.say(b"*OPC?\n")
        await clock.sleep(1.0)
        assert again.got == b"1\n"
        exchange.stop()

    clock.run(main(), virtual=True)


def test_faults_come_and_go_while_it_is_served() -> None:
    async def main() -> None:
        exchange = source_meter([])
        peer = Peer(exchange, Lines())
        peer.say(b"*OPC?\n")
        await clock.sleep(1.0)
        exchange.emulator.add(Silence(times=None))
        peer.say(b"*OPC?\n")
        await clock.sleep(1.0)
        assert peer.got == b"1\n"
        exchange.emulator.heal()
        peer.say(b"*OPC?\n")
        await clock.sleep(1.0)
        assert peer.got == b"1\n1\n"
        exchange.stop()

    clock.run(main(), virtual=True)


def test_an_emulator_that_fails_is_told_and_serves_on() -> None:
    class Broken(K2450):
        def receive(self, data: bytes, t: float) -> None:
            if data.startswith(b"BREAK"):
                raise RuntimeError("broken")
            super().receive(data, t)

    async def main() -> None:
        told: list[str] = []
        emulator = Broken(Resistor(), serial="SIM-1", rng=stream(1, "meter"))
        exchange = Exchange(
            "meter", FaultyEmulator(emulator, ()), lambda role, event, what: told.append(what)
        )
        exchange.start()
        peer = Peer(exchange, Lines())
        peer.say(b"BREAK\n")
        assert peer.hung_up and "RuntimeError: broken" in told[1]
        again = Peer(exchange, Lines())
        again.say(b"*OPC?\n")
        await clock.sleep(1.0)
        assert again.got == b"1\n"
        exchange.stop()

    clock.run(main(), virtual=True)


def test_modbus_clients_take_turns_and_keep_their_transaction_numbers() -> None:
    async def main() -> None:
        exchange = controller()
        peers = [Peer(exchange, ModbusGateway()) for _ in range(5)]
        for number, peer in enumerate(peers):
            peer.say(mbap(number, 1, READ) + mbap(number + 100, 1, READ))
        await clock.sleep(1.0)
        for number, peer in enumerate(peers):
            assert peer.got[:2] == number.to_bytes(2, "big")
            assert peer.got[11:13] == (number + 100).to_bytes(2, "big")
        exchange.stop()

    clock.run(main(), virtual=True)


def test_a_gateway_answers_for_a_unit_that_is_not_there_and_goes_on() -> None:
    async def main() -> None:
        exchange = controller()
        first, second = Peer(exchange, ModbusGateway()), Peer(exchange, ModbusGateway())
        first.say(mbap(1, 9, READ))
        second.say(mbap(2, 1, READ))
        await clock.sleep(PATIENCE / 2)
        assert first.got == second.got == b""
        await clock.sleep(PATIENCE)
        assert first.got == mbap(1, 9, b"\x83\x0b") and second.got[:2] == b"\0\2"
        exchange.stop()

    clock.run(main(), virtual=True)
