"""How long a recording plays: made-up frames of silence, and files that are not what they say."""

from __future__ import annotations

import pytest

from chinhsach.outputs.entry_page import length_words
from chinhsach.sound import seconds

FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # MPEG-1, Layer III, 128 kbit/s, 44,100 Hz: 417 bytes, 26 ms
SLOW = b"\xff\xf3\x40\x00" + bytes(140)  # MPEG-2, Layer III, 32 kbit/s, 22,050 Hz
TAG = b"ID3\x04\x00\x00\x00\x00\x01\x00" + bytes(128)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (FRAME * 383, 10),
        (TAG + FRAME * 383, 10),
        (FRAME * 383 + b"TAG" + bytes(125), 10),
        (FRAME * 383 + bytes(300), 10),
        (SLOW[:104] * 383, 10),
        (FRAME * 200 + SLOW[:104] * 183, 10),
        (FRAME * 38 + "đây không phải tiếng".encode(), None),
        (FRAME * 38 + FRAME[:100], None),
        (b"ID3", None),
        (b"", None),
        (b"\xff\xfb\xf0\x00" + bytes(413), None),
    ],
)
def test_the_length_is_counted_by_frames_or_unknown(data: bytes, expected: int | None) -> None:
    assert seconds(data) == expected


@pytest.mark.parametrize(
    ("length", "words"), [(5, "5 giây"), (60, "1 phút"), (200, "3 phút 20 giây"), (3600, "60 phút")]
)
def test_a_length_is_said_in_minutes_and_seconds(length: int, words: str) -> None:
    assert length_words(length) == words
