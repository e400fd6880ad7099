# Every command a newcomer needs. `make help` lists them.

SWIFT ?= swift
JOBS ?= $(shell getconf _NPROCESSORS_ONLN)
PREFIX ?= /usr/local
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/atelier

# Where setup writes atelier-torch.pc when told where, or when it may not write to pkg-config's own folder.
export PKG_CONFIG_PATH := $(if $(ATELIER_PKGCONFIG),$(ATELIER_PKGCONFIG):)$(CACHE)/pkgconfig$(if $(PKG_CONFIG_PATH),:$(PKG_CONFIG_PATH))
ifeq ($(shell uname -s),Darwin)
# Homebrew keeps libarchive out of pkg-config's own folders.
PKG_CONFIG_PATH := $(PKG_CONFIG_PATH):$(shell brew --prefix 2>/dev/null)/opt/libarchive/lib/pkgconfig
endif

ATELIER = .build/release/atelier

.DEFAULT_GOAL := help
.PHONY: reference package test-docs help setup build build-tests build-fuzz demo accept accept-attributes accept-distributed accept-janus accept-precision accept-tasks bench bench-peers bench-families bench-tokens bench-janus bench-amused bench-busy fuzz test test-studio format lint lint-tools check install uninstall clean

help: ## lists these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: ## installs what is missing: libraries, fonts, libtorch; WITH="knowledge medical speech" adds WordNet, what unpacks DICOM, and what recognises speech
	@WITH="$(WITH)" scripts/setup

build: setup ## builds the command in release mode
	$(SWIFT) build -c release -j $(JOBS) --product atelier

# Not by --build-tests: that builds every program of every package too, a compiler of protocols among them.
build-tests: build-fuzz
	$(SWIFT) build -c release -j $(JOBS) --product AtelierPackageTests
	$(SWIFT) build -c release -j $(JOBS) --product dcgan-example

build-fuzz: setup
	$(SWIFT) build -c release -j $(JOBS) --product fuzz

demo: build ## draws a prompt with the bundled model, then offers to train one
	@scripts/demo $(ATELIER)

test: build build-tests ## builds and runs every test
	scripts/fuzz --seconds 1
	scripts/test-outside
	scripts/test-studio $(ATELIER)
	scripts/test-docs $(ATELIER)
	$(SWIFT) test -c release --skip-build --disable-xctest

test-studio: build ## tests the studio with the clients and the browser that people have
	scripts/test-studio $(ATELIER)

accept: build build-tests ## trains seed-dcgan for 15 epochs on MNIST; a classifier must see all ten digits
	$(ATELIER) train seed-dcgan --epochs 15 --out runs
	ATELIER_SNAPSHOT=$$(ls -d $(CURDIR)/runs/*-seed-dcgan-mnist-batch256/network-snapshot-*.safetensors | tail -n 1) \
		$(SWIFT) test -c release --skip-build --disable-xctest --filter DigitsAcceptanceTests

bench: build ## times training, sampling and starting; BENCH="--rounds 1" is quicker
	@scripts/bench-peers --ours --atelier $(ATELIER) $(BENCH)

bench-peers: build ## times TensorFlow and PyTorch beside it; takes twenty minutes
	@scripts/bench-peers --atelier $(ATELIER) $(BENCH)

bench-families: build ## times every family's train step beside PyTorch; takes half an hour
	@scripts/bench-families --atelier $(ATELIER) $(BENCH)

bench-tokens: build ## times drawing codes beside PyTorch; takes a minute
	@scripts/bench-tokens --atelier $(ATELIER) $(BENCH)

bench-janus: build ## times Janus-Pro-1B's size with random weights; writes 6.3 GB below ~/.cache, takes ten minutes
	@scripts/bench-janus --atelier $(ATELIER) $(BENCH)

bench-amused: build ## times aMUSEd's sizes with random weights; writes 3.5 GB below ~/.cache, takes some minutes
	@scripts/bench-amused --atelier $(ATELIER) $(BENCH)

bench-busy: build ## times training beside programs that keep cores busy; takes some minutes
	@scripts/bench-busy --atelier $(ATELIER) $(BENCH)

accept-attributes: build ## learns from pictures with a planted confounder, which has to be found; takes five minutes
	scripts/accept-attributes --atelier $(ATELIER)

accept-janus: $(if $(FILES),build-tests) ## draws the published codes of Janus-Pro-1B: FILES=FOLDER with its files
	@if [ -z "$(FILES)" ]; then \
		echo "accept-janus: NOT RUN: no weights are named. With Janus-Pro-1B's files: make accept-janus FILES=FOLDER" >&2; \
	else \
		ATELIER_JANUS="$(FILES)" $(SWIFT) test -c release --skip-build --disable-xctest --filter PublishedJanusTests; \
	fi

accept-precision: build build-tests ## trains three seeds in float32 and bfloat16; both must draw equally well
	rm -rf runs/precision
	set -e; for seed in 1 2 3; do for precision in float32 bfloat16; do \
		$(ATELIER) train seed-dcgan --epochs 4 --seed $$seed --set training.precision=$$precision --out runs/precision; \
	done; done
	ATELIER_PRECISION_RUNS=$(CURDIR)/runs/precision \
		$(SWIFT) test -c release --skip-build --disable-xctest --filter PrecisionAcceptanceTests

accept-tasks: build-tests ## learns digits with each task, from few pictures, and after other digits; all must help
	ATELIER_ACCEPT_TASKS=1 $(SWIFT) test -c release --skip-build --disable-xctest --filter "TaskAcceptanceTests|TransferAcceptanceTests"

accept-distributed: build ## trains on 1, 2 and 4 processes, kills some at random; takes ten minutes
	scripts/accept-distributed --atelier $(ATELIER)

fuzz: build-fuzz ## gives every reader of foreign files bad inputs; FUZZ="--inputs 1000000" for all that is on record
	scripts/fuzz --seconds 20 $(FUZZ)

format: ## formats the sources in place
	@scripts/format

lint: ## checks formatting, documentation comments, file lengths, types and faults of scripts
	@scripts/lint

lint-tools: ## installs what lint and format need for JavaScript, Python, C++ and shell
	@scripts/lint-tools

check: ## checks the tracked files and the scripts
	@scripts/check-tree
	@scripts/test-setup

reference: build ## makes the reference of the library from its comments, in .build/reference
	@scripts/reference

package: build ## makes a .deb and an archive that runs wherever it is unpacked, in dist/
	@scripts/package

test-docs: build ## runs every command of the README and the tutorials
	@scripts/test-docs $(ATELIER)

install: build ## installs the command under PREFIX (/usr/local)
	@scripts/install "$(DESTDIR)$(PREFIX)"

uninstall: ## removes what install wrote
	@scripts/install --remove "$(DESTDIR)$(PREFIX)"

clean: ## removes what was built here; the cache stays
	rm -rf .build
