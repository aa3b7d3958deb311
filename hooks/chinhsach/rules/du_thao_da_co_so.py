"""du-thao-da-co-so: a draft bears what only an issued document has."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..problems import Fault, Words
from .base import Rule, Values, at

_ISSUED = {"so_ky_hieu": "number", "ngay_ban_hanh": "issued", "ngay_hieu_luc": "effective"}


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """A draft has no number, no day of issue and no day of effect; one message names all that are written."""
    if not entry.policy.is_draft:
        return
    written = sorted(
        (key for key, name in _ISSUED.items() if getattr(entry.policy, name)), key=lambda key: at(entry, key)
    )
    if written:
        yield Fault("du-thao-da-co-so", at(entry, written[0]), values={"khoa": ", ".join(written)})


def explain(values: Values) -> Words:
    """`khoa`: the keys that a draft cannot have."""
    return Words(
        f"dự thảo (giai_doan: xay-dung) mà có «{values['khoa']}»",
        "dự thảo chưa ban hành nên chưa có số, ngày ban hành, ngày hiệu lực",
        f"còn là dự thảo thì bỏ {values['khoa']}; đã ban hành thì lập tin mới cho văn bản, "
        "với quan_he: [{loai: ban-hanh-tu-du-thao, den: <mã của tin này>}]",
    )


RULE = Rule(
    code="du-thao-da-co-so",
    title="Dự thảo mà đã có số hoặc ngày ban hành",
    explain=explain,
    check=check,
    bad="giai_doan: xay-dung\nso_ky_hieu: 12/2023/QĐ-UBND",
    good="giai_doan: xay-dung",
    sample={"khoa": "so_ky_hieu, ngay_ban_hanh"},
)
