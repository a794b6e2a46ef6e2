# Every target sets up what it needs, so that a fresh checkout can start with any of them.

# The nested packages share a build folder, so that Apus itself is built once for all of them. What SwiftPM keeps
# there of a plan may be another package's.
NESTED := --configuration release --scratch-path $(CURDIR)/.build/nested --disable-build-manifest-caching
# Measured as README.md says to build what is installed. Swift's libraries are linked into all of it, so the
# folder is another.
INSTALLED := --configuration release --scratch-path $(CURDIR)/.build/installed --static-swift-stdlib
SWIFT_FILES = $(wildcard Package.swift Sources Tests Examples Benchmarks Accuracy Conformance)
PYTHON_FILES = $(shell grep -ls '^\#!.*python3$$' Scripts/* Conformance/Generator/*) $(wildcard Scripts/toolchain/*.py) \
  $(shell find $(wildcard Examples Benchmarks) -name .build -prune -o -name '*.py' -print)
SHELL_FILES = $(shell grep -ls '^\#!/bin/sh$$' Scripts/*)

.PHONY: help setup run test test-threads test-static launcher bench accuracy conformance format lint docs clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

# IREE's distribution, a folder or iree-dist-3.9.0-linux-<processor>.tar.xz, for programs that have the
# runtime in them.
IREE_DIST ?= $(APUS_IREE_DIST)

# The version of IREE: the one that toolchain.json says, or another that it has parts for.
PINNED_VERSION := $(shell sed -n 's/^  "iree": "\(.*\)",$$/\1/p' Sources/ApusNativeLibrary/toolchain.json)
IREE_VERSION ?= $(or $(APUS_IREE_VERSION),$(PINNED_VERSION))
ifneq ($(IREE_VERSION),$(PINNED_VERSION))
export APUS_IREE_VERSION := $(IREE_VERSION)
endif

# Only the pinned version's runtime comes as a shared library; of another's distribution one is made.
BUNDLE_RUNTIME = swift run apus bundle-runtime $(if $(filter $(PINNED_VERSION),$(IREE_VERSION)),,--shared)

setup: ## install the prebuilt parts (IREE, LLVM, libm); a second time does nothing
	@Scripts/setup
	@$(if $(IREE_DIST),$(BUNDLE_RUNTIME) --dist $(IREE_DIST))

run: setup ## compute the distances among the world's airports, and draw a map
	@cd Examples/great-circle && swift run $(NESTED)

# These tests run by themselves: they measure memory and watch Swift's thread pool.
ALONE := StressTests ApusRuntimeTests.ConcurrencyTests

# Both versions of IREE: tests run the newest one's tools beside those of the pinned one.
NEWEST_VERSION := $(shell sed -n 's/^      "iree": "\(.*\)",$$/\1/p' Sources/ApusNativeLibrary/toolchain.json | sort -Vu | tail -n 1)

test: ## run all tests, and build and test the examples and what measures
	@Scripts/setup --peers
	@APUS_IREE_VERSION=$(NEWEST_VERSION) Scripts/setup --peers
	@Scripts/test $(addprefix --skip ,$(ALONE))
	@Scripts/test --skip-build $(addprefix --filter ,$(ALONE))
	@Scripts/test-examples
	@Scripts/test-measuring

test-threads: ## run the tests of concurrent calls under Thread Sanitizer
	@Scripts/setup --peers
	@Scripts/test-threads

# The runtime as one object, and where the launcher goes that has it.
STATIC = $(or $(APUS_HOME),$(HOME)/.cache/apus)/iree-static-$(IREE_VERSION)/$(shell uname -m)
NEEDS_DIST = $(if $(IREE_DIST),,$(error set IREE_DIST to IREE's distribution, a folder or a tarball))

test-static: launcher ## run the tests of the runtime with it linked in (wants IREE_DIST=...)
	@Scripts/setup --peers
	@APUS_IREE_DIST=$(abspath $(IREE_DIST)) Scripts/test --scratch-path .build/static -Xlinker $(STATIC)/lib/apus-iree-runtime.o \
	  $(addprefix --filter ,ApusPackagingTests ApusRuntimeTests EndToEndTests) $(addprefix --skip ,$(ALONE))
	@Scripts/test --scratch-path .build/static -Xlinker $(STATIC)/lib/apus-iree-runtime.o --skip-build \
	  $(addprefix --filter ,$(ALONE))
	@Scripts/test-linked-gate $(STATIC)/lib/apus-iree-runtime.o $(IREE_DIST)

launcher: ## build what apus package puts programs behind (wants IREE_DIST=...)
	$(NEEDS_DIST)
	@$(BUNDLE_RUNTIME) --dist $(IREE_DIST)
	@swift build --configuration release --scratch-path .build/launcher --product apus-launcher \
	  -Xswiftc -static-executable -Xlinker $(STATIC)/lib/apus-iree-runtime.o -Xlinker -lm \
	  -Xlinker --gc-sections -Xlinker -s
	@mkdir -p $(STATIC)/bin
	@cp .build/launcher/release/apus-launcher $(STATIC)/bin/apus-launcher.new
	@mv $(STATIC)/bin/apus-launcher.new $(STATIC)/bin/apus-launcher
	@echo $(STATIC)/bin/apus-launcher

bench: ## measure against IREE's own tools and NumPy
	@Scripts/setup --peers
	@swift build $(INSTALLED) --package-path Benchmarks
	@.build/installed/release/benchmarks $(ARGUMENTS)

accuracy: ## measure kernels' math against MPFR, and write Documentation/MathAccuracy.md
	@Scripts/setup --peers
	@swift run $(NESTED) --package-path Accuracy accuracy --write Documentation/MathAccuracy.md

conformance: setup ## count which mathematical functions are right, in each type
	@swift run $(NESTED) --package-path Conformance conformance --only math --failures $(ARGUMENTS)

format: ## format the Swift sources
	@swift format --in-place --recursive --parallel $(SWIFT_FILES)

lint: ## check format and rules of the sources, and the syntax of the scripts
	@swift format lint --strict --recursive --parallel $(SWIFT_FILES)
	@for file in $(SHELL_FILES); do sh -n $$file || exit; done
	@python3 -c 'import ast, sys; [ast.parse(open(f).read(), f) for f in sys.argv[1:]]' $(PYTHON_FILES)

docs: ## build the documentation of every library, warnings as errors
	@Scripts/docs

clean: ## remove what was built; what setup installed stays
	@swift package clean
	@rm -rf $(addprefix .build/,nested installed static launcher thread-sanitizer docs)
