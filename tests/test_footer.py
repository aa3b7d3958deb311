"""What the site says of the law at its foot was read in the law: each line names a rule whose source was checked."""

from __future__ import annotations

from typing import Any

import yaml
from support import ROOT

VOCABULARIES = ROOT / "policies" / "_danh-muc"


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whose `!ENV` only MkDocs knows."""


_Loader.add_constructor("!ENV", lambda loader, node: None)


def rows(name: str, key: str) -> dict[str, dict[str, Any]]:
    found = yaml.safe_load((VOCABULARIES / f"{name}.yml").read_text("utf-8"))
    return {row["id"]: row for row in found[key]}


def test_each_line_of_the_footer_rests_on_a_rule_that_was_read() -> None:
    extra = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), _Loader)["extra"]
    rules = rows("quy-tac-thoi-han", "quy_tac")
    laws = rows("van-ban-can-cu", "van_ban")
    assert extra["chan_trang"]
    for line in extra["chan_trang"]:
        rule = rules[line["quy_tac"]]
        law = laws[rule["van_ban"]]
        assert rule["kiem_chung"] == law["kiem_chung"] == "da_kiem_chung"
        assert rule["muc_nguon"] == law["muc_nguon"] == "so_cap"
        assert "Chưa đọc" not in law["ghi_chu"]
        assert law["so_ky_hieu"] in line["dieu"]
        article = rule["dieu_khoan"].split(" Đ")[1].split(".")[0]
        assert line["dieu"].endswith(f"Điều {article}")
        where = f"quy tắc {rule['id']} đã đổi: sửa chan_trang trong mkdocs.yml"
        assert rule["ap_dung_den"] is None, where
        if rule["so_ngay"]:
            assert f"{rule['so_ngay']} ngày" in line["chu"], where
