"""The service worker that keeps pages for reading without a connection: its version, and what it keeps from the start.

A version is made of all that the site holds, so that any change, such as a case that is taken back, empties what
readers kept. Addresses of our own styles and scripts carry a piece of their hash: two versions never mix.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256

from generator.parallel import spread_batches

FILE = "offline.js"
"""Where the worker stands; from the root of the site it serves all of it, also in a subfolder."""
PAGE = "offline/"
"""The page that says that another page was not kept."""
ASSETS = "assets"
"""The folder of styles and scripts."""
VERSION = "ATLASVERSIE"
CORE = "ATLASKERN"
LENGTH = 8
"""How many characters of a hash an address carries."""
BATCH = 200
"""Files that a process hashes at a time."""
MANY = 10
"""From so many batches they go over the processors."""
_HASHED = re.compile(r"\.[0-9a-f]{8}\.(?:min\.)?(?:css|js)$")
_LOADED = re.compile(r'<(?:link|script)\b[^>]*?\b(?:href|src)="([^"]+?\.(?:css|js)(?:\?v=\w+)?)"')


def asset_stamps(assets: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """For styles and scripts (name below `assets/` and bytes) without a hash in their name: a piece of their hash."""
    return {
        f"{ASSETS}/{name}": sha256(data).hexdigest()[:LENGTH]
        for name, data in assets
        if name.endswith((".css", ".js")) and not _HASHED.search(name)
    }


def stamp_assets(page: str, stamps: Mapping[str, str]) -> str:
    """A page whose links to those files say which version they mean. Text of a record is never touched: it has no
    bare quotation marks.
    """
    return _links_to(tuple(stamps)).sub(lambda link: f'{link[1]}?v={stamps[link[1]]}"', page) if stamps else page


@cache
def _links_to(names: tuple[str, ...]) -> re.Pattern[str]:
    """Links to files; in an address one name never stands in another, since all begin with the same folder."""
    return re.compile(f'({ASSETS}/(?:{"|".join(re.escape(name.removeprefix(f"{ASSETS}/")) for name in names)}))"')


def hash_files(written: Mapping[str, bytes], known: Mapping[str, str]) -> dict[str, str]:
    """SHA-256 of files (bytes by name), in hexadecimal and in their order; of some it is `known`."""
    names = [name for name in written if name not in known]
    hashes = spread_batches(lambda name: sha256(written[name]).hexdigest(), names, BATCH, MANY)
    found = {**known, **dict(zip(names, hashes, strict=True))}
    return {name: found[name] for name in written}


def site_version(hashes: Mapping[str, str]) -> str:
    """A hash over all files (SHA-256 by name, in order) but the worker itself."""
    whole = sha256()
    for name, found in hashes.items():
        if name != FILE:
            whole.update(name.encode() + b"\0" + bytes.fromhex(found))
    return whole.hexdigest()[: 2 * LENGTH]


def loaded_by(page: str, address: str) -> tuple[str, ...]:
    """The styles and scripts that a page at an address loads, relative to the site's root, sorted."""
    found = {posixpath.normpath(posixpath.join(address, link)) for link in _LOADED.findall(page)}
    return tuple(sorted(name for name in found if name.startswith(f"{ASSETS}/")))


def fill_worker(source: str, version: str, core: Iterable[str]) -> str:
    """The worker for one version of the site; with an empty version it clears what was kept and goes away."""
    return source.replace(VERSION, version).replace(CORE, " ".join(core))
