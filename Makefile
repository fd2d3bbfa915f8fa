# make help lists the targets in three groups, which the comment after ## begins with: use, develop, measure. TARGET, PROFILE,
# CONFIG and ARGS are handed to conform run; the first three may be several words, with blanks between them.
SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VERSION   := $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
COMMIT    := $(shell git rev-parse HEAD 2>/dev/null)
GENERATED := '*.md' schemas/envelope fixtures/generated fixtures/translated/zh.json .api
LINT      := go tool -modfile=.tools/go.mod golangci-lint

run_flags := $(foreach t,$(TARGET),--target '$(t)') $(foreach p,$(PROFILE),--profile '$(p)') \
             $(foreach c,$(CONFIG),--config '$(c)') $(ARGS)

# What is given and empty is what an unset variable leaves; left out it means something else.
emptied := $(foreach v,TARGET PROFILE CONFIG,$(if $(filter-out undefined,$(origin $(v))),$(if $(strip $($(v))),,$(v))))

.PHONY: help
help: ## use: list the targets
	@for group in use develop measure; do \
	  echo "$$group:"; \
	  sed -nE "s/^([a-z-]+):.*## $$group: /  \1\t/p" $(MAKEFILE_LIST) | expand -t 14; \
	done

.PHONY: build
build: ## use: build .build/conform, stripped
	@mkdir -p .build
	@CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)' -o .build/conform ./runner/cmd/conform

.PHONY: sdk
sdk: build ## use: build .build/conform-sdk beside it, for conform run --sdk
	@cd runner/interop && CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o ../../.build/conform-sdk ./cmd/conform-sdk

.PHONY: fleet
fleet: build ## use: build .build/conform-fleet beside it, for conform fleet
	@cd runner/fleet && CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o ../../.build/conform-fleet ./cmd/conform-fleet

# make turns every exit code but 0 into 2; .build/conform run and diff return the real one.
.PHONY: conform
conform: build ## use: test a server: TARGET=url PROFILE=name CONFIG=file ARGS='--strict'; without TARGET and CONFIG, the reference server
	@[ -z '$(strip $(emptied))' ] || { echo 'make conform: $(firstword $(emptied)) is empty: is a variable unset?' >&2; exit 2; }
	@.build/conform run $(run_flags)

.PHONY: gate
gate: build ## use: run CONFIG and compare with BASE, a saved report: BASE=report.json CONFIG=target.yaml ARGS='--known known.yaml' DIFF='--strict'
	@[ -n '$(BASE)' ] && [ -n '$(CONFIG)' ] || { echo 'make gate: name both: make gate BASE=report.json CONFIG=target.yaml'; exit 2; }
	@[ -e '$(BASE)' ] || { echo 'make gate: $(BASE) is not there; save the report.json of a run that is taken for good'; exit 2; }
	@.build/conform run --config '$(CONFIG)' --report-dir conform-report/new $(ARGS) || { code=$$?; [ $$code -eq 1 ] || exit $$code; }
	@.build/conform diff $(DIFF) '$(BASE)' conform-report/new/report.json

.PHONY: test
test: ## develop: run the tests of the suite, 30 minutes a package at most
	go test -timeout 30m ./...

.PHONY: browser
browser: ## develop: open report.html in chromium, where that is installed
	cd runner/report/browser && go test -count=1 -timeout 20m ./...

.PHONY: interop
interop: ## develop: call the reference server through the official SDKs for Go and Node
	$(MAKE) -C runner/interop test

.PHONY: fleet-test
fleet-test: fleet ## develop: test conform-fleet, on SQLite and on PostgreSQL where that is installed
	cd runner/fleet && go test -count=1 -timeout 20m ./...

.PHONY: fleet-soak
fleet-soak: fleet ## measure: test conform-fleet in the full size, and measure what workers do
	cd runner/fleet && FLEET_SOAK=1 go test -count=1 -timeout 30m -v ./cmd/... ./view ./web

.PHONY: selftest
selftest: export ACSCONFORM_WHOLE = 1
selftest: test ## develop: the tests with every mutant and oddity, each in one profile and style, and every variant of the cases

.PHONY: mutants
mutants: ## develop: try the suite on every mutant and oddity, in every profile and style, by the whole plan
	ACSCONFORM_ALL=1 go test -count=1 -timeout 90m ./runner/selftest ./runner ./runner/cmd/conform

.PHONY: gateways
gateways: ## measure: run the suite through real gateways and write what they break into runner/reference/gateways.md
	go run ./runner/reference/gateways/measure

# An upgrade of a gateway, with the reference server behind it, from one of its configurations to another.
GATEWAY ?= nginx
FROM    ?= careful
TO      ?= default
rehearse: PROFILE := $(or $(PROFILE),ecs)

.PHONY: rehearse
rehearse: build ## measure: rehearse the upgrade of a gateway, from one configuration to another: GATEWAY=nginx FROM=careful TO=default
	@go build -o .build/stand ./runner/reference/gateways/stand
	@.build/stand $(GATEWAY) $(FROM) $(PROFILE) .build/conform run --config @TARGET@ --report-dir conform-report/base $(ARGS) || { code=$$?; [ $$code -eq 1 ] || exit $$code; }
	@.build/stand $(GATEWAY) $(TO) $(PROFILE) $(MAKE) --no-print-directory gate BASE=conform-report/base/report.json CONFIG=@TARGET@

.PHONY: lint
lint: ## develop: run golangci-lint, actionlint, and linters of the files for other pipelines, as pinned below .tools
	$(LINT) run
	go tool -modfile=.tools/actions/go.mod actionlint .github/workflows/*.yml
	.ci/pipelines

.PHONY: vet-others
vet-others: ## develop: vet what is built for Windows and macOS
	GOOS=windows go vet ./...
	GOOS=darwin go vet ./...

.PHONY: release-snapshot
release-snapshot: ## develop: build archives, packages, checksums and completions into .build/release, and publish nothing
	go tool -modfile=.tools/release/go.mod goreleaser release --snapshot --clean --skip=docker,publish
	@ls -l .build/release/*.tar.gz .build/release/*.zip .build/release/*.deb .build/release/*.rpm .build/release/checksums.txt

.PHONY: generate
generate: ## develop: write the files that are made from others
	go generate ./fixtures
	go run ./runner/generate

.PHONY: check
check: generate ## develop: check that everything is generated, tidy and formatted, and that no promised name is gone
	@git diff --exit-code -- $(GENERATED) || { echo 'make check: generated files differ from what is committed. Run: make generate, and commit'; exit 1; }
	@for module in . runner/interop runner/fleet runner/report/browser; do \
	  (cd $$module && go mod tidy -diff && go vet ./...) || { echo "make check: $$module is not tidy, or does not build. Run: cd $$module && go mod tidy"; exit 1; }; \
	done
	@files=$$(gofmt -l .); [ -z "$$files" ] || { echo "make check: not formatted. Run: gofmt -w $$files"; exit 1; }

.PHONY: bench
bench: ## measure: measure what a run costs, how fast captured traffic is judged, and what the proxy adds
	go run ./runner/bench
	go run ./runner/bench/lint
	CONFORM_IDS=100000000 go test -count=1 -v -run VeryMany ./runner/lint/ids
	go run ./runner/bench/proxy

# The target of a soak behaves badly in every way in turn.
SOAKTIME ?= 10m

.PHONY: soak
soak: ## measure: test a target that is hostile in every way in turn, SOAKTIME (10m) long: no hang, no goroutine left, 96 MiB at most
	@mkdir -p .build
	@go build -o .build/soak ./runner/hostile/soak
	@.build/soak -time $(SOAKTIME)

.PHONY: clean
clean: ## use: delete what was built and reported
	rm -rf .build conform-report

# Every Fuzz function runs, one after another. What it finds is saved under testdata/fuzz of its package, and is a test from
# then on.
FUZZTIME ?= 60s

.PHONY: fuzz
fuzz: ## develop: fuzz every reader of foreign text, FUZZTIME (60s) each
	@grep -rHoE --include='*_test.go' '^func Fuzz[A-Za-z0-9]+' . | sort | while IFS=: read -r file name; do \
	  echo "$$(dirname "$$file") $${name#func }"; \
	  go test -C "$$(dirname "$$file")" -run '^$$' -fuzz "^$${name#func }$$" -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x || exit 1; \
	done
