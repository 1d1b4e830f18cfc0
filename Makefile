# make run      build, read the sample, and serve its desk
# make test     all tests; needs Go alone
# make check    what a change must pass; needs gcc (race detector) and python3 (scores) too
# make score    figures on gold records, written to scores/
# make bench    articles a second and memory, for docs/performance.md; PEERS=1: beside spaCy and textacy
# make fmt      format Go files and pages
# make cross    build for every system that releases are made for

SHELL := /bin/sh
GO ?= go
FUZZTIME ?= 3s
VERSIONED := internal cmd data sample

.PHONY: run build test fuzz check format vet generated race score bench torture bench-large copies fmt cross

run: build
	bin/rapporteur demo

build:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w" -o bin/rapporteur ./cmd/rapporteur

test:
	$(GO) test ./...
	@$(MAKE) --no-print-directory fuzz

# Each fuzz target for a few seconds: long enough to find what is plainly wrong.
fuzz:
	@$(GO) run ./tools/fuzz -time $(FUZZTIME)

check: format vet generated build
	$(GO) test ./internal/floors/
	@$(MAKE) --no-print-directory race
	@if command -v python3 >/dev/null; then python3 tools/score/score.py --check; \
	else echo "scores: skipped: install python3"; test "$$CI" != true; fi

format:
	@files=$$(gofmt -l $(VERSIONED) tools); if [ -n "$$files" ]; then echo "not formatted (make fmt):"; echo "$$files"; exit 1; fi

vet:
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# Pages are generated from .templ files, assembly by the program in kernel/gen; both
# are committed, and generating again changes nothing.
KERNEL := internal/nlp/encoder/kernel
GENERATED := internal/web/*_templ.go $(KERNEL)/kernel_amd64.s $(KERNEL)/stub_amd64.go
generated:
	@before=$$(cat $(GENERATED) | cksum); $(GO) tool templ generate -path internal/web >/dev/null 2>&1; $(GO) generate ./$(KERNEL); \
	after=$$(cat $(GENERATED) | cksum); \
	if [ "$$before" != "$$after" ]; then echo "generated files are out of date: commit what \"go tool templ generate\" and \"go generate ./$(KERNEL)\" wrote"; exit 1; fi

race:
	@if command -v gcc >/dev/null; then CGO_ENABLED=1 $(GO) test -race -timeout 30m ./...; \
	else echo "race tests: skipped: install gcc"; test "$$CI" != true; fi

score: build
	python3 tools/score/score.py bin/rapporteur

bench: build
	$(GO) run ./tools/bench bin/rapporteur
	@if [ -n "$(PEERS)" ]; then python3 tools/bench/peers.py bin/rapporteur; fi

bench-large: build
	$(GO) run ./tools/large -binary bin/rapporteur

# Precision and recall of copies and quotations, on pairs made of ../shared/data.
copies:
	$(GO) run ./tools/copies -check

torture: build
	$(GO) run ./tools/torture -binary bin/rapporteur

fmt:
	gofmt -w $(VERSIONED) tools
	$(GO) tool templ fmt internal/web

cross:
	@for system in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64; do \
	echo "build $$system"; CGO_ENABLED=0 GOOS=$${system%/*} GOARCH=$${system#*/} $(GO) build -trimpath -o /dev/null ./cmd/rapporteur || exit 1; done
