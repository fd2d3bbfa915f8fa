// Package plan reads fleet files: which targets there are, and what of them travels to the workers.
package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// A Fleet is a fleet file that was read, its entries repeated for their lists and files.
type Fleet struct {
	Name      string
	Targets   []Target
	Logs      []Log
	Schedule  schemas.FleetSchedule
	Retention schemas.FleetRetention
	Alerts    []schemas.FleetAlert
	Blobs     map[string][]byte // what the targets name by digest
}

// A Target is one target of a fleet.
type Target struct {
	Name   string
	Labels map[string]string
	Queue  string
	Spec   Spec
}

// DefaultQueue is the queue of a target that names none.
const DefaultQueue = "default"

// A Spec is what a worker needs to test a target. Files are named by the digest of their content, and every ${NAME} is as it
// was written: the worker takes the value from its own environment.
type Spec struct {
	URL                string            `json:"url,omitempty"`     // as it is written
	Profile            string            `json:"profile,omitempty"` // its name
	Host               string            `json:"host,omitempty"`    // whose pace it shares
	Target             string            `json:"target,omitempty"`  // digest of the target file
	Files              []string          `json:"files,omitempty"`   // digests of what the target file names: a profile, certificates
	Known              string            `json:"known,omitempty"`   // digest of the list of known failures
	Reference          string            `json:"reference,omitempty"`
	Style              schemas.Style     `json:"style,omitempty"`
	CredentialsProfile string            `json:"credentials_profile,omitempty"`
	Pace               schemas.FleetPace `json:"pace,omitzero"`
	MaxRequests        int               `json:"max_requests,omitempty"`
	MaxTime            time.Duration     `json:"max_time,omitempty"`
	Log                *LogSpec          `json:"log,omitempty"` // of captured traffic, which has nothing else but Files
}

// Text returns the spec as it is kept in the database.
func (s Spec) Text() []byte {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // of strings and numbers
	}
	return text
}

// Digest names a text by its content.
func Digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// keep adds a text to what travels, and returns its digest.
func (f *Fleet) keep(text []byte) string {
	digest := Digest(text)
	f.Blobs[digest] = text
	return digest
}

// Only leaves the targets and logs that have every label named, and are of the queue where one is named.
func (f *Fleet) Only(labels map[string]string, queue string) {
	f.Targets = slices.DeleteFunc(f.Targets, func(t Target) bool { return !chosen(t.Labels, t.Queue, labels, queue) })
	f.Logs = slices.DeleteFunc(f.Logs, func(l Log) bool { return !chosen(l.Labels, l.Queue, labels, queue) })
}

func chosen(own map[string]string, ownQueue string, labels map[string]string, queue string) bool {
	for name, value := range labels {
		if own[name] != value {
			return false
		}
	}
	return queue == "" || queue == ownQueue
}

// Queues lists the queues of targets and logs.
func (f *Fleet) Queues() []string {
	set := map[string]bool{}
	for _, t := range f.Targets {
		set[t.Queue] = true
	}
	for _, l := range f.Logs {
		set[l.Queue] = true
	}
	return slices.Sorted(maps.Keys(set))
}
