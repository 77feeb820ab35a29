"""Archive: the packed form of an office document, the same bytes for the same parts."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

_TYPES = "[Content_Types].xml"
"""Readers expect the types of the parts first."""
_DAY = (1980, 1, 1, 0, 0, 0)
"""The first that a zip archive can tell."""


def pack(save: Callable[[BytesIO], None]) -> bytes:
    """What `save` writes, as an archive that does not tell when or where it was made."""
    written, stream = BytesIO(), BytesIO()
    save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(stream, "w") as archive:
        for name in sorted(parts.namelist(), key=lambda name: (name != _TYPES, name)):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, parts.read(name))
    return stream.getvalue()
