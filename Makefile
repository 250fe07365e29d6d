# `make` alone lists the commands. Nothing is needed but Python 3.11 with venv.
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# What is long by nature is no test that hangs.
SOAK := $(PYTEST) -o faulthandler_timeout=21600
ON_ALL_CORES := --numprocesses logical
# Tests that start programs wait for them: one process more keeps the cores busy.
ON_ONE_MORE := --numprocesses $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# The locks name every package. Without --no-deps pip still resolves extras anew, and stops
# when one of them has a release that the lock does not know.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	--require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate
CHECKS := check-format check-lint check-contracts check-types check-house check-lock \
	check-migrations check-inventory check-catalogue
KILLS ?= 300
EXAMPLES ?= 500
MAILS ?= 10000
AWAY ?= 60
FUZZ_S ?= 60
POSTGRES_15 ?= /usr/lib/postgresql/15/bin
RUN_READY := .venv/installed-run
DEV_READY := .venv/installed-dev

ifdef PORT
export FINTRACK_PORT := $(PORT)
endif

.PHONY: help run dev test test-oldest check bench soak lock clean python

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: $(RUN_READY) ## start FinTrack on http://127.0.0.1:8000 (PORT=… changes it)
	@exec $(BIN)/python -m fintrack serve

dev: $(DEV_READY) ## start with hot reload on http://localhost:3000
	@exec $(BIN)/python -m fintrack dev

test: $(DEV_READY) ## run all tests, then those in a browser
	$(BIN)/python -m fintrack build
	$(PYTEST) $(ON_ONE_MORE) --dist worksteal --ignore=tests/browser --durations=20
	@$(MAKE) --no-print-directory test-oldest
	$(PYTEST) $(ON_ALL_CORES) --dist loadfile tests/browser --durations=20

# On the oldest PostgreSQL that we promise.
test-oldest:
	@if [ -x $(POSTGRES_15)/initdb ]; then \
		FINTRACK_TEST_BINARIES=$(POSTGRES_15) \
		$(PYTEST) $(ON_ONE_MORE) --dist worksteal --ignore=tests/browser -m database; \
	else echo "PostgreSQL 15 is not installed: its part of the tests did not run."; fi

check: $(DEV_READY) ## every gate that runs no browser
	@$(MAKE) --no-print-directory --jobs 2 $(CHECKS)

bench: $(DEV_READY) ## measure the figures we promise
	$(SOAK) bench -s --ignore=bench/test_page.py
	$(SOAK) bench/test_page.py -s

soak: $(DEV_READY) ## the tests that are long by nature (KILLS=300 AWAY=60 EXAMPLES=500 MAILS=10000 FUZZ_S=60)
	KILLS=$(KILLS) AWAY=$(AWAY) $(SOAK) -s tests/soak
	KILLS=$(KILLS) $(SOAK) -s tests/services/imports -k killed
	KILLS=$(KILLS) $(SOAK) tests/services/trail/test_killed.py
	KILLS=$(KILLS) $(SOAK) tests/services/key_exchange/test_killed.py
	EXAMPLES=$(EXAMPLES) $(SOAK) tests/services/ledger/test_books_machine.py
	MAILS=$(MAILS) $(SOAK) tests/services/mail/test_many_letters.py
	FUZZ_S=$(FUZZ_S) $(SOAK) tests/core/statements/test_fuzz.py

lock: $(DEV_READY) ## pin the newest versions that pyproject.toml allows
	$(LOCK) --upgrade pyproject.toml -o requirements.txt
	$(LOCK) --upgrade --group dev -c requirements.txt -o requirements-dev.txt

clean: ## remove what can be made again
	rm -rf .venv .web .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.PHONY: $(CHECKS)

check-format: $(DEV_READY)
	$(BIN)/ruff format --check .

check-lint: $(DEV_READY)
	$(BIN)/ruff check .

check-contracts: $(DEV_READY)
	$(BIN)/lint-imports --no-cache

check-types: $(DEV_READY)
	$(BIN)/mypy
	$(BIN)/basedpyright

check-house: $(DEV_READY)
	$(PYTEST) -q tests/test_house.py

# The lock is complete, and a build leaves that of the front end as it is.
check-lock: $(DEV_READY)
	$(BIN)/python -m pip check
	$(BIN)/python -m fintrack build
	git diff --exit-code -- reflex.lock

check-migrations: $(DEV_READY)
	$(PYTEST) -q tests/services/test_migrations.py

check-inventory: $(DEV_READY)
	$(BIN)/python -m tests.inventory --check

check-catalogue: $(DEV_READY)
	$(BIN)/python -m fintrack.cli.catalogue check

$(RUN_READY): requirements.txt | python
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	@echo "Installing the pinned packages; the first time this takes a minute …"
	@$(INSTALL) -r requirements.txt
	@touch $@

$(DEV_READY): requirements-dev.txt $(RUN_READY)
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "FinTrack needs Python 3.11 or newer: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python has no venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
