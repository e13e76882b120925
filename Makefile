# Everything a person or the CI types. The two to begin with: make demo, make test.
# Needs Python 3.12 or newer, make and git; the rest is installed into .venv.

PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --only-binary :all: --require-hashes
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes \
	--strip-extras --allow-unsafe --no-emit-options
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
IN_MEMORY := RAATIHUONE_MODE=test DATABASE_URL=sqlite://:memory:

.DELETE_ON_ERROR:
.PHONY: help demo test lint lint-code lint-types lint-imports lint-templates lint-migrations \
	lint-words format messages lock bench load faults clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

demo: .venv/run $(CATALOGUES)  ## try it: web and worker with demo content (PORT=8123 for another port)
	@$(BIN)/python bin/demo.py --port $(PORT)

test: .venv/dev $(CATALOGUES)  ## every test, on SQLite and on PostgreSQL (ARGS="-k draw" for some)
	@$(BIN)/python bin/run_tests.py $(ARGS)

lint: lint-code lint-types lint-imports lint-templates lint-migrations lint-words  ## every check (make -k lint goes on after a failure)

lint-code: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

lint-types: .venv/dev
	$(IN_MEMORY) $(BIN)/mypy

lint-imports: .venv/dev
	$(BIN)/lint-imports --no-logo

lint-templates: .venv/dev
	$(BIN)/djlint templates --lint --quiet

lint-migrations: .venv/dev
	$(IN_MEMORY) $(MANAGE) makemigrations --check --dry-run

lint-words: .venv/dev
	@$(BIN)/python bin/untranslated.py

format: .venv/dev  ## put the code in its standard form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

messages: .venv/dev  ## bring the translation catalogues up to date (needs GNU gettext)
	$(IN_MEMORY) $(MANAGE) makemessages -l fi -l sv --add-location file --no-obsolete -i .venv -i tests

lock: .venv/dev  ## resolve the dependencies of pyproject.toml anew and pin them with hashes
	$(LOCK) -o requirements.txt pyproject.toml
	$(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

bench: .venv/run  ## time the engine: a folder of pools (POOLS=folder), invented pools up to a million, seating
	$(if $(POOLS),$(BIN)/python benchmarks/instances.py $(POOLS) $(if $(PEER),--peer $(PEER)))
	$(BIN)/python benchmarks/scale.py
	$(BIN)/python benchmarks/scale.py --households --people 10000 100000
	$(BIN)/python benchmarks/seating.py

load: .venv/run $(CATALOGUES)  ## load the house on this machine: registrations, 30,000 addresses and letters (SECONDS=60 for less)
	$(BIN)/python benchmarks/load.py $(if $(SECONDS),--seconds $(SECONDS))
	$(BIN)/python benchmarks/recruitment.py

faults: .venv/run $(CATALOGUES)  ## kill workers and deliver tasks again, on Redis, RabbitMQ and the folder (ARGS="--allow-missing")
	$(BIN)/python -m benchmarks.faults $(ARGS)

clean:  ## remove what was installed, compiled and loaded, the demo's data too
	rm -rf .venv .data .mypy_cache .pytest_cache .ruff_cache .import_linter_cache $(CATALOGUES)

.venv/bin/python:
	@python=$$(sh bin/find-python) && "$$python" -m venv --clear .venv

.venv/run: requirements.txt | .venv/bin/python
	@echo "Installing what the house needs into .venv …"
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing what the house and its tests need into .venv …"
	@$(INSTALL) -r requirements-dev.txt
	@touch .venv/run $@

%.mo: %.po | .venv/run
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
