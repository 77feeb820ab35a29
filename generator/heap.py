"""The heap: what is made to stay is not searched for garbage again and again, which costs a sixth of the reading."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def made_to_stay() -> Iterator[None]:
    """Within the block nobody looks for garbage, and what was made in it counts as in use until the next such block.

    What nobody refers to any more goes away at once, as always; only rings of things that hold each other wait.
    """
    looking = gc.isenabled()
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if looking:
            gc.enable()


@contextmanager
def unsearched() -> Iterator[None]:
    """Within the block nobody looks for garbage, which costs more the more is kept; what was made counts as before."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


@contextmanager
def standing_still() -> Iterator[None]:
    """Within the block nothing that is there now is searched, so that copies of this process can share its memory."""
    frozen = gc.get_freeze_count() > 0
    gc.freeze()
    try:
        yield
    finally:
        if not frozen:
            gc.unfreeze()
