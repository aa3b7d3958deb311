"""A public entry in, what its readers can do with its page out: say whether it helped, report a mistake, send it on.

Every address is a link that the reader opens or a form that the reader sends; the page itself asks nothing of any
place, so it carries no script, picture or button of a network (docs/adr/027).
"""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

from ..site_config import SiteConfig
from .view import View

_USEFUL = quote("Hữu ích: ", safe="")
_USELESS = quote("Chưa hữu ích: ", safe="")
_MISTAKE = quote("Báo lỗi: ", safe="")
_PAGE = quote("Trang: ", safe="")
_ASKED = quote(
    "\n\nCâu, chữ hoặc con số thấy sai: \n\nĐúng ra là gì, văn bản nào nói vậy: \n\nXem ngày: \n"
    "\n(Xin đừng ghi số căn cước, giấy tờ cá nhân: báo lỗi không cần đến chúng.)\n",
    safe="",
)
_NAMES = {"zalo": "Zalo", "facebook": "Facebook", "thu": "Thư điện tử"}


class Feedback:
    """Makes the ways back for every entry of a site; what is the same for all is made once."""

    def __init__(self, config: SiteConfig) -> None:
        self._config = config
        self._mail = f"mailto:{quote(config.feedback.mail, safe='@')}?subject=" if config.feedback.mail else ""

    def ways(self, entry_id: str, url: str, *, is_current: bool) -> View | None:
        """Where answers about the entry go; None where nobody was named who reads them.

        `is_current`: the item stands as it is, so that one can ask whether it helps; of a removed one only mistakes.
        """
        if self._config.feedback.endpoint:
            return {"gui": self._config.feedback.endpoint, "hoi": is_current, "co": "", "chua": "", "bao_loi": ""}
        if not self._mail:
            return None
        body = f"&body={_PAGE}{quote(url, safe='')}"
        return {
            "gui": "",
            "hoi": is_current,
            "co": f"{self._mail}{_USEFUL}{entry_id}{body}",
            "chua": f"{self._mail}{_USELESS}{entry_id}{body}",
            "bao_loi": f"{self._mail}{_MISTAKE}{entry_id}{body}{_ASKED}",
        }

    def shares(self, url: str, title: str) -> View:
        """The places to which a reader can send the page, and its address to copy."""
        address = quote(url, safe="")
        return {"dia_chi": url, "noi": [self._share(place, url, address, title) for place in self._config.shares]}

    def _share(self, place: str, url: str, address: str, title: str) -> View:
        if place == "zalo":
            href = f"https://button-share.zalo.me/share_external?d={_zalo(url)}&shareType=0"
        elif place == "facebook":
            href = f"https://www.facebook.com/sharer/sharer.php?u={address}"
        else:
            href = f"mailto:?subject={quote(title, safe='')}&body={address}"
        return {"chu": _NAMES[place], "href": href}


def _zalo(url: str) -> str:
    """The address as Zalo's own share button hands it on: base64 of JSON, filled up so that no «=» ends it."""
    packed = f'{{"url":"{url}"}}'.encode()
    packed += b" " * (-len(packed) % 3)
    return quote(b64encode(packed).decode(), safe="")
