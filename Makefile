# Every target says what it does after `##`; `make` alone lists them.
ROOT := $(abspath $(dir $(lastword $(MAKEFILE_LIST))))
PYTHON ?= python3
BIN := $(ROOT)/.venv/bin
BASE := $(ROOT)/.venv/.base
DEV := $(ROOT)/.venv/.dev
LOCK := uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url

PORT ?= 8000
PARTNER_PORT ?= 8001
PARTNER_SERVE ?= 1
UPSTREAM ?= http://127.0.0.1:$(PORT)

export PORT
export EQUALCITY_HOME ?= $(ROOT)/var
export PYTHONPATH := $(ROOT):$(ROOT)/site

.DEFAULT_GOAL := help
.PHONY: help run partner test soak bench check services services-stop requirements

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(ROOT)/Makefile | while IFS="$$(printf '\t')" read -r name text; do printf '%-15s %s\n' "$$name" "$$text"; done

run: $(BASE) ## Start everything: database, demo content on first start, site on 127.0.0.1:PORT
	@cd $(ROOT) && exec $(BIN)/python -m equalcity run

partner: $(BASE) ## Start a second instance on PARTNER_PORT that follows the first and pulls it
	@cd $(ROOT) && exec env DATABASE_URL= ELASTICSEARCH_URL= REDIS_URL= SITE_URL= EQUALCITY_HOME=$(EQUALCITY_HOME)/partner EQUALCITY_DEMO=0 \
		PORT=$(PARTNER_PORT) INSTANCE_NAME="Partner city" \
		$(BIN)/python -m equalcity run --follow $(UPSTREAM) $(if $(filter 0,$(PARTNER_SERVE)),--no-serve)

test: $(DEV) services ## Run the whole test suite, group by group
	@cd $(ROOT) && exec $(BIN)/python -m tests.run $(ONLY)

soak: $(DEV) services ## The long form of the proofs: 10,000 histories (goes on where it was stopped), five minutes of concurrency, 10,000 searches during rebuilds
	@cd $(ROOT) && exec $(BIN)/python -m tests.soak $(ONLY)

bench: $(DEV) services ## Measure against stock Wagtail in the same run: speed, then how well search finds (ONLY=gate or relevance)
	@cd $(ROOT) && for one in $(or $(ONLY),gate relevance); do $(BIN)/python -m benchmarks.$$one || exit $$?; done

check: $(DEV) ## Check style, types, import directions, templates, migrations and production settings
	@cd $(ROOT) && PATH="$(BIN):$$PATH" exec tests/tooling/check

services: ## Install and start PostgreSQL, Redis, Elasticsearch and Chromium for the tests, on free loopback ports
	@cd $(ROOT) && exec $(PYTHON) -m tests.services.local start

services-stop: ## Stop the services that `make services` started
	@cd $(ROOT) && exec $(PYTHON) -m tests.services.local stop

requirements: $(DEV) ## Resolve pyproject.toml anew into requirements/
	@cd $(ROOT) && $(BIN)/$(LOCK) --upgrade pyproject.toml -o requirements/base.txt
	@cd $(ROOT) && $(BIN)/$(LOCK) --upgrade --all-extras -c requirements/base.txt pyproject.toml -o requirements/dev.txt

$(BASE): $(ROOT)/requirements/base.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is {}.{}. Name another with: make PYTHON=python3.12".format(*sys.version_info))'
	@echo "Installing what the site needs into .venv ..."
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(ROOT)/.venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(DEV): $(ROOT)/requirements/dev.txt $(BASE)
	@echo "Installing what tests and checks need into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
