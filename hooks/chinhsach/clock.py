"""The one place that reads the clock: the build's moment in Vietnam."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from .dates import VN


def now() -> datetime:
    """`SOURCE_DATE_EPOCH` if set (reproducible-builds.org), otherwise the clock; in Asia/Ho_Chi_Minh.

    Raises ValueError when SOURCE_DATE_EPOCH is not a whole number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).astimezone(VN)
        except (OverflowError, OSError):
            raise ValueError(f"{epoch} seconds lie outside the calendar") from None
    return datetime.now(UTC).astimezone(VN)
