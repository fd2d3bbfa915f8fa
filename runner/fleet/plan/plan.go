// Package plan reads fleet files: which targets there are, and what of them travels to the workers.
package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// A Fleet is a fleet file that was read, its entries repeated for their lists and files.
type Fleet struct {
	Name      string
	Targets   []Target
	Schedule  schemas.FleetSchedule
	Retention schemas.FleetRetention
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

// Only returns the targets that have every label named, and are of the queue where one is named.
func Only(targets []Target, labels map[string]string, queue string) []Target {
	var chosen []Target
	for _, t := range targets {
		if queue != "" && t.Queue != queue {
			continue
		}
		has := true
		for name, value := range labels {
			has = has && t.Labels[name] == value
		}
		if has {
			chosen = append(chosen, t)
		}
	}
	return chosen
}
