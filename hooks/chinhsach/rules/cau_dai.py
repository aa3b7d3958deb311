"""cau-dai: a sentence that no reader takes in at once."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry, body_of
from ..policy import Status
from ..problems import Fault, Severity, Words
from ..text import excerpt
from ..writing import MOST_WORDS, Sentence, sentences
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Over forty words in the summary or the body; one message tells the first sentence and how many there are."""
    if entry.policy.status is Status.REMOVED or not usable(entry, "tom_tat"):
        return
    line = at(entry, "tom_tat")
    long = [s._replace(line=line) for s in sentences(entry.policy.summary or "") if s.is_long]
    body, first = body_of(entry, catalogue)
    long += [Sentence(s.text, s.line + first - 1) for s in sentences(body) if s.is_long]
    if long:
        others = f" (và {len(long) - 1} câu khác)" if len(long) > 1 else ""
        values = {"cau": excerpt(long[0].text, 70), "dai": str(long[0].syllables), "khac": others}
        yield Fault("cau-dai", long[0].line, values=values)


def explain(values: Values) -> Words:
    """`cau`: the first such sentence, `dai`: its syllables; `khac`: how many more there are, or nothing."""
    return Words(
        f"câu dài {values['dai']} tiếng: «{values['cau']}»{values['khac']}",
        f"câu quá {MOST_WORDS} từ (chừng 60 tiếng) thì đọc đến cuối đã quên đầu, nghe đọc to càng khó",
        "tách thành hai, ba câu hoặc thành các gạch đầu dòng; không bỏ điều kiện, ngoại lệ",
    )


RULE = Rule(
    code="cau-dai",
    title="Câu quá dài",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="Hộ kinh doanh nộp thuế theo phương pháp kê khai, có từ mười lao động trở lên, thuộc ngành sản xuất, … <hơn 40 từ>.",
    good="Áp dụng cho hộ kinh doanh có đủ:\n\n- nộp thuế theo phương pháp kê khai;\n- có từ mười lao động trở lên.",
    sample={"cau": "Hộ kinh doanh nộp thuế theo phương pháp kê khai, có từ mười lao động…", "dai": "72", "khac": ""},
)
