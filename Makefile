# `make export` runs the main job, `make test` the tests that are quick, `make test-all` all of them; each does all the
# set-up it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.PHONY: export test test-quick test-all check format bench lock clean

export: $(VENV)/.core
	@$(BIN)/pipeline run

# Where no peer may be missing, as in CI, no test may be left out.
test: $(if $(filter 1,$(PIPELINE_REQUIRE_PEERS)),test-all,test-quick)

test-quick: $(VENV)/.test
	PIPELINE_EXAMPLES=$${PIPELINE_EXAMPLES:-0.2} $(BIN)/pytest -n auto -m 'not thorough'

test-all: $(VENV)/.dev $(VENV)/.node
	$(BIN)/pytest -n auto

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Measures the pipeline beside its peers for docs/performance.md; a smaller SIZE (S, M) only prints what it found.
SIZE ?= L

bench: $(VENV)/.bench
	$(BIN)/python -m tests.benchmarks.run --size $(SIZE) $(if $(filter L,$(SIZE)),--page)

# Takes the newest versions that pyproject.toml allows and writes them down.
lock:
	rm -rf $(VENV)/lock && $(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip --disable-pip-version-check --quiet install -e '.[bench,dev]'
	{ echo '# Versions that `make` installs; written by `make lock`.'; $(VENV)/lock/bin/pip freeze --exclude-editable; } > constraints.txt

clean:
	rm -rf $(VENV) tests/node/node_modules

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) install -c constraints.txt -e .
	@touch $@

# The tools and test data are many files of which few are run: they are compiled when they are.
$(VENV)/.test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) install --no-compile -c constraints.txt -e '.[test]'
	@touch $(VENV)/.core $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) install --no-compile -c constraints.txt -e '.[dev]'
	@touch $(VENV)/.core $(VENV)/.test $@

$(VENV)/.bench: $(VENV)/.dev
	$(PIP) install --no-compile -c constraints.txt -e '.[bench,dev]'
	@touch $@

# What the tests of the exports need of npm. Without npm they are skipped; CI asks for it.
$(VENV)/.node: tests/node/package.json tests/node/package-lock.json | $(VENV)/bin/python
	@if command -v npm > /dev/null; then \
	  npm ci --prefix tests/node --ignore-scripts --no-audit --no-fund --loglevel error && touch $@; \
	else echo "npm is not installed: tests that need it are skipped"; fi
