"""Messages of the BTS 8.0 server: XML documents, each ended by LF LF # CR LF.

From the client aurora-neware 0.2 (MIT; `neware.py`) and the answers of a real BTS 8.0 machine that
its tests hold (`tests/mocks.py`): the layout of `document` and `element` is theirs, blank by blank.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

TERMINATOR = b"#\r\n"
ENDING = b"\n\n#\r\n"
LONGEST = 1 << 20
"""Bytes after which a message without an end is dropped."""

_DECLARES = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)

Attributes = Mapping[str, object]


class Framer:
    """Documents out of a byte stream that may arrive in any pieces."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[str]:
        """Documents complete with `data`, without their ends; what is no UTF-8 is dropped."""
        self._buffer += data
        found = []
        while (end := self._buffer.find(TERMINATOR)) >= 0:
            message = bytes(self._buffer[:end])
            del self._buffer[: end + len(TERMINATOR)]
            try:
                found.append(message.decode("utf-8").strip())
            except UnicodeDecodeError:
                continue
        if len(self._buffer) > LONGEST:
            self._buffer.clear()
        return found

    def clear(self) -> None:
        """Forget half a message."""
        self._buffer.clear()


def parse(text: str) -> ET.Element | None:
    """The root of an XML document; None where it is none, or declares entities."""
    if _DECLARES.search(text):
        return None
    parser = ET.XMLParser(encoding="utf-8")  # whatever the document itself declares
    try:
        return ET.fromstring(text.encode("utf-8"), parser)
    except ET.ParseError:
        return None


def element(name: str, attributes: Attributes, text: str | None = None) -> str:
    """One element on a line; empty where `text` is None."""
    words = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{name}{words} />" if text is None else f"<{name}{words}>{escape(text)}</{name}>"


def listed(name: str, lines: Iterable[str]) -> list[str]:
    """The element `name` with its count around `lines`, indented as the server indents."""
    inner = [f"    {line}" for line in lines]
    if not inner:
        return [f'  <{name} count="0" />']
    return [f'  <{name} count="{len(inner)}">', *inner, f"  </{name}>"]


def document(command: str, lines: Iterable[str]) -> bytes:
    """The answer `command`_resp with its end."""
    head = ['<?xml version="1.0" encoding="UTF-8"?>', '<bts version="1.0">']
    body = [*head, f"  <cmd>{escape(command)}_resp</cmd>", *lines, "</bts>"]
    return "\r\n".join(body).encode("utf-8") + ENDING


def figure(value: float, decimals: int = 4) -> str:
    """A number without trailing zeros: 0, 3.8834, -0.0003."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
