# The four commands of the house. They start from a POSIX shell and any Python 3 with pip.
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON = .venv/bin/python
# SQLite, then PostgreSQL: whatever touches the database runs on both. Three processes, since many tests wait.
PYTEST = $(PYTHON) -m pytest -n 3 --dist worksteal -q

# Compiled once and kept: numpy and scipy take seconds to compile, and many processes start here.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check bench lock

demo:
	@tools/bootstrap requirements.txt
	@DEMO=1 $(PYTHON) manage.py demo --host $(HOST) --port $(PORT)

test:
	@tools/bootstrap requirements.txt requirements-dev.txt
	@tools/browser
	TEST_DATABASE=sqlite $(PYTEST)
	TEST_DATABASE=postgres $(PYTEST)

check:
	@tools/bootstrap requirements.txt requirements-dev.txt
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy feedback_site organisation surveys scoring cards reviews reports metrics press
	.venv/bin/lint-imports
	git ls-files 'templates/*.html' | xargs .venv/bin/djade --check --target-version 6.0
	DEBUG=1 DATA_DIR=var/check $(PYTHON) manage.py makemigrations --check --dry-run
	$(MAKE) test

bench:
	@tools/bootstrap requirements.txt requirements-dev.txt
	$(PYTHON) -m bench

lock:
	@tools/bootstrap requirements.txt requirements-dev.txt
	.venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.12 --no-header requirements.in -o requirements.txt
	.venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.12 --no-header requirements-dev.in -o requirements-dev.txt
