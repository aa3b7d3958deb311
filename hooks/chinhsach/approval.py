"""An entry in, the hash of what was approved out: changed content asks for approval again (DESIGN §2, `duyet`)."""

from __future__ import annotations

import hashlib
import json

from . import schema
from .catalogue import Entry

_LEAST_DIGITS = 12
_NOT_CONTENT = ("duyet", "thay_doi", "trang_thai")


def content_hash(entry: Entry) -> str:
    """SHA-256, in hex, of the canonical JSON of the public keys, the body's HTML and the hashes of the entry's files.

    Left out: the approvals themselves, the log of changes and the entry's state, which follow after approval.
    """
    content = {key: value for key, value in schema.dump(entry.policy).items() if key not in _NOT_CONTENT}
    content["than_bai"] = entry.body.html
    if entry.files:  # another PDF under the same name is other content
        content["tep_bam"] = {name: facts.sha256 for name, facts in entry.files.items()}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def matches(entry: Entry, written: str) -> bool:
    """Whether a hash written in an approval, at least its first 12 digits, is that of the entry's content."""
    return len(written) >= _LEAST_DIGITS and content_hash(entry).startswith(written.lower())
