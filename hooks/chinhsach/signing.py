"""Bytes in, a detached signature in minisign's form out, and back: Ed25519 over BLAKE2b-512 (docs/adr/029).

The form is that of minisign 0.11 (jedisct1.github.io/minisign, «Signature format»), so that anybody can check a
release with a program that is not ours. `cryptography` is imported only where something is signed or checked.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .dates import VN

_UNTRUSTED = "untrusted comment: "
_TRUSTED = "trusted comment: "
_COMMENT = "signature from minisign secret key"
"""What minisign writes itself; nothing else is accepted, so that no byte of a signature can be changed unseen."""
_KEY, _HASHED, _CHECKSUM, _NO_PASSWORD = b"Ed", b"ED", b"B2", b"\0\0"
_TIMESTAMP = re.compile(r"(?:^|\t)timestamp:([0-9]{1,11})(?:\t|$)")


class SigningFault(Exception):
    """A key or a signature cannot be used, or does not fit; the message says why, in Vietnamese."""


class NoLibrary(SigningFault):
    """The library that signs is not installed."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What everybody may know: 8 bytes that name the key, and its 32 bytes."""

    id: bytes
    key: bytes

    @property
    def text(self) -> str:
        """The key as it is published: 56 characters that begin with RW."""
        return base64.b64encode(_KEY + self.id + self.key).decode()

    @property
    def name(self) -> str:
        """The key's name as minisign prints it."""
        return self.id[::-1].hex().upper()

    @classmethod
    def from_text(cls, text: str) -> PublicKey:
        """Read the 56 characters, or a `.pub` file that holds them. Raises SigningFault."""
        line = (text.strip().splitlines() or [""])[-1].strip()
        raw = _decoded(line, 42)
        if raw is None or raw[:2] != _KEY:
            raise SigningFault("khóa công khai phải là 56 ký tự, bắt đầu bằng RW")
        return cls(raw[2:10], raw[10:])


@dataclass(frozen=True, slots=True, repr=False)
class SecretKey:
    """What one place only may hold; its public half goes into `khoa-cong-khai.yml`."""

    id: bytes
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """The half that is published."""
        return PublicKey(self.id, _private(self.seed).public_key().public_bytes_raw())

    @property
    def text(self) -> str:
        """The file of this key, without a password, as `minisign -G -W` writes it."""
        raw = _KEY + _NO_PASSWORD + _CHECKSUM + bytes(48) + self.id + self.seed + self.public.key + bytes(32)
        return f"{_UNTRUSTED}minisign secret key {self.public.name}\n{base64.b64encode(raw).decode()}\n"

    @classmethod
    def make(cls) -> SecretKey:
        """A new key from the system's source of randomness."""
        return cls(secrets.token_bytes(8), secrets.token_bytes(32))

    @classmethod
    def from_text(cls, text: str) -> SecretKey:
        """Read a secret key's file, ours or minisign's. Raises SigningFault."""
        raw = _decoded((text.strip().splitlines() or [""])[-1].strip(), 158)
        if raw is None or raw[:2] != _KEY or raw[4:6] != _CHECKSUM:
            raise SigningFault("tệp khóa ký không đúng dạng của minisign")
        if raw[2:4] != _NO_PASSWORD:
            raise SigningFault("khóa ký có mật khẩu: hãy ký bằng minisign -S -s <tệp khóa> -m <trang>/du-lieu/tep.json")
        key = cls(raw[54:62], raw[62:94])
        if raw[94:126] != key.public.key or any(raw[6:54] + raw[126:]):
            raise SigningFault("tệp khóa ký bị hỏng: hai nửa của khóa không khớp")
        return key


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that was read: whose it says it is, the signature itself, and the signed comment with its own."""

    key_id: bytes
    signature: bytes
    comment: str
    comment_signature: bytes

    @property
    def moment(self) -> datetime | None:
        """When it was made, as the signer says; None where the comment has no time."""
        found = _TIMESTAMP.search(self.comment)
        return datetime.fromtimestamp(int(found[1]), UTC).astimezone(VN) if found else None

    @property
    def text(self) -> str:
        """The signature's file."""
        lines = (
            _UNTRUSTED + _COMMENT,
            base64.b64encode(_HASHED + self.key_id + self.signature).decode(),
            _TRUSTED + self.comment,
            base64.b64encode(self.comment_signature).decode(),
        )
        return "\n".join(lines) + "\n"

    @classmethod
    def from_text(cls, content: bytes) -> Signature:
        """Read a signature's file. Raises SigningFault for a file of which any byte stands otherwise than written."""
        fault = SigningFault("tệp chữ ký không đúng dạng của minisign")
        try:
            lines = content.decode("utf-8").split("\n")
        except UnicodeDecodeError:
            raise fault from None
        if len(lines) != 5 or not lines[2].startswith(_TRUSTED):
            raise fault
        first, second = _decoded(lines[1], 74), _decoded(lines[3], 64)
        if first is None or second is None or first[:2] != _HASHED:
            raise fault
        read = cls(first[2:10], first[10:], lines[2].removeprefix(_TRUSTED), second)
        if read.text.encode() != content:
            raise fault
        return read


def sign(content: bytes, key: SecretKey, moment: datetime, name: str) -> Signature:
    """Sign the bytes of the file `name`, with the time of signing in the signed comment."""
    private = _private(key.seed)
    signature = private.sign(hashlib.blake2b(content).digest())
    comment = f"timestamp:{int(moment.timestamp())}\tfile:{name}\thashed"
    return Signature(key.id, signature, comment, private.sign(signature + comment.encode()))


def verify(content: bytes, signature: Signature, keys: Iterable[PublicKey]) -> PublicKey:
    """The key among `keys` that signed exactly these bytes and this comment. Raises SigningFault."""
    known = [key for key in keys if key.id == signature.key_id]
    if not known:
        raise SigningFault(f"chữ ký của khóa lạ {signature.key_id[::-1].hex().upper()}, không phải khóa đã công bố")
    library = _library()
    for key in known:
        public = library.Ed25519PublicKey.from_public_bytes(key.key)
        try:
            public.verify(signature.signature, hashlib.blake2b(content).digest())
            public.verify(signature.comment_signature, signature.signature + signature.comment.encode())
        except _invalid():
            continue
        return key
    raise SigningFault("chữ ký không khớp: tệp danh sách hoặc chữ ký đã bị đổi")


def _decoded(line: str, length: int) -> bytes | None:
    """The bytes of a line of base64, None unless they are so many and written in the one canonical way."""
    try:
        raw = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == length and base64.b64encode(raw).decode() == line else None


def _library() -> Any:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        raise NoLibrary("thiếu thư viện ký; hãy cài: pip install 'chinhsach[ky]'") from None
    return ed25519


def _invalid() -> type[Exception]:
    from cryptography.exceptions import InvalidSignature

    return InvalidSignature


def _private(seed: bytes) -> Any:
    return _library().Ed25519PrivateKey.from_private_bytes(seed)
