# Two commands do everything on a fresh machine: `make play` and `make test`.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
STAMP := $(VENV)/.installed
DASK := $(VENV)/.dask-installed

.PHONY: play test check bench soak golden docs format clean node

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "tpmsim needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@echo "Setting up $(VENV) (once, about a minute) ..."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(STAMP)

play: $(STAMP)  ## open the game
	@$(BIN)/tpmsim play

check: $(STAMP)  ## format, lint, types, layers
	$(BIN)/ruff format --check --quiet src tests
	$(BIN)/ruff check --quiet src tests
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: check node  ## everything that must hold, in minutes
	$(BIN)/python -m pytest -n 3 --dist loadgroup -m 'not soak'

node: $(STAMP)  ## the server that editors ask about YAML, and the schema of SARIF, once; only tests need them
	@test -e $(VENV)/node/node_modules/@microsoft/jest-sarif || ! command -v npm >/dev/null 2>&1 || { \
	  mkdir -p $(VENV)/node && npm install --prefix $(VENV)/node --no-save --no-package-lock --no-audit --no-fund \
	    --ignore-scripts --fetch-retries=0 --fetch-timeout=20000 \
	    'yaml-language-server@>=1.15 <3' '@microsoft/jest-sarif@1.0.0-beta.0' >/dev/null 2>&1; } || \
	  echo "what tests need of npm could not be installed; they are skipped"

$(DASK): $(STAMP)
	@echo "Installing Dask, which a long test needs (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,dask]' || { \
	  echo "Dask could not be installed (extra 'dask' in pyproject.toml). To go on without the tests that need it:"; \
	  echo "  $(BIN)/python -m pytest -n 2 -m soak --timeout 3600"; exit 2; }
	@touch $(DASK)

soak: $(DASK)  ## the long runs: kills, flips, statistics, a cluster
	$(BIN)/python -m pytest -n 2 -m soak --timeout 3600

bench: $(STAMP)  ## speed, as ratios within one run
	$(BIN)/python tests/bench.py

golden: $(STAMP)  ## write the golden runs anew
	$(BIN)/python tests/golden/write.py

docs: $(STAMP)  ## write the generated tables of docs/, the schemas and the guide's output anew
	$(BIN)/python tests/docs_tables.py --write
	$(BIN)/python tests/walk.py --write

format: $(STAMP)
	$(BIN)/ruff format src tests
	$(BIN)/ruff check --fix src tests

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis build dist
