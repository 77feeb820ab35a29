# Everything runs in an environment of its own; PYTHON may name any Python from 3.11.
PYTHON ?= python3
ENV := .venv
BIN := $(ENV)/bin
READY := $(ENV)/.ready

.PHONY: site test check serve zensical clean

site: $(READY)
	$(BIN)/maatwerkatlas build

test: $(READY)
	$(BIN)/python -m pytest --ignore tests/site -n auto
	$(BIN)/python -m pytest tests/site -n auto --maxprocesses 2 --dist loadfile

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict cases patterns generator/vocabulary
	$(BIN)/maatwerkatlas schema --check
	$(BIN)/maatwerkatlas check

serve: $(READY)
	$(BIN)/maatwerkatlas serve

zensical: $(READY)
	$(BIN)/python -m benchmarks.zensical

clean:
	rm -rf $(ENV) site .site-*

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(ENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(READY)
