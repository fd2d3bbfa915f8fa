// Package runner tests servers: it reads the target file, sends the plan, and keeps what came back.
//
//	profile, target file                captured traffic: HAR, logs, transcripts, proxy
//	       │                                       │
//	       ▼                                       ▼
//	     Plan  ─────▶  Execute  ─exchanges─▶     Judge  ─────▶  Report
//	     suites        runner                    suites         runner/report
//	     the cases     the only network          the rules      terminal, HTML, JSON,
//	     that apply                              (pure)         JUnit, Markdown
//
// # In a Go test
//
//	func TestConvention(t *testing.T) {
//		runner.Test(t, runner.Target{URL: srv.URL, Profile: "ecs", Key: schemas.Credential{AccessKeyID: "testid", AccessKeySecret: "testsecret"}})
//	}
//
// [Test] makes every case a subtest. A [Target] with a Handler in place of a URL is tested in this process, without a
// network, and one with a Config takes all else from a target file. [Target.Conform] returns the whole verdict to any program
// that is no test, and package suites/specs makes Ginkgo specs of the same Target. All may be called as often as one likes
// in one process, also at the same time. Package suites/matchers judges one answer that a test got by itself, with Gomega.
//
// Without a network the connections are in memory: requests go over them byte by byte as over a socket, with half-closes,
// deadlines, raw requests, and over TLS with HTTP/2. Resets and what a kernel or a proxy does cannot be shown so. Behind a
// Handler stands an ordinary http.Server, which answers a few malformed requests by itself, in plain text, before any
// handler sees them, and whose cases fail in memory as they do over a socket. A list of known failures is for them, or a
// server of one's own in Serve.
//
// # By hand
//
// [Open] meets a target and returns a [Session], which plans, sends and judges; [Test] and the command are made of it. A
// [Redactor] takes secrets out of what is shown.
//
// It is the only package with a network and the only one with concurrency. It knows nothing of what is right: the
// book in package suites makes every request and judges every answer. Targets are not trusted: whatever one does,
// every request ends within its deadline, and memory stays bounded.
//
// # What is promised
//
// What is exported by this package, suites/specs, suites/matchers, fixtures and runner/reference, Plan, Planned, Brief and
// Judged of package suites, and the types of the target file and of the report in package schemas change only with a major
// version; so do the target file, report.json and the exit codes of the
// command. New names, new fields and new cases come with minor ones: name the fields in composite literals, and expect a
// new version of the suite to find more. Nothing is promised of other packages. The folder .api lists what is.
package runner
