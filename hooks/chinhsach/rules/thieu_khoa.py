"""thieu-khoa: a key that must stand there and does not."""

from collections.abc import Sequence

from ..mending import new_key, within
from ..problems import Fault, Mend, Words
from .base import Rule, Values, leaf


def explain(values: Values) -> Words:
    """`khoa`, `vi_du`, `nghia`: the key, an example, what it holds; `khi`: when it is demanded, if not always."""
    key, example, meaning = values["khoa"], values["vi_du"], values["nghia"]
    name = leaf(key)
    what = f"thiếu khóa «{key}»" + (f" ({meaning})" if meaning else "")
    if name != key:
        parent = key.removesuffix(f".{name}")
        return Words(what, f"{parent} chưa đủ nghĩa khi thiếu {name}", f"thêm vào {parent} khóa {name}: {example}")
    return Words(what, required(values), f"thêm vào giữa hai dòng --- một dòng, ví dụ {name}: {example}")


def required(values: Values) -> str:
    """The sentence that says in which case the key is demanded."""
    case = values.get("khi", "")
    if not case:
        return "khóa này bắt buộc với mọi tin"
    return "khóa này bắt buộc" + case.removeprefix("có") if case.startswith("có,") else f"khóa này bắt buộc {case}"


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The key with its example: below the first fence, or within the key that lacks it."""
    key, example = fault.values["khoa"], fault.values["vi_du"]
    parent, _, name = key.rpartition(".")
    if not parent:
        return new_key(fault.line, name, example)
    return within(lines, fault.line, name, example)


RULE = Rule(
    code="thieu-khoa",
    title="Thiếu khóa bắt buộc",
    explain=explain,
    bad="so_ky_hieu: 643/UBND-KGVX\nngay_ban_hanh: 30/5/2023",
    good="so_ky_hieu: 643/UBND-KGVX\nngay_ban_hanh: 30/5/2023\ntrich_yeu: Tăng cường công tác truyền thông chính sách",
    waits=True,
    mend=mend,
    sample={
        "khoa": "trich_yeu",
        "vi_du": "Tăng cường công tác truyền thông chính sách",
        "nghia": "trích yếu như in trên văn bản, bỏ «V/v»",
        "khi": "khi văn bản đã ban hành",
    },
)
