# People and CI run the same commands. Everything happens in .venv, which the first target that needs it makes.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8001
PLANS ?= corpus/plans
ACTUALS ?= $(patsubst %/plans,%/actuals,$(PLANS))
DB := build/plans.db
BIN := .venv/bin
READY := .venv/.ready
DOCS := README.md README.vi.md $(wildcard docs/*.md)

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(READY) ## Make .venv with exactly the versions of constraints.txt

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kehoach needs Python 3.11 or later: make PYTHON=python3.11 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,cluster,remote]'
	@touch $@

.PHONY: site
site: $(READY) programs ## Read corpus/plans (or PLANS=...) and serve the site on http://127.0.0.1:8001 (or PORT=...)
	@mkdir -p $(dir $(DB))
	@$(BIN)/kehoach build $(PLANS) --db $(DB) || test $$? = 1 # 1: some files could not be read, each is named
	@for sheet in $(wildcard $(ACTUALS)/*.csv); do $(BIN)/kehoach progress import $(DB) "$$sheet" --by "Số liệu mẫu" --recorded-at 2026-10-05T08:00:00 || test $$? = 1; done
	@exec $(BIN)/kehoach serve $(DB) --port $(PORT)

.PHONY: test
test: $(READY) system ## Run the tests
	@$(BIN)/python -m pytest $(PYTEST)

.PHONY: lint
lint: $(READY) ## Check style, types, layers and the generated parts of the docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/cog --check -I scripts $(DOCS)

.PHONY: score
score: $(READY) ## Score the extraction against the gold files; fail below corpus/floors.csv
	@$(BIN)/python scripts/scores.py $(if $(ERRORS),--errors)
	@$(BIN)/cog -r -I scripts README.md

.PHONY: floors
floors: $(READY) ## Raise corpus/floors.csv to what the extraction scores now
	@$(BIN)/python scripts/scores.py --raise-floors

QUICKLY := $(if $(QUICK),--quick)

.PHONY: bench
bench: $(READY) programs ## Measure, against other libraries, and write docs/benchmarks.md (QUICK=1: in small, writes nothing)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench,cluster,remote]' || echo "what is not installed is named and left out"
	@failed=; measure() { echo "== $$*"; $(BIN)/python -m "$$@" || failed="$$failed $$1"; }; \
	for bench in readers ocr speed parallel country progress; do measure bench.$$bench $(QUICKLY); done; \
	measure bench.site $(if $(QUICK),--rounds 5 --only plan); \
	for form in text docx pdf; do measure scripts.variants --format $$form $(or $(QUICKLY),--write); done; \
	test -z "$$failed" || { echo "past a limit, or ended by an error:$$failed"; exit 1; }

.PHONY: regression
regression: $(READY) ## Check that no work has grown: counts against bench/ceilings.csv, times against libraries
	@$(BIN)/python -m bench.regression

.PHONY: ceilings
ceilings: $(READY) ## Lower bench/ceilings.csv to what is counted now
	@$(BIN)/python -m bench.regression --lower

.PHONY: format
format: $(READY) ## Lay the code out and mend what can be mended
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: generate
generate: $(READY) ## Write anew what is generated and committed: parts of the docs, JSON Schema, gold as JSON
	@$(BIN)/cog -r -I scripts $(DOCS)
	@$(BIN)/python -m schemas.json_schema
	@$(BIN)/python -m corpus.gold

.PHONY: screenshots
screenshots: $(READY) system ## Take the pictures of docs/screenshots with a headless Chromium
	@$(BIN)/python scripts/screenshots.py

.PHONY: programs
programs:
	@scripts/install-system.sh ocr office

.PHONY: system
system: ## Install the system programs that are missing (tesseract, LibreOffice, Chromium), where apt-get is
	@scripts/install-system.sh ocr office browser

.PHONY: constraints
constraints: ## Write constraints.txt anew with the latest versions that pyproject.toml allows
	@scripts/write-constraints.sh

.PHONY: clean
clean: ## Remove .venv and everything generated
	@rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
