"""The package takes along what the source keeps elsewhere: pages for every site, and the exact versions."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHARED = {"docs": "generator/assets/docs", ".": "generator/assets"}


class BuildWithPages(build_py):
    """Copies the pages of `docs/` and `constraints.txt` into the package; `generator/newsite.py` reads them."""

    def run(self) -> None:
        """Build as ever, and copy."""
        super().run()
        if self.editable_mode:
            return
        root = Path(__file__).parent
        wanted = [*sorted((root / "docs").glob("*.md")), root / "constraints.txt"]
        for source in wanted:
            target = Path(self.build_lib) / SHARED[source.parent.relative_to(root).as_posix()]
            target.mkdir(parents=True, exist_ok=True)
            self.copy_file(str(source), str(target / source.name))


setup(cmdclass={"build_py": BuildWithPages})
