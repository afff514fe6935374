# The commands of the house; README.md says what each is for. All begin with set-up, which is quick when
# nothing is missing.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run stop test test-all lint bench screenshots lock

VENV := .venv/bin
# The pinned tzdata wins over an old system copy, in everything started from here.
export PYTHONTZPATH :=
EMBEDDED := $(VENV)/python -m licensing_portal.embedded
WORKERS ?= 2
# One order of tests and one choice of examples for one commit: what failed fails again. Others are tried with
# ARGS='--randomly-seed=7 --hypothesis-profile=default'.
PYTEST := $(VENV)/python -m pytest -n $(WORKERS) --dist loadscope --randomly-seed=169 --hypothesis-profile=same $(ARGS)
MANAGE := $(VENV)/python manage.py
CODE := licensing_portal desks appeals applications licenses casework foundation sandbox tests benchmarks manage.py

help:
	@echo "make run          the demo at http://127.0.0.1:8000 (Ctrl-C ends it)"
	@echo "make test         the tests; ARGS='-k name' narrows them down"
	@echo "make test-all     the tests with their slow tiers"
	@echo "make lint         ruff, mypy, import-linter, migrations, the committed OpenAPI"
	@echo "make setup, stop  install what is missing; end the embedded servers"
	@echo "make lock         new lock files after a change of pyproject.toml"
	@echo "make bench        the benchmarks"
	@echo "make screenshots  every screen, Kazakh and Russian, phone and desk"

setup:
	@scripts/setup.sh

run: setup
	@$(VENV)/python -m licensing_portal.run

stop:
	@if [ -x $(VENV)/python ]; then $(EMBEDDED) stop; else echo "Nothing is set up, nothing runs."; fi

servers-for-tests: setup
	@$(EMBEDDED) start tests && $(EMBEDDED) start-clamd tests
.PHONY: servers-for-tests

test: servers-for-tests
	$(PYTEST) -m "not slow and not screenshots"

test-all: servers-for-tests
	$(PYTEST) -m "not screenshots"

# Reads code only: no server is started, and none that runs is asked.
lint: export PORTAL_NO_SERVERS := 1
lint: export PORTAL_DEMO := 1
lint: setup
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy $(CODE)
	$(VENV)/lint-imports
	$(VENV)/python -W "ignore:Got an error checking a consistent migration history" manage.py makemigrations --check --dry-run
	$(MANAGE) spectacular --validate --fail-on-warn --file .run/openapi.yaml
	@diff -u docs/openapi.yaml .run/openapi.yaml || { echo "docs/openapi.yaml is not what the code says. If the change is meant: cp .run/openapi.yaml docs/openapi.yaml" >&2; exit 1; }

# Pins that still fit stay; the runtime's lock (the image) is the part of the whole that is not for development.
LOCK := .run/uv/bin/uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 pyproject.toml
lock: setup
	$(LOCK) --extra dev -o requirements.lock
	$(LOCK) --no-annotate --constraint requirements.lock -o requirements-runtime.lock

bench: servers-for-tests
	$(VENV)/python -m benchmarks $(ARGS)

screenshots: servers-for-tests
	$(VENV)/python -m pytest tests/screens $(ARGS)
