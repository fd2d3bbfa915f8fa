package suites

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// observedCodes counts the codes of a run that are in no table of a profile whose codes are observed and not published.
// Nothing is held against them.
func observedCodes(all []*Observation) string {
	counts := map[string]int{}
	for _, e := range all {
		if len(e.Profile.Observed) > 0 && e.failed() && e.Code != "" && e.Row == nil {
			counts[short(e.Code)]++
		}
	}
	if len(counts) == 0 {
		return ""
	}
	codes := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	var words []string
	for _, code := range codes[:min(len(codes), 12)] {
		words = append(words, fmt.Sprintf("%s %d", code, counts[code]))
	}
	if more := len(codes) - len(words); more > 0 {
		words = append(words, fmt.Sprintf("%d more", more))
	}
	return "observed, in no published table: " + strings.Join(words, ", ")
}
