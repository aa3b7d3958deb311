"""A release in a folder or at an address in, every file that is changed, missing or not its own out (docs/adr/029)."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from . import fetch
from .dates import VN, format_date
from .release import MANIFEST, SIGNATURE
from .release_keys import ReleaseKey
from .signing import Signature, SigningFault, verify

_HASH = re.compile(r"[0-9a-f]{64}")
_PACKED = ".gz"
_AT_ONCE = 6
_LIMITS = fetch.Limits(total=120, size=64 * 1024 * 1024)
_NOT_FOUND_PAGE = "404.html"
CHANGED, MISSING, EXTRA, UNREAD = "bị đổi", "bị mất", "lạ", "chưa đọc được"


class CannotVerify(Exception):
    """There is no release to look at; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A file that is not as it was released: what is wrong with it, and a detail where there is one."""

    what: str
    path: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.path}" + (f" ({self.detail})" if self.detail else "")


@dataclass(frozen=True, slots=True)
class Result:
    """What was found. `signer`: who signed and when, "" where no signature holds; `fault`: why it does not."""

    files: int
    looked_at: int
    signer: str
    fault: str
    findings: tuple[Finding, ...]
    hides_extra: bool = False
    """Whether a file that does not belong there could not have been seen: an address does not say what it holds."""

    @property
    def is_whole(self) -> bool:
        """Whether everything that was looked at is as it was signed."""
        return not self.fault and not self.findings


def check_folder(site: Path, keys: Sequence[ReleaseKey] | None) -> Result:
    """Compare every file below `site` with the manifest, and its signature; `keys` None: the files alone.

    Raises CannotVerify.
    """
    content = _own(site, MANIFEST)
    if content is None:
        raise CannotVerify(f"«{site}» không phải trang đã dựng: không có {MANIFEST}")
    signature = _own(site, SIGNATURE)
    signer, fault = ("", "") if keys is None else judge_signature(content, signature, keys)
    try:
        listed = read_manifest(content)
    except ValueError as broken:
        return Result(0, 0, "", fault or str(broken), (Finding(CHANGED, MANIFEST),))
    findings = tuple(sorted(_differences(site, listed), key=lambda f: f.path))
    return Result(len(listed), len(listed), signer, fault, findings)


def check_address(
    address: str,
    keys: Sequence[ReleaseKey] | None,
    *,
    permits: Callable[[fetch.Address], bool] = fetch.is_public,
    sample: int | None = None,
    say: Callable[[int, int], None] = lambda done, total: None,
) -> Result:
    """Compare what stands at an address, or `sample` files of it chosen by chance. Raises CannotVerify, FetchError."""
    base = address.rstrip("/") + "/"

    def get(path: str, status: tuple[int, ...] = (200,)) -> bytes:
        return fetch.download(base + quote(path), permits=permits, limits=_LIMITS, status=status).body

    try:
        content = get(MANIFEST)
    except fetch.Missing:
        raise CannotVerify(f"«{address}» không có {MANIFEST}: không phải địa chỉ trang đầu của trang này") from None
    signer, fault = ("", "") if keys is None else judge_signature(content, _if_there(get, SIGNATURE), keys)
    try:
        listed = read_manifest(content)
    except ValueError as broken:
        return Result(0, 0, "", fault or str(broken), (Finding(CHANGED, MANIFEST),), hides_extra=True)
    names = list(listed)
    if sample is not None and sample < len(names):
        names = sorted(random.SystemRandom().sample(names, sample))

    def look(name: str) -> Finding | None:
        return _compare(name, listed[name], get)

    findings: list[Finding] = []
    with ThreadPoolExecutor(_AT_ONCE) as readers:
        for done, found in enumerate(readers.map(look, names), 1):
            say(done, len(names))
            findings += [found] if found else []
    if findings and _if_there(get, MANIFEST) != content:
        raise CannotVerify("trang được đăng bản mới trong lúc kiểm; hãy chạy lại")
    return Result(len(listed), len(names), signer, fault, tuple(findings), hides_extra=True)


def judge_signature(content: bytes, signature: bytes | None, keys: Iterable[ReleaseKey]) -> tuple[str, str]:
    """Who signed a manifest, and when, in words; or "" and why nobody's signature holds."""
    if signature is None:
        return "", f"không có chữ ký {SIGNATURE}"
    try:
        read = Signature.from_text(signature)
        known = list(keys)
        public = verify(content, read, [key.public for key in known])
    except SigningFault as fault:
        return "", str(fault)
    moment = read.moment
    if moment is None:
        return "", "chữ ký không ghi lúc ký"
    refusals = [key.refusal(moment.date()) for key in known if key.public == public]
    if all(refusals):
        return "", refusals[0]
    shown = moment.astimezone(VN)
    return f"khóa {public.name}, ký lúc {shown:%H:%M} ngày {format_date(shown.date())}", ""


def read_manifest(content: bytes) -> dict[str, str]:
    """The SHA-256 of each file by its path. Raises ValueError for a manifest that this site cannot have written."""
    fault = ValueError(f"{MANIFEST} không đúng dạng")

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        read = dict(pairs)
        if len(read) != len(pairs):
            raise fault
        return read

    try:
        document = json.loads(content, object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise fault from None
    listed = document.get("tep") if isinstance(document, dict) else None
    if not isinstance(listed, dict) or not all(_is_row(name, value) for name, value in listed.items()):
        raise fault
    return listed


def _is_row(name: str, value: object) -> bool:
    parts = name.split("/")
    is_inside = "\\" not in name and "\0" not in name and not {"", ".", ".."} & set(parts)
    return is_inside and name not in (MANIFEST, SIGNATURE) and isinstance(value, str) and bool(_HASH.fullmatch(value))


# A folder


def _own(site: Path, name: str) -> bytes | None:
    try:
        return (site / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _differences(site: Path, listed: Mapping[str, str]) -> Iterator[Finding]:
    seen = set()
    for name in _files(site):
        seen.add(name)
        if name in (MANIFEST, SIGNATURE):
            continue
        wanted, plain = listed.get(name), listed.get(name.removesuffix(_PACKED))
        path = site / name
        if wanted is None and (plain is None or not name.endswith(_PACKED)):
            yield Finding(EXTRA, name)
        elif not path.is_file():  # a link that leads nowhere, a folder, a device
            yield Finding(CHANGED, name, "không phải tệp")
        elif wanted is not None:
            if _hash(path.read_bytes()) != wanted:
                yield Finding(CHANGED, name)
        elif _unpacked_hash(path) != plain:
            yield Finding(CHANGED, name, "bản nén không khớp tệp gốc")
    yield from (Finding(MISSING, name) for name in listed if name not in seen)


def _files(site: Path) -> Iterator[str]:
    """Every name below a folder that is not a real folder, links to folders included."""
    root = os.path.join(site, "")
    for parent, folders, names in os.walk(root):
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        for name in (*names, *links):
            yield os.path.join(parent, name)[len(root) :].replace(os.sep, "/")


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unpacked_hash(path: Path) -> str:
    """Servers send `<name>.gz` in the place of `<name>` (gzip_static): it must hold the same bytes."""
    try:
        with gzip.open(path) as packed:
            return hashlib.file_digest(packed, "sha256").hexdigest()
    except (OSError, EOFError, zlib.error):
        return ""


# An address


def _if_there(get: Callable[[str], bytes], name: str) -> bytes | None:
    try:
        return get(name)
    except fetch.Missing:
        return None


def _compare(name: str, wanted: str, get: Callable[..., bytes]) -> Finding | None:
    """Ask for a file as readers do: a page at its folder's address, the page of what is not there with its code."""
    asked = name.removesuffix("index.html") if name.rpartition("/")[2] == "index.html" else name
    try:
        content = get(asked, (200, 404)) if name == _NOT_FOUND_PAGE else get(asked)
    except fetch.Missing:
        return Finding(MISSING, name)
    except fetch.FetchError as fault:
        return Finding(UNREAD, name, str(fault))
    return None if _hash(content) == wanted else Finding(CHANGED, name)


def as_text(result: Result, most: int = 50) -> str:
    """The result for people; the worst first: who vouches for it, then the files."""
    lines = [f"Chữ ký: {result.signer}." if result.signer else f"Chữ ký: KHÔNG TIN ĐƯỢC, {result.fault}."]
    if not result.signer and not result.fault:
        lines = ["Chữ ký: không xét."]
    if result.looked_at < result.files:
        lines.append(f"Đã xem {result.looked_at} trong {result.files} tệp, chọn ngẫu nhiên.")
    else:
        lines.append(f"Đã xem cả {result.files} tệp ghi trong {MANIFEST}.")
    lines += [f"  {finding}" for finding in result.findings[:most]]
    if len(result.findings) > most:
        lines.append(f"  … và {len(result.findings) - most} tệp nữa")
    if result.hides_extra:
        lines.append("Qua địa chỉ không thấy được tệp lạ; muốn biết, chạy lệnh này với thư mục trên máy chủ.")
    lines.append("Mọi tệp đã xem đều đúng như lúc phát hành." if result.is_whole else _verdict(result))
    return "\n".join(lines)


def _verdict(result: Result) -> str:
    counts = [
        f"{number} tệp {what}"
        for what in (CHANGED, MISSING, EXTRA, UNREAD)
        if (number := sum(finding.what == what for finding in result.findings))
    ]
    return "KHÔNG ĐẠT: " + "; ".join([*counts, *([f"chữ ký: {result.fault}"] if result.fault else [])]) + "."
