# The two commands most people need: `make serve` and `make test`. `make help` lists all.
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
PYTHON ?= python
else
BIN := .venv/bin
PYTHON ?= python3
endif
PORT ?= 8000
READY := .venv/.ready
READY_TEST := .venv/.ready-test

.PHONY: help serve site test verify pictures clean
help:           ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile

$(READY): requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing what Readout needs into .venv (once) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

$(READY_TEST): $(READY) requirements-dev.txt
	@echo "installing what the tests need into .venv (once) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements-dev.txt
	@touch $@

serve: $(READY) ## build the site and serve it on 127.0.0.1:8000 (PORT=8080 for another port)
	@$(BIN)/readout serve --port $(PORT)

site: $(READY)  ## build the site into site/
	@$(BIN)/readout build

verify: $(READY) ## prove every quote and every evidence sentence against the articles
	@$(BIN)/readout verify

test: $(READY_TEST) ## linter, type checker and all tests
	@$(BIN)/ruff check scripts tests
	@$(BIN)/mypy
	@$(BIN)/pytest

pictures: site $(READY_TEST) ## renew the pictures in README.md and docs/start.md
	@$(BIN)/python scripts/pictures.py

clean:          ## remove the environment, the site and all derived files
	rm -rf .venv site .readout docs/briefings docs/actors docs/moves docs/quotes docs/timeline docs/topics docs/feeds docs/index.md docs/api docs/cite
