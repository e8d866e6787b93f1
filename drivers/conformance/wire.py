"""A golden scene at a real link: what is sent, and whether the answers have the scene's form."""

from __future__ import annotations

import re
from typing import Any

from drivers.codecs import llp
from drivers.conformance.transcripts import Exchange, form_of
from drivers.links.link import AttributeLink, BytesLink, MessageLink, RegisterLink, TopicLink

_PACKAGE = re.compile(r"([a-z]{2})(?:[0-9A-F]{7}[a-zA-Z ]| {5}nan)((?:,[0-9A-F]+)*)")
PATIENCE = 20.0
TEXTS = {"2A00", *(f"2A{number:02X}" for number in range(0x24, 0x2A))}
"""Characteristics of Bluetooth devices that hold a text: name, model, serial number, maker."""


async def replay(link: Any, exchanges: list[Exchange], *, checked: bool) -> list[str]:
    """Send what the exchanges send; a line for every answer that has not the form it must."""
    wrong: list[str] = []
    for exchange in exchanges:
        if "send" in exchange:
            found = await _message(link, exchange, checked=checked)
        elif "send_text" in exchange:
            found = await _text(link, exchange)
        elif "send_hex" in exchange:
            found = await _frame(link, exchange)
        elif {"publish", "request", "heard"} & set(exchange):
            found = await _topic(link, exchange)
        elif {"read", "write", "identification"} & set(exchange):
            found = await _registers(link, exchange)
        else:
            found = await _attribute(link, exchange)
        if found:
            wrong.append(found)
    return wrong


async def _message(link: MessageLink, exchange: Exchange, *, checked: bool) -> str:
    command = llp.encode(exchange["send"]) if checked else exchange["send"]
    if "answer" not in exchange:
        await link.write(command)
        return ""
    answer = await link.query(command, PATIENCE)
    text = answer.rpartition("*")[0] if checked else answer
    return "" if form_of(exchange).fullmatch(text) else f"{exchange['send']} -> {text}"


async def _text(link: BytesLink, exchange: Exchange) -> str:
    """Lines of text; how often a package comes is the instrument's affair."""
    wanted = exchange.get("answer_text", "")
    if not wanted:
        await link.write(exchange["send_text"].encode("ascii"))
        return ""
    lines = [await link.exchange(exchange["send_text"].encode("ascii"), _line, PATIENCE)]
    many = wanted.count("\n") > 1
    while many and not _is_last(lines, exchange):
        lines.append(await link.read_until(_line, PATIENCE))
    text = b"".join(lines).decode("ascii")
    if "form" in exchange:
        return "" if re.fullmatch(exchange["form"], text) else text
    return "" if _shape(text) == _shape(wanted) else f"{_shape(text)}, not {_shape(wanted)}"


def _is_last(lines: list[bytes], exchange: Exchange) -> bool:
    if exchange.get("whole"):
        return lines[-1].endswith(b"*\n")
    return lines[-1] == b"\n" or b"!" in lines[-1]


def _line(data: bytes) -> int | None:
    return data.find(b"\n") + 1 or None


def _shape(text: str) -> list[str]:
    """The kinds of lines, those that repeat once; packages by the kinds of their values."""
    found: list[str] = []
    for line in text.removeprefix("e").removeprefix("\n").splitlines():
        values = _PACKAGE.findall(line) if line.startswith("P") else []
        kind = "P" + ";".join(kind for kind, _ in values) if values else re.sub(r"\d", "", line)
        if line[:1] in ("M", "C"):
            kind = line[0]
        if not found or found[-1] != kind:
            found.append(kind)
    return found


async def _frame(link: BytesLink, exchange: Exchange) -> str:
    data = bytes.fromhex(exchange["send_hex"])
    wanted = bytes.fromhex(exchange.get("answer_hex", ""))
    if not wanted:
        await link.write(data)
        return ""
    answer = await link.exchange(
        data, lambda came: len(wanted) if len(came) >= len(wanted) else None, PATIENCE
    )
    return "" if answer[:2] == wanted[:2] else f"{data.hex(' ')} -> {answer.hex(' ')}"


async def _registers(link: RegisterLink, exchange: Exchange) -> str:
    if "write" in exchange:
        await link.write_registers(exchange["write"], [one & 0xFFFF for one in exchange["values"]])
        return ""
    if "identification" in exchange:
        objects = await link.read_identification(exchange["identification"])
        lacking = {number for number, _ in exchange["objects"]} - set(objects)
        return f"no objects {sorted(lacking)} in the identification" if lacking else ""
    wanted = len(exchange["answer"])
    answer = await link.read_holding(exchange["read"], exchange.get("count", wanted))
    fits = list(answer) == exchange["answer"] if exchange.get("same") else len(answer) == wanted
    return "" if fits else f"register {exchange['read']} -> {answer}"


async def _topic(link: TopicLink, exchange: Exchange) -> str:
    if "publish" in exchange:
        await link.publish(exchange["publish"], exchange["payload"].encode("utf-8"))
    if "request" not in exchange:
        return ""  # what is heard by itself depends on when it is listened to
    payload, topic = exchange["payload"].encode("utf-8"), exchange["reply_on"]
    reply = await link.request(exchange["request"], payload, topic, PATIENCE)
    text = reply.payload.decode("utf-8")
    form = form_of({"answer": exchange["reply"], **exchange})
    return "" if form.fullmatch(text) else f"{exchange['request']} -> {text}"


async def _attribute(link: AttributeLink, exchange: Exchange) -> str:
    if "read_value" not in exchange:
        return ""
    answer = await link.read(exchange["read_value"])
    if exchange["read_value"] in TEXTS:
        return "" if answer.decode("utf-8") else f"{exchange['read_value']} is empty"
    wanted = bytes.fromhex(exchange["answer_hex"])
    return "" if len(answer) == len(wanted) else f"{exchange['read_value']} -> {answer.hex(' ')}"
