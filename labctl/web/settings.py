"""How the web server is set up: by the command line and by `[serve]` in `labctl.toml`."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from labctl import clock
from labctl.errors import UsageError

HOUR = 3600.0
MIB = 1 << 20


@dataclass(frozen=True)
class Hashing:
    """Costs of argon2id: passes, memory in KiB, lanes; by default RFC 9106's second choice."""

    passes: int = 3
    memory: int = 64 * 1024
    lanes: int = 4


@dataclass(frozen=True)
class Settings:
    """All that a server is told.

    `folder` holds accounts and audit log, `runs` the runs. `benches` and `agreements` are folders
    of files that runs may be started with, by their names. A session ends `idle` s after its last
    use and `absolute` s after its login. Bodies have at most `body` bytes, uploads `upload` bytes.
    `proxies` are the addresses whose X-Forwarded headers are believed. `secure` says that browsers
    come by TLS. `wall` tells the date, for tests.
    """

    folder: Path
    runs: Path
    benches: tuple[Path, ...] = ()
    agreements: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    cert: Path | None = None
    key: Path | None = None
    proxies: tuple[str, ...] = ()
    plain: bool = False
    idle: float = 12 * HOUR
    absolute: float = 7 * 24 * HOUR
    body: int = MIB
    upload: int = 32 * MIB
    hashing: Hashing = field(default_factory=Hashing)
    wall: Callable[[], datetime] = clock.wall

    @property
    def secure(self) -> bool:
        """Whether browsers come by TLS: to this server, or to the proxy before it."""
        return self.cert is not None or bool(self.proxies)


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches the address `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check(settings: Settings, *, has_administrator: bool) -> None:
    """`UsageError` where the server would be open to the network unguarded.

    It listens to this machine alone until an administrator has a password, and to others by TLS
    alone, its own or a proxy's, unless `plain` says otherwise.
    """
    if (settings.cert is None) != (settings.key is None):
        raise UsageError("--cert and --key belong together", remedy="give both, or neither")
    if is_loopback(settings.host):
        return
    if not has_administrator:
        raise UsageError(
            f"no administrator has a password: nobody but this machine may reach the server, "
            f"not {settings.host}",
            remedy="labctl user add NAME --role administrator, then start it again",
        )
    if not (settings.secure or settings.plain):
        raise UsageError(
            f"passwords would cross the network to {settings.host} in the clear",
            remedy="--cert FILE --key FILE, or --proxy ADDRESS behind one that has TLS, or --plain",
        )
