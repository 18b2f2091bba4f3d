# The commands of this project. `just` lists them; each also works when typed by hand.
# The tools are those in .venv, if it is there.
export PATH := justfile_directory() + "/.venv/bin:" + env("PATH")

[private]
list:
    @just --list --unsorted

# make .venv with everything that the other commands need
setup:
    python3 -m venv .venv
    .venv/bin/pip install --quiet -c constraints.txt --editable '.[test,demo,docs]'

# constraints.txt anew, with the newest releases that pyproject.toml allows
pin:
    bash .ci/pin

# the tests that touch no Discord, database or process: after every change
quick *args:
    python -m pytest -q -m quick {{ args }}

# all tests, on all cores
test *args:
    python -m pytest -q -n auto --dist worksteal {{ args }}

# the tests that use a simulated Discord as people would
journeys *args:
    python -m pytest -q -m journeys {{ args }}

# Discord's description of its API, by which the journeys are checked; needs npm
fetch-spec:
    python -m tests.support.discord_api fetch

# the tests that start, fault and kill real processes
processes *args:
    python -m pytest -q -m processes {{ args }}

# style, imports that go one way, and the knowledge base
lint:
    ruff check .
    ruff format --check .
    lint-imports
    ally check data
    ally fmt data --check
    ally audit data --check README.md

# put code and base into their form, and the base's numbers into the README
fmt:
    ruff format .
    ally fmt data
    ally audit data --markdown README.md

# pyright, strict
types:
    pyright

# the site, into build/docs; a broken link is an error
docs:
    sphinx-build --fresh-env --fail-on-warning --quiet --conf-dir docs --doctree-dir build/doctrees . build/docs

# the bot in a simulated Discord, in the browser
demo:
    ally demo

# see which faults put into the code no test would notice; writes docs/mutation.md
mutation *args:
    nice python -m tests.mutation {{ args }}

# measure everything, and write docs/performance.md anew; with what soak and million have left
bench:
    python -m tests.bench --write docs/performance.md

# 15 minutes of all that readers ask, 200 a second, by one way in: gateway or http
soak way:
    python -m tests.bench.soak {{ way }}

# a million distinct interactions to their end, by one way in: gateway or http
million way:
    python -m tests.bench.million {{ way }}

# everything that must hold before a change lands, from nothing
ci:
    bash .ci/run
