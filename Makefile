# Two commands do everything: `make run` and `make test`. Each makes its own environment from the hashed lock.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STATE := $(or $(MANAD_HOME),$(HOME)/.local/share/manad)
export MANAD_TEST_REFERENCE ?= ../shared/reference

.PHONY: run test proof browser check bench format lock clean

run: $(VENV)/.run
	@$(BIN)/manad demo --out "$(STATE)/demo"
	@MANAD_MAIL_URL="eml:$(STATE)/mails" MANAD_BASE_URL="$(or $(MANAD_BASE_URL),http://127.0.0.1:4280)" \
	  $(BIN)/manad run 2026-09 --inbox "$(STATE)/demo" --history "$(STATE)/demo/tidigare" --today 2026-10-07

test: $(VENV)/.dev browser
	$(BIN)/python -m tests.parts

# What takes longest: the long forms of tests whose short forms `make test` runs.
proof: $(VENV)/.dev
	MANAD_TEST_WHOLE=1 $(BIN)/pytest -s -vv -m proof --durations=0

# The pages are tested in Debian's Chromium; without it those tests are left out, and pytest says how many.
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installerar Chromium …" && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
	  echo "Chromium saknas: webbläsartesterna hoppas över. Installera paketet chromium."

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --processes 2 sql
	$(BIN)/djlint --lint --quiet notifications web

bench: $(VENV)/.bench
	$(BIN)/python -m bench

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/sqlfluff fix --processes 2 sql

# The lock holds hashes and no host names; needs uv.
lock:
	uv pip compile --no-config --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --no-annotate -q pyproject.toml --group build -o requirements.lock
	uv pip compile --no-config --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --no-annotate -q pyproject.toml --group dev -o requirements-dev.lock
	uv pip compile --no-config --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --no-annotate -q pyproject.toml --group bench -c requirements-dev.lock -o requirements-bench.lock

clean:
	rm -rf $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 eller nyare behövs: make PYTHON=python3.11 …")'
	@echo "Skapar miljön i $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installerar det som produkten behöver (en minut första gången) …"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Installerar det som testerna behöver (en minut första gången) …"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	@echo "Installerar det som mätningarna jämför med (en minut första gången) …"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements-bench.lock
	@touch $@
