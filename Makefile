# Everything a newcomer needs: `make demo` runs the main job, `make test` runs every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
NPM := build/npm
NPM_STAMP := $(NPM)/.installed

.PHONY: demo test quick lint types docs bench env system npm clean samples

demo: $(STAMP) ## the four pieces for a sample prospect, in out/
	@$(BIN)/python tools/demo.py

test: $(STAMP) system npm lint types docs ## lint, types, docs checks and the tests
	COLLATERAL_NPM=$(NPM) $(BIN)/python -m pytest -n auto --dist loadfile

quick: $(STAMP) ## the tests that need no LibreOffice and no npm package
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not slow"

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

docs: $(STAMP)
	$(BIN)/python tools/check_docs.py

bench: $(STAMP) ## figures against the floor and the peers, in build/bench
	$(BIN)/python bench/run.py

env: $(STAMP)

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV) || ($(PYTHON) tools/explain_venv.py; exit 1)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $(STAMP)

system: ## LibreOffice, fonts and poppler from Debian, when this user may install them
	@sh tools/system_parts.sh

npm: $(NPM_STAMP)

$(NPM_STAMP): tools/npm_parts.sh
	@sh tools/npm_parts.sh $(NPM)

clean:
	rm -rf build out $(VENV)
