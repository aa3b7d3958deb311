"""A made-up office («Ví dụ: …»): register rows, a plan with activities, entries with evidence, in a project's folder."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from pathlib import Path

from support import ROOT, write_entry

COLUMNS = (
    "so_ky_hieu", "ngay_ban_hanh", "co_quan_ban_hanh", "trich_yeu", "linh_vuc", "don_vi_chu_tri", "ngay_den", "han",
    "ly_do_mien", "noi_quyet_dinh_mien", "ghi_chu",
)  # fmt: skip
SO, UBND = "Sở Tài chính tỉnh Lạng Sơn", "UBND tỉnh Lạng Sơn"
OTHERS = ("cong-tinh", "nhom-zalo", "hoi-nghi", "bao-chi", "thong-tin-co-so")
SECRET = "Ví dụ: trích yếu chỉ Văn phòng biết"

ROWS: tuple[tuple[str, ...], ...] = (
    ("11/UBND-KT", "2/3/2026", UBND, "Ví dụ: lịch họp A & B < C", "truyen-thong-chinh-sach", "van-phong-so", "3/3/2026", "20/3/2026", "", "", ""),
    ("12/UBND-KT", "2/4/2026", UBND, "Ví dụ: lịch trực", "truyen-thong-chinh-sach", "van-phong-so;phong-dkkd", "3/4/2026", "10/4/2026", "", "", ""),
    ("13/UBND-KT", "4/5/2026", UBND, SECRET, "", "phong-dkkd", "5/5/2026", "15/5/2026", "", "", ""),
    ("14/UBND-KT", "4/6/2026", UBND, "Ví dụ: mẫu giấy nội bộ", "", "van-phong-so", "5/6/2026", "", "Ví dụ: chỉ dùng trong cơ quan", "Lãnh đạo Sở", ""),
    ("15/UBND-KT", "1/7/2026", UBND, "Ví dụ: chưa giao ai", "", "", "", "", "", "", ""),
    ("12/UBND-KT", "2/4/2026", UBND, "Ví dụ: lịch trực", "truyen-thong-chinh-sach", "van-phong-so", "3/4/2026", "10/4/2026", "", "", "ghi hai lần"),
)  # fmt: skip

PLAN = """\
ten: "Ví dụ: Kế hoạch truyền thông năm 2026"
nhiem_vu:
  - ma: II.1
    noi_dung: "Ví dụ: tổ chức truyền thông"
    chu_tri: {nguyen_van: "Văn phòng Sở", don_vi: [van-phong-so]}
  - ma: II.4
    noi_dung: "Ví dụ: bồi dưỡng"
    chu_tri: {nguyen_van: "Văn phòng Sở", don_vi: [van-phong-so]}
nhiem_vu_phat_sinh:
  - ma: PS.1
    noi_dung: "Ví dụ: việc giao thêm"
    can_cu: "Ví dụ: văn bản giao việc"
    chu_tri: {nguyen_van: "Phòng Đăng ký kinh doanh", don_vi: [phong-dkkd]}
    han: 30/9/2026
du_thao_tac_dong_lon:
  - ma: DT.1
    du_thao: "Ví dụ: dự thảo quyết định"
    can_cu: "Quyết định số 407/QĐ-TTg ngày 30/3/2022"
    don_vi: [phong-dkkd]
chi_tieu:
  - ma: CT.1
    ten: "Ví dụ: chỉ tiêu"
    don_vi_tinh: "%"
    dich: {gia_tri: 100}
noi_nhan_bao_cao:
  - co_quan: "Ví dụ: cơ quan nhận báo cáo"
    loai_ky: nam
  - co_quan: "Ví dụ: cơ quan chỉ nhận báo cáo quý"
    loai_ky: quy
ky_bao_cao:
  - {ma: ca-nam-2026, ten: "Năm 2026", loai: nam, tu: 1/1/2026, den: 31/12/2026, chot: 31/10/2026}
hoat_dong:
  - ma: HD.1
    loai: hoi-nghi
    ten: "Ví dụ: hội nghị"
    ngay: 8/4/2026
    don_vi: [van-phong-so]
    dia_diem: "Ví dụ: hội trường"
    nhiem_vu: II.1
    tin: lich-hop
    so_nguoi: 40
    tap_huan: [{don_vi: phong-dkkd, so_nguoi: 3}, {don_vi: van-phong-so, so_nguoi: 2}]
    bang_chung: "Ví dụ: biên bản 01"
  - ma: HD.2
    loai: phat-thanh
    ten: "Ví dụ: bài phát thanh"
    ngay: 9/4/2026
    don_vi: [phong-dkkd]
    nhiem_vu: II.1
    so_nguoi: 500
  - ma: HD.3
    loai: tap-huan
    ten: "Ví dụ: buổi sau ngày chốt"
    ngay: 2/11/2026
    don_vi: [van-phong-so]
    nhiem_vu: II.4
    so_nguoi: 9
    bang_chung: "Ví dụ: biên bản 02"
"""


def write_office(root: Path, rows: Sequence[Sequence[str]] = ROWS, plan: str = PLAN, year: int = 2026) -> Path:
    """Write the office's folder of a project."""
    folder = root / "_van-phong"
    (folder / "so-theo-doi").mkdir(parents=True, exist_ok=True)
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([COLUMNS, *rows])
    (folder / "so-theo-doi" / f"{year}.csv").write_text(buffer.getvalue(), encoding="utf-8")
    (folder / "ke-hoach" / f"{year}.yml").unlink(missing_ok=True)
    if plan:
        (folder / "ke-hoach").mkdir(exist_ok=True)
        (folder / "ke-hoach" / f"{year}.yml").write_text(plan, encoding="utf-8")
    return folder


def write_project(root: Path) -> Path:
    """A project's folder with the real vocabularies and templates, three made-up entries, no office yet."""
    shutil.copytree(ROOT / "policies" / "_danh-muc", root / "policies" / "_danh-muc")
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    common = {"co_quan_ban_hanh": UBND, "linh_vuc": ["truyen-thong-chinh-sach"]}
    sent = [{"kenh": kenh, "ngay": "7/4/2026", "bang_chung": f"Ví dụ: {kenh}"} for kenh in OTHERS]
    write_entry(
        root, "lich-hop", so_ky_hieu="11/UBND-KT", ngay_ban_hanh="2/3/2026", ngay_dang="18/3/2026", truyen_thong=sent,
        tieu_de="Ví dụ: lịch họp", body="\n## Cần làm gì\n\nBài ví dụ.\n", **common,
        thay_doi=[{"ngay": "1/6/2026", "loai": "dinh-chinh", "noi_dung": "Ví dụ: sửa giờ họp"}],
    )  # fmt: skip
    write_entry(
        root, "lich-truc", so_ky_hieu="12/UBND-KT", ngay_ban_hanh="2/4/2026", ngay_dang="14/4/2026",
        tieu_de="Ví dụ: lịch trực", **common,
    )  # fmt: skip
    write_entry(
        root, "gan-khop", so_ky_hieu="13/UBND-KT", ngay_ban_hanh="5/5/2026", ngay_dang="8/5/2026",
        tieu_de="Ví dụ: tin ghi nhầm ngày", **common,
    )  # fmt: skip
    return root
