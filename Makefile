# Bare `make` lists what there is. Everything lives in .venv, which `make clean` removes; records in var/ are never touched.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
SAY := @printf '%s\n'

.PHONY: help
help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: .venv/ready  ## set up, then run the whole main job over a dozen invented mails (needs nothing else)
	@$(BIN)/intake demo --once

.PHONY: setup
setup: .venv/ready  ## only set up: .venv with the locked packages, and `intake` in it

.PHONY: servers
servers:  ## install the programs the tests need (Dovecot, PostgreSQL, clamd, a C compiler, ...) where that is allowed
	@scripts/servers.sh

.PHONY: test
test: .venv/ready servers  ## set up everything, then lint, types, layers and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n auto

.PHONY: check
check:  ## exactly what CI runs
	@.ci/run

.PHONY: fuzz
fuzz: .venv/ready  ## harm mails, forms, dates, headers and configurations for two minutes; findings are kept
	@$(BIN)/python -m tests.fuzz

.PHONY: corpus
corpus: .venv/ready  ## read a folder of public files: make corpus INTAKE_CORPUS=folder
	@test -n "$${INTAKE_CORPUS:-}" || { echo 'make corpus needs INTAKE_CORPUS=<a folder of files>' >&2; exit 2; }
	$(BIN)/pytest -n auto -m corpus
	@$(BIN)/python -m tests.hostile "$${INTAKE_CORPUS}"

.PHONY: hostile
hostile: .venv/ready servers  ## every hostile mail, at the wall and from a mailbox to the register: a table (some minutes)
	@$(BIN)/python -m tests.hostile

.PHONY: crash
crash: .venv/ready servers  ## kill the real program at its durable steps, INTAKE_CRASH_KILLS times (default 1000)
	INTAKE_CRASH_KILLS="$${INTAKE_CRASH_KILLS:-1000}" $(BIN)/pytest -n auto -m crash --timeout 3600

.PHONY: faults
faults: .venv/ready servers  ## ten thousand kills, disk faults and power cuts at the calls of the durable path (an hour)
	@$(BIN)/python -m tests.faults

.PHONY: flood
flood: .venv/ready servers  ## ten thousand mails waiting: memory, order, letters, alerts (some minutes)
	@$(BIN)/python -m benchmarks.flood

.PHONY: network
network: .venv/ready servers  ## every command to both mail servers with every fault on the line (a quarter of an hour and more)
	@$(BIN)/python -m tests.promises.network

.PHONY: wall
wall: .venv/ready  ## what the wall costs for each message, beside the same work without it
	@$(BIN)/python -m benchmarks.wall

.PHONY: pages
pages: .venv/ready  ## the staff pages over a hundred thousand messages: time on the server, memory
	@$(BIN)/python -m benchmarks.pages

.PHONY: bench
bench: .venv/ready servers  ## measure the reading of 2,000 invented forms: recall, wrong values, speed (some minutes)
	$(BIN)/python -m benchmarks.reading

.PHONY: lock
lock:  ## resolve anew: requirements.lock from pyproject.toml, every file with its hashes, no address in it
	@scripts/lock.sh

.PHONY: clean
clean:  ## remove .venv, caches and build products (never var/)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist ./*.egg-info
	find intake parsers tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- stamps: the second `make` is quick -------------------------------------------------------------------------------

.venv/ready: .venv/packages pyproject.toml scripts/styles/package-lock.json
	@scripts/styles.sh
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/packages: requirements.lock | .venv/made
	$(SAY) 'Installing the locked packages (the first time takes a minute or two) ...'
	$(PIP) install --require-hashes --requirement requirements.lock
	@touch $@

.venv/made:
	@scripts/venv.sh .venv
	@touch $@
