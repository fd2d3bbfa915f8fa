package sdks

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// The test's own program stands in for conform-sdk: what it does is told by its environment.
const acts = "ACSCONFORM_TEST_SDKS"

func TestMain(m *testing.M) {
	known := []schemas.SDK{{Name: "an-sdk", Version: "v1"}}
	read := func(q Question) []schemas.Reading {
		return []schemas.Reading{{SDK: "an-sdk", Status: q.Response.Status, Message: string(q.Response.Body), Code: string(q.Style) + string(q.Format)}}
	}
	switch os.Getenv(acts) {
	case "well":
		if Serve(os.Stdin, os.Stdout, known, read) != nil {
			os.Exit(1)
		}
	case "dies":
		_ = Serve(os.Stdin, os.Stdout, known, func(Question) []schemas.Reading { os.Exit(7); return nil })
	case "babbles":
		os.Stdout.WriteString("hello\n")
	default:
		os.Exit(m.Run())
	}
}

func start(t *testing.T, how string) (*Process, error) {
	t.Helper()
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(acts, how)
	return Start(t.Context(), own)
}

func answer(body string) *schemas.Exchange {
	return &schemas.Exchange{
		Intent:   schemas.Intent{Style: schemas.RPC, Format: schemas.JSON},
		Response: &schemas.Response{Status: 400, Body: schemas.Body(body)},
	}
}

func TestEveryQuestionGetsItsOwnAnswer(t *testing.T) {
	p, err := start(t, "well")
	if err != nil {
		t.Fatal(err)
	}
	if asked := p.Asked(); len(asked) != 1 || asked[0].Name != "an-sdk" {
		t.Errorf("it knows %v", asked)
	}
	var all sync.WaitGroup
	for _, body := range []string{"", "{}", "line\nline", "\xff\x00", strings.Repeat("x", 1<<18)} {
		for range 4 {
			all.Go(func() {
				r := p.Read(answer(body))
				if len(r) != 1 || r[0].Status != 400 || r[0].Code != "rpcJSON" || body != "\xff\x00" && r[0].Message != body {
					t.Errorf("%.20q: got %.200v", body, r)
				}
			})
		}
	}
	all.Wait()
	if r := p.Read(&schemas.Exchange{}); r != nil {
		t.Errorf("no answer was read as %v", r)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

func TestABrokenConversationIsTold(t *testing.T) {
	p, err := start(t, "dies")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if r := p.Read(answer("{}")); len(r) != 0 {
			t.Errorf("got %v", r)
		}
	}
	if err := p.Close(); err == nil || !strings.Contains(err.Error(), "conform-sdk ended") {
		t.Errorf("got %v, want that it ended", err)
	}
	if _, err := start(t, "babbles"); err == nil || !strings.Contains(err.Error(), "build it from the same version") {
		t.Errorf("got %v, want what to do", err)
	}
}

func TestFindLooksIntoPATH(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in is a shell script")
	}
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	if _, err := Find(); err == nil || !strings.Contains(err.Error(), "make sdk") {
		t.Errorf("got %v, want how to get it", err)
	}
	want := filepath.Join(dir, Program)
	if err := os.WriteFile(want, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if got, err := Find(); err != nil || got != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}
