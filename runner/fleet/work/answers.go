package work

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// answers is what is kept of the answers to a run, whether its cases passed or not: request ids, and what the target calls itself.
type answers struct {
	mu    sync.Mutex
	ids   []uint64
	names map[string]*named
}

// named counts a name. Secrets are taken out of it once.
type named struct {
	clean string
	count int
}

// add takes the exchange of a case.
func (a *answers) add(x *schemas.Exchange, clean func(string) string) {
	if x.Response == nil {
		return
	}
	name, id := x.Response.Header.Get("Server"), idOf(x)
	a.mu.Lock()
	defer a.mu.Unlock()
	if id != "" {
		sum := sha256.Sum256([]byte(strings.ToLower(id)))
		a.ids = append(a.ids, binary.BigEndian.Uint64(sum[:]))
	}
	if name == "" {
		return
	}
	n := a.names[name]
	if n == nil {
		if a.names == nil {
			a.names = map[string]*named{}
		}
		if len(a.names) >= maxNames {
			return
		}
		n = &named{clean: clip(clean(name))}
		a.names[name] = n
	}
	n.count++
}

// maxNames is how many names of one target are told apart.
const maxNames = 100

// server returns what the target calls itself most often.
func (a *answers) server() string {
	best := &named{}
	for _, n := range a.names {
		if n.count > best.count || n.count == best.count && n.clean < best.clean {
			best = n
		}
	}
	return best.clean
}

// sorted returns the request ids that the server made as sorted hashes of eight bytes.
func (a *answers) sorted() []byte {
	slices.Sort(a.ids)
	ids := slices.Compact(a.ids) // within a run the run itself judges
	out := make([]byte, 0, 8*len(ids))
	for _, id := range ids {
		out = binary.BigEndian.AppendUint64(out, id)
	}
	return out
}

// shortestID is how long an id is at least that cannot come twice by chance.
const shortestID = 16

// idOf returns the request id of an answer; none where the request offered it, or it is short.
func idOf(x *schemas.Exchange) string {
	if x.Response == nil || x.Response.Truncated {
		return ""
	}
	e := body.Open(x.Response.Body)
	if e == nil {
		return ""
	}
	id := cmp.Or(e.Text("RequestId"), e.Text("requestId"))
	offered := len(id) < shortestID || strings.Contains(x.Request.URL, id) || strings.Contains(string(x.Request.Body), id)
	for _, h := range x.Request.Header {
		offered = offered || strings.Contains(h.Value, id)
	}
	if offered {
		return ""
	}
	return id
}
