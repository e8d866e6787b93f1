"""Wire grammar of a Thorlabs SC10: what was sent comes back, then the answer, then a prompt.

`ens?` CR is answered by `ens?` CR `0` CR `> ` (SC10 operating manual 4256-D02, command line
interface; InstrumentKit's tests of the SC10 have the same lines). A command without an answer comes
back with the prompt alone.
"""

from __future__ import annotations

PROMPT = b">"
REFUSED = "CMD_"
"""In the answer to what the controller does not know: `Command error CMD_NOT_DEFINED`."""


class Malformed(ValueError):
    """An answer that is none by the grammar."""


def encode(command: str) -> bytes:
    """A command as it goes over the line."""
    return f"{command}\r".encode("ascii")


def find_answer(came: bytes) -> int | None:
    """How many bytes of `came` reach to its prompt, None where more must come."""
    end = came.find(PROMPT)
    return None if end < 0 else end + 1


def answer(command: str, frame: bytes) -> str:
    """What `command` was answered with, "" for nothing; `Malformed` without its echo."""
    text = frame.decode("ascii", "backslashreplace").removesuffix(PROMPT.decode("ascii"))
    echo, *lines = [line.strip() for line in text.strip().split("\r")]
    if echo != command:
        raise Malformed(f"the echo is {echo!r}, sent was {command!r}")
    return " ".join(line for line in lines if line)
