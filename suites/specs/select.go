package specs

import (
	"errors"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/acsconform/acsconform/suites"
)

// Select returns the planned cases whose labels a filter asks for, in Ginkgo's own grammar ("NONCE-1 && !XML",
// "/^nonce/"). An empty filter returns all of them.
func Select(planned []*suites.Planned, labelFilter string) ([]*suites.Planned, error) {
	if strings.TrimSpace(labelFilter) == "" {
		return planned, nil
	}
	matches, err := types.ParseLabelFilter(labelFilter)
	if err != nil {
		return nil, fmt.Errorf("label filter %q: %s", labelFilter, reason(err))
	}
	var selected []*suites.Planned
	for _, p := range planned {
		if matches(labels(p)) {
			selected = append(selected, p)
		}
	}
	return selected, nil
}

// reason is the line of Ginkgo's error that says what is wrong.
func reason(err error) string {
	var g types.GinkgoError
	if errors.As(err, &g) {
		lines := strings.Split(strings.TrimSpace(g.Message), "\n")
		return lines[len(lines)-1]
	}
	return err.Error()
}
