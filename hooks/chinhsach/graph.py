"""What leads to what in, the circles among it out: Tarjan's strongly connected components without recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator


def components(starts: Iterable[str], leads_to: Callable[[str], Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """The components that can be reached from `starts`, each sorted, and each after all that it leads to.

    A component of one id is a circle only where the id leads to itself. Which ids stand together does not depend on
    the order of the starts (R. Tarjan, SIAM J. Comput. 1 (1972) 146); a chain may be of any length.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    done: set[str] = set()
    open_ids: list[str] = []
    for start in starts:
        if start in index:
            continue
        walk = [(start, iter(leads_to(start)))]
        index[start] = low[start] = len(index)
        open_ids.append(start)
        while walk:
            here, ways = walk[-1]
            for there in ways:
                if there not in index:
                    index[there] = low[there] = len(index)
                    open_ids.append(there)
                    walk.append((there, iter(leads_to(there))))
                    break
                if there not in done:
                    low[here] = min(low[here], index[there])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[here])
                if low[here] == index[here]:
                    found: list[str] = []
                    while not found or found[-1] != here:
                        found.append(open_ids.pop())
                    done.update(found)
                    yield tuple(sorted(found))
