package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/acsconform/acsconform/runner/redact"
)

// commandOf returns the command line that tests the job again: in its report a failure adds --case and a name to it. It has
// every flag that changes what is sent or judged, and none of where the report goes.
func (c *runCommand) commandOf(j *job, profile string) string {
	words := []string{"conform", "run"}
	add := func(flag, value string) {
		if value != "" {
			words = append(words, flag, shellWord(value))
		}
	}
	add("--config", j.config)
	add("--target", j.address)
	add("--resolve", j.at)
	add("--profile", profile)
	add("--style", c.Style)
	add("--credentials-profile", c.CredentialsProfile)
	add("--ca", c.CA)
	if c.Timeout > 0 {
		add("--timeout", c.Timeout.String())
	}
	if c.Rate > 0 {
		add("--rate", strconv.FormatFloat(c.Rate, 'g', -1, 64))
	}
	for _, flag := range []struct {
		name string
		on   bool
	}{{"--insecure", c.Insecure}, {"--strict", c.Strict}, {"--sdk", c.SDK}} {
		if flag.on {
			words = append(words, flag.name)
		}
	}
	return redact.New(j.brief.Target).Text(strings.Join(words, " "))
}

// profileWord returns what --profile has to be for a job to be made again: the i-th word of the flag, or the name of a profile
// that was guessed or chosen for want of one. It is empty where the target file names the profile.
func (c *runCommand) profileWord(i int, name, filed string) string {
	switch {
	case i < len(c.Profile):
		return c.Profile[i]
	case filed != "":
		return ""
	}
	return name
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_@%+=:,./-]+$`)

// shellWord quotes a word for the shell where it has to be. Bytes that are no text are spelled as bash, zsh and ksh read them.
func shellWord(word string) string {
	switch {
	case plainWord.MatchString(word):
		return word
	case utf8.ValidString(word):
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	var b strings.Builder
	for len(word) > 0 {
		r, n := utf8.DecodeRuneInString(word)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, word[0])
		case r == '\'' || r == '\\':
			b.WriteString(`\` + word[:n])
		default:
			b.WriteString(word[:n])
		}
		word = word[n:]
	}
	return "$'" + b.String() + "'"
}
