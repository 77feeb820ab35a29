"""Pages read stretch by stretch, each stretch once: most of a page is a frame that many pages share.

A stretch ends with a line end right behind a tag. One that does not stand by itself, because it leaves a tag, a comment
or a script open, is read together with all that follows in its block, and such a block with the rest of its page. So
what the stretches of a page say together is what the page says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

BLOCK = b"</div>\n"
"""Ends a block. Coarse, so that the frame of a page is some dozens of blocks."""
LINE = b">\n"
"""Ends a stretch inside a block that was not met before."""
REMEMBERED = 3_000_000
"""Bytes of stretches of which is remembered what they say, twice at most; the frames of all shells take one."""

_Said = TypeVar("_Said")


class Reader(Generic[_Said]):
    """Reads pages with `read`, which is told whether a text is all that is left of its page, and else says `None` of
    one that does not stand by itself. `join` puts together what stretches that follow one another say.
    """

    def __init__(self, read: Callable[[str, bool], _Said | None], join: Callable[[list[_Said]], _Said]) -> None:
        self._read = read
        self._join = join
        self._lines = _Memory[_Said](lambda line: read((line + LINE).decode(), False))
        self._blocks = _Memory[_Said](self._read_block)

    def read(self, page: bytes) -> list[_Said]:
        """What the parts of a page say, in order. Raises what `read` raises, and `UnicodeDecodeError`."""
        said: list[_Said] = []
        *blocks, last = page.split(BLOCK)
        for place, block in enumerate(blocks):
            known = self._blocks[block]
            if known is None:
                rest = self._read(BLOCK.join([*blocks[place:], last]).decode(), True)
                return said if rest is None else [*said, rest]
            said.append(known)
        return [*said, *(self._read_lines(last, True) or [])]

    def _read_block(self, block: bytes) -> _Said | None:
        said = self._read_lines(block + BLOCK, False)
        return None if said is None else self._join(said)

    def _read_lines(self, text: bytes, whole: bool) -> list[_Said] | None:
        """What the stretches of a text say; nothing if it does not stand by itself."""
        said: list[_Said] = []
        *lines, rest = text.split(LINE)
        for place, line in enumerate(lines):
            known = self._lines[line]
            if known is None:
                rest = LINE.join([*lines[place:], rest])
                break
            said.append(known)
        if rest:
            found = self._read(rest.decode(), whole)
            if found is None:
                return None
            said.append(found)
        return said


class _Memory(dict[bytes, _Said | None]):
    """What stretches say, each read when it is asked for; with a bound, those that were met last."""

    def __init__(self, read: Callable[[bytes], _Said | None]) -> None:
        super().__init__()
        self._read = read
        self._size = 0
        self._old: dict[bytes, _Said | None] = {}

    def __missing__(self, stretch: bytes) -> _Said | None:
        said = self._old[stretch] if stretch in self._old else self._read(stretch)
        self._size += len(stretch)
        if self._size > REMEMBERED:
            self._old, self._size = dict(self), len(stretch)
            self.clear()
        self[stretch] = said
        return said
