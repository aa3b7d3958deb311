"""An entry in, its page's view model out."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote, urlsplit

from .. import references
from ..attachments import FileFacts
from ..catalogue import Catalogue, Entry
from ..kinds import is_web_address
from ..links import resolve
from ..markdown import rewrite_addresses
from ..policy import Attachment, CommentWay, Policy, Status
from ..site_config import SiteConfig
from . import events, timeline, words
from .cited import citing_view, link_citations
from .feedback import Feedback
from .head import page_head
from .view import (
    GOC,
    PER_PAGE,
    Templates,
    View,
    count,
    day_value,
    entry_href,
    entry_path,
    link,
    page_path,
    row,
    safe_markup,
    shown_day,
    shown_weekday,
    size_words,
    value,
)

_CORRECTION_DAYS = timedelta(days=30)
_SUFFIX_NAMES = {
    "docx": "Word",
    "doc": "Word",
    "xlsx": "Excel",
    "xls": "Excel",
    "jpg": "Ảnh",
    "png": "Ảnh",
    "webp": "Ảnh",
    "txt": "Văn bản thuần",
}
_WAYS = {
    "thu-dien-tu": "Thư điện tử",
    "bieu-mau": "Biểu mẫu trực tuyến",
    "dien-thoai": "Điện thoại",
    "buu-dien": "Bưu điện",
    "truc-tiep": "Trực tiếp",
}
_OUTCOME = "Bản tổng hợp, tiếp thu, giải trình"
CHANGE_NAMES = {
    "cap-nhat": "Cập nhật tin",
    "dinh-chinh": "Đính chính tin",
    "go-tin": "Tin đã gỡ",
    "dang-lai": "Đăng lại",
}
_LANGUAGES = {
    "vi": "Tiếng Việt",
    "tyz": "Tiếng Tày",
    "nut": "Tiếng Nùng",
    "hmn": "Tiếng Mông",
    "yao": "Tiếng Dao",
    "en": "Tiếng Anh",
}
_SHOWN_SUPPORTERS = 3
_MANY_SUPPORTERS = 5


class EntryPages:
    """Makes the view of each entry's page; knows its neighbours in time."""

    def __init__(self, catalogue: Catalogue, config: SiteConfig, templates: Templates) -> None:
        self.catalogue = catalogue
        self.templates = templates
        self.vocabularies = catalogue.vocabularies
        self.config = config
        self.cited_by = references.cited_by(catalogue)
        self.feedback = Feedback(config)
        listed = catalogue.listed()
        self.neighbours: dict[str, tuple[Entry | None, Entry | None]] = {
            entry.id: (listed[i + 1] if i + 1 < len(listed) else None, listed[i - 1] if i else None)
            for i, entry in enumerate(listed)
        }
        self.logged = {
            (line.entry.id, line.number): (line, f"{GOC}{page_path('thay-doi/', place // PER_PAGE + 1)}#{line.anchor}")
            for place, line in enumerate(events.site_log(catalogue))
        }

    def head(self, entry: Entry) -> View:
        """What stands in the page's <head>: all that Zalo reads, and no index for what must not be found."""
        policy = entry.policy
        title = words.page_title(policy)
        is_public = self.catalogue.is_listed(entry)
        path = entry_path(policy.id) if self.catalogue.is_released(entry) else None
        return page_head(self.config, path, title, self.description(policy), kind="article", is_hidden=not is_public)

    def description(self, policy: Policy) -> str:
        """The preview's words: the summary, or the citation of a document that nobody could read."""
        if policy.is_erased:
            return ""
        if policy.no_original is not None:
            return f"{words.full_citation(policy, self.vocabularies)} (theo {policy.no_original.known_through})"
        return policy.summary

    def view(self, entry: Entry) -> View:
        """All that tin.html needs."""
        policy = entry.policy
        erased = policy.is_erased
        shown = self._content(entry) if not erased else _ERASED
        before, after = self.neighbours.get(policy.id, (None, None))
        return {
            "goc": GOC,
            "ma": policy.id,
            "don_vi": " ".join(entry.owner.lead),
            "trang_thai": policy.status.value,
            "duong_dan": self._breadcrumb(policy),
            **self.standing(entry),
            "dinh_chinh": [] if erased else self._corrections(policy),
            "tieu_de": words.page_title(policy),
            "tin_truoc": link(words.headline(before.policy), entry_href(before.policy)) if before else None,
            "tin_sau": link(words.headline(after.policy), entry_href(after.policy)) if after else None,
            "lich_su": self._history(policy, erased),
            **shown,
            **self._ways_back(entry),
        }

    def _ways_back(self, entry: Entry) -> View:
        """What readers can answer; nobody is asked to send on what was removed or is not public yet."""
        if not self.catalogue.is_released(entry):
            return {"phan_hoi": None, "chia_se": None}
        path, is_current = entry_path(entry.id), entry.policy.status is Status.PUBLIC
        return {
            "phan_hoi": self.feedback.ways(entry.id, path, is_current=is_current),
            "chia_se": self.feedback.shares(path, words.headline(entry.policy)) if is_current else None,
        }

    def standing(self, entry: Entry) -> View:
        """What every page of an entry says of it: that it is a preview, that it was removed, its address."""
        return {
            "xem_truoc": self._preview(entry),
            "go_tin": self._removal(entry.policy),
            "dia_chi": self.config.absolute(entry_path(entry.id)) if self.catalogue.is_released(entry) else "",
        }

    def _content(self, entry: Entry) -> View:
        policy = entry.policy
        unread = policy.no_original
        files = self._files(entry)
        badge = words.effect_badge(entry, self.catalogue)
        headings = [h for h in entry.body.headings if h.level <= 3]
        return {
            "chua_co_ban_goc": {"ly_do": unread.reason, "biet_qua": unread.known_through} if unread else None,
            "van_ban": {
                "du_thao": policy.is_draft,
                "thanh": self._issued_from(policy),
                "loai": words.short_type(policy, self.vocabularies),
                "so": policy.number.text if policy.number else "",
                "co_quan": words.join_names(words.issuer_names(policy, self.vocabularies)),
            },
            "hieu_luc": effect_view(badge),
            "tom_tat": policy.summary,
            "toan_van": self._full_text(entry),
            "ban_goc": self._original(policy),
            "tep": files,
            "ban_tieng": self._language_versions(entry),
            "muc_luc": [{"chu": h.text, "href": f"#{h.id}", "cap": h.level} for h in headings]
            if len(headings) >= 3
            else [],
            "noi_dung": safe_markup(self.linked_body(entry)) if entry.body.html else "",
            "nhac_tom_tat": bool(entry.body.html) and not policy.is_draft and unread is None,
            "thong_tin": self._facts(entry),
            "thuc_hien": self._practical(policy),
            "qua_trinh": timeline.relations(entry, self.catalogue),
            "dan_boi": citing_view(self.cited_by.get(entry.id, []), self.catalogue),
            "hieu_luc_ngay": timeline.effect_table(entry, self.catalogue),
            "gop_y": self._consultation(entry),
            "trich_dan": words.full_citation(policy, self.vocabularies) if policy.number or policy.issued else "",
        }

    def _issued_from(self, policy: Policy) -> View | None:
        issued = words.issued_from(policy, self.catalogue) if policy.is_draft else None
        return link(words.citation(issued, self.vocabularies), entry_href(issued)) if issued else None

    def body(self, entry: Entry) -> str:
        """The body's HTML with every address made for the page."""
        if not entry.body.links:
            return entry.body.html

        def address(target: str, is_image: bool) -> str:
            if target.startswith("#"):
                return target
            found = resolve(target, entry, self.catalogue)
            fragment = f"#{found.fragment}" if found.fragment else ""
            if found.kind == "entry" and found.entry is not None:
                target_policy = found.entry.policy  # an erased entry has no headings left
                return entry_href(target_policy) + ("" if target_policy.is_erased else fragment)
            if found.kind == "full-text":
                return "toan-van/" + fragment
            if found.kind == "file":
                return f"tep/{found.file}"
            return target

        return rewrite_addresses(entry.body.html, address)

    def linked_body(self, entry: Entry) -> str:
        """The body's HTML as the page shows it, with the documents that it cites as links."""
        shown = self.body(entry)
        return link_citations(shown, entry, "body", self.catalogue) if entry.cited.body else shown

    def _breadcrumb(self, policy: Policy) -> list[View]:
        trail = [link("Trang đầu", GOC)]
        if policy.is_draft:
            trail.append(link("Góp ý dự thảo", GOC + "gop-y/"))
        else:
            trail.append(link("Chính sách", GOC + "chinh-sach/"))
        if not policy.is_erased and policy.type in self.vocabularies.types and not policy.is_draft:
            trail.append(link(words.short_type(policy, self.vocabularies), f"{GOC}loai/{policy.type}/"))
        return trail

    def _preview(self, entry: Entry) -> str:
        policy = entry.policy
        if self.catalogue.is_released(entry):
            return ""
        if policy.status is Status.WORKING or policy.published is None:
            return "Bản nháp, chưa đăng."
        return f"Sẽ đăng {shown_weekday(policy.published)['chu']}."

    def _removal(self, policy: Policy) -> View | None:
        removal = policy.removal
        if removal is None or policy.status is not Status.REMOVED:
            return None
        erased = policy.is_erased
        heir = self.catalogue.find(removal.replaced_by) if removal.replaced_by else None
        return {
            "ngay": shown_day(removal.moment),
            "ly_do": removal.reason,
            "van_ban": f"Văn bản {policy.number.text}" if policy.number and not erased else "",
            "thay_bang": link(words.headline(heir.policy), entry_href(heir.policy)) if heir else None,
            "da_xoa": erased,
        }

    def _corrections(self, policy: Policy) -> list[View]:
        corrections = [c for c in policy.changes if c.kind == "dinh-chinh" and c.moment <= self.catalogue.now]
        return [
            {
                "ngay": shown_day(change.moment),
                "an_tu": (words.day_of(change.moment) + _CORRECTION_DAYS).isoformat(),
                "noi_dung": change.text,
                "truoc": change.before,
                "sau": change.after,
            }
            for change in sorted(corrections, key=lambda c: c.moment, reverse=True)
        ]

    def _history(self, policy: Policy, erased: bool) -> list[View]:
        lines = []
        for number, change in reversed(list(enumerate(events.log(policy), 1))):
            if change.moment > self.catalogue.now:
                continue
            line, href = self.logged.get((policy.id, number), (None, ""))
            lines.append(
                {
                    "id": line.own_anchor if line else "",
                    "href": href,
                    "ngay": shown_day(change.moment),
                    "viec": CHANGE_NAMES[change.kind],
                    "noi_dung": "" if erased else change.text,
                    "truoc": "" if erased else change.before,
                    "sau": "" if erased else change.after,
                }
            )
        if policy.published is not None:
            lines.append(
                {
                    "id": "",
                    "href": "",
                    "ngay": shown_day(policy.published),
                    "viec": "Đăng lần đầu",
                    "noi_dung": "",
                    "truoc": "",
                    "sau": "",
                }
            )
        return lines

    def _full_text(self, entry: Entry) -> View | None:
        facts = entry.full_text
        if facts is None:
            return None
        return {"href": "toan-van/", "quy_mo": count(facts.article_count, "điều") if facts.article_count else ""}

    def _original(self, policy: Policy) -> View | None:
        if policy.original_url:
            return {"href": policy.original_url, "noi": host(policy.original_url)}
        first = policy.attachments[0] if policy.attachments else None
        if first is None:
            return None
        return {"href": first.url, "noi": host(first.url)} if first.url else {"href": f"tep/{first.file}", "noi": ""}

    def _files(self, entry: Entry) -> list[View]:
        policy = entry.policy
        files = []
        if entry.full_text is not None and policy.full_text is not None:
            facts = entry.full_text
            extent = [count(facts.chapter_count, "chương")] if facts.chapter_count else []
            extent += [count(facts.article_count, "điều")] if facts.article_count else []
            described = [", ".join(extent)] if extent else []
            described.append("bản chữ để đọc" if policy.full_text.is_complete else "bản chữ để đọc, chưa đầy đủ")
            files.append(file_view("Toàn văn trên trang này", "toan-van/", " · ".join(described)))
        files.extend(attachment_view(a, entry.files.get(a.file)) for a in policy.attachments)
        if policy.original_url:
            where = host(policy.original_url)
            files.append(file_view("Bản gốc", policy.original_url, f"{where} · trang ngoài", outside=True))
        return files

    def _language_versions(self, entry: Entry) -> list[View]:
        return [
            file_view(
                _LANGUAGES.get(version.language, version.language) + (" (nghe)" if version.kind == "am-thanh" else ""),
                f"tep/{version.file}",
                file_words(entry.files.get(version.file)),
            )
            for version in entry.policy.language_versions
        ]

    def _facts(self, entry: Entry) -> list[View]:
        policy, vocabularies = entry.policy, self.vocabularies
        rows: list[View] = []
        kind = vocabularies.types.get(policy.type)
        if policy.number is not None:
            rows.append(row("Số ký hiệu", [value(policy.number.text, number=True)]))
        elif not policy.is_draft:
            rows.append(row("Số ký hiệu", [value("Chưa có số", grey=True)]))
        if kind is not None:
            rows.append(row("Loại", [value(kind.short_name, f"{GOC}loai/{kind.id}/")]))
        issuers = [
            *(value(vocabularies.issuers[i].name_on(policy.issued), f"{GOC}co-quan/{i}/") for i in policy.issuers),
            *(value(name) for name in policy.unknown_issuers),
        ]
        if issuers:
            rows.append(row("Cơ quan sẽ ban hành" if policy.is_draft else "Cơ quan ban hành", issuers))
        if policy.drafters:
            rows.append(row("Cơ quan soạn thảo", [value(self._issuer(i)) for i in policy.drafters]))
        if policy.issued is not None:
            rows.append(row("Ngày ban hành", [day_value(policy.issued)]))
        elif not policy.is_draft:
            rows.append(row("Ngày ban hành", [value("Không ghi ngày", grey=True)]))
        if policy.effective is not None:
            rows.append(row("Hiệu lực từ", [day_value(policy.effective)]))
        if policy.expires is not None:
            rows.append(row("Hết hiệu lực từ", [day_value(policy.expires)]))
        if policy.consultation is not None:
            rows.append(row("Nhận góp ý từ", [day_value(policy.consultation.opens, weekday=True)]))
            rows.append(row("Đến hết", [day_value(policy.consultation.closes, weekday=True)]))
            rows.append(row("Căn cứ", [value(policy.consultation.basis)]))
            if policy.consultation.contact:
                rows.append(row("Đầu mối", [value(policy.consultation.contact)]))
        if policy.signer:
            office = f"{policy.signing_authority} {policy.signer_office}".strip()
            rows.append(row("Người ký", [value(f"{office} {policy.signer}".strip())]))
        rows.append(row("Đối tượng", self._audiences(policy)))
        if policy.area:
            rows.append(row("Phạm vi", [value(policy.area)]))
        fields = [value(vocabularies.fields[f].name, f"{GOC}linh-vuc/{f}/") for f in policy.fields]
        rows.append(row("Lĩnh vực", fields, separator=";"))
        if entry.owner.lead:
            rows.append(row("Đơn vị phụ trách tin", [self._unit(u, entry) for u in entry.owner.lead], separator=";"))
        rows.extend(self._supporters(entry))
        if policy.outside_partners:
            rows.append(
                row("Phối hợp ngoài Sở", [value(f"{p.body}: {p.task}") for p in policy.outside_partners], separator=";")
            )
        if policy.published is not None:
            rows.append(row("Đăng ngày", [day_value(policy.published, weekday=True)]))
        if policy.removal is not None and policy.status is Status.REMOVED:
            rows.append(row("Gỡ ngày", [day_value(policy.removal.moment, weekday=True)]))
        return [r for r in rows if r["gia_tri"]]

    def _issuer(self, issuer_id: str) -> str:
        known = self.vocabularies.issuers.get(issuer_id)
        return known.name if known else issuer_id

    def _audiences(self, policy: Policy) -> list[View]:
        ids = policy.audiences
        if "tat-ca" in ids:
            return [value("Tất cả", f"{GOC}doi-tuong/")]
        return [value(self.vocabularies.audiences[a].name, f"{GOC}doi-tuong/{a}/") for a in ids]

    def _unit(self, unit_id: str, entry: Entry) -> View:
        unit = self.vocabularies.units[unit_id]
        note = self.vocabularies.unit_note_on(unit, words.day_of(self.catalogue.now))
        heir = self.vocabularies.last_successor(unit)
        heir_link = None
        if heir is not unit and note.startswith("nay là ") and heir.enabled:
            heir_link = link(note.removeprefix("nay là "), f"{GOC}don-vi/{heir.id}/")
            note = "nay là"
        return value(
            words.unit_name(unit_id, entry, self.catalogue), f"{GOC}don-vi/{unit_id}/", note=note, note_link=heir_link
        )

    def _supporters(self, entry: Entry) -> list[View]:
        supporting = entry.owner.supporting
        if not supporting:
            return []
        if "tat-ca" in entry.policy.supporting_units:
            return [row("Phối hợp", [value("Các phòng, đơn vị thuộc Sở")])]
        shown = [self._unit(u, entry) for u in supporting]
        if len(shown) <= _MANY_SUPPORTERS:
            return [row("Phối hợp", shown, separator=";")]
        rest = shown[_SHOWN_SUPPORTERS:]
        folded = {"chu": f"và {len(rest)} đơn vị khác", "gia_tri": rest}
        return [row("Phối hợp", shown[:_SHOWN_SUPPORTERS], separator=";", folded=folded)]

    def _practical(self, policy: Policy) -> list[View]:
        rows = []
        if policy.procedures:
            rows.append(
                row("Thủ tục", [value(f"{p.name} ({p.code})", p.url) for p in policy.procedures], separator=";")
            )
        if policy.places:
            rows.append(row("Nơi thực hiện", [value(place) for place in policy.places], separator=";"))
        if policy.contact is not None:
            contact = policy.contact
            parts = [contact.name, contact.phone, contact.mail, contact.address, contact.hours]
            rows.append(row("Liên hệ", [value(part) for part in parts if part], separator=";"))
        return rows

    def _consultation(self, entry: Entry) -> View | None:
        policy = entry.policy
        consultation = policy.consultation
        if consultation is None or policy.published is None:
            return None
        draft = policy.attachments[0] if policy.attachments else None
        return {
            "dang": shown_day(policy.published),
            "tu": shown_weekday(consultation.opens),
            "den": shown_weekday(consultation.closes),
            "xin_y_kien": policy.title,
            "dau_moi": consultation.contact,
            "cach_gui": [way_view(way, policy.title) for way in consultation.ways],
            "tai_du_thao": (draft.url or f"tep/{draft.file}") if draft else "",
            "ket_qua": self._outcome(entry),
        }

    def _outcome(self, entry: Entry) -> View | None:
        """What became of the comments, as written: what was taken in, what was not and why."""
        result = entry.policy.consultation.result if entry.policy.consultation else None
        if result is None or events.midnight(result.day) > self.catalogue.now:
            return None
        file = None
        if result.file:
            file = file_view(_OUTCOME, f"tep/{result.file}", file_words(entry.files.get(result.file)))
        elif result.url:
            file = file_view(_OUTCOME, result.url, f"{host(result.url)} · trang ngoài", outside=True)
        return {"ngay": shown_day(result.day), "tom_tat": result.summary, "tep": file}


_ERASED: View = {
    "chua_co_ban_goc": None,
    "van_ban": None,
    "hieu_luc": None,
    "tom_tat": "",
    "toan_van": None,
    "ban_goc": None,
    "tep": [],
    "ban_tieng": [],
    "muc_luc": [],
    "noi_dung": "",
    "nhac_tom_tat": False,
    "thong_tin": [],
    "thuc_hien": [],
    "qua_trinh": None,
    "dan_boi": None,
    "hieu_luc_ngay": [],
    "gop_y": None,
    "trich_dan": "",
}


def effect_view(badge: words.Effect | None) -> View | None:
    """The badge's shape for the templates."""
    if badge is None:
        return None
    return {"id": badge.id, "ly_do": badge.reason, "nhan": badge.words, "chi_tiet": badge.detail, "moc": badge.steps}


def file_view(name: str, href: str, described: str, *, outside: bool = False) -> View:
    """A row of the list of files."""
    return {"ten": name, "href": href, "mo_ta": described, "ngoai": outside}


def attachment_view(attachment: Attachment, facts: FileFacts | None) -> View:
    """An attachment: a file of ours with its type and size, or a link."""
    if attachment.url:
        return file_view(attachment.name, attachment.url, f"{host(attachment.url)} · trang ngoài", outside=True)
    return file_view(attachment.name, f"tep/{attachment.file}", file_words(facts))


def file_words(facts: FileFacts | None) -> str:
    """«PDF · 1,2 MB · 12 trang», «MP3 · 3,4 MB · 3 phút 20 giây»."""
    if facts is None:
        return ""
    parts = [_SUFFIX_NAMES.get(facts.suffix, facts.suffix.upper()), size_words(facts.size)]
    if facts.pages:
        parts.append(count(facts.pages, "trang"))
    if facts.seconds:
        parts.append(length_words(facts.seconds))
    return " · ".join(parts)


def length_words(seconds: int) -> str:
    """«3 phút 20 giây», «45 giây»."""
    minutes, rest = divmod(seconds, 60)
    return " ".join(([f"{minutes} phút"] if minutes else []) + ([f"{rest} giây"] if rest or not minutes else []))


def host(url: str) -> str:
    """The host name of an address, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def way_view(way: CommentWay, title: str) -> View:
    """A way to comment that one can use: a mail with its subject, a telephone, a form; a postal address is text."""
    href = way_href(way.kind, way.address, title)
    shown, note = way.address, ""
    if href.startswith("mailto:"):
        note = f"Tiêu đề thư: «{comment_subject(title)}»"
    elif way.kind == "bieu-mau" and href:
        shown, note = "Mở biểu mẫu góp ý", f"{host(href)} · trang ngoài"
    elif way.kind == "buu-dien":
        note = f"Ghi ngoài bì thư: «{comment_subject(title)}»"
    return {"nhan": _WAYS[way.kind], "chu": shown, "href": href, "ghi_chu": note}


def comment_subject(title: str) -> str:
    """What a comment is about, for the subject of a mail and the envelope of a letter."""
    return f"Góp ý {title}" if title.lower().startswith("dự thảo") else f"Góp ý dự thảo: {title}"


def way_href(kind: str, address: str, title: str) -> str:
    """What a way to comment links to: a mail, a telephone, a form; nothing for a postal address.

    The subject is percent-encoded UTF-8 (RFC 6068 §5); a telephone keeps its digits and «+» (RFC 3966).
    """
    if kind == "thu-dien-tu" and re.fullmatch(r"[\w.+-]+@[\w.-]+", address):
        return f"mailto:{quote(address, safe='@')}?subject={quote(comment_subject(title), safe='')}"
    if kind == "dien-thoai" and re.fullmatch(r"[\d\s.()+-]+", address):
        return "tel:" + re.sub(r"[^\d+]", "", address)
    if kind == "bieu-mau" and is_web_address(address):
        return address
    return ""
