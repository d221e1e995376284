# Every target is described by its ## comment; `make` alone lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := utdata/demo
MODELL ?= utdata/modell

.PHONY: help setup demo check fix test test-all bench corpus evals docs lock clean modell

help: ## Lista vad som finns att göra
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(STAMP) ## Installera allt i .venv

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 behövs (kommandot $(PYTHON)). Ange ett annat med: make PYTHON=python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(STAMP)

demo: $(STAMP) ## Läs exempelkorpusen och visa matrisen (installerar först det som behövs)
	@rm -rf $(DEMO)
	@mkdir -p $(DEMO)
	@$(BIN)/granskning --arbetsyta $(DEMO)/arbetsyta importera corpora/exempel --register corpora/exempel/kommuner.csv
	@$(BIN)/granskning --arbetsyta $(DEMO)/arbetsyta matris --format html --till $(DEMO)/matris.html
	@$(BIN)/granskning --arbetsyta $(DEMO)/arbetsyta matris
	@echo
	@echo "Öppna $(DEMO)/matris.html i en webbläsare: varje ruta visar meningen som bevisar den."
	@echo "Vill du läsa koden? Börja med src/granskning_ai/pipeline.py, model/ och ports.py."

check: $(STAMP) ## Kontrollera format, typer, importregler och filstorlek (ändrar ingenting)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/check_file_sizes.py

fix: $(STAMP) ## Rätta format och det som ruff kan rätta själv
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: $(STAMP) ## Kör testerna (installerar först det som behövs)
	$(BIN)/pytest -n auto -q

test-all: $(STAMP) ## Kör även de långsamma testerna
	$(BIN)/pytest -n auto -q --run-slow

evals: $(STAMP) ## Mät mot facit och jämför med förra mätningen
	$(BIN)/granskning utvardera

modell: $(STAMP) ## Träna om den statiska modellen: make modell TEXT=mapp (se docs/modell.md)
	@test -n "$(TEXT)" || { echo "Ange textfiler eller en mapp: make modell TEXT=mapp"; exit 1; }
	$(BIN)/python -m modell $(TEXT) --till $(MODELL)

bench: $(STAMP) ## Mät fart och minne
	$(BIN)/python -m benchmarks

corpus: $(STAMP) ## Bygg om exempelkorpusen ur dess källor (behöver chromium och libreoffice)
	$(BIN)/python corpora/bygg/bygg.py

docs: $(STAMP) ## Skriv om de delar av dokumentationen som görs av programmet
	$(BIN)/python docs/generate_cli.py
	$(BIN)/python -c "from granskning_ai.export.codebook import codebook; print(codebook(), end='')" > docs/kodbok.md

lock: ## Lås versionerna i requirements.lock på nytt
	rm -rf .lock-venv && $(PYTHON) -m venv .lock-venv
	.lock-venv/bin/pip install --quiet 'torch<2.14' && .lock-venv/bin/pip install --quiet --editable '.[dev]'
	.lock-venv/bin/pip freeze --exclude-editable | sed 's/+cpu$$//' > requirements.lock
	rm -rf .lock-venv

clean: ## Ta bort det som byggts
	rm -rf $(VENV) utdata build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
