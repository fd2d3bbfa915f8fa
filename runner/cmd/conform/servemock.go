package main

import (
	"fmt"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/schemas"
)

// profiles finds those that are named, and makes those of metadata.
func (c *serveCommand) profiles() ([]*schemas.Profile, error) {
	var list []*schemas.Profile
	if len(c.Profile) > 0 {
		named, err := profilesNamed(c.Profile)
		if err != nil {
			return nil, err
		}
		list = named
	}
	base, err := fixtures.Profile(fixtures.Observed)
	if err != nil {
		return nil, err
	}
	for _, path := range c.FromMetadata {
		product, err := readMetadata(path)
		if err != nil {
			return nil, wrong("--from-metadata %s: %s", path, err)
		}
		list = append(list, product.Over(base))
	}
	if len(list) == 0 {
		return nil, wrong("nothing says what to answer; name a profile by --profile (%s, or the path of a YAML file), or published API metadata by --from-metadata", strings.Join(fixtures.AllNames(), ", "))
	}
	seen := map[string]bool{}
	for _, p := range list {
		if seen[p.Name] {
			return nil, wrong("%s is named twice; leave one out", p.Name)
		}
		seen[p.Name] = true
	}
	return list, nil
}

// mock serves products until it is interrupted.
func (c *serveCommand) mock(w *env, profiles []*schemas.Profile, options []reference.Option) error {
	ctx, stop := interruptible()
	defer stop()
	var logging sync.Mutex
	m := mock.New(profiles, func(line string) {
		logging.Lock()
		defer logging.Unlock()
		_, _ = fmt.Fprintln(w.err, line)
	}, options...)
	l, err := m.Start(c.Listen)
	if err != nil {
		return wrong("--listen: %s", err)
	}
	defer func() { _ = l.Close() }()
	test, err := c.howToTest(l.URL(), profiles[0], m.Target(l.URL()))
	if err != nil {
		return err
	}
	names := make([]string, len(profiles))
	for i, p := range profiles {
		names[i] = p.Name
	}
	key := m.Target(l.URL()).Credentials[schemas.DefaultKey]
	w.printf("mock of %s on %s%s\n", text.List(names, "and"), l.URL(), test)
	if sampled, all := m.Sampled(); all > 0 {
		w.printf("%d of %s answer their published sample, the others the least form of their type; nothing is kept from call to call\n", sampled, text.Count(all, "operation"))
	}
	w.printf("ALIBABA_CLOUD_ACCESS_KEY_ID=%s ALIBABA_CLOUD_ACCESS_KEY_SECRET=%s\n", key.AccessKeyID, key.AccessKeySecret)
	<-ctx.Done()
	return nil
}
