package plan

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// maxTargets bounds what the lists and files of a fleet file make.
const maxTargets = 500_000

// reading is a fleet file that is being read.
type reading struct {
	dir     string
	doc     *file.File
	fleet   schemas.Fleet
	out     *Fleet
	errs    []error
	names   map[string]bool
	checked map[string]bool           // entries that were held against their profile
	loaded  map[string]*loadedProfile // by path
}

// Read reads a fleet file. What is wrong comes back as an error of a line for each fault, with file, line, column and remedy.
// Secrets have to be written ${NAME}: what is read here goes into a database.
func Read(path string) (*Fleet, error) {
	text, err := file.Read(path, file.MaxFileBytes)
	if err != nil {
		return nil, fmt.Errorf("%s: the fleet file cannot be read: %w (name an existing file)", path, err)
	}
	r := &reading{dir: filepath.Dir(path), names: map[string]bool{}, checked: map[string]bool{}, loaded: map[string]*loadedProfile{}}
	if r.doc, err = file.ReadYAML(file.Fleet, path, text); err != nil {
		return nil, err
	}
	if err := r.doc.Decode(&r.fleet); err != nil {
		return nil, err
	}
	r.out = &Fleet{Name: r.fleet.Name, Schedule: r.fleet.Schedule, Retention: r.fleet.Retention, Alerts: r.fleet.Alerts, Blobs: map[string][]byte{}}
	r.schedule()
	r.alerts()
	if len(r.fleet.Targets)+len(r.fleet.Logs) == 0 {
		r.fault(nil, "has neither targets nor logs (add targets:)")
	}
	for i := range r.fleet.Targets {
		r.entry(i, r.fleet.Targets[i])
	}
	for i := range r.fleet.Logs {
		r.log(i, r.fleet.Logs[i])
	}
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs[:min(len(r.errs), 20)]...)
	}
	return r.out, nil
}

// fault notes what is wrong with the value under a path.
func (r *reading) fault(path []string, format string, args ...any) {
	r.errs = append(r.errs, r.doc.Errorf(path, format, args...))
}

// entry adds the targets of one entry.
func (r *reading) entry(i int, e schemas.FleetEntry) {
	at := []string{"targets", strconv.Itoa(i)}
	kinds := 0
	for _, there := range []bool{e.Target != nil, e.File != "", e.Files != "", e.Reference != ""} {
		if there {
			kinds++
		}
	}
	switch {
	case kinds != 1:
		r.fault(at, "has %d of target, file, files and reference (keep one)", kinds)
		return
	case e.Reference == "" && (e.Profile != "" || e.Style != ""):
		r.fault(at, "profile and style here are those of a built-in server (write them under target)")
		return
	case e.Reference != "" && e.Profile == "":
		r.fault(at, "a built-in server needs a profile (add profile: ecs)")
		return
	case e.Files != "" && e.Name != "":
		r.fault(append(at, "name"), "targets of files are named by their files (leave name out, or use file)")
		return
	case e.Target != nil && e.Name == "":
		r.fault(at, "has no name (add name:)")
		return
	}
	for _, words := range combinations(e.For) {
		if len(r.out.Targets) >= maxTargets {
			r.fault(at, "makes more than %d targets (use several fleet files)", maxTargets)
			return
		}
		if len(r.errs) > 0 {
			return
		}
		r.one(at, substitute(e, words), words)
	}
}

// one adds the targets of an entry whose lists were replaced by words.
func (r *reading) one(at []string, e schemas.FleetEntry, words map[string]string) {
	switch {
	case e.Target != nil:
		r.inline(at, e)
	case e.Reference != "":
		r.reference(at, e)
	case e.File != "":
		r.file(at, "file", replaced(e.File, words), e)
	default:
		r.files(at, replaced(e.Files, words), e)
	}
}

// files adds a target for every file that fits a pattern.
func (r *reading) files(at []string, pattern string, e schemas.FleetEntry) {
	found, err := filepath.Glob(r.path(pattern))
	if err != nil || len(found) == 0 {
		r.fault(append(at, "files"), "no file fits %q (a pattern like targets/*.yaml goes from the folder of this file)", pattern)
		return
	}
	slices.Sort(found)
	for _, path := range found {
		named := e
		named.Name = stem(path)
		r.file(at, "files", path, named)
	}
}

// path returns a path that the fleet file names, from its folder.
func (r *reading) path(word string) string { return from(r.dir, word) }

// labels returns those of the fleet with those of an entry laid over them.
func (r *reading) labels(own map[string]string) map[string]string {
	all := map[string]string{}
	maps.Copy(all, r.fleet.Labels)
	maps.Copy(all, own)
	return all
}

// queueName is what a queue may be called once its words are replaced.
var queueName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// add adds a target with what the entry, or else the fleet, says of it.
func (r *reading) add(at []string, e schemas.FleetEntry, spec Spec) {
	t := Target{Name: e.Name, Queue: cmp.Or(e.Queue, r.fleet.Queue, DefaultQueue), Labels: r.labels(e.Labels)}
	if r.names[t.Name] {
		r.fault(append(at, "name"), "two targets are called %s (give each a name of its own; the words of for can be part of it)", t.Name)
		return
	}
	r.names[t.Name] = true
	if !queueName.MatchString(t.Queue) {
		r.fault(append(at, "queue"), "the queue is %q, want letters, digits, hyphens and underscores (of ${NAME}, only words of for are replaced)", t.Queue)
		return
	}
	if list := cmp.Or(e.Known, r.fleet.Known); list != "" {
		spec.Known = r.blob(append(at, "known"), list)
	}
	spec.CredentialsProfile = e.CredentialsProfile
	spec.Pace.Rate, spec.Pace.Runs = cmp.Or(e.Pace.Rate, r.fleet.Pace.Rate), cmp.Or(e.Pace.Runs, r.fleet.Pace.Runs)
	spec.MaxRequests = cmp.Or(e.MaxRequests, r.fleet.MaxRequests)
	spec.MaxTime = time.Duration(cmp.Or(e.MaxTime, r.fleet.MaxTime))
	t.Spec = spec
	r.out.Targets = append(r.out.Targets, t)
}

// blob reads a file that travels to the workers, and returns its digest.
func (r *reading) blob(at []string, word string) string {
	text, err := file.Read(r.path(word), file.MaxProfileBytes)
	if err != nil {
		r.fault(at, "%q cannot be read: %v (the path goes from the folder of this file)", word, err)
		return ""
	}
	return r.out.keep(text)
}

// stem is a file's name without its ending.
func stem(path string) string {
	name := filepath.Base(path)
	return name[:len(name)-len(filepath.Ext(name))]
}
