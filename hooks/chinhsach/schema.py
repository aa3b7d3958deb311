"""The one table of keys: `Raw` in, `Policy` out. Messages, JSON Schema, guide and template derive from this table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from . import policy as model
from .kinds import (
    ALL,
    BAD,
    Choice,
    Context,
    Count,
    Day,
    Field,
    FileName,
    Flag,
    FromVocabulary,
    Id,
    Issuers,
    Many,
    Moment,
    Number,
    Record,
    SitePath,
    Text,
    Url,
    dump_fields,
    is_entry_id,
    object_schema,
    parse_fields,
)
from .policy import Policy, Scope, Stage, Status
from .problems import Fault
from .source import Mapping, Node, Raw, Scalar, Sequence
from .text import excerpt
from .vocabulary import Vocabularies

ATTACHMENT_SUFFIXES = (
    "pdf", "docx", "doc", "xlsx", "xls", "pptx", "odt", "ods", "csv", "txt", "zip", "jpg", "png", "webp", "mp3",
)  # fmt: skip

_REVIEW = Record(
    (
        Field("ngay", "day", Day(), required=True, example="20/11/2026", label="Ngày xem"),
        Field("nguon", "source", Text(), required=True, example="vbpl.vn", label="Xem ở đâu"),
    ),
    model.EffectReview,
)
_CONTINUED = Record(
    (
        Field("co_hay_khong", "continues", Flag(), required=True, example="co", label="Tiếp tục hiệu lực"),
        Field("van_ban", "document", Text(), required=True, example="Quyết định số 12/QĐ-BTC", label="Theo văn bản"),
    ),
    model.ContinuedEffect,
)
_OVERRIDE = Record(
    (
        Field(
            "trang_thai",
            "state",
            FromVocabulary("states"),
            required=True,
            example="khong-con-phu-hop",
            label="Trạng thái hiệu lực",
        ),
        Field("ly_do", "reason", Text(), required=True, example="lý do bằng một câu", label="Lý do"),
        Field("nguon", "source", Text(), required=True, example="văn bản nói như vậy", label="Nguồn"),
        Field("ngay", "day", Day(), required=True, example="20/11/2026", label="Từ ngày"),
    ),
    model.EffectOverride,
)
_PARTNER = Record(
    (
        Field(
            "co_quan", "body", Text(most=200), required=True, example="Sở Thông tin và Truyền thông", label="Cơ quan"
        ),
        Field(
            "viec",
            "task",
            Text(most=500),
            required=True,
            example="đăng trên Cổng thông tin điện tử tỉnh",
            label="Việc phối hợp",
        ),
    ),
    model.OutsidePartner,
)
_APPROVAL = Record(
    (
        Field("buoc", "step", FromVocabulary("approval_steps"), required=True, example="phe-duyet", label="Bước"),
        Field("chuc_vu", "office", Text(most=150), required=True, example="Trưởng phòng", label="Chức vụ người duyệt"),
        Field(
            "don_vi", "unit", FromVocabulary("units"), required=True, example="van-phong-so", label="Đơn vị người duyệt"
        ),
        Field("ngay", "day", Day(), required=True, example="20/11/2026", label="Ngày duyệt"),
        Field("hinh_thuc", "form", Text(most=150), required=True, example="ký trên phiếu", label="Hình thức"),
        Field("so_phieu", "record", Text(most=80), label="Số phiếu"),
        Field("ma_bam", "content_hash", Text(most=80), label="Mã băm nội dung đã duyệt"),
    ),
    model.Approval,
)
_ATTACHMENT = Record(
    (
        Field(
            "ten", "name", Text(most=200), required=True, example="Kế hoạch (bản ký số)", label="Tên tệp cho người đọc"
        ),
        Field("tep", "file", FileName(ATTACHMENT_SUFFIXES), example="ke-hoach.pdf", label="Tệp"),
        Field("url", "url", Url(), label="Hoặc địa chỉ của tệp ở nơi khác"),
        Field(
            "loai",
            "kind",
            Choice(("ban-ky-so", "ban-quet", "ban-word", "phu-luc", "bieu-mau", "khac")),
            required=True,
            example="ban-ky-so",
            label="Loại tệp",
        ),
    ),
    model.Attachment,
)
_COMPARISON = Record(
    (
        Field("voi", "against", Text(most=200), required=True, example="Công báo số 123", label="Đối chiếu với"),
        Field("ngay", "day", Day(), required=True, example="20/11/2026", label="Ngày đối chiếu"),
    ),
    model.Comparison,
)
_FULL_TEXT = Record(
    (
        Field("tep", "file", FileName(("md",)), required=True, example="toan-van.md", label="Tên tệp chữ"),
        Field("day_du", "is_complete", Flag(), required=True, example="co", label="Đầy đủ"),
        Field("nguon", "source", Text(), required=True, example="Công báo điện tử", label="Chép từ đâu"),
        Field("doi_chieu", "comparison", _COMPARISON, label="Đã đối chiếu"),
        Field("ghi_chu", "note", Text(most=500), label="Ghi chú"),
    ),
    model.FullText,
)
_NO_ORIGINAL = Record(
    (
        Field("ly_do", "reason", Text(most=300), required=True, example="chưa nhận được bản gốc", label="Lý do"),
        Field(
            "biet_qua",
            "known_through",
            Text(most=300),
            required=True,
            example="Kế hoạch năm 2023 của Sở",
            label="Biết qua đâu",
        ),
    ),
    model.NoOriginal,
)
_RELATION = Record(
    (
        Field("loai", "type", FromVocabulary("relations"), required=True, example="thay-the", label="Quan hệ"),
        Field("den", "target", Text(most=120), required=True, example="88/2021/TT-BTC", label="Với văn bản"),
        Field("pham_vi", "scope", Choice(tuple(s.value for s in Scope), Scope), label="Phạm vi"),
        Field("dieu_khoan", "articles", Text(most=500), label="Điều khoản"),
        Field("ngay", "day", Day(), label="Từ ngày"),
        Field("den_ngay", "until", Day(), label="Đến ngày"),
        Field("tru", "except_for", Text(most=500), label="Trừ"),
    ),
    model.Relation,
    at_line="line",
)
_WAY = Record(
    (
        Field(
            "loai",
            "kind",
            Choice(("thu-dien-tu", "bieu-mau", "dien-thoai", "buu-dien", "truc-tiep")),
            required=True,
            example="thu-dien-tu",
            label="Cách gửi góp ý",
        ),
        Field("dia_chi", "address", Text(most=300), required=True, example="địa chỉ nhận góp ý", label="Gửi tới đâu"),
    ),
    model.CommentWay,
)
_RESULT = Record(
    (
        Field("ngay", "day", Day(), required=True, example="20/11/2026", label="Ngày có kết quả"),
        Field("tep", "file", FileName(ATTACHMENT_SUFFIXES), label="Tệp kết quả"),
        Field("url", "url", Url(), label="Hoặc địa chỉ kết quả"),
        Field(
            "tom_tat",
            "summary",
            Text(most=1000),
            required=True,
            example="tiếp thu mấy ý kiến, giải trình mấy ý kiến",
            label="Tóm tắt kết quả",
        ),
    ),
    model.ConsultationResult,
)
_CONSULTATION = Record(
    (
        Field("tu", "opens", Day(), required=True, example="13/11/2026", label="Nhận góp ý từ ngày"),
        Field("den", "closes", Day(), required=True, example="4/12/2026", label="Ngày cuối còn nhận"),
        Field("can_cu", "basis", Text(most=300), required=True, example="văn bản giao lấy ý kiến", label="Căn cứ"),
        Field(
            "hinh_thuc",
            "ways",
            Many(_WAY),
            required=True,
            example="[{loai: truc-tiep, dia_chi: nơi nhận góp ý}]",
            label="Cách gửi góp ý",
        ),
        Field("dau_moi", "contact", Text(most=200), label="Đầu mối"),
        Field("ket_qua", "result", _RESULT, label="Kết quả"),
    ),
    model.Consultation,
)
_CHANGE = Record(
    (
        Field("ngay", "moment", Moment(), required=True, example="8/6/2026", label="Ngày"),
        Field(
            "loai",
            "kind",
            Choice(("cap-nhat", "dinh-chinh", "go-tin", "dang-lai")),
            required=True,
            example="dinh-chinh",
            label="Loại thay đổi",
        ),
        Field("noi_dung", "text", Text(most=1000), required=True, example="sửa ngày có hiệu lực", label="Nội dung"),
        Field("truoc", "before", Text(most=500), label="Trước ghi"),
        Field("sau", "after", Text(most=500), label="Nay sửa"),
    ),
    model.Change,
)
_REMOVAL = Record(
    (
        Field("ngay", "moment", Moment(), required=True, example="12/6/2026", label="Ngày gỡ"),
        Field("ly_do", "reason", Text(most=500), required=True, example="bản đăng chưa có số", label="Lý do"),
        Field("thay_bang", "replaced_by", Id(), label="Tin thay thế"),
        Field("che_do", "erases_content", Choice(("giu-trang", "xoa-noi-dung")), label="Cách gỡ"),
    ),
    lambda erases_content="giu-trang", **rest: model.Removal(erases_content=erases_content == "xoa-noi-dung", **rest),
)
_DISTRIBUTION = Record(
    (
        Field("kenh", "channel", FromVocabulary("channels"), required=True, example="cong-tinh", label="Kênh"),
        Field("ngay", "day", Day(), required=True, example="20/11/2026", label="Ngày"),
        Field(
            "bang_chung",
            "evidence",
            Text(most=300),
            required=True,
            example="đường dẫn hoặc số văn bản",
            label="Bằng chứng",
        ),
        Field("so_luot", "reach", Count(), label="Số lượt"),
    ),
    model.Distribution,
)
_LANGUAGE = Record(
    (
        Field("ngon_ngu", "language", Text(2, 12), required=True, example="tyz", label="Tiếng"),
        Field("loai", "kind", Choice(("am-thanh", "chu")), required=True, example="am-thanh", label="Dạng"),
        Field("tep", "file", FileName(ATTACHMENT_SUFFIXES), required=True, example="tieng-tay.mp3", label="Tệp"),
        Field("nguoi_dich", "translator", Text(most=150), required=True, example="người dịch", label="Người dịch"),
        Field("nguoi_duyet", "reviewer", Text(most=150), required=True, example="người duyệt", label="Người duyệt"),
        Field("ngay", "day", Day(), required=True, example="20/11/2026", label="Ngày"),
    ),
    model.LanguageVersion,
)
_PROCEDURE = Record(
    (
        Field("ma", "code", Text(most=60), required=True, example="mã thủ tục", label="Mã thủ tục"),
        Field("ten", "name", Text(most=300), required=True, example="tên thủ tục", label="Tên thủ tục"),
        Field("url", "url", Url(), required=True, example="https://dichvucong.gov.vn/…", label="Địa chỉ"),
    ),
    model.Procedure,
)
_CONTACT = Record(
    (
        Field("ten", "name", Text(most=200), required=True, example="tên phòng", label="Nơi trả lời"),
        Field("dien_thoai", "phone", Text(most=40), label="Điện thoại cơ quan"),
        Field("thu", "mail", Text(most=120), label="Thư điện tử cơ quan"),
        Field("dia_chi", "address", Text(most=300), label="Địa chỉ"),
        Field("gio", "hours", Text(most=150), label="Giờ làm việc"),
    ),
    model.Contact,
)

FIELDS: tuple[Field, ...] = (
    Field("ma", "id", Id(), label="Mã tin", hint="mã không đổi của tin; không ghi thì lấy tên tệp", example="kh-truyen-thong-2023"),
    Field("tieu_de", "title", Text(5, 150), True, label="Tiêu đề", hint="tiêu đề cho người đọc", example="Hộ kinh doanh ghi sổ kế toán thế nào"),
    Field("tom_tat", "summary", Text(40, 300), label="Tóm tắt", hint="tóm tắt bằng lời dễ hiểu, văn bản nói gì với người đọc", example="Thông tư hướng dẫn hộ kinh doanh ghi sổ doanh thu, chi phí…", demanded="có, trừ khi ghi chua_co_ban_goc"),
    Field("loai", "type", FromVocabulary("types"), True, label="Loại văn bản", hint="loại văn bản", example="thong-tu"),
    Field("so_ky_hieu", "number", Number(), label="Số ký hiệu", hint="số và ký hiệu như in trên văn bản", example="643/UBND-KGVX", demanded="khi văn bản đã ban hành"),
    Field("co_quan_ban_hanh", "issuers", Issuers(), True, label="Cơ quan ban hành", hint="cơ quan ban hành; với dự thảo: cơ quan sẽ ban hành", example="Bộ Tài chính"),
    Field("co_quan_soan_thao", "drafters", Issuers(), label="Cơ quan soạn thảo", hint="cơ quan soạn thảo", example="Bộ Tài chính"),
    Field("ngay_ban_hanh", "issued", Day(), label="Ngày ban hành", hint="ngày ghi trên văn bản", example="30/5/2023", demanded="khi văn bản đã ban hành"),
    Field("ngay_hieu_luc", "effective", Day(), label="Hiệu lực từ", hint="ngày đầu tiên có hiệu lực", example="1/7/2023"),
    Field("ngay_het_hieu_luc", "expires", Day(), label="Hết hiệu lực từ", hint="ngày đầu tiên không còn hiệu lực", example="1/1/2027"),
    Field("ra_soat_hieu_luc", "effect_review", _REVIEW, label="Rà soát hiệu lực", hint="ai đã xem văn bản còn hiệu lực hay không: ngày xem và xem ở đâu; không có thì trang không bao giờ nói «còn hiệu lực»", example="{ngay: 20/11/2026, nguon: vbpl.vn}"),
    Field("trinh_tu_rut_gon", "is_simplified_procedure", Flag(), label="Trình tự rút gọn", hint="văn bản ban hành theo trình tự, thủ tục rút gọn", example="co"),
    Field("tiep_tuc_hieu_luc", "continued_effect", _CONTINUED, label="Tiếp tục hiệu lực", hint="văn bản công bố có tiếp tục hiệu lực hay không", example="{co_hay_khong: co, van_ban: …}"),
    Field("ghi_de_hieu_luc", "effect_override", _OVERRIDE, label="Hiệu lực đặt tay", hint="trạng thái hiệu lực do người đặt, có lý do và nguồn", example="{trang_thai: …, ly_do: …, nguon: …, ngay: …}"),
    Field("trich_yeu", "subject", Text(3, 3000), label="Trích yếu", hint="trích yếu như in trên văn bản, bỏ «V/v»", example="Tăng cường công tác truyền thông chính sách", demanded="khi văn bản đã ban hành"),
    Field("nguoi_ky", "signer", Text(most=100), label="Người ký", hint="họ tên người ký", example="họ và tên"),
    Field("chuc_vu", "signer_office", Text(most=150), label="Chức vụ", hint="chức vụ người ký", example="Giám đốc"),
    Field("quyen_han", "signing_authority", Text(most=20), label="Quyền hạn ký", hint="KT., TL., TM.…", example="KT."),
    Field("don_vi_chu_tri", "lead_units", FromVocabulary("active_units", several=True), label="Đơn vị phụ trách tin", hint="đơn vị phụ trách tin; không ghi thì máy suy ra từ thư mục, số ký hiệu, lĩnh vực", example="[van-phong-so]"),
    Field("don_vi_phoi_hop", "supporting_units", FromVocabulary("active_units", several=True, every=True), label="Phối hợp", hint="đơn vị phối hợp, hoặc tat-ca", example="tat-ca"),
    Field("phoi_hop_ngoai", "outside_partners", Many(_PARTNER), label="Phối hợp ngoài Sở", hint="cơ quan ngoài Sở cùng phối hợp", example="[{co_quan: …, viec: …}]"),
    Field("linh_vuc", "fields", FromVocabulary("fields", several=True), True, label="Lĩnh vực", hint="lĩnh vực", example="[dau-thau]"),
    Field("doi_tuong", "audiences", FromVocabulary("audiences", several=True, every=True), True, label="Đối tượng", hint="tin này nói với ai, hoặc tat-ca", example="[doanh-nghiep, ho-kinh-doanh]"),
    Field("pham_vi", "area", Text(most=200), label="Phạm vi", hint="địa bàn áp dụng", example="tỉnh Lạng Sơn"),
    Field("giai_doan", "stage", Choice(tuple(s.value for s in Stage), Stage), label="Giai đoạn", hint="xay-dung là dự thảo chưa ban hành; mặc định pho-bien", example="pho-bien"),
    Field("trang_thai", "status", Choice(tuple(s.value for s in Status), Status), label="Trạng thái tin", hint="ban-nhap: chưa đăng; cong-khai: mặc định; da-go: Sở đã gỡ tin", example="cong-khai"),
    Field("ngay_dang", "published", Moment(), True, label="Đăng ngày", hint="ngày tin đứng trên trang lần đầu", example="23/11/2026"),
    Field("ngay_den", "received", Day(), public=False, label="Ngày đến", hint="ngày văn bản đến Sở (nội bộ)", example="2/6/2023"),
    Field("duyet", "approvals", Many(_APPROVAL), label="Duyệt", hint="các bước duyệt theo quy trình của Sở", example="[{buoc: phe-duyet, chuc_vu: …, don_vi: …, ngay: …, hinh_thuc: …}]", demanded="theo quy-trinh.yml"),
    Field("nguon", "original_url", Url(), label="Bản gốc", hint="địa chỉ đọc được bản gốc", example="https://vanban.chinhphu.vn/…", demanded="một trong nguon, tep, toan_van, chua_co_ban_goc"),
    Field("tep", "attachments", Many(_ATTACHMENT), label="Tệp", hint="tệp đính kèm; mục đầu là bản gốc", example="[{ten: …, tep: ke-hoach.pdf, loai: ban-ky-so}]", demanded="như trên"),
    Field("toan_van", "full_text", _FULL_TEXT, label="Toàn văn", hint="bản chữ của văn bản để đọc trên trang", example="{tep: toan-van.md, day_du: co, nguon: …}", demanded="như trên"),
    Field("chua_co_ban_goc", "no_original", _NO_ORIGINAL, label="Chưa có bản gốc", hint="chưa đọc được văn bản: vì sao và biết qua đâu", example="{ly_do: …, biet_qua: …}", demanded="như trên"),
    Field("quan_he", "relations", Many(_RELATION), label="Văn bản liên quan", hint="văn bản này làm gì với văn bản khác", example="[{loai: thay-the, den: 88/2021/TT-BTC, pham_vi: toan-bo}]"),
    Field("gop_y", "consultation", _CONSULTATION, label="Lấy ý kiến", hint="đợt lấy ý kiến dự thảo; den là ngày cuối còn nhận", example="{tu: 13/11/2026, den: 4/12/2026, can_cu: văn bản giao lấy ý kiến, hinh_thuc: [{loai: truc-tiep, dia_chi: nơi nhận góp ý}]}", demanded="với giai_doan: xay-dung"),
    Field("thay_doi", "changes", Many(_CHANGE), label="Lịch sử tin", hint="nhật ký công khai: cập nhật, đính chính, gỡ, đăng lại", example="[{ngay: …, loai: dinh-chinh, noi_dung: …}]"),
    Field("go_tin", "removal", _REMOVAL, label="Gỡ tin", hint="khi nào và vì sao Sở gỡ tin", example="{ngay: 12/6/2026, ly_do: bản đăng chưa có số}", demanded="với trang_thai: da-go"),
    Field("ngay_ra_soat", "review_by", Day(), label="Rà soát trước", hint="ngày đơn vị xem lại tin", example="1/6/2027"),
    Field("truyen_thong", "distributions", Many(_DISTRIBUTION), public=False, label="Truyền thông", hint="đã đưa lên kênh nào, bằng chứng (nội bộ)", example="[{kenh: cong-tinh, ngay: …, bang_chung: …}]"),
    Field("ban_tieng", "language_versions", Many(_LANGUAGE), label="Bản tiếng khác", hint="bản tiếng dân tộc hoặc âm thanh", example="[{ngon_ngu: tyz, loai: am-thanh, tep: …}]"),
    Field("thu_tuc", "procedures", Many(_PROCEDURE), label="Thủ tục", hint="thủ tục trên Cổng Dịch vụ công", example="[{ma: …, ten: …, url: …}]"),
    Field("noi_thuc_hien", "places", Many(Text(most=300), lone=True), label="Nơi thực hiện", hint="đến đâu để làm", example="Trung tâm Phục vụ hành chính công"),
    Field("muc_dieu_17", "article_17", FromVocabulary("article_17", several=True), label="Điểm Điều 17", hint="điểm của Luật Tiếp cận thông tin 01/2026 Điều 17 khoản 1", example="[b]"),
    Field("dia_chi_cu", "former_paths", Many(SitePath(), lone=True), label="Địa chỉ cũ", hint="đường dẫn cũ trên trang nay dẫn về tin này", example="[tin/ke-hoach-2023]"),
    Field("lien_he", "contact", _CONTACT, label="Liên hệ", hint="nơi trả lời về nội dung này", example="{ten: …, dien_thoai: …}"),
    Field("noi_nhan", "recipients", Many(Text(most=300), lone=True), public=False, label="Nơi nhận", hint="nơi nhận (nội bộ)", example="[Lãnh đạo Sở]"),
    Field("ma_ho_so", "file_number", Text(most=80), public=False, label="Mã hồ sơ", hint="mã hồ sơ (nội bộ)", example="…"),
)  # fmt: skip

CHOICE_NAMES = {
    "ban-ky-so": "bản ký số",
    "ban-quet": "bản quét",
    "ban-word": "bản Word",
    "phu-luc": "phụ lục",
    "bieu-mau": "biểu mẫu",
    "khac": "khác",
    "toan-bo": "toàn bộ",
    "mot-phan": "một phần",
    "chi-bo-sung": "chỉ bổ sung",
    "thu-dien-tu": "thư điện tử",
    "dien-thoai": "điện thoại",
    "buu-dien": "bưu điện",
    "truc-tiep": "trực tiếp",
    "cap-nhat": "cập nhật",
    "dinh-chinh": "đính chính",
    "go-tin": "gỡ tin",
    "dang-lai": "đăng lại",
    "giu-trang": "giữ trang với lời báo",
    "xoa-noi-dung": "xóa hết nội dung",
    "am-thanh": "âm thanh",
    "chu": "chữ",
    "xay-dung": "dự thảo, chưa ban hành",
    "pho-bien": "đã ban hành, đang phổ biến",
    "thuc-thi": "đang thực thi",
    "ban-nhap": "bản nháp, chưa đăng",
    "cong-khai": "công khai từ ngày đăng",
    "da-go": "Sở đã gỡ tin",
    "co": "có",
    "khong": "không",
    ALL: "tất cả",
}
"""What forms call the words that a key chooses from."""

BY_KEY = {row.key: row for row in FIELDS}
KEY_OF = {row.name: row.key for row in FIELDS}
SOURCE_KEYS = ("nguon", "tep", "toan_van", "chua_co_ban_goc")


class Demand(NamedTuple):
    """A key that others demand: when, and at whose line its absence is reported (line 1 where none is named)."""

    key: str
    when: Callable[[dict[str, Any], Vocabularies], bool]
    at: str = ""


def _is_issued(values: dict[str, Any], _: Vocabularies) -> bool:
    if "stage" not in values and "consultation" in values and not {"number", "issued"} & values.keys():
        return False  # a draft without `giai_doan`: one mistake, reported by gop-y-khong-phai-du-thao
    return values.get("stage", Stage.DISSEMINATION) is not Stage.DRAFTING


def _has_number(values: dict[str, Any], vocabularies: Vocabularies) -> bool:
    kind = vocabularies.types.get(values.get("type", ""))
    return _is_issued(values, vocabularies) and (kind is None or kind.has_number)


DEMANDS = (
    Demand("tom_tat", lambda values, _: "no_original" not in values),
    Demand("so_ky_hieu", _has_number),
    Demand("ngay_ban_hanh", _is_issued),
    Demand("trich_yeu", _is_issued),
    Demand("gop_y", lambda values, _: values.get("stage") is Stage.DRAFTING, at="giai_doan"),
    Demand("go_tin", lambda values, _: values.get("status") is Status.REMOVED, at="trang_thai"),
)


class Parsed(NamedTuple):
    """A policy, the keys whose values could not be used, and the faults found on the way."""

    policy: Policy
    broken: frozenset[str]
    faults: tuple[Fault, ...]


def parse(raw: Raw, default_id: str, vocabularies: Vocabularies) -> Parsed:
    """Turn an entry's front matter into a `Policy`.

    A value that cannot be used leaves its attribute empty and its key in `broken`,
    so that the rules can look at the rest and still say each mistake once.
    """
    faults: list[Fault] = []
    context = Context(vocabularies, faults)
    values, _ = parse_fields(raw.fields, BY_KEY, FIELDS, context)
    lines = {key.value: key.line for key, _node in raw.fields.entries}
    broken = {
        key for key in lines if key in BY_KEY and BY_KEY[key].name not in values and not _is_blank(raw.fields, key)
    }
    broken |= {row.key for row in FIELDS if row.required and row.name not in values}
    broken |= {str(f.values["gan_nhat"]) for f in faults if f.code == "khoa-la"}
    if "giai_doan" not in broken:
        faults.extend(_missing(values, lines, broken, vocabularies))
    if "id" not in values:
        values["id"] = default_id
        if "ma" not in broken and not is_entry_id(default_id):
            named = "tên thư mục" if raw.path.endswith("/index.md") else "tên tệp"
            faults.append(Fault("ma-sai-dang", 1, 1, {"khoa": named, "gia_tri": excerpt(default_id)}))
            broken.add("ma")
    issuers = values.get("issuers", ())
    values["issuers"] = tuple(i for i in issuers if not i.startswith("?"))
    values["unknown_issuers"] = tuple(i[1:] for i in issuers if i.startswith("?"))
    values["drafters"] = tuple(i.removeprefix("?") for i in values.get("drafters", ()))
    for name, blank in _BLANKS.items():
        values.setdefault(name, blank)
    for key, node in raw.fields.entries:
        _add_inner_lines(key.value, node, lines)
    return Parsed(Policy(lines=lines, **values), frozenset(broken), tuple(faults))


def _add_inner_lines(key: str, node: Node, lines: dict[str, int]) -> None:
    """Add the lines of what stands inside a key: `gop_y.den`, `tep.0`, `tep.0.url`; blank items of a list do not count."""
    if isinstance(node, Mapping):
        for name, value in node.entries:
            lines.setdefault(f"{key}.{name.value}", name.line)
            _add_inner_lines(f"{key}.{name.value}", value, lines)
    elif isinstance(node, Sequence):
        items = [item for item in node.items if not (isinstance(item, Scalar) and _is_blank_text(item.value))]
        for place, item in enumerate(items):
            lines[f"{key}.{place}"] = item.line
            _add_inner_lines(f"{key}.{place}", item, lines)


_BLANKS: dict[str, Any] = {"title": "", "type": "", "published": None, "fields": (), "audiences": ()}
"""What stands for a required value that is missing: such an entry is never published (a working copy may be seen)."""


def _is_blank(fields: Mapping, key: str) -> bool:
    node = fields.get(key)
    return isinstance(node, Scalar) and _is_blank_text(node.value)


def _is_blank_text(value: str) -> bool:
    return value.strip() in ("", "~", "null")


def _missing(
    values: dict[str, Any], lines: dict[str, int], broken: set[str], vocabularies: Vocabularies
) -> list[Fault]:
    faults: list[Fault] = []
    for demand in DEMANDS:
        row = BY_KEY[demand.key]
        if row.name in values or demand.key in broken or not demand.when(values, vocabularies):
            continue
        if demand.key == "tom_tat" and "chua_co_ban_goc" in broken:
            continue
        said = {"khoa": row.key, "vi_du": row.example, "nghia": row.hint, "khi": row.demanded}
        if demand.key in lines:
            faults.append(Fault("thieu-gia-tri", lines[demand.key], 1, said))
        else:
            faults.append(Fault("thieu-khoa", lines.get(demand.at, 1), 1, said))
        broken.add(demand.key)
    has_source = any(BY_KEY[key].name in values or key in broken for key in SOURCE_KEYS)
    if _is_issued(values, vocabularies) and not has_source:
        faults.append(Fault("thieu-nguon", 1, 1, {"khoa": ", ".join(SOURCE_KEYS)}))
    return faults


def dump(policy: Policy) -> dict[str, Any]:
    """The public keys of an entry as data files carry them, in the table's order, empty ones left out."""
    dumped = dump_fields(policy, FIELDS)
    if policy.unknown_issuers:
        dumped["co_quan_ban_hanh"] = [*dumped.get("co_quan_ban_hanh", []), *policy.unknown_issuers]
    if policy.removal is not None:
        dumped["go_tin"]["che_do"] = "xoa-noi-dung" if policy.removal.erases_content else "giu-trang"
    return dumped


def json_schema(vocabularies: Vocabularies) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one entry's public keys."""
    return object_schema(FIELDS, vocabularies)


__all__ = [
    "ALL",
    "ATTACHMENT_SUFFIXES",
    "BAD",
    "BY_KEY",
    "CHOICE_NAMES",
    "DEMANDS",
    "FIELDS",
    "KEY_OF",
    "SOURCE_KEYS",
    "Parsed",
    "dump",
    "json_schema",
    "parse",
]
