"""What readers can answer: only where somebody reads it, without a name, and never by a request of the page itself."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import html5lib
import pytest
from support import ROOT, load_one, templates, write_entry

from chinhsach.outputs.entry_page import EntryPages
from chinhsach.site_config import ConfigError, SiteConfig

EXTRA = {"khong_gian_ten": "1560ab21-67f1-410e-8230-1bfcf1eaac72", "ten_trang": "Trang ví dụ", "co_quan": "Sở ví dụ"}
TITLE = "Ví dụ: quy chế A & B, 100% «mới»?"
GONE = {"trang_thai": "da-go", "go_tin": {"ngay": "12/6/2023", "ly_do": "Ví dụ: đăng nhầm"}}
MAIL = {"phan_hoi": {"thu": "vi-du@example.org"}}
FORM = {"phan_hoi": {"dia_chi": "/phan-hoi"}}


def configured(**extra: Any) -> SiteConfig:
    return SiteConfig.from_mapping("https://example.org/tin/", EXTRA | extra)


def view(root: Path, extra: dict[str, Any], **keys: Any) -> dict[str, Any]:
    write_entry(root, **{"tieu_de": TITLE} | keys)
    entry, catalogue = load_one(root)
    made: dict[str, Any] = EntryPages(catalogue, configured(**extra), templates()).view(entry)
    return made


def page(root: Path, extra: dict[str, Any], **keys: Any) -> Any:
    text = templates().render("tin.html", view(root, extra, **keys))
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(text)


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_nothing_is_asked_where_nobody_reads_the_answers(tmp_path: Path) -> None:
    shown = page(tmp_path, {})
    assert "hữu ích" not in words(shown)
    assert list(shown.iter("form")) == []
    assert [a.get("href") for a in shown.iter("a") if words(a) == "Báo lỗi"] == ["\x01lien-he/"]


def test_the_project_names_nobody_yet() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "\n  phan_hoi: null\n" in text
    assert "\n  dau_moi_thong_tin: null\n" in text


def test_answers_by_mail_say_which_entry_and_ask_for_no_name(tmp_path: Path) -> None:
    links = {words(a): a.get("href", "") for a in page(tmp_path, MAIL).iter("a")}
    for text, subject in (("Có", "Hữu ích: vi-du"), ("Chưa", "Chưa hữu ích: vi-du"), ("Báo lỗi", "Báo lỗi: vi-du")):
        parts = urlsplit(links[text])
        assert (parts.scheme, parts.path) == ("mailto", "vi-du@example.org")
        asked = parse_qs(parts.query)
        assert asked["subject"] == [subject]
        assert asked["body"][0].startswith("Trang: https://example.org/tin/chinh-sach/vi-du/")
        assert links[text].isascii()
        assert "họ tên" not in unquote(links[text]).lower()


def test_the_contact_s_mail_takes_the_answers_unless_another_is_named(tmp_path: Path) -> None:
    contact = {"lien_he": {"ten": "Ví dụ: đầu mối", "thu": "lien-he@example.org"}}
    assert configured(**contact).feedback.mail == "lien-he@example.org"
    assert configured(**contact, **MAIL).feedback.mail == "vi-du@example.org"
    assert configured(lien_he={"ten": "Ví dụ: đầu mối"}).feedback == configured().feedback


def test_answers_by_form_stay_on_the_site_s_host_and_carry_the_entry(tmp_path: Path) -> None:
    shown = page(tmp_path, FORM)
    forms = list(shown.iter("form"))
    sent = [form for form in forms if form.get("action") == "/phan-hoi"]
    assert len(sent) == 2
    for form in sent:
        fields = {field.get("name"): field.get("value") for field in form.iter("input")}
        assert form.get("method") == "post"
        assert fields == {"ma": "vi-du"}
    assert {b.get("value") for b in sent[0].iter("button")} == {"co", "chua"}
    assert [t.get("name") for t in sent[1].iter("textarea")] == ["bao_loi"]


@pytest.mark.parametrize("extra", [MAIL, FORM], ids=["thu", "bieu-mau"])
def test_of_a_removed_item_only_mistakes_are_told_and_nobody_is_asked_to_send_it_on(
    extra: dict[str, Any], tmp_path: Path
) -> None:
    shown = page(tmp_path, extra, **GONE)
    assert "hữu ích không" not in words(shown)
    assert "Chia sẻ" not in words(shown)
    assert "Báo lỗi" in words(shown)


def test_an_erased_item_s_answers_hold_none_of_its_words(tmp_path: Path) -> None:
    gone = GONE | {"go_tin": GONE["go_tin"] | {"che_do": "xoa-noi-dung"}}
    shown = view(tmp_path, MAIL, **gone)
    assert shown["chia_se"] is None
    assert "quy chế" not in unquote(json.dumps(shown["phan_hoi"]))


def test_a_working_copy_has_no_address_to_send_on(tmp_path: Path) -> None:
    shown = view(tmp_path, MAIL, trang_thai="ban-nhap")
    assert (shown["phan_hoi"], shown["chia_se"]) == (None, None)


def test_shares_are_links_to_the_page_s_full_address(tmp_path: Path) -> None:
    links = {name: urlsplit(href) for name, href in view(tmp_path, {})["chia_se"]["noi"]}
    url = "https://example.org/tin/chinh-sach/vi-du/"
    assert list(links) == ["Zalo", "Facebook", "Thư điện tử"]
    assert parse_qs(links["Facebook"].query) == {"u": [url]}
    mail = parse_qs(links["Thư điện tử"].query)
    assert mail == {"subject": [TITLE], "body": [url]}
    packed = parse_qs(links["Zalo"].query)["d"][0]
    assert "=" not in packed
    assert json.loads(b64decode(packed)) == {"url": url}


def test_only_the_places_that_configuration_names_are_offered(tmp_path: Path) -> None:
    assert [name for name, _ in view(tmp_path, {"chia_se": ["thu"]})["chia_se"]["noi"]] == ["Thư điện tử"]
    assert view(tmp_path, {"chia_se": []})["chia_se"]["noi"] == []


def test_what_needs_a_script_is_hidden_without_one(tmp_path: Path) -> None:
    for button in page(tmp_path, MAIL).iter("button"):
        if button.get("data-sao-chep") or button.get("data-chia-se") is not None:
            assert button.get("hidden") is not None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"phan_hoi": {"thu": "không phải thư"}}, "phan_hoi.thu"),
        ({"phan_hoi": {"thu": "a@example.org?bcc=b@example.org"}}, "phan_hoi.thu"),
        ({"phan_hoi": {"dia_chi": "https://noi-khac.example/gui"}}, "phan_hoi.dia_chi"),
        ({"phan_hoi": {"dia_chi": "//noi-khac.example/gui"}}, "phan_hoi.dia_chi"),
        ({"phan_hoi": {"dia_chi": "/a b"}}, "phan_hoi.dia_chi"),
        ({"phan_hoi": {"thu": "a@example.org", "dia_chi": "/gui"}}, "phan_hoi"),
        ({"phan_hoi": "a@example.org"}, "phan_hoi"),
        ({"chia_se": ["twitter"]}, "twitter"),
        ({"lien_he": {"thu": "a@example.org"}}, "lien_he"),
        ({"dau_moi_thong_tin": {"ten": "Ví dụ", "fax": "1"}}, "dau_moi_thong_tin"),
    ],
)
def test_a_configuration_that_cannot_work_is_refused_in_words(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=rf"^mkdocs\.yml: .*{said}"):
        configured(**changed)
