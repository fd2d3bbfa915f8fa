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
// It is the only package besides the command that knows Ginkgo and Gomega. It decides nothing: a spec tells the verdict on
// its case in Ginkgo's words. Sending and judging go on below, at their own pace.
//
// What is exported here is promised: it changes only with a major version.
package specs
