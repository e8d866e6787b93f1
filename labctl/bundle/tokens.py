"""RFC 3161 time stamps: asking for one, and whether one is what it says, without any network."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from labctl.errors import UsageError
from labctl.i18n import _
from labctl.keys import Authority

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_GRANTED = b"\x30\x03\x02\x01\x00"
"""PKIStatusInfo of a response: granted."""


class Stamp(msgspec.Struct, frozen=True):
    """The moment `utc` (ISO 8601) that a token states, and `by` whom.

    `by` is the name on the lab's list of the authority that answers for it; "" where no authority
    on it does, with `why`.
    """

    utc: str
    by: str = ""
    why: str = ""


class Request(NamedTuple):
    """A request for a token as DER, and the `nonce` that its answer must repeat."""

    data: bytes
    nonce: int | None


def request(over: bytes) -> Request:
    """The request for a token over `over`, whose SHA-256 alone is in it."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(over).hash_algorithm(HashAlgorithm.SHA256)
    asked = builder.build()
    return Request(asked.as_bytes(), asked.nonce)


def check_nonce(data: bytes, nonce: int | None) -> None:
    """`UsageError` where the response `data` answers another request."""
    if nonce is not None and _decoded(data).tst_info.nonce != nonce:
        raise UsageError("the authority answered another request than this one")


def response(token: bytes) -> bytes:
    """The response that holds `token`, which may be one already, as DER.

    `UsageError` where it is neither.
    """
    for data in (token, _wrapped(token)):
        try:
            _decoded(data)
            return data
        except UsageError:
            continue
    raise UsageError(
        "this is no RFC 3161 time stamp",
        remedy="name a response (.tsr) or a token (.tst) in DER, as openssl ts writes it",
    )


def read(data: bytes, over: bytes, authorities: Iterable[Authority]) -> Stamp:
    """What the response `data` says of `over`, and which of the `authorities` answers for it.

    `UsageError` where it is no granted token over `over`.
    """
    from rfc3161_client import VerificationError

    found = _decoded(data)
    utc = found.tst_info.gen_time.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")
    why = _("its authority is not on the list of keys")
    _check_imprint(found, over)
    for authority in authorities:
        try:
            _verify(found, over, authority)
            return Stamp(utc, authority.name)
        except (VerificationError, ValueError, TypeError) as error:
            why = f"{authority.name}: {str(error).partition(': ErrorStack')[0]}"
    return Stamp(utc, why=why)


def _verify(found: TimeStampResponse, over: bytes, authority: Authority) -> None:
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerifierBuilder

    roots = load_pem_x509_certificates(authority.certificate.encode())
    VerifierBuilder(roots=roots).build().verify_message(found, over)


def _check_imprint(found: TimeStampResponse, over: bytes) -> None:
    from cryptography.hazmat.primitives import hashes

    kinds = {
        "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
        "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
        "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
    }
    imprint = found.tst_info.message_imprint
    kind = kinds.get(imprint.hash_algorithm.dotted_string)
    if kind is None:
        raise UsageError("the time stamp is over a hash that is not SHA-256, SHA-384 or SHA-512")
    digest = hashes.Hash(kind)
    digest.update(over)
    if digest.finalize() != imprint.message:
        raise UsageError("the time stamp is over something else")


def _decoded(data: bytes) -> TimeStampResponse:
    from rfc3161_client import PKIStatus, decode_timestamp_response

    try:
        found = decode_timestamp_response(data)
        granted = found.status == PKIStatus.GRANTED
        said = "; ".join(found.status_string) if not granted else ""
        # Both are read at their first use, and raise then.
        parts = (found.tst_info, found.signed_data) if granted else ()
    except (ValueError, TypeError) as error:
        raise UsageError(f"the time stamp cannot be read: {error}") from error
    if not parts:
        raise UsageError(f"no time stamp was granted: {said or found.status}")
    return found


def _wrapped(token: bytes) -> bytes:
    """The response that holds a bare token (RFC 3161, 2.4.2)."""
    body = _GRANTED + token
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    length = bytes([len(body)]) if len(body) < 128 else bytes([0x80 | len(size)]) + size
    return b"\x30" + length + body
