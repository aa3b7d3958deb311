"""The bytes of a PDF in, who signed it and when out, as the file itself says; nothing is verified here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple

from asn1crypto import cms
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from ..dates import VN, format_date
from ..text import clean, excerpt, one_line

NOT_VERIFIED = "chưa xác minh chữ ký"
_MOST_FIELDS = 500
_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:Z|([+-])(\d{2})'?(\d{2})?'?)?")


class Signature(NamedTuple):
    """A signature as it lies in the file: the certificate's words, the time, and the last byte that it covers."""

    signer: str
    organisation: str
    moment: datetime | None
    is_stamped: bool
    """Whether the time comes from a time stamp; otherwise it is what the signer's machine said."""
    covers_to: int

    def as_text(self) -> str:
        """The signature in one sentence, which never says that it is valid."""
        who = f"«{self.signer}»" if self.signer else "người không rõ tên"
        if self.organisation and self.organisation != self.signer:
            who += f", «{self.organisation}»"
        return f"Tệp mang chữ ký số của {who}, {self._when()} ({NOT_VERIFIED})"

    def _when(self) -> str:
        if self.moment is None:
            return "không rõ lúc nào"
        local = self.moment.astimezone(VN)
        source = "theo dấu thời gian" if self.is_stamped else "theo máy của người ký"
        return f"lúc {local:%H:%M} ngày {format_date(local.date())} {source}"


def find(reader: PdfReader) -> list[Signature]:
    """The signatures of a document, in the order of its fields; what cannot be read is a signature without words."""
    return [_signature(value) for value in _values(reader)]


def sentences(signatures: list[Signature], size: int) -> list[str]:
    """What the clerk is told; `size`: the file's bytes, more than were signed where something was added later."""
    said = [signature.as_text() for signature in signatures]
    if signatures and max(signature.covers_to for signature in signatures) < size:
        said.append("Sau lần ký cuối, tệp còn được ghi thêm: hãy mở bằng phần mềm ký số để xem phần thêm là gì")
    return said


def _values(reader: PdfReader) -> Iterator[DictionaryObject]:
    form = _dictionary(reader.root_object.get("/AcroForm"))
    waiting = [_dictionary(field) for field in reversed(_list(form.get("/Fields")))]
    seen = 0
    while waiting and seen < _MOST_FIELDS:
        field = waiting.pop()
        seen += 1
        waiting += [_dictionary(kid) for kid in reversed(_list(field.get("/Kids")))]
        value = _dictionary(field.get("/V"))
        if "/ByteRange" in value and "/Contents" in value:
            yield value


def _dictionary(value: Any) -> DictionaryObject:
    value = value.get_object() if hasattr(value, "get_object") else value
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _list(value: Any) -> list[Any]:
    value = value.get_object() if hasattr(value, "get_object") else value
    return list(value) if isinstance(value, list) else []


def _signature(value: DictionaryObject) -> Signature:
    covered = _list(value.get("/ByteRange"))
    covers_to = int(covered[-2]) + int(covered[-1]) if len(covered) >= 4 else 0
    said = _pdf_moment(str(value.get("/M", "")))
    try:
        name, organisation, moment, is_stamped = _signed(_bytes(value["/Contents"]))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        name, organisation, moment, is_stamped = "", "", None, False
    return Signature(name or _words(value.get("/Name", "")), organisation, moment or said, is_stamped, covers_to)


def _bytes(value: Any) -> bytes:
    """What a string object holds: a signature's bytes may look like text."""
    return bytes(value.original_bytes)


def _signed(content: bytes) -> tuple[str, str, datetime | None, bool]:
    """Signer, organisation, time and whether a time stamp says it, of a CMS signature (RFC 5652, RFC 3161)."""
    signed = cms.ContentInfo.load(content)["content"]
    info = signed["signer_infos"][0]
    subject = _subject(signed, info)
    stamped = _attribute(info["unsigned_attrs"], "signature_time_stamp_token")
    if stamped is not None:
        moment = stamped["content"]["encap_content_info"]["content"].parsed["gen_time"].native
        return subject.get("common_name", ""), subject.get("organization_name", ""), moment, True
    own = _attribute(info["signed_attrs"], "signing_time")
    return subject.get("common_name", ""), subject.get("organization_name", ""), own.native if own else None, False


def _attribute(attributes: Any, kind: str) -> Any:
    return next((a["values"][0] for a in attributes if a["type"].native == kind), None)


def _subject(signed: Any, info: Any) -> dict[str, str]:
    """The words of the certificate that the signature names, of the first one where it names none that is there."""
    certificates = [choice.chosen for choice in signed["certificates"] if choice.name == "certificate"]
    named = info["sid"].chosen
    if info["sid"].name == "issuer_and_serial_number":
        serial = named["serial_number"].native
        certificates.sort(key=lambda one: one.serial_number != serial)
    else:
        certificates.sort(key=lambda one: one.key_identifier != named.native)
    if not certificates:
        return {}
    said = certificates[0].subject.native
    return {key: _words(value[-1] if isinstance(value, list) else value) for key, value in said.items()}


def _words(value: Any) -> str:
    return excerpt(one_line(clean(str(value))), 150)


def _pdf_moment(text: str) -> datetime | None:
    form = _PDF_DATE.match(text)
    if form is None:
        return None
    offset = timedelta(hours=int(form[8] or 0), minutes=int(form[9] or 0)) * (-1 if form[7] == "-" else 1)
    zone = timezone(offset) if form[7] else UTC
    try:
        return datetime(*(int(part or 0) for part in form.group(1, 2, 3, 4, 5, 6)), tzinfo=zone)  # type: ignore[arg-type,misc]
    except ValueError:
        return None
