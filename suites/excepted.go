package suites

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// styleExceptions states why a case is sent in those styles only, where all such cases have the same reason.
var styleExceptions = []struct {
	styles []schemas.Style
	why    string
}{
	{withAction, "style roa names no Action, and need have no parameters in its query"},
	{headerStyles, "style rpc has neither header fields of its own nor a body in JSON"},
	{withMethodParameters, "style acs3 names its method in Authorization, and has no version of it"},
}

// Excepted returns why the case goes in fewer styles, or by fewer methods, than a profile may have; "" for a case that goes
// in all, and for one that states no reason.
func (c *Case) Excepted() string {
	if c.Except != "" {
		return c.Except
	}
	var whys []string
	if len(c.Styles) > 0 {
		at := slices.IndexFunc(styleExceptions, func(x struct {
			styles []schemas.Style
			why    string
		}) bool {
			return slices.Equal(x.styles, c.Styles)
		})
		if at < 0 {
			return ""
		}
		whys = append(whys, styleExceptions[at].why)
	}
	if c.byOneMethod() && c.Base == BaseBody {
		whys = append(whys, "a body goes by POST")
	} else if c.byOneMethod() {
		other := c.byEveryMethod()
		if other == "" {
			return ""
		}
		whys = append(whys, fmt.Sprintf("by one method: %s goes by each for the same clause", other))
	}
	return strings.Join(whys, "; ")
}

// Narrow reports whether the case goes in fewer styles, or by fewer methods, than a profile may have.
func (c *Case) Narrow() bool { return len(c.Styles) > 0 || c.byOneMethod() }

// byOneMethod reports whether the plan sends the case by one method where the profile has several.
func (c *Case) byOneMethod() bool { return c.Spread == Formats || c.Spread == Once }

// byEveryMethod returns a case of the same clause that goes by every method, in each style that this one goes in; "" when
// there is none.
func (c *Case) byEveryMethod() string {
	for _, chapter := range chapters() {
		for i := range chapter.Cases {
			other := &chapter.Cases[i]
			if !other.byOneMethod() && other.Base == BaseSound && sameClause(c, other) && coversStyles(other.Styles, c.Styles) {
				return other.Name.Text
			}
		}
	}
	return ""
}

func coversStyles(wide, narrow []schemas.Style) bool {
	if len(wide) == 0 {
		return true
	}
	return len(narrow) > 0 && !slices.ContainsFunc(narrow, func(s schemas.Style) bool { return !slices.Contains(wide, s) })
}

func sameClause(a, b *Case) bool {
	clauses := b.clauses()
	return slices.ContainsFunc(a.clauses(), func(id string) bool { return slices.Contains(clauses, id) })
}

// clauses lists the clauses that the case may exercise, by profile.
func (c *Case) clauses() []string {
	if c.Clause != "" {
		return []string{c.Clause}
	}
	return infoOf(c.Condition).clauses
}
