package sdks

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// The test's own program is in for conform-sdk: what it does is told by its environment.
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
	case "nobody":
		_ = Serve(os.Stdin, os.Stdout, nil, func(Question) []schemas.Reading { return nil })
	case "babbles":
		os.Stdout.WriteString("hello\n")
	case "endless-hello":
		endless("")
	case "endless-answer":
		endless(`{"protocol":"` + protocol + `","sdks":[]}` + "\n[")
	case "many-answers":
		os.Stdout.WriteString(`{"protocol":"` + protocol + `","sdks":[]}` + "\n[{}" + strings.Repeat(",{}", 1<<20) + "]\n")
		_, _ = io.Copy(io.Discard, os.Stdin)
	case "silent":
		os.Stdout.WriteString(`{"protocol":"` + protocol + `","sdks":[]}` + "\n")
		time.Sleep(time.Hour) // where nothing at all waits, the program ends as a deadlock
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

// endless writes a beginning, and then a line without an end.
func endless(head string) {
	_, err := os.Stdout.WriteString(head)
	for more := []byte(strings.Repeat("x", 1<<16)); err == nil; {
		_, err = os.Stdout.Write(more)
	}
}

// An SDK need not suit the style of an answer.
func TestNoReadingIsAnAnswer(t *testing.T) {
	p, err := start(t, "nobody")
	if err != nil {
		t.Fatal(err)
	}
	if r := p.Read(answer("{}")); len(r) != 0 {
		t.Errorf("got %v, want none", r)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

// What the program says is bounded, in length, in number and in time.
func TestTheProgramIsNotHeardForEver(t *testing.T) {
	if _, err := start(t, "endless-hello"); err == nil {
		t.Error("it was heard to the end of an endless greeting")
	}
	for how, want := range map[string]error{"endless-answer": errLong, "many-answers": errMany, "silent": errSlow} {
		p, err := start(t, how)
		if err != nil {
			t.Fatal(err)
		}
		if how == "silent" {
			p.wait = time.Millisecond
		}
		for range 2 {
			if r := p.Read(answer("{}")); len(r) != 0 {
				t.Errorf("%s: got %d readings", how, len(r))
			}
		}
		if err := p.Close(); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", how, err, want)
		}
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
