"""Likelihoods that one build keeps for the next: a table of numbers, and a digest of what each of its rows was made of;
beside it the concepts of texts.

A likelihood depends on two rows alone, so one of two rows that are the same is the same. Of a record of which nothing
may be kept neither a row nor a digest stands there. Whatever is in doubt is worked out again.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from generator import files, shelf
from generator.digest import SIZE, digest_text
from generator.kept import KeptTable
from generator.vectors import Matrix, Vectors

MOST = 20_000
"""Of more cases no table is kept: it would take more than 1.6 GB of disk."""
WORN = 0.05
"""A table is written anew when more than this part of its rows is of no use any more."""
BLOCK = 512
"""Rows that are written at a time."""


@dataclass
class Likelihoods:
    """The table that the build before left, and then the one that this build leaves."""

    path: Path
    """Where it stands; the numbers alone, row after row."""
    kept: KeptTable
    may: Container[str]
    """Ids of the cases of which something may be kept."""

    def recall_concepts(self, texts: Iterable[str]) -> dict[str, Mapping[str, int]]:
        """How often texts name concepts, of those of which that was kept."""
        known = self.kept.concepts
        return {text: known[digest] for text in texts if (digest := digest_text(text)) in known}

    def keep_concepts(self, named: Iterable[tuple[str, str, Mapping[str, int]]]) -> None:
        """Keep how often texts name concepts: the id of the case, the text, and the counts."""
        counts = {digest_text(text): found for case, text, found in named if case in self.may}
        self.kept = replace(self.kept, concepts=counts)

    def lay(self, total: Matrix, digests: Sequence[str]) -> NDArray[np.intp]:
        """Lay what stands there into a table, of which the rows have these digests; the rows that are done by that,
        all against each other. None if it would save too little.
        """
        place = {digest: row for row, digest in enumerate(self.kept.rows) if digest}
        known = np.array([row for row, digest in enumerate(digests) if digest in place], np.intp)
        table = self._read() if 2 * len(known) > len(digests) else None
        if table is None:
            return known[:0]
        old = np.array([place[digests[row]] for row in known], np.intp)
        if len(table) == len(total) and np.array_equal(known, old):
            total[:] = table
        else:
            for row, before in zip(known, old, strict=True):
                total[row, known] = table[before, old]
        return known

    def keep(self, total: Matrix, digests: Sequence[str], ids: Sequence[str]) -> None:
        """Keep this table. What stands there stays if nearly all of it is of use, but for what is not any more."""
        rows = tuple(digest if case in self.may else "" for digest, case in zip(digests, ids, strict=True))
        lost = len(set(rows).difference(self.kept.rows))
        if self._read() is not None and lost <= WORN * len(rows):
            used = frozenset(rows)
            self.kept = replace(self.kept, rows=tuple(digest if digest in used else "" for digest in self.kept.rows))
            return
        blank = np.flatnonzero([not digest for digest in rows])
        state = shelf.write_numbers(self.path, _parts(total, blank)) if len(rows) <= MOST else None
        self.kept = replace(self.kept, rows=rows if state else (), state=state)

    def _read(self) -> Matrix | None:
        """The table as it was kept; none if it is gone or another one stands there."""
        size = len(self.kept.rows)
        if not size or files.states(self.path.parent, [self.path.name]).get(self.path.name) != self.kept.state:
            return None
        numbers = np.frombuffer(shelf.map_numbers(self.path), np.float32)
        return numbers.reshape(size, size) if numbers.size == size * size else None


def _parts(total: Matrix, blank: NDArray[np.intp]) -> Iterator[memoryview]:
    """A table, some rows at a time, without what it says of the rows of which nothing may be kept."""
    for top in range(0, len(total), BLOCK):
        part = total[top : top + BLOCK]
        if len(blank):
            part = part.copy()
            part[:, blank] = 0.0
            part[blank[(blank >= top) & (blank < top + BLOCK)] - top] = 0.0
        yield part.data


def digest_rows(vectors: Vectors) -> tuple[str, ...]:
    """Of each case a digest of all that its rows are: names and values, and where its text says the names, the text."""
    wholes = [blake2b(repr(case).encode(), digest_size=SIZE) for case in vectors.cases]
    for rows in (vectors.terms, vectors.letters):
        _add(wholes, rows.indptr, rows.data)
    for layer, names in vectors.names.items():
        rows = csr_matrix(getattr(vectors, layer))
        held = np.empty(rows.nnz, [("name", f"V{SIZE}"), ("value", np.float32)])
        marks = [blake2b(name.encode(), digest_size=SIZE).digest() for name in names]
        held["name"] = np.array(marks, f"V{SIZE}")[rows.indices]
        held["value"] = rows.data
        _add(wholes, rows.indptr, held)
    return tuple(whole.hexdigest() for whole in wholes)


def _add(wholes: Sequence[blake2b], starts: NDArray[np.int32], values: NDArray[Any]) -> None:
    """To each digest what stands in its row, and how much that is."""
    told = values.tobytes()
    ends = (starts * values.itemsize).tolist()
    for whole, start, end in zip(wholes, ends, ends[1:], strict=False):
        whole.update(b"%d:" % (end - start) + told[start:end])
