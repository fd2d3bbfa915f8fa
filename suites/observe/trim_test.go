package observe

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// What is kept of a judged answer does not grow with the answer, however it is spelled.
func TestTrimBoundsAllThatIsKept(t *testing.T) {
	long := strings.Repeat("m", 1<<20)
	for name, text := range map[string]string{
		"a name":             `{"Code":"C","` + long + `":"v"}`,
		"a name twice":       `{"Code":"C","` + long + `":"v","` + long + `":"v"}`,
		"a text":             `{"Code":"C","Message":"` + long + `"}`,
		"members":            `{"Code":"C"` + strings.Repeat(`,"`+long[:8000]+`":"`+long[:8000]+`"`, 60) + `}`,
		"a name in XML":      `<?xml version="1.0" encoding="UTF-8"?><Error><Code>C</Code><` + long + `>v</` + long + `></Error>`,
		"one that is broken": `{"Code":"C","` + long + `":"v"`,
	} {
		for _, fault := range []*schemas.Fault{nil, {Kind: schemas.FaultCut}} {
			v := Open(&schemas.Exchange{Response: &schemas.Response{Body: schemas.Body(text)}, Fault: fault}, nil)
			v.Trim(64, 4<<10, func(name string) bool { return name == "Code" || name == "Message" })
			e := v.opened
			if fault != nil {
				e = v.begun
			}
			held := 0
			for _, m := range e.Members {
				held += len(m.Name) + len(m.Text)
			}
			for _, f := range e.Faults {
				held += len(f.Member) + len(f.Text)
			}
			if held > 32<<10 {
				t.Errorf("%s: %d bytes are kept", name, held)
			}
			if e.Text("Code") != "C" && name != "one that is broken" {
				t.Errorf("%s: the Code became %q", name, e.Text("Code"))
			}
		}
	}
}
