package main

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas/file"
	"github.com/acsconform/acsconform/suites"
)

func key(id string) tree { return tree{"access_key_id": id, "access_key_secret": "secret-of-" + id} }

// ecsFile and roaFile are target files with little in them.
func ecsFile() tree {
	token := merged(key("STS.1"), tree{"security_token": "token"})
	return tree{
		"url": "http://127.0.0.1:8080/", "profile": "ecs", "style": "rpc",
		"request":     tree{"action": "DescribeRegions", "version": "2014-05-26"},
		"credentials": tree{"default": key("one"), "other": key("two"), "sts": token},
	}
}

func roaFile() tree {
	return merged(ecsFile(), tree{"profile": "gateway", "style": "roa", "request": tree{"method": "GET", "path": "/apis", "version": "2016-07-14"}})
}

// with adds something to a file.
func with(doc func() tree, more func() tree) func() tree {
	return func() tree { return merged(doc(), more()) }
}

// briefOf loads a target file as every command does.
func briefOf(t *testing.T, doc tree) suites.Brief {
	t.Helper()
	path := treeFile(t, "target.yaml", doc)
	target, err := targetfile.Load(path, func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	p, err := profile(target.Profile)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := targetfile.Fit(path, target, p)
	if err != nil {
		t.Fatal(err)
	}
	return suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: whole, Today: "2026-11-23"}
}

// place is a part of a target file that describes a request.
type place struct {
	at     string
	prefix string // of the cases that send it
	rpc    func() tree
	roa    func() tree
}

func places() []place {
	roa := tree{"method": "POST", "path": "/a"}
	rpc := tree{"action": "A"}
	in := func(doc func() tree, at string, call, more tree) func() tree {
		return func() tree {
			all := merged(call, more)
			switch at {
			case "recipes.0":
				return merged(doc(), tree{"recipes": []any{all}})
			case "limits.throttle":
				return merged(doc(), tree{"limits": tree{"throttle": all}})
			}
			return merged(doc(), tree{at: all})
		}
	}
	acs3 := func() tree { return merged(gatewayFile(), tree{"style": "acs3"}) }
	recipe, token, rate := tree{"code": "UnknownError"}, tree{"token_param": "ClientToken"}, tree{"requests": 5, "per": "1s"}
	return []place{
		{at: "request", prefix: "sound-request", rpc: ecsFile, roa: roaFile},
		{at: "body_request", prefix: "content-md5-wrong", rpc: in(acs3, "body_request", rpc, nil), roa: in(roaFile, "body_request", roa, nil)},
		{at: "recipes.0", prefix: "row-", rpc: in(ecsFile, "recipes.0", rpc, recipe), roa: in(roaFile, "recipes.0", roa, recipe)},
		{at: "tls_only", prefix: "tls-only", rpc: in(gatewayFile, "tls_only", rpc, nil), roa: in(roaFile, "tls_only", roa, nil)},
		{at: "idempotency", prefix: "client-token-with-other", rpc: in(ecsFile, "idempotency", rpc, token), roa: in(ecsInACS3, "idempotency", roa, token)},
		{at: "limits.throttle", prefix: "throttled-burst", rpc: in(ecsFile, "limits.throttle", rpc, rate), roa: in(roaFile, "limits.throttle", roa, rate)},
	}
}

// calls are the keys of every request that is described.
func calls() []keyed {
	var all []keyed
	for _, p := range places() {
		shows := sends(p.prefix)
		all = append(all,
			keyed{p.at + ".action", p.rpc, []any{"One", "Two"}, shows},
			keyed{p.at + ".version", p.rpc, []any{left, "2020-01-01"}, shows},
			keyed{p.at + ".params.Name", p.rpc, []any{left, "one", "two"}, shows},
			keyed{p.at + ".params.Name", p.roa, []any{left, "one", "two"}, shows},
			keyed{p.at + ".method", p.rpc, []any{"GET", "POST"}, shows},
			keyed{p.at + ".method", p.roa, []any{"GET", "POST", "PUT"}, shows},
			keyed{p.at + ".path", p.roa, []any{"/one", "/two"}, shows},
			keyed{p.at + ".body", p.rpc, []any{left, "one", "two"}, shows},
			keyed{p.at + ".body", p.roa, []any{left, "one", "two"}, shows},
			keyed{p.at + ".content_type", p.rpc, []any{left, "text/one", "text/two"}, shows},
			keyed{p.at + ".content_type", p.roa, []any{left, "text/one", "text/two"}, shows},
			keyed{p.at + ".credentials", p.rpc, []any{left, "other", "sts"}, shows},
			keyed{p.at + ".credentials", p.roa, []any{left, "other", "sts"}, shows},
		)
	}
	return all
}

func TestEveryKeyOfATargetFileIsUsed(t *testing.T) {
	recipe := with(ecsFile, func() tree {
		return tree{"recipes": []any{tree{"code": "ServiceUnavailable", "action": "A"}}}
	})
	sameCode := with(ecsFile, func() tree {
		return tree{"recipes": []any{tree{"code": "InvalidParamater", "status": 400, "action": "A"}}}
	})
	idempotency := with(ecsFile, func() tree {
		return tree{"idempotency": tree{"action": "A", "token_param": "ClientToken"}}
	})
	throttle := with(ecsFile, func() tree {
		return tree{"limits": tree{"throttle": tree{"action": "A", "requests": 5, "per": "1s"}}}
	})
	skip := with(ecsFile, func() tree {
		return tree{"skip": []any{tree{"case": "version-missing", "reason": "shared"}}}
	})
	inapplicable := with(ecsFile, func() tree {
		return tree{"not_applicable": []any{tree{"code": "ServiceUnavailable", "reason": "never"}}}
	})
	inapplicable2 := with(ecsFile, func() tree {
		return tree{"not_applicable": []any{tree{"code": "InvalidParamater", "status": 400, "reason": "never"}}}
	})
	made := lendingProfile(t)
	productTarget := with(ecsFile, func() tree {
		return tree{"profile": made, "request": tree{"action": "DescribeRegions", "version": "2020-02-02"}}
	})
	signatureVersion := xmlRefused(400, "InvalidParamater", `The specified parameter "SignatureVersion" is not valid.`)
	method, version := "The specified parameter “SignatureMethod” is not valid.", "The specified parameter “SignatureVersion” is not valid."
	checkEveryKey(t, file.Target, append(calls(),
		keyed{"url", ecsFile, []any{"http://127.0.0.1:8080/", "http://127.0.0.1:8080/api", "http://[::1]:8080/"}, sends("sound-request")},
		keyed{"profile", ecsFile, []any{"ecs", "ess", "kms"}, judges("version-missing", xmlRefused(400, "Other", "No."))},
		keyed{"style", bothFile, []any{"rpc", "roa", "acs3"}, sends("sound-request")},
		keyed{"credentials.default.access_key_id", ecsFile, []any{"one", "two"}, sends("sound-request")},
		keyed{"credentials.default.access_key_secret", ecsFile, []any{"one", "two"}, sends("sound-request")},
		keyed{"credentials.default.security_token", ecsFile, []any{left, "one", "two"}, sends("sound-request")},
		keyed{"recipes.0.code", recipe, []any{"ServiceUnavailable", "InternalError"}, judges("row-", xmlRefused(500, "InternalError", "The request processing has failed due to some unknown error, exception or failure."))},
		keyed{"recipes.0.status", recipe, []any{left, 500}, judges("row-", xmlRefused(500, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."))},
		keyed{"recipes.0.message", sameCode, []any{method, version}, judges("row-", signatureVersion)},
		keyed{"idempotency.token_param", idempotency, []any{"ClientToken", "Token"}, sends("client-token")},
		keyed{"idempotency.slow_params.Slow", idempotency, []any{left, "true", "yes"}, sends("client-token-in-progress")},
		keyed{"operations", productTarget, []any{left, "read"}, sends("operation-")},
		keyed{"operations_values.ShelfName", with(productTarget, func() tree { return tree{"operations": "read"} }), []any{left, "one", "two"}, sends("operation-list-books")},
		keyed{"window", gatewayFile, []any{left, "5m", "1h"}, sends("timestamp")},
		keyed{"limits.throttle.requests", throttle, []any{5, 50}, sends("throttled-burst")},
		keyed{"limits.throttle.per", throttle, []any{"1s", "1m"}, judges("throttled-burst", xmlServed("DescribeRegionsResponse"))},
		keyed{"headers.X-Route", ecsFile, []any{left, "one", "two"}, sends("sound-request")},
		keyed{"headers.x-acs-route", ecsInACS3, []any{left, "one", "two"}, sends("sound-request")},
		keyed{"tls.ca", privateFile, []any{left, "ca.pem"}, reached},
		keyed{"tls.cert", privateFile, []any{left, "one.pem", "two.pem"}, reached},
		keyed{"tls.key", privateFile, []any{left, "key.pem", "another-key.pem"}, reached},
		keyed{"tls.server_name", privateFile, []any{left, "private.example.test"}, reached},
		keyed{"resolve.0", resolvedFile, []any{"127.0.0.1", "127.0.0.1:1"}, reached},
		keyed{"resolve.1", resolvedFile, []any{"127.0.0.2", "127.0.0.3"}, sends("nonce-used-again-at-another-address")},
		keyed{"signature_methods.0", methodsFile, []any{"HMAC-MD5", "ACS3-HMAC-MD5"}, sends("signature-method-md5")},
		keyed{"limits.concurrency", ecsFile, []any{1, 4}, paced},
		keyed{"limits.rate", ecsFile, []any{left, 1, 0.5}, paced},
		keyed{"limits.timeout", ecsFile, []any{"2s", "1m"}, paced},
		keyed{"skip.0.case", skip, []any{"version-missing", "version-empty"}, sends("version-")},
		keyed{"skip.0.reason", skip, []any{"shared", "broken"}, sends("version-")},
		keyed{"skip.0.until", skip, []any{left, "2026-11-22"}, sends("version-")},
		keyed{"product.name", ecsFile, []any{left, "one"}, states},
		keyed{"product.version", productFile, []any{left, "1.0"}, states},
		keyed{"product.build", productFile, []any{left, "gitCommit:" + strings.Repeat("a", 40)}, states},
		keyed{"not_applicable.0.code", inapplicable, []any{"ServiceUnavailable", "InternalError"}, states},
		keyed{"not_applicable.0.status", inapplicable2, []any{400, 403}, states},
		keyed{"not_applicable.0.message", inapplicable2, []any{method, version}, states},
		keyed{"not_applicable.0.reason", inapplicable, []any{"never", "not yet"}, states},
	))
}

func bothFile() tree {
	return merged(ecsFile(), tree{"profile": "gateway", "request": tree{"action": "DescribeApis", "method": "GET", "path": "/apis", "version": "2016-07-14"}})
}

func ecsInACS3() tree { return merged(ecsFile(), tree{"style": "acs3"}) }

func gatewayFile() tree { return merged(ecsFile(), tree{"profile": "gateway"}) }

func productFile() tree { return merged(ecsFile(), tree{"product": tree{"name": "one"}}) }
