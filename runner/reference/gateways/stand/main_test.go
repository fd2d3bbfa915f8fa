package main

import (
	"errors"
	"os/exec"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

func TestTheCommandIsGivenTheTargetFileAndGivesItsExitCode(t *testing.T) {
	target := &schemas.Target{URL: "http://127.0.0.1:1", Profile: "ecs"}
	err := run(target, []string{"sh", "-c", `grep -q '"url":"http://127.0.0.1:1"' @TARGET@ || exit 4; exit 3`})
	ended := (*exec.ExitError)(nil)
	if !errors.As(err, &ended) || ended.ExitCode() != 3 {
		t.Errorf("run = %v, want the exit code 3", err)
	}
	if err := run(target, []string{"true"}); err != nil {
		t.Errorf("run = %v, want nothing", err)
	}
}

func TestWhatThereIsNotIsSaid(t *testing.T) {
	for _, words := range [][2]string{{"no-such-gateway", "ecs"}, {"nginx", "no-such-profile"}} {
		if err := stand(words[0], "default", words[1], nil); err == nil || errors.As(err, new(*exec.ExitError)) {
			t.Errorf("stand(%q) = %v, want an error that is no exit code", words, err)
		}
	}
}
