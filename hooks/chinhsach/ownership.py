"""Which unit an entry belongs to: the evidence, strongest first, and what it decides (DESIGN §3)."""

from __future__ import annotations

from typing import NamedTuple

from .kinds import ALL
from .policy import Policy
from .source import UNSORTED
from .vocabulary import Vocabularies


class Evidence(NamedTuple):
    """One reading of who owns an entry: what kind it is, the units it points to, and the sentence that says so."""

    kind: str
    units: tuple[str, ...]
    reading: str


class Ownership(NamedTuple):
    """Lead and supporting units of an entry, and the evidence, strongest first; no lead units means: not decided."""

    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def deciding(self) -> Evidence | None:
        """The strongest evidence present."""
        return self.evidence[0] if self.evidence else None

    @property
    def disagreeing(self) -> tuple[Evidence, ...]:
        """Weaker evidence that points to none of the units of the deciding one."""
        return tuple(e for e in self.evidence[1:] if not set(e.units) & set(self.evidence[0].units))


def weigh(policy: Policy, folder: str, vocabularies: Vocabularies) -> Ownership:
    """Weigh the evidence: the key, the folder, the drafting unit in the symbol, the fields."""
    evidence = [
        e
        for e in (
            _key(policy),
            _folder(folder, vocabularies),
            _symbol(policy, vocabularies),
            _fields(policy, vocabularies),
        )
        if e
    ]
    lead: tuple[str, ...] = ()
    if evidence and (evidence[0].kind == "don_vi_chu_tri" or len(evidence[0].units) == 1):
        lead = evidence[0].units
    if policy.supporting_units == (ALL,) or ALL in policy.supporting_units:
        supporting = tuple(unit.id for unit in vocabularies.enabled_units() if unit.id not in lead)
    else:
        supporting = tuple(unit for unit in policy.supporting_units if unit not in lead)
    return Ownership(lead, supporting, tuple(evidence))


def _key(policy: Policy) -> Evidence | None:
    if not policy.lead_units:
        return None
    return Evidence("don_vi_chu_tri", policy.lead_units, "khóa don_vi_chu_tri ghi " + ", ".join(policy.lead_units))


def _folder(folder: str, vocabularies: Vocabularies) -> Evidence | None:
    if folder == UNSORTED or folder not in vocabularies.active_units:
        return None
    return Evidence("thu-muc", (folder,), f"tin nằm trong thư mục policies/{folder}/")


def _symbol(policy: Policy, vocabularies: Vocabularies) -> Evidence | None:
    """The drafting unit in a symbol such as …/SKHĐT-ĐKKD: only where both abbreviations are confirmed."""
    drafted = policy.number.drafting_suffix if policy.number else None
    if drafted is None:
        return None
    department, suffix = drafted
    units = tuple(
        unit.id
        for unit in vocabularies.enabled_units()
        if unit.suffix == suffix
        and unit.suffix_is_confirmed
        and (parent := vocabularies.units.get(unit.parent or "")) is not None
        and parent.suffix == department
        and parent.suffix_is_confirmed
    )
    if not units or policy.number is None:
        return None
    return Evidence("so-ky-hieu", units, f"số ký hiệu {policy.number.text} có đuôi đơn vị soạn thảo {suffix}")


def _fields(policy: Policy, vocabularies: Vocabularies) -> Evidence | None:
    units: list[str] = []
    readings: list[str] = []
    for field_id in policy.fields:
        policy_field = vocabularies.fields[field_id]
        named = [unit for unit in policy_field.units if unit in vocabularies.active_units]
        if named:
            certainty = "" if policy_field.units_are_confirmed else " (chưa kiểm chứng)"
            readings.append(f"{field_id} → {', '.join(named)}{certainty}")
        units.extend(unit for unit in named if unit not in units)
    if not units:
        return None
    return Evidence("linh-vuc", tuple(units), "linh-vuc.yml giao " + "; ".join(readings))
