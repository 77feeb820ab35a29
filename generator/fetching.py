"""Fetching: the files of another collection, from a folder or from one commit behind a git address, within limits.

Git is used to read and nothing else: no work tree, hooks, submodules, credentials or questions, and no address but the
one that the settings name. What git says is never repeated: it may hold an address.
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from os import devnull, environ, killpg
from pathlib import Path
from threading import Timer
from time import monotonic

from generator import files
from generator.collection import SourceSetting
from generator.source import MAX_BYTES

KEPT_VARIABLES = (
    "PATH", "SYSTEMROOT", "SSH_AUTH_SOCK", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE",
    "SSL_CERT_DIR", "GIT_SSL_CAINFO",
)  # fmt: skip
"""Of the environment only the way to programs and to the network goes to git."""
PROTOCOLS = "https:ssh:file"
SILENT = {"GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": devnull,
          "GIT_SSH_COMMAND": "ssh -oBatchMode=yes", "GIT_NO_LAZY_FETCH": "1", "GIT_ASKPASS": "", "SSH_ASKPASS": "",
          "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}  # fmt: skip
OPTIONS = ("-c", f"core.hooksPath={devnull}", "-c", "credential.helper=", "-c", "core.bigFileThreshold=1m",
           "-c", "submodule.recurse=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false",
           "-c", "http.followRedirects=false")  # fmt: skip
LINK, MODULE = "120000", "160000"
"""Modes of a symbolic link and of a submodule in a tree of git."""
AT_ONCE = 500
"""Names of objects given to git in one go: they fit in a pipe."""
LISTED_BYTES = 400
"""What one file may take in git's list of files."""


@dataclass(frozen=True)
class Limits:
    """How much may come in from one collection."""

    files: int = 5_000
    file_bytes: int = MAX_BYTES
    total_bytes: int = 50_000_000
    download_bytes: int = 200_000_000
    seconds: float = 120


@dataclass(frozen=True)
class Snapshot:
    """The files of a collection at one moment: names relative to it, with bytes, sorted."""

    cases: tuple[tuple[str, bytes], ...]
    patterns: tuple[tuple[str, bytes], ...]

    @property
    def digest(self) -> str:
        """The same for the same names and bytes."""
        return digest_of([*self.cases, *self.patterns])


class FetchError(Exception):
    """A collection cannot be had; `code` is a problem code, `values` is what its message names."""

    def __init__(self, code: str, **values: str) -> None:
        """`values` never holds an address or what git said."""
        super().__init__(code)
        self.code = code
        self.values = values


def digest_of(named: Sequence[tuple[str, bytes]]) -> str:
    """A hash over names and bytes, in their order."""
    whole = sha256()
    for name, data in named:
        whole.update(f"{len(name)}:{name}:{len(data)}:".encode())
        whole.update(data)
    return whole.hexdigest()


def fetch(setting: SourceSetting, root: Path, limits: Limits | None = None) -> Snapshot:
    """The files of a collection; paths are relative to `root`. Raises `FetchError`."""
    limits = limits or Limits()
    names = (setting.casussen, setting.patronen)
    if setting.git is None:
        read = [_of_folder(root / (setting.map or ""), name, limits) for name in names]
    else:
        with files.scratch_folder() as scratch:
            read = _Repository(scratch, limits).read(_address(setting.git, root), setting.commit or "", names)
    snapshot = Snapshot(tuple(read[0]), tuple(read[1]))
    if len(snapshot.cases) + len(snapshot.patterns) > limits.files:
        raise FetchError("BRON-TE-VEEL", grens=str(limits.files))
    if sum(len(data) for _, data in (*snapshot.cases, *snapshot.patterns)) > limits.total_bytes:
        raise FetchError("BRON-TE-GROOT", grens=_megabytes(limits.total_bytes))
    if not snapshot.cases:
        raise FetchError("BRON-LEEG", map=setting.casussen)
    return snapshot


def _address(written: str, root: Path) -> str:
    return written if "://" in written else str((root / written).absolute())


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:g} MB"


def _is_record(name: str) -> bool:
    """Whether a file is to be read: hidden ones and other kinds are left where they are."""
    hidden = any(part.startswith(".") for part in name.split("/"))
    return not hidden and name.lower().endswith((".yaml", ".yml"))


def _safe(name: str) -> str:
    """The name, if a terminal and a page can show it and it stays within its folder. Raises `FetchError`."""
    if (
        not name.isprintable()
        or "\\" in name
        or {"", ".", ".."} & set(name.split("/"))
        or len(name) > LISTED_BYTES // 2
    ):
        raise FetchError("BRON-BESTANDSNAAM")
    return name


def _of_folder(home: Path, name: str, limits: Limits) -> list[tuple[str, bytes]]:
    """The records of a folder of a collection; one without patterns is no fault, one without cases is told later."""
    try:
        if any(part.is_symlink() for part in (home / name, *(home / name).parents) if part.is_relative_to(home)):
            raise FetchError("BRON-KOPPELING")
        listed = files.list_plain(home / name, limits.files) if (home / name).exists() else []
        if not home.is_dir():
            raise FetchError("BRON-ONBEREIKBAAR")
        if len(listed) > limits.files:
            raise FetchError("BRON-TE-VEEL", grens=str(limits.files))
        found = []
        for inner, path, size in listed:
            if size is None:
                raise FetchError("BRON-KOPPELING")
            if _is_record(inner):
                _check_size(size, limits)
                found.append((_safe(f"{name}/{inner}"), files.read_plain(path, limits.file_bytes)))
    except OSError as error:
        raise FetchError("BRON-ONBEREIKBAAR") from error
    return found


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise FetchError("BRON-BESTAND-TE-GROOT", grens=str(limits.file_bytes // 1024))


class _Repository:
    """A bare repository in a scratch folder, into which one commit comes and from which blobs are read."""

    def __init__(self, scratch: Path, limits: Limits) -> None:
        self._home = scratch
        self._limits = limits
        self._end = monotonic() + limits.seconds

    def read(self, address: str, commit: str, names: Sequence[str]) -> list[list[tuple[str, bytes]]]:
        """The records in each folder, as they are in the commit. Raises `FetchError`."""
        self._run("init", "--quiet", "--bare", "--template=", ".")
        blobs = f"--filter=blob:limit={self._limits.file_bytes + 1}"
        quiet = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--depth=1", blobs)
        if not self._fetches(*quiet, "--", address, commit):
            code = "BRON-COMMIT-WEG" if self._answers("ls-remote", "--quiet", "--", address) else "BRON-ONBEREIKBAAR"
            raise FetchError(code)
        if self._run("cat-file", "-t", commit).strip() != b"commit":
            raise FetchError("BRON-COMMIT-WEG")
        return [list(self._records(commit, name)) for name in names]

    def _records(self, commit: str, name: str) -> Iterator[tuple[str, bytes]]:
        most = (self._limits.files + 1) * LISTED_BYTES
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", commit, "--", name, most=most)
        entries = []
        for row in listed.split(b"\0")[:-1]:
            facts, _, path = row.partition(b"\t")
            mode, _, key = facts.decode("ascii").split()
            if mode in {LINK, MODULE}:
                raise FetchError("BRON-KOPPELING" if mode == LINK else "BRON-SUBMODULE")
            file = path.decode("utf-8", "replace")
            if _is_record(file):
                entries.append((_safe(file), key))
        if len(entries) > self._limits.files:
            raise FetchError("BRON-TE-VEEL", grens=str(self._limits.files))
        entries.sort()
        sizes = self._sizes([key for _, key in entries])
        if sum(sizes) > self._limits.total_bytes:
            raise FetchError("BRON-TE-GROOT", grens=_megabytes(self._limits.total_bytes))
        for start in range(0, len(entries), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            keys = [key for _, key in entries[part]]
            data = self._run("cat-file", "--batch", said=keys, most=sum(sizes[part]) + 100 * len(keys))
            place = 0
            for (file, _), size in zip(entries[part], sizes[part], strict=True):
                place = data.index(b"\n", place) + 1
                yield file, data[place : place + size]
                place += size + 1

    def _sizes(self, keys: list[str]) -> list[int]:
        sizes: list[int] = []
        for start in range(0, len(keys), AT_ONCE):
            told = self._run("cat-file", "--batch-check", said=keys[start : start + AT_ONCE]).decode("ascii")
            for row in told.splitlines():
                kind, _, size = row.partition(" ")[2].partition(" ")
                if kind != "blob":  # left behind by the filter: over the limit
                    _check_size(self._limits.file_bytes + 1, self._limits)
                _check_size(int(size), self._limits)
                sizes.append(int(size))
        return sizes

    def _fetches(self, *arguments: str) -> bool:
        """Run a fetch while its download stays within the limit."""
        with self._started("fetch", *arguments, protocols=PROTOCOLS) as process:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=0.1)
                if files.folder_size(self._home) > self._limits.download_bytes:
                    raise FetchError("BRON-TE-GROOT", grens=_megabytes(self._limits.download_bytes))
                self._check_time()
                if process.returncode is not None:
                    return process.returncode == 0

    def _answers(self, *arguments: str) -> bool:
        with self._started(*arguments, protocols=PROTOCOLS) as process, self._timer(process):
            assert process.stdout is not None
            while process.stdout.read(65_536):
                pass
            return process.wait() == 0

    def _run(self, *arguments: str, said: Sequence[str] = (), most: int = 1_000_000) -> bytes:
        """What git prints, at most so many bytes; no protocol is open to it. Raises `FetchError`."""
        with self._started(*arguments, protocols="none") as process, self._timer(process):
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError):
                process.stdin.write("".join(f"{line}\n" for line in said).encode())
                process.stdin.close()
            told = process.stdout.read(most + 1)
            if len(told) > most:
                raise FetchError("BRON-TE-VEEL", grens=str(self._limits.files))
            ended = process.wait()
        self._check_time()
        if ended != 0:
            raise FetchError("BRON-ONBEREIKBAAR")
        return told

    def _check_time(self) -> None:
        if monotonic() > self._end:
            raise FetchError("BRON-TE-LANG", grens=f"{self._limits.seconds:g}")

    @contextmanager
    def _timer(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        timer = Timer(max(self._end - monotonic(), 0), _stop, [process])
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    @contextmanager
    def _started(self, *arguments: str, protocols: str) -> Iterator[subprocess.Popen[bytes]]:
        """A command of git that is over, with all that it started, when the block is."""
        environment = {name: value for name in KEPT_VARIABLES if (value := environ.get(name))}
        environment |= SILENT | {"HOME": str(self._home), "GIT_ALLOW_PROTOCOL": protocols, "GIT_DIR": str(self._home)}
        try:
            process = subprocess.Popen(
                ["git", *OPTIONS, *arguments],
                cwd=self._home,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise FetchError("BRON-GEEN-GIT") from error
        with process:
            try:
                yield process
            finally:
                _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a command and all that it started, if it still runs."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            killpg(process.pid, signal.SIGKILL)
