package suites

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/schemas/scan"
)

// Answer is as much of a captured answer as a good one has to be looked at for. Its slices are not kept.
type Answer struct {
	Status      int
	ContentType []byte
	IDHeader    []byte // x-acs-request-id; empty when there is none
	Body        []byte
	Action      []byte         // empty when not known
	Host        []byte         // that the client addressed; empty when not known
	Format      schemas.Format // that was asked for; empty when not known
}

// Fast accepts answers in which [Judge.See] would find nothing, in one pass over the body. What it does not accept may
// be good all the same. It is for one goroutine, and does not allocate once it has met what the traffic is made of.
type Fast struct {
	judge    *Judge
	scanner  scan.Scanner
	envelope scan.Envelope
	id       scan.UUID
	errors   bool // errors of the profile can be told good in one pass
	hostID   bool // an error must carry HostId
	status   bool // an error must carry HttpStatus
	types    []typeSeen
	codes    map[string]*fastCode
}

// What a Fast remembers at most. The traffic chooses it, so it must be bounded.
const (
	maxFastTypes    = 16
	maxFastCodes    = 4096
	maxFastMessages = 1024 // of one code
	maxFastMessage  = 1024 // bytes of one message
)

// NewFast makes what accepts the answers of one profile.
func (j *Judge) NewFast() *Fast {
	f := &Fast{judge: j, codes: map[string]*fastCode{}}
	shape := j.profile.Envelope
	f.hostID = slices.Contains(shape.Mandatory, "HostId") || slices.Contains(shape.Recommended, "HostId")
	f.status = slices.Contains(shape.Mandatory, "HttpStatus")
	numeric := slices.Equal(shape.Numeric, []string{"HttpStatus"})
	f.errors = (numeric || len(shape.Numeric) == 0 && !f.status) && !slices.ContainsFunc(slices.Concat(shape.Mandatory, shape.Recommended), unread)
	if root := shape.ErrorRoot; body.Sniff([]byte("<"+root+">")) == body.NatureXML && root != shape.ToleratedSuccessRoot {
		f.scanner.ErrorRoot = root
	} else if root == shape.ToleratedSuccessRoot && !endsWithResponse([]byte(root)) && body.Sniff([]byte("<"+root+">")) == body.NatureXML {
		f.scanner.ErrorRoot = root // told from a success by its status and Code
	}
	return f
}

// unread reports whether a member of an error is one that one pass does not look for.
func unread(name string) bool {
	return !slices.Contains([]string{"Code", "Message", "RequestId", "HostId", "HttpStatus"}, name)
}

// Accepts reports an answer in which nothing is wrong by itself. The envelope found is that of [Fast.Envelope].
func (f *Fast) Accepts(a *Answer) bool { return f.reads(a) && f.AcceptsRead(a, &f.envelope) }

func (f *Fast) reads(a *Answer) bool {
	switch {
	case len(a.Body) == 0:
		return false
	case a.Body[0] == '{':
		return f.scanner.JSON(a.Body, &f.envelope)
	}
	return f.scanner.XML(a.Body, &f.envelope)
}

// AcceptsRead is Accepts of an answer whose body was read already.
func (f *Fast) AcceptsRead(a *Answer, e *scan.Envelope) bool {
	id := e.RequestID
	if id.Kind != scan.String || !id.Plain {
		return false
	}
	ok := e.IsUUID
	if f.id = e.UUID; !ok {
		f.id, ok = scan.ParseUUID(id.Raw)
	}
	if !ok || len(a.IDHeader) > 0 && !bytes.Equal(a.IDHeader, id.Raw) && !bytes.EqualFold(a.IDHeader, id.Raw) {
		return false
	}
	format := schemas.JSON
	if e.XML {
		format = schemas.XML
	}
	if a.Format != "" && a.Format != format || !slices.Contains(f.judge.profile.Formats, format) || !f.typed(format, a.ContentType) || !f.typesKept(e) {
		return false
	}
	switch {
	case a.Status >= 200 && a.Status < 300:
		return f.success(a, e)
	case a.Status >= 400 && a.Status < 600:
		return f.errors && f.failure(a, e)
	}
	return false
}

// Envelope is what the last call of Accepts found. It points into the body.
func (f *Fast) Envelope() *scan.Envelope { return &f.envelope }

// Learn learns the shape of a body that Accepts took, as it stands in a string; nil where there is none to learn.
func (f *Fast) Learn(raw []byte) *scan.Shape { return f.scanner.LearnShape(raw) }

// RequestID is that of the last answer that was accepted.
func (f *Fast) RequestID() scan.UUID { return f.id }

// typesKept holds the optional members against the types that official SDKs assert.
func (f *Fast) typesKept(e *scan.Envelope) bool {
	if e.XML {
		return true
	}
	is := func(m *scan.Member, k scan.Kind) bool { return m.Kind == scan.None || m.Kind == k }
	return is(&e.AccessDenied, scan.Object) && is(&e.Recommend, scan.String) && is(&e.HostID, scan.String) &&
		is(&e.Code, scan.String) && is(&e.Message, scan.String)
}

// success accepts a 2xx that tells of no failure: a Code that may, and a word about the outcome other than true, are left
// to the full judge.
func (f *Fast) success(a *Answer, e *scan.Envelope) bool {
	if e.HTTPStatus.Kind != scan.None {
		return false
	}
	if c := e.Code; c.Kind != scan.None && (!c.Plain || !isSuccessWord(c.Raw)) {
		return false
	}
	for _, o := range e.Others() {
		if name := string(o.Name); o.Kind != scan.True && isOutcome(name) || mayHint(name) {
			return false
		}
	}
	if !e.XML {
		return true
	}
	if root := f.judge.profile.Envelope.SuccessRoot; root != "" && root != responseRoot || !endsWithResponse(e.Root) || string(e.Root) == f.judge.profile.Envelope.ErrorRoot {
		return false
	}
	return len(a.Action) == 0 || string(e.Root[:len(e.Root)-len("Response")]) == string(a.Action)
}

// failure accepts an error that has all an error must have, by the table where its code is in it.
func (f *Fast) failure(a *Answer, e *scan.Envelope) bool {
	switch {
	case e.XML && (f.judge.profile.Envelope.ErrorRoot == "" || string(e.Root) != f.judge.profile.Envelope.ErrorRoot),
		e.Code.Kind != scan.String || !e.Code.Plain || e.Message.Kind != scan.String,
		isSuccessWord(e.Code.Raw) || !visible(e.Code.Raw),
		f.hostID && e.HostID.Kind != scan.String,
		!f.hosted(a, e) || !f.numbered(a, e):
		return false
	}
	c := f.code(e.Code.Raw)
	if c == nil || !c.holds(a.Status) {
		return false
	}
	return f.message(c, a, e)
}

// hosted accepts a HostId that is the host to the letter, or of which nothing can be said.
func (f *Fast) hosted(a *Answer, e *scan.Envelope) bool {
	if e.HostID.Kind == scan.None || len(a.Host) == 0 {
		return true
	}
	return e.HostID.Plain && bytes.Equal(e.HostID.Raw, a.Host) && bytes.IndexByte(a.Host, ':') < 0
}

// numbered accepts an HttpStatus that is the status, as digits.
func (f *Fast) numbered(a *Answer, e *scan.Envelope) bool {
	n := e.HTTPStatus
	if n.Kind == scan.None {
		return !f.status
	}
	var digits [4]byte
	return (n.Kind == scan.Number || e.XML) && string(n.Raw) == string(strconv.AppendInt(digits[:0], int64(a.Status), 10))
}

func isSuccessWord(code []byte) bool { return isOneOf(code, successWords) }

func isOneOf(text []byte, words []string) bool {
	for _, w := range words {
		if string(text) == w {
			return true
		}
	}
	return false
}

// visible reports text that is more than white space.
func visible(text []byte) bool {
	for _, c := range text {
		if c > ' ' {
			return true
		}
	}
	return false
}

func endsWithResponse(root []byte) bool {
	return len(root) > 8 && string(root[len(root)-8:]) == "Response" && string(root) != errorResponse
}
