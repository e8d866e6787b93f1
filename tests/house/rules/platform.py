"""What exists on one operating system only stands in labctl/platform/."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import Rule, Source, in_packages

MODULES = {"fcntl", "termios", "tty", "pty", "resource", "pwd", "grp", "syslog", "msvcrt", "winreg"}
ATTRIBUTES = {
    "add_signal_handler",
    "remove_signal_handler",
    *("AF_UNIX", "create_unix_connection", "create_unix_server", "open_unix_connection"),
    *("start_unix_server", "windll", "WinDLL"),
}
OS = {
    *("fork", "forkpty", "getuid", "geteuid", "getgid", "setsid", "killpg", "getpgid", "setpgid"),
    *("mkfifo", "openpty", "uname", "sysconf", "sched_getaffinity", "wait", "waitpid", "nice"),
    *("getloadavg", "statvfs", "chown", "posix_spawn", "startfile", "pread", "pwrite"),
}
SIGNAL = {
    *("SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGCHLD", "SIGPIPE", "SIGQUIT"),
    *("SIGSTOP", "SIGCONT", "SIGTSTP", "alarm", "setitimer", "pause", "pthread_kill"),
    *("pthread_sigmask", "sigwait", "siginterrupt", "CTRL_C_EVENT", "CTRL_BREAK_EVENT"),
}
OF = {"os": OS, "signal": SIGNAL}


def find(source: Source) -> Iterator[tuple[int, str]]:
    """Imports of modules and uses of attributes that one operating system lacks."""
    for line, name in source.imports():
        root, _, rest = name.partition(".")
        if root in MODULES or rest in OF.get(root, set()):
            yield line, f"imports {name}"
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        if node.attr in ATTRIBUTES or node.attr in OF.get(owner, set()):
            yield node.lineno, f"uses {owner or '?'}.{node.attr}"


RULE = Rule(
    "one operating system's calls stand in labctl/platform",
    lambda path: in_packages(path) and not path.startswith("labctl/platform/"),
    find,
    bad=(
        ("labctl/engine.py", "loop.add_signal_handler(2, f)"),
        ("labctl/engine.py", "import os\nif os.fork(): pass"),
        ("drivers/a.py", "import fcntl"),
        ("drivers/a.py", "def f():\n    from signal import SIGALRM"),
        ("labctl/run.py", "import signal\nsignal.setitimer(0, 1)"),
        ("sim_backends/a.py", "import pty"),
        ("labctl/a.py", "import msvcrt"),
    ),
    good=(
        ("labctl/platform/posix.py", "import fcntl"),
        ("labctl/engine.py", "import signal\nsignal.signal(signal.SIGINT, f)"),
    ),
)
