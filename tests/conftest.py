"""What all tests share: golden files, and how long property tests look for a counterexample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from generator.vocabulary import Vocabulary, load_vocabulary

GOLDEN = Path(__file__).parent / "golden"

settings.register_profile("house", deadline=None, derandomize=True, database=None, max_examples=60)
settings.register_profile(
    "search", deadline=None, database=None, max_examples=3000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="Rewrite the golden files; review the difference.")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What builds keep for the next one stays among the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name, or rewrite it under `--golden-update`."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--golden-update"):
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8"), f"{name} differs; if that is right, run pytest --golden-update"

    return compare


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()
