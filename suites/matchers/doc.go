// Package matchers has Gomega matchers for one answer of a server, judged by the rules of the book:
//
//	res, err := http.Get(srv.URL + "/?Action=DescribeRegions")
//	Expect(err).NotTo(HaveOccurred())
//	Expect(res).To(matchers.BeErrorEnvelope("ecs", "MissingParameter"))
//	Expect(res).To(matchers.HaveRequestID())
//
// Each takes a *[net/http.Response], an *[net/http/httptest.ResponseRecorder], or a *[schemas.Exchange]. The body of a
// response is read up to 1 MiB and put back: it can be read afterwards as if nobody had looked at it, and a further matcher
// sees the same bytes whether or not it was.
//
// # Which profile
//
// A rule is one of a profile, a service's response document as data. An exchange that the suite made names its own, so that
// [Keep] needs none; a response does not, so the matchers of envelopes take it first. Where several expectations share one,
// name it once: [For] returns a [Profile] with the same matchers, and is the way to a profile file of one's own.
//
//	var ecs = matchers.For("ecs") // or For("./my-service.yaml")
//	Expect(res).To(ecs.BeErrorEnvelope("MissingParameter"))
//	Expect(res).To(ecs.Keep("ERROR-1"))
//
// The profile is no second argument of Keep, because an optional one would be forgotten where it is needed, and would be
// free to contradict the exchange where it is not.
//
// # What was asked
//
// Most clauses concern every answer. Others concern only answers to requests in which one thing was wrong, and a response
// alone does not show what: [Profile.Given] states the condition. A nonce that is sent twice is refused:
//
//	Expect(second).To(ecs.Given("nonce-reused").Keep("NONCE-1"))
//
// # What is met, failed and an error
//
// An expectation is met where the judge found nothing as grave as the clause. What a run only warns of does not fail it.
// The message of a failure is what the suite itself reports, in at most 15 lines. A clause that the judge did not look at
// is not kept: the matcher returns an error, which fails Expect(x).To and Expect(x).NotTo alike, and says why. So does
// everything that is used in a wrong way: an unknown profile, clause or condition, a value of another type.
//
// A matcher judges one answer. What it takes several to tell (unique request ids, one of several simultaneous requests is
// served) is left to a run: package suites/specs shows one as Ginkgo specs.
//
// Importers of package runner inherit no Gomega: nothing imports this package. What is exported here is promised: it
// changes only with a major version.
package matchers
