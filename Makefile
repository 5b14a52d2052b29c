# `make` lists what there is. Everything runs in .venv, which the targets make themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# LANG counts only where it is given on the command line; the environment's is a locale.
CODE := $(if $(findstring command,$(origin LANG)),$(LANG))
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help demo browser test check format evaluate bench parses test-language compare new-language clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: $(VENV)/installed  ## read the sample dispatches and show the readings, on a terminal then in the browser too
	$(BIN)/dragoman demo

# The tests of the pages need Chromium and say so where there is none. Root on Debian gets it; elsewhere nothing is done.
browser:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || true

test: $(VENV)/installed browser  ## format, lint, types, import direction, tests: everything that must hold
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

format: $(VENV)/installed  ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

evaluate: $(VENV)/installed  ## measure how well the sets that come with the tests are read
	$(BIN)/python tools/evaluate.py reference
	$(BIN)/python tools/evaluate.py statements
	$(BIN)/python tools/evaluate_dates.py new

bench: $(VENV)/installed  ## measure documents and words a second, start and peak memory
	$(BIN)/python tools/bench.py

parses: $(VENV)/installed  ## freeze the parses of the examples, of one language with LANG=it
	$(BIN)/python tools/freeze_parses.py $(CODE)
	$(BIN)/python tests/parse/test_clauses.py

test-language: $(VENV)/installed  ## run a language's examples on its frozen parses: make test-language LANG=it
	$(BIN)/python -m pytest tests/languages $(if $(CODE),--language $(CODE))

new-language: $(VENV)/installed  ## lay out the folder of a new language: make new-language LANG=pl
	$(BIN)/python tools/new_language.py $(CODE)

clean:  ## remove what was built
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .hypothesis

-include training/train.mk
