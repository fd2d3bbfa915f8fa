package oddities

import "github.com/acsconform/acsconform/runner/reference/internal/vary"

// loadOddities take what comes at their own pace. They are fast, so that a self-test is; slower ones are tried with a
// clock of their own.
func loadOddities() []vary.Variant {
	limits := func(name, says string, l vary.Limit) vary.Variant {
		return vary.Variant{Name: name, Description: says, Apply: l.Apply}
	}
	return []vary.Variant{
		limits("limits-all-calls-by-code", "takes 400 calls a second and refuses more with 400 Throttling",
			vary.Limit{PerSecond: 400, Burst: 10, Status: 400, Code: "Throttling"}),
		limits("limits-all-calls-by-429", "takes 400 calls a second and refuses more with 429, and says when to come back",
			vary.Limit{PerSecond: 400, Burst: 10, Status: 429, Code: "Throttling.User", Hint: vary.HintMilliseconds}),
		limits("limits-all-calls-by-503", "takes 400 calls a second and refuses more with 503, without a word about when to come back",
			vary.Limit{PerSecond: 400, Burst: 10, Status: 503, Code: "ServiceUnavailable"}),
		limits("limits-each-key", "takes 300 calls in each second of every key and refuses more with 503, and says when to come back",
			vary.Limit{PerSecond: 300, Window: vary.Fixed, PerKey: true, Status: 503, Code: "ServiceUnavailable", Hint: vary.HintSeconds}),
		limits("limits-after-the-nonce", "takes 400 calls a second, and uses up the nonce of a call that it refuses",
			vary.Limit{PerSecond: 400, Burst: 10, After: true, Status: 400, Code: "Throttling.Api"}),
	}
}
