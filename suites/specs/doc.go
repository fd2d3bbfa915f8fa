// Package specs shows the book as Ginkgo specs. In a suite of one's own, that is one call:
//
//	var _ = Describe("our service", func() {
//		specs.Declare(runner.Target{Profile: "ecs", Key: key, Late: func(t *runner.Target) { t.URL = srv.URL }})
//	})
//
// There is a container for each chapter, clause and case, and a spec for each planned case, with its clause, level,
// condition, case, format and method as labels: ginkgo --label-filter='NONCE-1 && !XML'. The server may be started in
// BeforeSuite: the tree is built from the plan, and Late returns the URL when the first spec runs. See [Declare] for what
// ginkgo -p and filters do.
//
// The tests of this package are such a suite, for a server that runs elsewhere. From the top of the module:
//
//	TARGET=http://127.0.0.1:8080/ PROFILE=ecs go tool ginkgo -p --label-filter=NONCE-1 ./suites/specs
//	CONFIG=target.yaml go tool ginkgo -p ./suites/specs
//
// The paths in CONFIG and PROFILE are relative to the top of the module. The default key is that of the target file, else
// the one in ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET. An ordinary go test sends nothing.
//
// It is the only package besides the command that knows Ginkgo. It decides nothing: a spec reports the verdict on its case in
// Ginkgo's words. Sending and judging go on below, at their own pace. Package suites/matchers has Gomega matchers for one
// answer that a test got by itself.
//
// What is exported here is promised: it changes only with a major version.
package specs
