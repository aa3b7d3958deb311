"""viet-tat-la: an abbreviation of viet-tat.yml that the entry never says in full."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry, body_of
from ..policy import Status
from ..problems import Fault, Severity, Words
from ..writing import abbreviations, is_explained
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Each in headline, summary and body; one message names all of an entry, at the line of the first."""
    policy = entry.policy
    if policy.status is Status.REMOVED or not usable(entry, "tieu_de", "tom_tat"):
        return
    known = catalogue.vocabularies.search_words
    body, first = body_of(entry, catalogue)
    whole = "\n".join((policy.title, policy.summary or "", policy.subject or "", body))
    used = [(short, at(entry, "tieu_de")) for short, _ in abbreviations(policy.title)]
    used += [(short, at(entry, "tom_tat")) for short, _ in abbreviations(policy.summary or "")]
    used += [(short, line + first - 1) for short, line in abbreviations(body)]
    bare: dict[str, int] = {}
    for short, line in used:
        word = known.get(short)
        if word is not None and word.meanings and not word.is_word and not is_explained(short, word.meanings, whole):
            bare.setdefault(short, line)
    if bare:
        short, line = next(iter(bare.items()))
        meaning = known[short].meanings[0]
        yield Fault("viet-tat-la", line, values={"viet_tat": ", ".join(bare), "dau": short, "day_du": meaning})


def explain(values: Values) -> Words:
    """`viet_tat`: all that are not explained; `dau`, `day_du`: the first one and what it stands for."""
    return Words(
        f"chữ viết tắt chưa giải thích: «{values['viet_tat']}»",
        "người ngoài ngành không biết chữ viết tắt, máy đọc cho người khiếm thị đọc từng chữ cái",
        f"lần đầu viết đủ rồi mới viết tắt: {values['day_du']} ({values['dau']})",
    )


RULE = Rule(
    code="viet-tat-la",
    title="Chữ viết tắt chưa giải thích",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="HĐND tỉnh quyết định mức hỗ trợ.",
    good="Hội đồng nhân dân (HĐND) tỉnh quyết định mức hỗ trợ.",
    sample={"viet_tat": "HĐND", "dau": "HĐND", "day_du": "hội đồng nhân dân"},
)
