package report

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

func codesOf(states ...string) *schemas.Run {
	run := &schemas.Run{}
	for i, state := range states {
		run.Codes = append(run.Codes, schemas.CodeState{Code: fmt.Sprintf("Code%d", i+1), Status: schemas.Exactly(500 - 100*(i%2)), State: state})
	}
	return run
}

func TestTilesAreByStatus(t *testing.T) {
	lines := tiles(codesOf(schemas.CodeAnswered, schemas.CodeSeen, schemas.Unexercised), "ecs-rpc")
	want := "[{400 [{ecs-rpc-code-2 Code2 seen warned ~}] 0} {500 [{ecs-rpc-code-1 Code1 answered kept ✓} {ecs-rpc-code-3 Code3 unexercised not-judged ·}] 0}]"
	if got := fmt.Sprint(lines); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A table of thousands of rows, as products publish them, has tiles for what came back, and the number of the others.
func TestALongTableHasFewTiles(t *testing.T) {
	states := make([]string, mostTiles+1)
	for i := range states {
		states[i] = schemas.Unexercised
	}
	states[2] = schemas.CodeAnswered
	lines := tiles(codesOf(states...), "a")
	if len(lines) != 2 || len(lines[0].Tiles) != 0 || len(lines[1].Tiles) != 1 || lines[0].More+lines[1].More != mostTiles {
		t.Errorf("%+v", lines)
	}
}

// Where the links of tiles lead to is there, as a test of all links has it.
func TestThePageHasTiles(t *testing.T) {
	if n := len(regexp.MustCompile(`<a href="#[a-z0-9-]+-code-\d+" class="h-[a-z-]+"`).FindAllString(htmlOf(t), -1)); n < 2 {
		t.Errorf("%d tiles, want one for each row", n)
	}
}
