# A thin door: installation lives in scripts/setup, the build in CMakePresets.json.
#
#   make run     install what is missing, build, analyse a simulated market, say where the report is
#   make test    install what is missing, build, run every test
#   make help    all targets

PRESET ?= release
BUILD := build/$(PRESET)
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60

.DEFAULT_GOAL := help
.PHONY: help setup build run test bench bench-regimes neural lint format asan tsan fuzz docs clean install

help:  ## what each target does
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## install what is missing
	@scripts/setup

build: setup  ## build/release/bin/regimetry (PRESET=debug, portable, ... for others)
	@cmake --preset $(PRESET) -Wno-dev --log-level=WARNING
	@cmake --build --preset $(PRESET) -j $(JOBS)

run: build  ## the first minutes: a simulated market, its regimes, a report
	@scripts/demo $(BUILD)/bin/regimetry

test: build  ## every test
	@scripts/setup test
	@ctest --test-dir $(BUILD) --output-on-failure --no-tests=error -j $(JOBS)

bench: setup  ## every benchmark, each beside its reference
	@cmake --preset $(PRESET) -DREGIMETRY_BENCH=ON -Wno-dev --log-level=WARNING
	@cmake --build --preset $(PRESET) -j $(JOBS)
	@scripts/bench $(BUILD)/bin

bench-regimes: setup  ## how well each method finds known regimes: the tables of docs/regime_quality.md
	@cmake --preset $(PRESET) -DREGIMETRY_BENCH=ON -Wno-dev --log-level=WARNING
	@cmake --build --preset $(PRESET) -j $(JOBS) --target regimes_quality
	@$(BUILD)/bin/regimes_quality

# Sets up only where configuring fails: it must also work where nothing can be installed and all is there.
neural:  ## the neural core alone, with any libtorch and header-only libraries: build, test
	@cmake --preset neural -Wno-dev --log-level=ERROR >/dev/null 2>&1 || scripts/setup neural || true
	@cmake --preset neural -Wno-dev --log-level=WARNING
	@cmake --build --preset neural -j $(JOBS)
	@ctest --test-dir build/neural --output-on-failure --no-tests=error -j $(JOBS)

lint:  ## layout and static checks of all sources
	@scripts/setup lint
	@$(MAKE) --no-print-directory build
	@scripts/lint $(BUILD)

format:  ## rewrite the layout of all sources
	@scripts/setup lint
	@git ls-files -z '*.cpp' '*.hpp' | xargs -0 clang-format-14 -i

asan:  ## every test under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory test PRESET=asan

tsan:  ## every test under the thread sanitizer
	@$(MAKE) --no-print-directory test PRESET=tsan

fuzz:  ## feed each parser damaged input for FUZZ_SECONDS (60) seconds
	@scripts/setup fuzz
	@FUZZ_SECONDS=$(FUZZ_SECONDS) scripts/fuzz

docs: build  ## rewrite the pages that are generated from the code
	@$(BUILD)/bin/regimetry help --markdown > $(BUILD)/settings.md && mv $(BUILD)/settings.md docs/settings.md
	@$(BUILD)/bin/regimetry features --list --markdown > $(BUILD)/features.md && mv $(BUILD)/features.md docs/features.md

install: build  ## binary, libraries, headers and CMake package below PREFIX (/usr/local)
	@cmake --install $(BUILD) --prefix $(PREFIX)

clean:  ## remove everything that was built
	@rm -rf build demo
