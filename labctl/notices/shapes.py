"""The shapes of webhooks: what each chat expects, and what its answer means.

    wecom      企业微信 group robot: JSON in, `{"errcode": 0, "errmsg": "ok"}` out; 2,048 bytes of
               text; 20 messages a minute
    dingtalk   钉钉 custom robot: the same answer; signed by HMAC-SHA256 of time stamp and secret;
               20 messages a minute, more are blocked for ten
    slack      incoming webhook: `{"text": ...}`, answered by `ok`; one message a second
    template   JSON of the lab's own, in whose texts {names} are filled in; any 2xx is good

Pure functions; nothing is sent here.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from typing import Any, cast
from urllib.parse import quote_plus

from labctl.notices.entries import Shape
from labctl.notices.message import Message

WECOM_BYTES, DINGTALK_BYTES, SLACK_BYTES = 2048, 15000, 30000
PACE: dict[Shape, float] = {"wecom": 3.1, "dingtalk": 3.1, "slack": 1.1, "template": 0.0}
"""Seconds between two messages to one webhook, by what the chats allow."""

BUSY = {-1, 45009, 45033, 88, 130101, 410100}
"""Error codes of WeCom and DingTalk that pass by themselves: busy, or too many messages."""

NAMES = ("kind", "title", "text", "item", "run", "utc", "message")
"""What may stand in braces in a template."""

_BRACES = re.compile(r"\{(\w+)\}")
EVERYBODY = "@all"


def payload(
    shape: Shape, message: Message, mention: tuple[str, ...], template: dict[str, Any] | None
) -> dict[str, Any]:
    """The JSON document that carries `message`."""
    match shape:
        case "wecom":
            return {"msgtype": "text", "text": _wecom(message, mention)}
        case "dingtalk":
            return _dingtalk(message, mention)
        case "slack":
            return {"text": cut(_slack(message, mention), SLACK_BYTES)}
        case "template":
            return cast("dict[str, Any]", _filled(template or {}, message.parts))


def signed(url: str, secret: str, utc: float) -> str:
    """DingTalk's `url` with time stamp and signature; `utc` is Unix time in s.

    The signature is base64(HMAC-SHA256(secret, "<ms>\\n<secret>")), percent-encoded.
    """
    stamp = str(round(utc * 1000))
    text = f"{stamp}\n{secret}".encode()
    digest = hmac.new(secret.encode("utf-8"), text, hashlib.sha256).digest()
    sign = quote_plus(base64.b64encode(digest))
    return f"{url}{'&' if '?' in url else '?'}timestamp={stamp}&sign={sign}"


def refusal(shape: Shape, answer: str) -> tuple[str, bool]:
    """What an answer of HTTP 200 refuses, and whether it may do so for good; "" for nothing."""
    if shape == "template":
        return "", False
    if shape == "slack":
        return ("", False) if answer.strip() == "ok" else (cut(answer, 200), True)
    try:
        document = json.loads(answer)
        code = int(document["errcode"])
    except (ValueError, TypeError, KeyError):
        return f"no answer of {shape}: {cut(answer, 200)}", False
    if code == 0:
        return "", False
    return f"errcode {code}: {document.get('errmsg', '')}", code not in BUSY


def unknown_names(template: object) -> list[str]:
    """Names in braces in a template that nothing is known by."""
    return [name for name in _BRACES.findall(json.dumps(template)) if name not in NAMES]


def cut(text: str, size: int) -> str:
    """`text` of at most `size` bytes in UTF-8; the last character says where something is lost."""
    data = text.encode("utf-8")
    if len(data) <= size:
        return text
    return data[: size - len("…".encode())].decode("utf-8", "ignore") + "…"


def _wecom(message: Message, mention: tuple[str, ...]) -> dict[str, Any]:
    mobiles = [one for one in mention if one.isdecimal()]
    people = [one for one in mention if not one.isdecimal()]
    text: dict[str, Any] = {"content": cut(message.text, WECOM_BYTES)}
    if people:
        text["mentioned_list"] = people
    if mobiles:
        text["mentioned_mobile_list"] = mobiles
    return text


def _dingtalk(message: Message, mention: tuple[str, ...]) -> dict[str, Any]:
    called = [one for one in mention if one != EVERYBODY]
    # Who is called is marked in the text too; without that DingTalk does not show the call.
    marks = " ".join(f"@{one}" for one in called)
    content = cut(message.text, DINGTALK_BYTES) + (f"\n{marks}" if marks else "")
    at = {
        "atMobiles": [one for one in called if one.isdecimal()],
        "atUserIds": [one for one in called if not one.isdecimal()],
        "isAtAll": EVERYBODY in mention,
    }
    return {"msgtype": "text", "text": {"content": content}, "at": at}


def _slack(message: Message, mention: tuple[str, ...]) -> str:
    text = message.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    called = " ".join("<!channel>" if one == EVERYBODY else f"<@{one}>" for one in mention)
    return f"{called} {text}" if called else text


def _filled(value: Any, parts: dict[str, str]) -> Any:
    """`value` with the names in its texts filled in, so that what comes out is always JSON."""
    if isinstance(value, str):
        return _BRACES.sub(lambda found: parts[found[1]], value)
    if isinstance(value, dict):
        table = cast("dict[str, Any]", value)
        return {key: _filled(one, parts) for key, one in table.items()}
    if isinstance(value, list):
        return [_filled(one, parts) for one in cast("list[Any]", value)]
    return value
