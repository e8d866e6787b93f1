"""SDK link: calls into a vendor's blocking library, which runs in a process of its own.

A call that hangs costs the process, not the run: it is killed and started again for the next call.
"""

from __future__ import annotations

import asyncio
import os
import sys
from importlib.util import find_spec
from typing import Any

import msgspec

from drivers.links.address import Address
from drivers.links.heard import LastWords
from drivers.links.line import Line
from drivers.links.retry import again
from drivers.links.sdk_server import HEADER, Reply, Request
from drivers.links.settings import SdkSettings
from labctl.errors import InstrumentError, LinkError, UsageError


class SdkProcess:
    """An `SdkLink` on the server module `module`; make it with `open_sdk`."""

    def __init__(self, address: str, module: str, settings: SdkSettings) -> None:
        self._address = address
        self._module = module
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._listener: asyncio.Task[None] | None = None
        self._said = LastWords()
        self._line = Line(address, self._restart)

    @property
    def address(self) -> str:
        """Which server module is run."""
        return self._address

    async def call(self, function: str, *args: Any, timeout: float | None = None) -> Any:
        """What `function` of the server returns for `args`, plain data both. `timeout` in s."""
        seconds = self._settings.timeout if timeout is None else timeout
        command = f"{function}({', '.join(map(repr, args))})"
        request = msgspec.msgpack.encode(Request(function, list(args)))
        reply = await self._line.transact(lambda: self._exchange(command, request, seconds))
        if reply.error:
            raise InstrumentError(
                "the vendor's library refused",
                address=self._address,
                command=command,
                answer=reply.error,
                remedy="check the call against the library's manual",
            )
        return reply.value

    async def resync(self) -> None:
        """Kill the process and start it again."""
        await self._line.resync()

    async def close(self) -> None:
        """End the process. Closing twice is no error."""
        await self._line.close(self._kill)

    async def start(self) -> None:
        """Start the process and wait for its first words; `LinkError` where it has none."""
        await self._kill()
        self._said = LastWords()
        try:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", self._module),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        except OSError as error:
            raise self._failure(f"cannot be started ({error})", "") from error
        assert self._process.stderr is not None
        self._listener = asyncio.ensure_future(self._said.listen(self._process.stderr))
        await self._reply("", self._settings.start_timeout)

    async def _exchange(self, command: str, request: bytes, seconds: float) -> Reply:
        process = self._process
        if process is None or process.returncode is not None:
            raise self._failure("the process has ended", command)
        assert process.stdin is not None
        try:
            process.stdin.write(HEADER.pack(len(request)) + request)
            await process.stdin.drain()
        except OSError as error:
            raise self._failure(f"takes no call ({error})", command) from error
        return await self._reply(command, seconds)

    async def _reply(self, command: str, seconds: float) -> Reply:
        try:
            async with asyncio.timeout(seconds):
                return msgspec.msgpack.decode(await self._frame(), type=Reply)
        except TimeoutError as error:
            await self._kill()
            raise self._failure(f"hangs: no answer within {seconds:g} s", command) from error
        except (asyncio.IncompleteReadError, OSError) as error:
            await self._kill()
            raise self._failure("the process died", command) from error
        except msgspec.MsgspecError as error:
            await self._kill()
            raise self._failure(f"broken answer ({error})", command) from error

    async def _frame(self) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        stdout = self._process.stdout
        header = await stdout.readexactly(HEADER.size)
        return await stdout.readexactly(HEADER.unpack(header)[0])

    async def _restart(self) -> None:
        await again(self.start, self._settings.backoff)

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()
        if self._listener is not None:
            # What it said last is still in the pipe; who it started may keep the pipe open.
            await asyncio.wait([self._listener], timeout=1.0)
            self._listener.cancel()
            await asyncio.wait([self._listener])

    def _failure(self, what: str, command: str) -> LinkError:
        return LinkError(
            what,
            address=self._address,
            command=command,
            answer=str(self._said),
            remedy="check that the vendor's library is installed and its device connected",
        )


async def open_sdk(parts: Address, settings: SdkSettings) -> SdkProcess:
    """Start the server module that `parts` names; `UsageError` where there is none."""
    parts.refuse_options()
    try:
        found = find_spec(parts.target) is not None
    except (ModuleNotFoundError, ValueError):
        found = False
    if not found:
        raise UsageError(
            f"there is no module {parts.target!r}",
            address=parts.text,
            remedy="install the package that has it, or correct its dotted name",
        )
    link = SdkProcess(parts.text, parts.target, settings)
    try:
        await link.start()
    except BaseException:
        await link.close()
        raise
    return link
