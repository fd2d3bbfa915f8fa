package main

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/suites"
)

// privateFile names certificates of a private cloud, from the folder that reached makes.
func privateFile() tree {
	return merged(ecsFile(), tree{"tls": tree{"ca": "ca.pem", "cert": "one.pem", "key": "key.pem"}})
}

func resolvedFile() tree {
	return merged(privateFile(), tree{"url": "http://balanced.example.test/", "resolve": []any{"127.0.0.1", "127.0.0.2"}, "tls": tree{}})
}

func methodsFile() tree {
	return merged(ecsFile(), tree{"signature_methods": []any{"HMAC-MD5"}})
}

// reached shows what a private cloud sees of a client that meets it, and what the client is told.
func reached(t *testing.T, doc tree) string {
	c := newPrivateCloud(t, "ecs")
	where := map[string]string{}
	url := c.url + "/"
	if strings.HasPrefix(doc["url"].(string), "http://balanced") {
		url = "https://private.example.test:" + c.url[strings.LastIndex(c.url, ":")+1:] + "/"
		doc["tls"] = privateFile()["tls"]
	}
	doc["url"] = url
	for key, file := range doc["tls"].(tree) {
		if text := file.(string); strings.HasSuffix(text, ".pem") {
			where[filepath.Join(c.dir, text)] = key
			doc["tls"].(tree)[key] = filepath.Join(c.dir, text)
		}
	}
	plain := func(text string) string {
		for path := range maps.Keys(where) {
			text = strings.ReplaceAll(text, path, filepath.Base(path))
		}
		return strings.ReplaceAll(text, c.url[strings.LastIndex(c.url, ":"):], "")
	}
	target, err := targetfile.Load(treeFile(t, "target.yaml", doc), func(string) string { return "" })
	if err != nil {
		_, text, _ := strings.Cut(err.Error(), "target.yaml")
		return plain(text)
	}
	p, err := fixtures.Profile(target.Profile)
	if err != nil {
		t.Fatal(err)
	}
	_, err = runner.Open(context.Background(), suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: target}, runner.Options{})
	c.mu.Lock()
	defer c.mu.Unlock()
	return plain(fmt.Sprint(c.clients, c.names, err))
}
