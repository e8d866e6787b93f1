"""Emulators at pymodbus's door: a listener on its null modem.

A client with the port `socket://__pymodbus_nullmodem:<number>` is joined to the listener of that
number in the same process. Requests go to the emulator, answers come when it sends them, so the
client's time-outs are timers of the same loop and exact in virtual time.
"""

from __future__ import annotations

from pymodbus.transport import CommParams, CommType, ModbusProtocol
from pymodbus.transport.transport import NULLMODEM_HOST, NullModem

from sim_backends.emulators.emulator import Emulator
from sim_backends.plugs.ticker import Ticker


class Connection(ModbusProtocol):
    """The emulator's end of one connection."""

    def __init__(self, listener: ModbusPlug) -> None:
        super().__init__(listener.comm_params, True)
        self._plug = listener

    def callback_new_connection(self) -> ModbusProtocol:
        """Only the listener takes connections."""
        raise NotImplementedError

    def callback_connected(self) -> None:
        """A client has come."""
        self._plug.joined(self)

    def callback_disconnected(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._plug.left(self)

    def callback_data(self, data: bytes, addr: tuple[str, int] | None = None) -> int:
        """Bytes from the client; all are used."""
        self._plug.ticker.receive(data)
        return len(data)


class ModbusPlug(ModbusProtocol):
    """Listens for clients of `emulator` on port `number`, made while the event loop runs."""

    def __init__(self, name: str, emulator: Emulator, number: int) -> None:
        self.number = number
        params = CommParams(
            comm_name=name,
            comm_type=CommType.TCP,
            source_address=(NULLMODEM_HOST, self.number),
        )
        super().__init__(params, True)
        self.ticker = Ticker(name, emulator, self._arrived, self._lose)
        self._joined: list[Connection] = []

    @property
    def port(self) -> str:
        """The port of an `AsyncModbusSerialClient` that leads here."""
        return f"socket://{NULLMODEM_HOST}:{self.number}"

    def start(self) -> None:
        """Listen, and let the emulator work."""
        self.is_listener = True
        self.transport = NullModem.set_listener(self.number, self)
        self.ticker.start()

    def stop(self) -> None:
        """Hang up, stop listening, end the timer."""
        self.ticker.stop()
        self._hang_up()
        self.close()

    def _lose(self, error: Exception | None) -> None:
        """Hang up; the line can be joined again, unless the emulator itself failed: its error goes
        on to the event loop, which reports it."""
        if error is not None:
            self.stop()
            raise error
        self._hang_up()
        self.ticker.clear()

    def _hang_up(self) -> None:
        for connection in tuple(self._joined):
            connection.close()
        self._joined.clear()

    def joined(self, connection: Connection) -> None:
        """A client has come; what an earlier one left unfinished is dropped."""
        self._joined.append(connection)
        self.ticker.clear()

    def left(self, connection: Connection) -> None:
        """A client has gone; the emulator works on."""
        if connection in self._joined:
            self._joined.remove(connection)

    def callback_new_connection(self) -> ModbusProtocol:
        """A connection of its own for each client."""
        return Connection(self)

    def callback_connected(self) -> None:
        """A listener is never connected itself."""

    def callback_disconnected(self, exc: Exception | None) -> None:
        """A listener is never connected itself."""

    def callback_data(self, data: bytes, addr: tuple[str, int] | None = None) -> int:
        """A listener hears no data."""
        return len(data)

    def _arrived(self, data: bytes) -> None:
        if data:
            for connection in tuple(self._joined):
                connection.send(data)
