package doctor

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// refusedKeys are the keys that are there to be refused.
var refusedKeys = []string{schemas.InactiveKey, schemas.ExpiredKey, schemas.MismatchedKey}

// keys tries each key of the target file that the request is not sent by.
func (e *examination) keys(ctx context.Context) {
	own := cmp.Or(e.brief.Target.Request.Credentials, schemas.DefaultKey)
	for _, name := range slices.Sorted(maps.Keys(e.brief.Target.Credentials)) {
		if name == own || ctx.Err() != nil {
			continue
		}
		b := e.brief.Complete()
		t := *b.Target
		t.Request.Credentials = name
		b.Target = &t
		err := e.served(ctx, b)
		toBeRefused := slices.Contains(refusedKeys, name)
		switch {
		case err == nil && toBeRefused:
			e.add(Warning, "key "+name, "the sound request is served, and this key is there to be refused; name one that is %s", strings.ReplaceAll(name, "sts_", ""))
		case err == nil:
			e.add(Fine, "key "+name, "the sound request is served")
		case toBeRefused:
			e.add(Fine, "key "+name, "the sound request is refused, as it has to be")
		default:
			e.add(Warning, "key "+name, "%s is not served as %s is, so check credentials.%s: %s", name, own, name, err)
		}
	}
}
