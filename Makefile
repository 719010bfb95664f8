# Summit Explorer. `make run` opens it, `make test` tests it; each works alone on a fresh clone.
# ARGS goes to the command: make run ARGS='leader:erdogan'

PYTHONS := python3.14 python3.13 python3.12 python3.11 python3 python
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
WORKERS ?= auto
SIZES ?= 10000,100000
AHEAD ?=
LARGE ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint screenshots looks words check bench-search bench-ssh clean

help:
	@echo "make run          open the explorer (ARGS='leader:erdogan' opens it on a query)"
	@echo "make test         lint, types and all tests"
	@echo "make lint         ruff and mypy only"
	@echo "make check        look for mistakes in the shipped library"
	@echo "make screenshots  draw the pictures of the README anew"
	@echo "make looks        accept how the screens look now as what the tests hold them to"
	@echo "make words        gather the words of the screens and compile their translations"
	@echo "make bench-search measure search beside its peers (SIZES=10000,100000)"
	@echo "make bench-ssh    measure the explorer over SSH beside sshd (AHEAD=--ahead: before other work; LARGE: a large library)"
	@echo "make clean        remove what these commands made"

run: $(VENV)/installed
	@$(BIN)/summit $(ARGS)

check: $(VENV)/installed
	@$(BIN)/summit check data

test: lint
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

lint: $(VENV)/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

screenshots: $(VENV)/installed-dev
	@$(BIN)/python -m tests.look.screenshots screenshots

looks: $(VENV)/installed-dev
	@$(BIN)/python -m tests.look.screenshots tests/look/kept --looks

words: $(VENV)/installed-dev
	@$(BIN)/python -m tui.language.generate_locales
	@$(BIN)/python -m tui.language.catalogues

bench-search: $(VENV)/installed-dev
	@$(BIN)/python -m benchmarks.search --sizes $(SIZES)
	@$(BIN)/python -m benchmarks.quality

bench-ssh: $(VENV)/installed-dev
	@$(BIN)/python -m benchmarks.ssh $(AHEAD)
	@$(BIN)/python -m benchmarks.local_peers
	@$(BIN)/python -m benchmarks.local $(if $(LARGE),--large $(LARGE))

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is made only after a complete install, so an interrupted one is done again.
$(VENV)/installed: $(BIN)/python pyproject.toml
	@echo "Installing Summit Explorer into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: $(BIN)/python pyproject.toml
	@echo "Installing Summit Explorer and what its tests need into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

# The first Python that runs, is 3.11 or later and can make an environment; PYTHON=... names one.
$(BIN)/python:
	@for python in $(or $(PYTHON),$(PYTHONS)); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || { unfit="$$python"; continue; }; \
		echo "Making $(VENV) with $$($$python --version) …"; \
		"$$python" -m venv --clear $(VENV) && exit 0; \
		exit 1; \
	done; \
	if [ -n "$$unfit" ]; then \
		echo "$$unfit cannot make a virtual environment; install its venv package (Debian, Ubuntu: python3-venv)." >&2; \
	else \
		echo "Summit Explorer needs Python 3.11 or later; none was found among: $(or $(PYTHON),$(PYTHONS))." >&2; \
	fi; \
	exit 1
