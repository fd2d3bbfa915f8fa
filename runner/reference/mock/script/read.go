package script

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// MaxLatency bounds how long an answer may be kept back.
const MaxLatency = 5 * time.Minute

// Read reads a file of answers for the products that are served. What is wrong comes back with its line and a remedy. Without
// products the names of operations, profiles and codes are taken for right.
func Read(path string, text []byte, products []Product) (*Script, error) {
	return readAs(path, text, products, false)
}

func readAs(path string, text []byte, products []Product, exact bool) (*Script, error) {
	doc, err := file.ReadYAML(file.Answers, path, text)
	if err != nil {
		return nil, err
	}
	var content schemas.AnswerFile
	if err := doc.Decode(&content); err != nil {
		return nil, err
	}
	s := &Script{Seed: content.Seed, exact: exact}
	if !doc.Has("seed") {
		s.Seed = rand.Int64N(1 << 32)
	}
	r := reading{path: path, doc: doc, products: products}
	for i, spec := range content.Answers {
		s.rules = append(s.rules, r.rule(s.Seed, i, spec))
	}
	if err := errors.Join(r.faults...); err != nil {
		return nil, err
	}
	s.Reset()
	return s, nil
}

// reading checks what the schema cannot say.
type reading struct {
	path     string
	doc      *file.File
	products []Product
	faults   []error
}

func (r *reading) fault(at []string, format string, args ...any) {
	r.faults = append(r.faults, r.doc.Errorf(at, format, args...))
}

func (r *reading) rule(seed int64, i int, spec schemas.AnswerScript) *rule {
	at := []string{"answers", strconv.Itoa(i)}
	served := r.servedFor(at, spec)
	out := &rule{spec: spec, seed: [2]uint64{uint64(seed), uint64(i)}, place: fmt.Sprintf("%s:%d", r.path, r.doc.Line(at...))}
	for n, of := range spec.Replies {
		here := append(slices.Clone(at), "replies", strconv.Itoa(n))
		if of.Body != nil && of.Error != "" {
			r.fault(append(here, "error"), "is an error beside a body (a reply has one of them; leave one out)")
		}
		if of.Error == "" && (of.Status != 0 || of.Message != "") {
			r.fault(here, "has a status or a message without an error (name the error too, or leave them out)")
		}
		r.latency(append(here, "latency"), of.Latency)
		for name := range of.Headers {
			if ownHeader(name) {
				r.fault(append(here, "headers", name), "is written by the server itself (leave it out)")
			}
		}
		out.replies = append(out.replies, reply{of, r.rows(append(here, "error"), of, served)})
	}
	return out
}

func (r *reading) latency(at []string, l *schemas.Latency) {
	switch {
	case l == nil:
	case time.Duration(max(l.P50, l.P99)) > MaxLatency:
		r.fault(at, "is longer than %s (want less)", MaxLatency)
	case l.P99 < l.P50, l.P50 == 0 && l.P99 > 0:
		r.fault(at, "has a p99 of %s and a p50 of %s (want a p50 above 0 and a p99 that is no less)", time.Duration(l.P99), time.Duration(l.P50))
	}
}

func ownHeader(name string) bool {
	switch strings.ToLower(name) {
	case "content-length", "transfer-encoding", "connection", "upgrade", "trailer":
		return true
	}
	return false
}

// servedFor returns the products that an entry answers for.
func (r *reading) servedFor(at []string, spec schemas.AnswerScript) []Product {
	if len(r.products) == 0 {
		return nil
	}
	var found []Product
	var names, operations []string
	for _, p := range r.products {
		names = append(names, p.Profile.Name)
		if spec.Profile != "" && spec.Profile != p.Profile.Name {
			continue
		}
		operations = append(operations, p.Operations...)
		if slices.Contains(p.Operations, spec.Operation) {
			found = append(found, p)
		}
	}
	switch {
	case spec.Profile != "" && !slices.Contains(names, spec.Profile):
		r.fault(append(at, "profile"), "%q is not served (want one of %s)", spec.Profile, strings.Join(names, ", "))
	case len(found) == 0:
		r.fault(append(at, "operation"), "no operation is called %q (%s)", spec.Operation, meant(spec.Operation, operations, "want the name of one that is served"))
	}
	return found
}

// rows returns the row of an error in each product. One whose status is written beside it need not be documented.
func (r *reading) rows(at []string, of schemas.AnswerReply, products []Product) map[string]*schemas.Row {
	code := of.Error
	if code == "" {
		return nil
	}
	rows := map[string]*schemas.Row{}
	for _, p := range products {
		var codes []string
		for _, row := range slices.Concat(p.Profile.Codes, p.Profile.ObservedRows()) {
			if row.Code == code && rows[p.Profile.Name] == nil {
				rows[p.Profile.Name] = &row
			}
			codes = append(codes, row.Code)
		}
		switch row := rows[p.Profile.Name]; {
		case of.Status != 0:
			own := schemas.Row{Code: code, Status: schemas.Exactly(of.Status), Message: of.Message}
			if row != nil && of.Message == "" {
				own.Message = row.Message
			}
			rows[p.Profile.Name] = &own
		case row == nil:
			r.fault(at, "%s has no code %q (%s)", p.Profile.Name, code, meant(code, codes, "conform list codes shows those of a profile, and one with a status beside it need not be there"))
		case of.Message != "":
			own := *row
			own.Message = of.Message
			rows[p.Profile.Name] = &own
		}
	}
	return rows
}

func meant(word string, words []string, otherwise string) string {
	if near := file.Nearest(word, words); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return otherwise
}

// bodyOf returns a body as an object of its caller's own.
func bodyOf(text json.RawMessage) map[string]any {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var object map[string]any
	_ = d.Decode(&object) // it is an object by its schema
	return object
}
