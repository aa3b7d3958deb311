"""A public entry in, what its readers can do with its page out: say whether it helped, report a mistake, send it on.

Every address is a link that the reader opens or a form that the reader sends; the page itself asks nothing of any
place, so it carries no script, picture or button of a network (docs/adr/027).
"""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

from ..site_config import SiteConfig
from .view import View

_ASKED = quote(
    "\n\nCâu, chữ hoặc con số thấy sai: \n\nĐúng ra là gì, văn bản nào nói vậy: \n\nXem ngày: \n"
    "\n(Xin đừng ghi số căn cước, giấy tờ cá nhân: báo lỗi không cần đến chúng.)\n",
    safe="",
)


class Feedback:
    """Makes the ways back for every entry of a site; what is the same for all is made once, as there are thousands."""

    def __init__(self, config: SiteConfig) -> None:
        self._site = config.site_url
        self._quoted_site = quote(config.site_url, safe="")
        self._endpoint = config.feedback.endpoint
        mail = f"mailto:{quote(config.feedback.mail, safe='@')}?subject="
        asked = ("Hữu ích: ", "Chưa hữu ích: ", "Báo lỗi: ")
        self._mails = [mail + quote(text, safe="") for text in asked] if config.feedback.mail else []
        self._body = f"&body={quote('Trang: ', safe='')}{self._quoted_site}"
        self._shares = [_SHARES[place] for place in config.shares]

    def ways(self, entry_id: str, path: str, *, is_current: bool) -> View | None:
        """Where answers about the entry go; None where nobody was named who reads them.

        `is_current`: the item stands as it is, so that one can ask whether it helps; of a removed one only mistakes.
        """
        if self._endpoint:
            return {"gui": self._endpoint, "hoi": is_current, "co": "", "chua": "", "bao_loi": ""}
        if not self._mails:
            return None
        rest = f"{entry_id}{self._body}{_quoted_path(path)}"
        useful, useless, mistake = self._mails
        return {
            "gui": "",
            "hoi": is_current,
            "co": useful + rest,
            "chua": useless + rest,
            "bao_loi": f"{mistake}{rest}{_ASKED}",
        }

    def shares(self, path: str, title: str) -> View:
        """The places to which a reader can send the page, and its address to copy."""
        url, quoted = self._site + path, self._quoted_site + _quoted_path(path)
        return {"dia_chi": url, "noi": [(name, href(url, quoted, title)) for name, href in self._shares]}


def _quoted_path(path: str) -> str:
    """A path of ours holds ids and slashes only."""
    return path.replace("/", "%2F")


def _zalo(url: str, _quoted: str, _title: str) -> str:
    """The address as Zalo's own share button hands it on: base64 of JSON, filled up so that no «=» ends it."""
    packed = f'{{"url":"{url}"}}'.encode()
    packed += b" " * (-len(packed) % 3)
    text = b64encode(packed).decode().replace("+", "%2B").replace("/", "%2F")
    return f"https://button-share.zalo.me/share_external?d={text}&shareType=0"


def _facebook(_url: str, quoted: str, _title: str) -> str:
    return f"https://www.facebook.com/sharer/sharer.php?u={quoted}"


def _mail(_url: str, quoted: str, title: str) -> str:
    # Every byte as «%xx»: `quote` takes twenty times longer, and would be half of all that stands here.
    return f"mailto:?subject=%{title.encode().hex('%')}&body={quoted}"


_SHARES = {"zalo": ("Zalo", _zalo), "facebook": ("Facebook", _facebook), "thu": ("Thư điện tử", _mail)}
