package mutants

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// strangerMutants are what wrong servers by other hands did.
func strangerMutants() []vary.Variant {
	return slices.Concat(methodMutants(), actionMutants(), packedMutants(), burstMutants())
}

// methodMutants answer methods that are of HTTP alone as no server should.
func methodMutants() []vary.Variant {
	by := func(name, says, method string, edit func(*server.Sent)) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-1", Description: says, Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if c.Method == method {
				edit(out)
			}
		})}
	}
	options := func(status int) vary.Change {
		return page(status, func(c *server.Call, _ *server.Sent) bool { return c.Method == http.MethodOptions })
	}
	return []vary.Variant{
		by("head-redirected", "redirects HEAD", http.MethodHead, func(out *server.Sent) {
			out.Status = http.StatusFound
			out.Header.Set("Location", "/login")
		}),
		by("head-with-a-body", "sends a body in answer to HEAD", http.MethodHead, func(out *server.Sent) { out.HeadBody = true }),
		{Name: "page-for-options", Clause: "ROBUST-1", Description: "has a page for OPTIONS", Apply: options(http.StatusOK)},
		{Name: "page-against-options", Clause: "ROBUST-1", Description: "refuses OPTIONS with a page", Apply: options(http.StatusMethodNotAllowed)},
		by("options-refused-without-a-word", "refuses OPTIONS with a status and nothing else", http.MethodOptions, func(out *server.Sent) {
			out.Status, out.Body = http.StatusMethodNotAllowed, nil
		}),
	}
}

// actionMutants do not hold the Action against the signature.
func actionMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "action-of-any-signature", Clause: "SIGN-2", Profiles: vary.BothKMS, Styles: vary.ByAction, Description: "takes the signature of a call for that of any other action",
			Apply: verifies(func(s *server.Server, c *server.Call, signature string) bool {
				return slices.ContainsFunc(s.Service.Actions, func(a server.Action) bool {
					of := c.Copy()
					for _, params := range [][]sign.Param{of.Query, of.Form} {
						for i := range params {
							if params[i].Name == "Action" {
								params[i].Value = a.Name
							}
						}
					}
					if of.Style == schemas.ACS3 {
						of.Header.Set("X-Acs-Action", a.Name)
					}
					return signature == of.Signature(of.Method, of.Params())
				})
			})},
		{Name: "action-signed-or-not", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "takes a signature with the Action or without it", Apply: verifies(without("Action"))},
		mistakes("query-signed-as-it-came", "signs the query in the order in which it came", vary.ROAOnly, func(c *server.Call) bool {
			return !slices.IsSortedFunc(c.Query, func(a, b sign.Param) int { return cmp.Compare(a.Name, b.Name) })
		}),
		mistakes("lists-signed-as-they-came", "signs the items of a list in the query in the order in which they came", vary.ROAOnly, func(c *server.Call) bool {
			items := slices.DeleteFunc(slices.Clone(c.Query), func(p sign.Param) bool { return !strings.Contains(p.Name, ".") })
			return !slices.IsSortedFunc(items, func(a, b sign.Param) int { return cmp.Compare(a.Name, b.Name) })
		}),
	}
}

// packedMutants pack errors for clients that did not say that they can unpack them.
func packedMutants() []vary.Variant {
	// A refusal that cannot be read is none to those who count refusals.
	counted := []string{"ROBUST-1", "NONCE-2", "THROTTLE-1", "IDEMPOTENT-1"}
	packs := func(name, says string, each int64) vary.Variant {
		return vary.Variant{Name: name, Clause: "ERROR-1", Also: counted, Description: says, Apply: func(s *server.Server) {
			var errors atomic.Int64
			vary.Writes(func(c *server.Call, out *server.Sent) {
				if out.Reply.Fault != nil && c.Header.Get("Accept-Encoding") == "" && errors.Add(1)%each == 0 {
					pack(out)
				}
			})(s)
		}}
	}
	return []vary.Variant{
		packs("errors-packed-unasked", "packs its errors, whether the client can unpack them or not", 1),
		packs("half-of-errors-packed-unasked", "packs every other error, whether the client can unpack it or not", 2),
		{Name: "unknown-key-packed-unasked", Clause: "ERROR-1", Also: counted[:1], Description: "packs what it has to say of an unknown key, whether the client can unpack it or not",
			Apply: vary.WritesRefusals("", func(c *server.Call, out *server.Sent) {
				if c.Header.Get("Accept-Encoding") == "" {
					pack(out)
				}
			})},
	}
}

func pack(out *server.Sent) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(out.Body); err != nil || w.Close() != nil {
		return
	}
	out.Body = b.Bytes()
	out.Header.Set("Content-Encoding", "gzip")
}

// crowd is how many calls have to be under way at once for a server that is wrong in a burst alone. A run has fewer, but for
// its bursts.
const crowd = 20

// burstMutants are wrong where many calls are served at the same time, as one is that keeps what is of a call for all of them.
func burstMutants() []vary.Variant {
	burst := func(name, clause, says string, edit func(*server.Call, *server.Reply)) vary.Variant {
		return vary.Variant{Name: name, Clause: clause, Many: true, Profiles: vary.WithXML, Description: says, Apply: inACrowd(edit)}
	}
	turned := func(from schemas.Format) func(*server.Call, *server.Reply) {
		return func(c *server.Call, r *server.Reply) {
			if r.Format == from && c.Value("Format") == string(from) {
				r.Format = other(from)
			}
		}
	}
	return []vary.Variant{
		burst("another-root-in-a-burst", "SUCCESS-3", "names the root of a success after another action where it serves twenty calls at once", func(_ *server.Call, r *server.Reply) { r.Root = "DescribeOthersResponse" }),
		burst("json-in-a-burst", "FORMAT-3", "answers JSON in place of XML where it serves twenty calls at once", turned(schemas.XML)),
		burst("xml-in-a-burst", "FORMAT-2", "answers XML in place of JSON where it serves twenty calls at once", turned(schemas.JSON)),
	}
}

// inACrowd changes successes of a server that has a crowd of calls to serve. It takes a while for each, so that calls that come
// together are under way together.
func inACrowd(edit func(*server.Call, *server.Reply)) vary.Change {
	return func(s *server.Server) {
		var calls atomic.Int64
		s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
			calls.Add(1)
			time.Sleep(5 * time.Millisecond)
			return c
		})
		s.OnReply = append(s.OnReply, func(c *server.Call, r *server.Reply) {
			if calls.Load() >= crowd && r.Fault == nil {
				edit(c, r)
			}
			time.Sleep(5 * time.Millisecond) // the others of the crowd are still to be answered
			calls.Add(-1)
		})
	}
}
