"""A time stamping authority of the tests' own: a certificate, and answers in DER by RFC 3161."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SHA256 = (2, 16, 840, 1, 101, 3, 4, 2, 1)
SIGNED_DATA = (1, 2, 840, 113549, 1, 7, 2)
TST_INFO = (1, 2, 840, 113549, 1, 9, 16, 1, 4)
CONTENT_TYPE = (1, 2, 840, 113549, 1, 9, 3)
MESSAGE_DIGEST = (1, 2, 840, 113549, 1, 9, 4)
SIGNING_CERTIFICATE = (1, 2, 840, 113549, 1, 9, 16, 2, 47)
ECDSA_SHA256 = (1, 2, 840, 10045, 4, 3, 2)
POLICY = (1, 3, 6, 1, 4, 1, 99999, 1)
AT = datetime(2026, 11, 23, 5, 0, 0, tzinfo=UTC)


def der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def sequence(*parts: bytes) -> bytes:
    return der(0x30, *parts)


def integer(value: int) -> bytes:
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(numbers: tuple[int, ...]) -> bytes:
    body = bytes([numbers[0] * 40 + numbers[1]])
    for number in numbers[2:]:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        body += bytes(reversed(groups))
    return der(0x06, body)


class Authority:
    """Answers requests; `certificate` is what is trusted, issuer of the one that signs."""

    def __init__(self, at: datetime = AT, name: str = "Test Time") -> None:
        self.at = at
        root, self._key = (
            ec.generate_private_key(ec.SECP256R1()),
            ec.generate_private_key(ec.SECP256R1()),
        )
        self.root = _certificate(f"{name} Root", f"{name} Root", root, root, ca=True)
        self._leaf = _certificate(name, f"{name} Root", self._key, root, ca=False)

    @property
    def certificate(self) -> str:
        return self.root.public_bytes(Encoding.PEM).decode()

    def answer(self, over: bytes, nonce: int = 0) -> bytes:
        """The response to a request for a token over `over`."""
        return sequence(sequence(integer(0)), self.token(over, nonce))

    def token(self, over: bytes, nonce: int = 0) -> bytes:
        info = self._info(hashlib.sha256(over).digest(), nonce)
        content = sequence(oid(TST_INFO), der(0xA0, der(0x04, info)))
        leaf = self._leaf.public_bytes(Encoding.DER)
        signed = sequence(
            integer(3),
            der(0x31, _algorithm(SHA256)),
            content,
            der(0xA0, leaf),
            der(0x31, self._signer(info, leaf)),
        )
        return sequence(oid(SIGNED_DATA), der(0xA0, signed))

    def _info(self, digest: bytes, nonce: int) -> bytes:
        imprint = sequence(_algorithm(SHA256), der(0x04, digest))
        moment = der(0x18, self.at.strftime("%Y%m%d%H%M%SZ").encode())
        return sequence(integer(1), oid(POLICY), imprint, integer(7), moment, integer(nonce))

    def _signer(self, info: bytes, leaf: bytes) -> bytes:
        known = sequence(sequence(sequence(der(0x04, hashlib.sha256(leaf).digest()))))
        attributes = (
            sequence(oid(CONTENT_TYPE), der(0x31, oid(TST_INFO))),
            sequence(oid(MESSAGE_DIGEST), der(0x31, der(0x04, hashlib.sha256(info).digest()))),
            sequence(oid(SIGNING_CERTIFICATE), der(0x31, known)),
        )
        ordered = sorted(attributes)
        signature = self._key.sign(der(0x31, *ordered), ec.ECDSA(hashes.SHA256()))
        issuer = self._leaf.issuer.public_bytes()
        return sequence(
            integer(1),
            sequence(issuer, integer(self._leaf.serial_number)),
            _algorithm(SHA256),
            der(0xA0, *ordered),
            sequence(oid(ECDSA_SHA256)),
            der(0x04, signature),
        )


def _algorithm(numbers: tuple[int, ...]) -> bytes:
    return sequence(oid(numbers), b"\x05\x00")


def _certificate(
    name: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey,
    *,
    ca: bool,
) -> x509.Certificate:
    builder = (
        x509
        .CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - timedelta(days=3650))
        .not_valid_after(AT + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(by, hashes.SHA256())
