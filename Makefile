# make help lists the targets. TARGET, PROFILE, CONFIG and ARGS are handed to conform run; the first three may be several
# words, with blanks between them.
SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VERSION   := $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
GENERATED := suites/README.md README.md schemas/envelope fixtures/generated .api
LINT      := go tool -modfile=.tools/go.mod golangci-lint

run_flags := $(foreach t,$(TARGET),--target '$(t)') $(foreach p,$(PROFILE),--profile '$(p)') \
             $(foreach c,$(CONFIG),--config '$(c)') $(ARGS)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: build
build: ## build .build/conform, stripped
	@mkdir -p .build
	@CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o .build/conform ./runner/cmd/conform

.PHONY: sdk
sdk: build ## build .build/conform-sdk beside it, for conform run --sdk
	@cd runner/interop && CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o ../../.build/conform-sdk ./cmd/conform-sdk

# make turns every exit code but 0 into 2; .build/conform run and diff give the real one.
.PHONY: conform
conform: build ## test a target: TARGET=url PROFILE=name CONFIG=file ARGS='--strict'; the reference server without one
	@.build/conform run $(run_flags)

.PHONY: gate
gate: build ## does CONFIG do as well as BASE, a saved report.json? BASE=report.json CONFIG=target.yaml ARGS='--known known.yaml' DIFF='--strict'
	@[ -n '$(BASE)' ] && [ -n '$(CONFIG)' ] || { echo 'make gate: name both: make gate BASE=report.json CONFIG=target.yaml'; exit 2; }
	@[ -e '$(BASE)' ] || { echo 'make gate: $(BASE) is not there; save the report.json of a run that is taken for good'; exit 2; }
	@.build/conform run --config '$(CONFIG)' --report-dir conform-report/new $(ARGS) || { code=$$?; [ $$code -eq 1 ] || exit $$code; }
	@.build/conform diff $(DIFF) '$(BASE)' conform-report/new/report.json

.PHONY: test
test: ## run the tests, 20 minutes at most
	go test -timeout 20m ./...

.PHONY: browser
browser: ## open report.html in chromium, where that is installed
	cd runner/report/browser && go test -count=1 ./...

.PHONY: interop
interop: ## call the reference server through the official SDKs for Go and Node
	$(MAKE) -C runner/interop test

.PHONY: selftest
selftest: ## try the suite on every mutant and oddity with every variant of its cases, each in one profile and style
	ACSCONFORM_WHOLE=1 go test -count=1 -timeout 20m ./runner/selftest

.PHONY: mutants
mutants: build ## try the suite on every mutant and oddity, in every profile and style
	@.build/conform selftest --all
	ACSCONFORM_ALL=1 go test -count=1 -timeout 30m ./runner/selftest ./runner ./runner/cmd/conform

.PHONY: gateways
gateways: ## run the suite through real gateways and write what they break into runner/reference/gateways.md
	go run ./runner/reference/gateways/measure

# An upgrade of a gateway, with the reference server behind it, from one of its configurations to another.
GATEWAY ?= nginx
FROM    ?= careful
TO      ?= default
rehearse: PROFILE := $(or $(PROFILE),ecs)

.PHONY: rehearse
rehearse: build ## rehearse the upgrade of a gateway: make gate from one configuration to another, GATEWAY=nginx FROM=careful TO=default
	@go build -o .build/stand ./runner/reference/gateways/stand
	@.build/stand $(GATEWAY) $(FROM) $(PROFILE) .build/conform run --config @TARGET@ --report-dir conform-report/base $(ARGS) || { code=$$?; [ $$code -eq 1 ] || exit $$code; }
	@.build/stand $(GATEWAY) $(TO) $(PROFILE) $(MAKE) --no-print-directory gate BASE=conform-report/base/report.json CONFIG=@TARGET@

.PHONY: lint
lint: ## run golangci-lint, as pinned in .tools/go.mod
	$(LINT) run

.PHONY: generate
generate: ## write what is made from other things
	go generate ./fixtures
	go run ./runner/generate

.PHONY: check
check: generate ## is everything generated, tidy and formatted, and nothing gone that others rely on?
	@git diff --exit-code -- $(GENERATED) || { echo 'make check: generated files differ from what is committed. Run: make generate, and commit'; exit 1; }
	@go mod tidy -diff || { echo 'make check: go.mod is not tidy. Run: go mod tidy'; exit 1; }
	@files=$$(gofmt -l .); [ -z "$$files" ] || { echo "make check: not formatted. Run: gofmt -w $$files"; exit 1; }

.PHONY: bench
bench: ## measure what a run costs beside a bare client and a serial suite, how fast captured traffic is judged, a hundred million request ids, and what the proxy adds
	go run ./runner/bench
	go run ./runner/bench/lint
	CONFORM_IDS=100000000 go test -count=1 -v -run VeryMany ./runner/lint/ids
	go run ./runner/bench/proxy

.PHONY: clean
clean: ## delete what was built and reported
	rm -rf .build conform-report

# Every Fuzz function there is, one after another; what it finds is saved under testdata/fuzz of its package, and is a
# test from then on.
FUZZTIME ?= 60s

.PHONY: fuzz
fuzz: ## fuzz every reader of what others wrote, FUZZTIME (60s) each
	@grep -rHoE --include='*_test.go' '^func Fuzz[A-Za-z0-9]+' . | sort | while IFS=: read -r file name; do \
	  echo "$$(dirname "$$file") $${name#func }"; \
	  go test "$$(dirname "$$file")" -run '^$$' -fuzz "^$${name#func }$$" -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x || exit 1; \
	done
