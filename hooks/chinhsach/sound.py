"""The bytes of an MP3 file in, how long it plays out: its frames are counted (ISO 11172-3, 13818-3, Layer III)."""

from __future__ import annotations

_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_KILOBITS_1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_MPEG_1, _RESERVED, _LAYER_3 = 3, 1, 1


def seconds(data: bytes) -> int | None:
    """Whole seconds of play, or None where the file holds anything but frames and tags."""
    place = _after_tag(data)
    end = len(data) - 128 if data[-128:-125] == b"TAG" else len(data)
    played = 0.0
    while place < end:
        if not any(data[place : place + 4]):  # padding after the last frame
            break
        frame = _frame(data[place : place + 4])
        if frame is None or place + frame[0] > end:
            return None
        place += frame[0]
        played += frame[1]
    return round(played) or None


def _after_tag(data: bytes) -> int:
    """Where the sound begins: after the ID3v2 tag, whose size is written seven bits a byte."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for part in data[6:10]:
        size = size << 7 | part & 0x7F
    return 10 + size + (10 if data[5] & 0x10 else 0)


def _frame(header: bytes) -> tuple[int, float] | None:
    """A frame's length in bytes and in seconds."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bits, rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == _RESERVED or layer != _LAYER_3 or bits in (0, 15) or rate == 3:
        return None
    hertz = _RATES[version][rate]
    kilobits = (_KILOBITS_1 if version == _MPEG_1 else _KILOBITS_2)[bits - 1]
    samples = 1152 if version == _MPEG_1 else 576
    return samples // 8 * kilobits * 1000 // hertz + padding, samples / hertz
