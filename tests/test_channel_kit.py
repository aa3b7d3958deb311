"""The kit of an entry: the same facts on every channel, nothing cut or made up, corrections where the item went out."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from support import DRAFT, NOW, ROOT, config, load, vocabularies, write_entry

from chinhsach import approval, cli, vocabulary
from chinhsach.catalogue import Entry
from chinhsach.channel_kit import pictures, texts
from chinhsach.channel_kit.content import Content, content_of
from chinhsach.channel_kit.facts import facts_of, strangers, words_of
from chinhsach.channel_kit.kit import Kit, Maker, Refused
from chinhsach.channel_kit.sentences import TooLong, breaths, lines, messages, sentences, without_references
from chinhsach.office.owed import owed
from chinhsach.policy import Change, Distribution, Policy
from chinhsach.spoken import syllables
from chinhsach.vocabulary import FOLDER

CATALOGUE = load(ROOT)
RELEASED = sorted(CATALOGUE.released(), key=lambda entry: entry.id)
LIMITS = vocabulary.load_channel_limits(ROOT, texts.LIMITS)
LONGEST = "59-2020-qh14"
BODY = """
## Điểm chính

- Ví dụ: hộ nộp 1.500.000 đồng trong 5 ngày ([khoản 1 Điều 3](toan-van/#dieu-3-khoan-1)).
- Ví dụ: quá hạn thì nộp thêm 12,5 %; có lý do chính đáng thì không phải nộp thêm (bão, lụt).

## Cần làm gì

Ví dụ: nộp tại Bộ phận Một cửa.
"""
UNLINKED = BODY.replace("[khoản 1 Điều 3](toan-van/#dieu-3-khoan-1)", "khoản 1 Điều 3")
"""For the command, which makes nothing of an entry with a broken link."""
SENT = [
    {"kenh": "nhom-zalo", "ngay": "6/6/2023", "bang_chung": "VD-1"},
    {"kenh": "thong-tin-co-so", "ngay": "7/6/2023", "bang_chung": "VD-2"},
    {"kenh": "trang-so", "ngay": "5/6/2023", "bang_chung": "VD-3"},
]
WRONG = {
    "ngay": "10/6/2023",
    "loai": "dinh-chinh",
    "noi_dung": "Ví dụ: sửa hạn nộp",
    "truoc": "7 ngày",
    "sau": "5 ngày",
}
NUMBER_WORDS = (
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mươi", "mốt", "tư", "lăm", "linh",
    "trăm", "nghìn", "triệu", "tỷ", "phẩy", "phần", "mùng",
)  # fmt: skip


@cache
def maker() -> Maker:
    return Maker(CATALOGUE, config())


def project(root: Path, **keys: Any) -> Path:
    """A project with one made-up entry, «vi-du»."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / FOLDER, root / FOLDER, dirs_exist_ok=True)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    write_entry(root, **{"body": BODY, **keys})
    return root


def kit_of(root: Path, **keys: Any) -> Kit:
    catalogue = load(project(root, **keys))
    entry = catalogue.find("vi-du")
    assert entry is not None
    return Maker(catalogue, config()).make(entry)


def files(kit: Kit) -> dict[str, str]:
    return {made.name: made.content.decode() for made in kit.made if made.name.endswith((".txt", ".html"))}


def content(entry: Entry) -> Content:
    return content_of(entry, CATALOGUE, config())


def every_text(entry: Entry) -> Iterator[tuple[str, str]]:
    """Every text of an entry's channels by name; the press note as if it were allowed."""
    said = content(entry)
    for number, message in enumerate(texts.zalo(said, LIMITS), 1):
        yield f"zalo {number}", message
    yield "dịch", texts.plain(said, maker().lexicon, vocabularies())
    yield "báo chí", texts.press(said, LIMITS, "ví dụ")
    yield "cổng", texts.portal_text(said, LIMITS)
    yield "tờ rơi", words_of_page(pictures.handout_html(said, said.bare_parts(), 10, is_short=False))
    yield "áp phích", words_of_page(pictures.poster_html(said))


def words_of_page(page: str) -> str:
    return " ".join(
        re.sub(r"<style>.*?</style>|<svg.*?</svg>|<title>.*?</title>|<[^>]*>", " ", page, flags=re.S).split()
    )


def number_runs(text: str) -> set[str]:
    """Every run of number words of a spoken text."""
    runs: list[list[str]] = [[]]
    for word in re.findall(r"[^\W\d_]+|[.,;:\n]", text.lower()):
        if word in NUMBER_WORDS:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return {" ".join(run) for run in runs if run}


# --- facts


@pytest.mark.parametrize("entry", RELEASED, ids=[entry.id for entry in RELEASED])
def test_no_channel_of_a_shipped_entry_says_a_fact_that_the_entry_does_not(entry: Entry) -> None:
    said = words_of(entry, CATALOGUE, config())
    known = facts_of(said, vocabularies())
    for name, text in every_text(entry):
        assert strangers(text, known, vocabularies()) == [], name
        assert content(entry).address in text, name
        assert content(entry).day in text, name
        assert "Sở ví dụ" in text, name
    try:
        script = texts.loudspeaker(content(entry), LIMITS, maker().speaker).text
    except texts.CannotMake as unsure:
        assert "chưa biết đọc thế nào" in str(unsure)  # noqa: PT017 - either it is read for sure, or nothing is made
        return
    read_out = "\n".join(maker().speaker.say(line).text for line in re.split(r"[\n;]", said))
    aloud = "\n".join(line for line in script.splitlines() if not line.startswith("#"))
    assert number_runs(aloud) <= number_runs(read_out)
    assert not re.search(r"[0-9]|http|@", aloud)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("nộp trước 30/5/2023", "nộp trước 31/5/2023"),
        ("ngày 30 tháng 5 năm 2023", "30/6/2023"),
        ("Nghị định 30/2020/NĐ-CP", "Nghị định 31/2020/NĐ-CP"),
        ("mức 1.500.000 đồng", "mức 1.500.000 USD"),
        ("mức 12,5 %", "mức 12,6%"),
        ("trong 5 ngày làm việc", "trong 5 ngày"),
        ("gọi 0205 3812 345", "gọi 0205 3812 346"),
        ("tại https://example.org/a/", "tại https://example.org/b/"),
        ("của Bộ Tài chính", "của Bộ Nội vụ"),
    ],
)
def test_a_fact_that_is_altered_is_noticed(right: str, wrong: str) -> None:
    known = facts_of(right, vocabularies())
    assert known
    assert strangers(right, known, vocabularies()) == []
    assert strangers(wrong, known, vocabularies()) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30/5/2023", "ngày 30 tháng 05 năm 2023"),
        ("05/3/2026", "2026-03-05"),
        ("03 ngày", "3 ngày"),
        ("12,5%", "12,5 %"),
        ("0205.3812.345", "02053812345"),
    ],
)
def test_a_fact_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert facts_of(one, vocabularies()) == facts_of(other, vocabularies())


def test_a_kit_with_an_untrue_word_is_not_written(tmp_path: Path) -> None:
    catalogue = load(project(tmp_path))
    entry = catalogue.find("vi-du")
    assert entry is not None
    careful = Maker(catalogue, config())
    made = next(one for one in careful.make(entry).made if one.name == "cong-tinh.txt")
    with pytest.raises(texts.CannotMake, match=r"cong-tinh\.txt có điều không thấy ở tin: .*1500000 đồng"):
        careful._verify(made, frozenset())


# --- sentences

WORDS = st.lists(st.sampled_from(["hộ", "nộp", "tiền", "Sở", "12", "TP.", "ngày"]), min_size=1, max_size=12)
TEXTS = st.lists(WORDS.map(lambda words: "Câu " + " ".join(words) + " hết."), min_size=1, max_size=8).map(" ".join)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.integers(70, 400))
def test_a_message_is_never_cut_within_a_sentence_and_none_is_lost(blocks: list[str], room: int) -> None:
    made = messages(blocks, room)
    assert all(len(message) <= room for message in made)
    assert [s for message in made for block in message.split("\n") for s in sentences(block)] == [
        s for block in blocks for s in sentences(block)
    ]


def test_a_sentence_longer_than_a_message_is_refused() -> None:
    with pytest.raises(TooLong):
        messages(["Câu này dài quá."], 5)


@given(TEXTS, st.integers(3, 20))
def test_cutting_into_lines_changes_no_word(text: str, most: int) -> None:
    assert " ".join(lines(text, most)) == text
    assert " ".join(breaths(text, most)) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Một. Hai? Ba.", ["Một.", "Hai?", "Ba."]),
        ("KT. Giám đốc ký. TP. Lạng Sơn nhận.", ["KT. Giám đốc ký.", "TP. Lạng Sơn nhận."]),
        ("Mức 1.500 đồng. Từ 5.6.2023 nộp.", ["Mức 1.500 đồng.", "Từ 5.6.2023 nộp."]),
        ("“Một.” Hai.", ["“Một.”", "Hai."]),
    ],
)
def test_sentences_end_where_they_end(text: str, found: list[str]) -> None:
    assert sentences(text) == found


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Nộp (khoản 1 và khoản 2 Điều 26).", "Nộp."),
        ("Nộp (điểm a, b khoản 2 Điều 5a; Mục 2 Chương IV), rồi (mục II.3) nhận.", "Nộp, rồi nhận."),
        ("Nghỉ (trừ khoản 2 Điều 17).", "Nghỉ (trừ khoản 2 Điều 17)."),
        ("Nộp 5 triệu (năm triệu) đồng.", "Nộp 5 triệu (năm triệu) đồng."),
        ("Trước 5 ngày (5).", "Trước 5 ngày (5)."),
    ],
)
def test_only_brackets_that_name_nothing_but_articles_are_left_out(text: str, bare: str) -> None:
    assert without_references(text) == bare


# --- channels


def test_zalo_has_the_title_first_one_link_and_keeps_to_its_limits(tmp_path: Path) -> None:
    message = files(kit_of(tmp_path))["nhom-zalo-1.txt"]
    assert message.splitlines()[0] == "Ví dụ: lịch trực của một phòng"
    assert message.count("http") == 1
    assert message.endswith("đăng ngày 5/6/2023.\nhttps://example.org/chinh-sach/vi-du/\n")
    assert "khoản 1 Điều 3" not in message


def test_a_long_item_goes_out_in_numbered_messages_each_with_source_day_and_address(tmp_path: Path) -> None:
    subject = " ".join(f"Ví dụ câu thứ {number} của trích yếu." for number in range(1, 80))
    made = {name: text for name, text in files(kit_of(tmp_path, trich_yeu=subject)).items() if "zalo" in name}
    assert len(made) == 2
    for number, text in enumerate(made.values(), 1):
        assert text.splitlines()[0] == f"Ví dụ: lịch trực của một phòng ({number}/2)"
        assert len(text) <= LIMITS["nhom-zalo", "toi_da_ky_tu_moi_tin"] + 1
        assert text.endswith("đăng ngày 5/6/2023.\nhttps://example.org/chinh-sach/vi-du/\n")


@pytest.mark.parametrize("entry", RELEASED, ids=[entry.id for entry in RELEASED])
def test_every_script_fits_the_time_and_the_syllables_of_the_loudspeaker(entry: Entry) -> None:
    try:
        script = texts.loudspeaker(content(entry), LIMITS, maker().speaker)
    except texts.CannotMake:
        return
    aloud = [line for line in script.text.splitlines() if not line.startswith("#")]
    assert sum(map(syllables, aloud)) == script.syllables <= LIMITS["thong-tin-co-so", "toi_da_tu"]
    assert script.seconds <= LIMITS["thong-tin-co-so", "toi_da_giay"]
    assert "Xin nhắc lại." in aloud


def test_a_short_item_is_read_twice_in_full(tmp_path: Path) -> None:
    script = files(kit_of(tmp_path))["thong-tin-co-so.txt"]
    first, again = script.partition("\n\n")[2].split("Xin nhắc lại.\n")
    assert first.strip() == again.strip()
    assert "một triệu năm trăm nghìn đồng trong năm ngày" in first
    assert "mười hai phẩy năm phần trăm" in first


def test_what_cannot_be_read_for_sure_is_left_out_and_told(tmp_path: Path) -> None:
    kit = kit_of(tmp_path, body="\n## Điểm chính\n\n- Ví dụ: theo hiệp định XYZW.\n- Ví dụ: nộp trong 5 ngày.\n")
    (told,) = [made.said for made in kit.made if made.name == "thong-tin-co-so.txt"]
    assert "«XYZW» không có trong viet-tat.yml" in told
    assert "XYZW" not in files(kit)["thong-tin-co-so.txt"]
    assert "năm ngày" in files(kit)["thong-tin-co-so.txt"]


def test_a_title_that_cannot_be_read_for_sure_makes_no_script(tmp_path: Path) -> None:
    kit = kit_of(tmp_path, tieu_de="Ví dụ: chỉ tiêu của CT trong năm")
    assert "thong-tin-co-so.txt" not in files(kit)
    assert any("«CT» có thể là chỉ thị" in missing.reason for missing in kit.missing)


def test_the_version_for_translators_keeps_every_word_in_numbered_short_lines() -> None:
    entry = CATALOGUE.find(LONGEST)
    assert entry is not None
    said = content(entry)
    text = texts.plain(said, maker().lexicon, vocabularies())
    body, _, told = text.partition("# Từ cần thống nhất cách dịch")
    rows = re.findall(r"^(?:\[[0-9]+\]|   ) (.*?)(?: \(\*\))?$", body, re.M)
    whole = [said.title, *said.opening, *(item for part in said.bare_parts() for item in part.items), said.facts]
    assert " ".join(rows) == " ".join(" ".join(sentences(one)) for one in whole)
    for row in re.findall(r"^(?:\[[0-9]+\]|   ) (.*)$", body, re.M):
        assert (syllables(row.removesuffix(" (*)")) > texts.PLAIN_SENTENCE) == row.endswith("(*)")
    assert "- đăng ký doanh nghiệp\n" in told


def test_the_portal_gets_the_whole_entry_with_full_addresses(tmp_path: Path) -> None:
    made = files(kit_of(tmp_path))
    assert 'href="https://example.org/chinh-sach/vi-du/toan-van/#dieu-3-khoan-1"' in made["cong-tinh.html"]
    assert "(khoản 1 Điều 3)" in made["cong-tinh.txt"]
    assert "(bão, lụt)" in made["cong-tinh.txt"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Không phải nộp khi:\n\n- bão;\n- lụt.\n\nNộp khi khác.", ("Không phải nộp khi: bão; lụt.", "Nộp khi khác.")),
        ("- Không phải nộp khi\n  - bão\n  - lụt\n- Nộp khi khác.", ("Không phải nộp khi; bão; lụt", "Nộp khi khác.")),
        ("- Nộp.\n\n  Trừ khi bão.\n\n- Nhận.", ("Nộp. Trừ khi bão.", "Nhận.")),
        ("Một.\n\n- Hai.\n- Ba.", ("Một.", "Hai.", "Ba.")),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nSau bảng.", ("Sau bảng.",)),
    ],
)
def test_a_list_stays_with_the_words_that_it_hangs_on(body: str, said: tuple[str, ...], tmp_path: Path) -> None:
    catalogue = load(project(tmp_path, body=f"\n## Điểm chính\n\n{body}\n"))
    entry = catalogue.find("vi-du")
    assert entry is not None
    assert content_of(entry, catalogue, config()).points() == said


def test_a_draft_says_on_every_channel_that_it_is_one(tmp_path: Path) -> None:
    kit = kit_of(tmp_path, **DRAFT)
    for name, text in files(kit).items():
        if name not in ("doc-truoc.txt", "thong-tin-co-so.txt"):
            assert "[Dự thảo]" in text, name
            assert "Dự thảo, chưa ban hành, chưa có hiệu lực; góp ý đến 30/6/2023." in text, name
    assert "chưa ban hành, chưa có hiệu lực" in files(kit)["thong-tin-co-so.txt"].replace("\n", " ")


def test_a_trial_site_says_so_on_every_channel(tmp_path: Path) -> None:
    kit = kit_of(tmp_path)
    for name, text in files(kit).items():
        assert "chạy thử" in text.lower(), name


@pytest.mark.parametrize("keys", [{"trang_thai": "ban-nhap"}, {"ngay_dang": "1/1/2030"}])
def test_no_kit_is_made_before_the_entry_stands_on_the_site(keys: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(Refused, match="chưa đăng nên chưa có địa chỉ"):
        kit_of(tmp_path, **keys)


# --- press


def press_file(root: Path, text: str) -> None:
    (root / "_van-phong").mkdir()
    (root / "_van-phong" / "bao-chi.yml").write_text(text, encoding="utf-8")


def press_kit(root: Path, text: str | None) -> Kit:
    """The kit of a project whose press file holds `text`; «{bam}» in it is the hash of the entry's content."""
    project(root)
    entry = load(root).find("vi-du")
    assert entry is not None
    if text is not None:
        press_file(root, text.replace("{bam}", approval.content_hash(entry)[:12]))
    return Maker(load(root), config()).make(entry)


PEOPLE = 'nguoi_phat_ngon:\n- {chuc_vu: "Ví dụ: Phó Giám đốc", tu: 1/1/2026, den: 31/12/2026, can_cu: "VD-9"}\n'
ALLOWED = (
    'cho_phep:\n- {ma: vi-du, ngay: 20/11/2026, chuc_vu: "Ví dụ: Phó Giám đốc", so_phieu: VD-7, ma_bam: "{bam}"}\n'
)


def test_the_press_note_comes_with_the_leave_of_the_spokesperson_of_the_day(tmp_path: Path) -> None:
    made = files(press_kit(tmp_path, PEOPLE + ALLOWED))
    assert made["bao-chi.txt"].startswith("# Ví dụ: Phó Giám đốc đồng ý ngày 20/11/2026, VD-7. ")
    assert "THÔNG CÁO BÁO CHÍ" in made["bao-chi.txt"]
    assert len(made["bao-chi.txt"]) <= 2 * 2800


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "chưa có ý kiến đồng ý của người phát ngôn cho tin «vi-du»"),
        ("", "chưa có ý kiến đồng ý"),
        (PEOPLE + ALLOWED.replace("vi-du", "tin-khac"), "chưa có ý kiến đồng ý"),
        (ALLOWED, "không phải người phát ngôn theo nguoi_phat_ngon của _van-phong/bao-chi.yml"),
        (
            PEOPLE.replace("31/12/2026", "31/10/2026") + ALLOWED,
            "ngày 20/11/2026 chức vụ «Ví dụ: Phó Giám đốc» không phải",
        ),
        (PEOPLE + ALLOWED.replace("20/11/2026", "20/12/2026"), "ngày đồng ý ghi 20/12/2026, chưa tới"),
        (PEOPLE + ALLOWED.replace("{bam}", "0" * 12), "nội dung tin đã đổi sau khi người phát ngôn đồng ý"),
        (
            PEOPLE + ALLOWED.replace("so_phieu", "so_phiu"),
            "_van-phong/bao-chi.yml:4: không hiểu «so_phiu»; có phải «so_phieu»?",
        ),
        (PEOPLE.replace("can_cu", "#"), "_van-phong/bao-chi.yml:3 không đọc được"),
        (PEOPLE + ALLOWED.replace("20/11/2026", "31/11/2026"), "_van-phong/bao-chi.yml:4: ngay «31/11/2026»"),
        (PEOPLE + "cho_phep:\n- {ma: vi-du}\n", "_van-phong/bao-chi.yml:4: còn thiếu ngay, chuc_vu, so_phieu, ma_bam"),
        ("cho_phep: xong\n", "_van-phong/bao-chi.yml:1: chỗ này phải là danh sách"),
        ("bao_chi: []\n", "_van-phong/bao-chi.yml:1: không hiểu «bao_chi»"),
    ],
)
def test_without_that_leave_the_note_is_refused_with_the_reason(text: str | None, reason: str, tmp_path: Path) -> None:
    kit = press_kit(tmp_path, text)
    assert "bao-chi.txt" not in files(kit)
    (refused,) = [missing for missing in kit.missing if missing.what == "Thông cáo báo chí"]
    assert reason in refused.reason
    assert refused.is_withheld
    assert refused.reason in files(kit)["doc-truoc.txt"]


# --- what is owed


def test_a_correction_goes_to_every_channel_on_which_the_item_went_out_and_to_no_other(tmp_path: Path) -> None:
    made = files(kit_of(tmp_path, truyen_thong=SENT, thay_doi=[WRONG]))
    assert sorted(name for name in made if name.startswith("dinh-chinh/")) == [
        "dinh-chinh/nhom-zalo.txt",
        "dinh-chinh/thong-tin-co-so.txt",
    ]
    told = made["dinh-chinh/nhom-zalo.txt"]
    assert told.splitlines()[0] == "Đính chính: Ví dụ: lịch trực của một phòng"
    assert "Tin này Sở đã đưa trên kênh này ngày 6/6/2023, nay đính chính:" in told
    assert "Đính chính ngày 10/6/2023: Ví dụ: sửa hạn nộp; trước ghi 7 ngày, nay sửa 5 ngày." in told
    assert "https://example.org/chinh-sach/vi-du/" in told
    aloud = made["dinh-chinh/thong-tin-co-so.txt"].replace("\n", " ")
    assert aloud.count("trước ghi bảy ngày, nay sửa năm ngày.") == 2


def test_a_removed_entry_has_nothing_but_the_word_that_it_is_removed(tmp_path: Path) -> None:
    removed = {"trang_thai": "da-go", "go_tin": {"ngay": "12/6/2023", "ly_do": "Ví dụ: ghi sai số văn bản"}}
    made = files(kit_of(tmp_path, truyen_thong=SENT, thay_doi=[WRONG], **removed))
    assert sorted(made) == ["dinh-chinh/nhom-zalo.txt", "dinh-chinh/thong-tin-co-so.txt", "doc-truoc.txt"]
    told = made["dinh-chinh/nhom-zalo.txt"]
    assert (
        "Sở đã gỡ tin này ngày 12/6/2023, lý do ví dụ: ghi sai số văn bản. Văn bản 12/SKHĐT-VP không bị ảnh hưởng."
        in told
    )
    assert "7 ngày" not in told


def test_of_an_erased_entry_no_word_is_left_in_the_kit(tmp_path: Path) -> None:
    removal = {"ngay": "12/6/2023", "ly_do": "Ví dụ: lộ số điện thoại", "che_do": "xoa-noi-dung"}
    made = files(kit_of(tmp_path, truyen_thong=SENT, trang_thai="da-go", go_tin=removal))
    for name, text in made.items():
        assert not re.search(r"lịch trực|12/SKHĐT|1\.500\.000|điện thoại", text), name
    assert "Sở đã gỡ tin này ngày 12/6/2023." in made["dinh-chinh/nhom-zalo.txt"]


DAY = date(2023, 6, 10)


def policy_sent(days: list[int]) -> Policy:
    """An entry corrected on DAY, that went out on one channel on these days, counted from DAY."""
    sent = tuple(Distribution("nhom-zalo", DAY + timedelta(days=day), "VD") for day in days)
    moment = NOW.replace(year=2023, month=6, day=10)
    change = Change(moment, "dinh-chinh", "Ví dụ", "a", "b")
    return Policy("vi-du", "Ví dụ", "cong-van", (), moment, (), (), changes=(change,), distributions=sent)


@pytest.mark.parametrize(
    ("days", "is_owed"),
    [
        ([], False),
        ([-3], True),
        ([-3, -1], True),
        ([-3, 0], False),
        ([-3, 2], False),
        ([0], True),
        ([0, 0], True),
        ([0, 1], False),
        ([1], False),
        ([5, -3], False),
    ],
)
def test_a_channel_owes_until_a_later_evidence_says_that_it_was_told(days: list[int], is_owed: bool) -> None:
    assert bool(owed(policy_sent(days), NOW)) == is_owed


@given(st.lists(st.integers(-5, 5), max_size=5), st.data())
def test_evidence_that_is_taken_away_never_settles_what_a_channel_owes(days: list[int], data: st.DataObject) -> None:
    """As long as the first evidence stays: without it nothing is known to have gone out."""
    if len(days) < 2 or owed(policy_sent(days), NOW) == []:
        return
    first = min(range(len(days)), key=lambda place: days[place])
    gone = data.draw(st.integers(0, len(days) - 1).filter(lambda place: place != first))
    assert owed(policy_sent([day for place, day in enumerate(days) if place != gone]), NOW)


# --- pictures


@pytest.mark.can_pango
@pytest.mark.parametrize("entry_id", [LONGEST, "643-ubnd-kgvx"])
def test_the_handout_is_one_page_of_a4_with_title_source_day_and_address(
    entry_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    entry = CATALOGUE.find(entry_id)
    assert entry is not None
    made = pictures.handout(content(entry))
    assert not [said for said in caplog.messages if "font" in said.lower()]
    (page,) = PdfReader(io.BytesIO(made.pdf)).pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    text = " ".join(page.extract_text().split())
    for said in (entry.policy.title, content(entry).signature, content(entry).address):
        assert said in text
    assert (made.left_out > 0) == (entry_id == LONGEST)
    assert (texts.MORE in text) == (entry_id == LONGEST)


@pytest.mark.can_pango
def test_the_poster_of_the_longest_title_is_one_page(tmp_path: Path) -> None:
    title = ("Ví dụ: " + "một tiêu đề rất dài " * 8)[:149].strip() + "ệ"
    catalogue = load(project(tmp_path, tieu_de=title, **DRAFT))
    entry = catalogue.find("vi-du")
    assert entry is not None
    said = content_of(entry, catalogue, config())
    assert len(PdfReader(io.BytesIO(pictures.poster(said))).pages) == 1
    assert Image.open(io.BytesIO(pictures.picture(said))).size == (1200, 630)


def test_the_font_has_every_vietnamese_letter() -> None:
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    from fontTools.ttLib import TTFont

    for weight in ("Regular", "Bold"):
        known = TTFont(pictures.FONTS / f"NotoSans-{weight}.ttf").getBestCmap()
        assert not [letter for letter in letters + letters.upper() + "–“”«»…%₫" if ord(letter) not in known]


def test_without_the_extra_the_texts_are_still_made_and_what_is_missing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("segno", "weasyprint", "PIL.Image"):
        monkeypatch.setitem(sys.modules, name, None)
    kit = kit_of(tmp_path)
    assert "nhom-zalo-1.txt" in files(kit)
    assert [missing.what for missing in kit.missing if "pip install" in missing.reason] == [
        "Mã QR", "Ảnh chia sẻ", "Áp phích", "Tờ phát tay",
    ]  # fmt: skip


# --- the command


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = project(tmp_path / "du-an", body=UNLINKED)
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    return root


@pytest.mark.can_pango
def test_the_command_writes_the_kit_and_says_what_it_holds(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["soan-kenh", "vi-du"]) == cli.WELL
    said = capsys.readouterr().out
    folder = here / "_soan-kenh" / "vi-du"
    assert said.startswith((folder / "doc-truoc.txt").read_text(encoding="utf-8"))
    assert sorted(path.name for path in folder.iterdir()) == [
        "anh-chia-se.png", "ban-de-dich.txt", "cong-tinh.html", "cong-tinh.txt", "doc-truoc.txt",
        "hoi-nghi-to-roi.pdf", "ma-qr.svg", "nhom-zalo-1.txt", "niem-yet-ap-phich.pdf", "thong-tin-co-so.txt",
    ]  # fmt: skip


@pytest.mark.can_pango
def test_a_kit_made_again_leaves_nothing_of_the_one_before_and_nothing_else_is_touched(here: Path) -> None:
    assert cli.main(["soan-kenh", "vi-du", "--ra", "ra"]) == cli.WELL
    (here / "ra" / "cua-toi.txt").write_text("Ví dụ")
    removed = {"trang_thai": "da-go", "go_tin": {"ngay": "12/6/2023", "ly_do": "Ví dụ"}}
    write_entry(here, body=UNLINKED, **removed)
    assert cli.main(["soan-kenh", "vi-du", "--ra", "ra"]) == cli.WELL
    assert sorted(path.name for path in (here / "ra").iterdir()) == ["cua-toi.txt", "doc-truoc.txt"]


def test_a_call_that_cannot_be_carried_out_says_why(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["soan-kenh", "vi-duu"]) == cli.WRONG_CALL
    assert "có phải «vi-du»?" in capsys.readouterr().err
    write_entry(here, "vi-du-sai", so_ky_hieu="13/SKHĐT-VP", ngay_ban_hanh="30/2/2023")
    assert cli.main(["soan-kenh", "vi-du-sai"]) == cli.WRONG_CALL
    assert (
        "tin «vi-du-sai» còn lỗi; chạy chinhsach kiem-tra policies/van-phong-so/2023/vi-du-sai.md"
        in capsys.readouterr().err
    )
    (here / "ra").write_text("Ví dụ")
    assert cli.main(["soan-kenh", "vi-du", "--ra", "ra"]) == cli.WRONG_CALL
    assert "không ghi được vào «ra»" in capsys.readouterr().err


@pytest.mark.can_pango
def test_the_same_entry_gives_the_same_bytes_on_another_day_zone_and_hash_seed(here: Path) -> None:
    made = []
    for seed, zone in (("1", "UTC"), ("2", "America/New_York")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-m", "chinhsach.cli", "soan-kenh", "vi-du", "--ra", f"ra-{seed}"]
        subprocess.run(command, cwd=here, env=environment, check=True, stdout=subprocess.DEVNULL)
        made.append({path.name: path.read_bytes() for path in (here / f"ra-{seed}").iterdir()})
    assert made[0] == made[1]


def test_no_other_command_loads_the_libraries_of_the_kit(here: Path) -> None:
    asked = (
        "import sys; from chinhsach import cli; cli.main(['kiem-tra']);"
        "print(sorted({'weasyprint', 'segno', 'chinhsach.channel_kit'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", asked], cwd=here, capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "[]"
