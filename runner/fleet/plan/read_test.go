package plan

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

// tree writes files below a folder and returns the path of the fleet file among them.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "fleet.yaml")
}

func TestFaultsSayWhereAndWhatToDo(t *testing.T) {
	const sound = "{name: a, target: {url: 'http://a.test/', profile: ecs}}"
	for text, want := range map[string]string{
		"":                           "fleet.yaml:1:1: the file is empty (write keys and values)",
		"name: a\n":                  "has neither targets nor logs (add targets:)",
		"name: A b\ntargets: []\n":   `fleet.yaml:1:7: name: got "A b", want the name of the fleet`,
		"name: a\ntargets: []\n":     "fleet.yaml:2:10: targets: ",
		"name: a\ntargets: [{}]\n":   "fleet.yaml:2:11: targets[0]: has 0 of target, file, files and reference (keep one)",
		"name: a\ntarget: [" + sound: "fleet.yaml:2:", // not closed
		"name: a\ntargets: [" + sound + ", " + sound + "]\n":                                                                                 "targets[1].name: two targets are called a (",
		"name: a\ntargets: [{target: {url: 'http://a.test/', profile: ecs}}]\n":                                                              "targets[0]: has no name (add name:)",
		"name: a\ntargets: [{file: b.yaml}]\n":                                                                                               `targets[0].file: "b.yaml" cannot be read: no such file or directory`,
		"name: a\ntargets: [{files: 'b/*.yaml'}]\n":                                                                                          `targets[0].files: no file fits "b/*.yaml" (`,
		"name: a\ntargets: [{reference: right}]\n":                                                                                           "a built-in server needs a profile (add profile: ecs)",
		"name: a\ntargets: [{reference: wrong, profile: ecs}]\n":                                                                             `targets[0].reference: no server is called "wrong" (`,
		"name: a\ntargets: [{reference: right, profile: esc}]\n":                                                                             `targets[0].profile: no built-in server answers by "esc" (`,
		"name: a\nschedule: {every: 6h, cron: '* * * * *'}\ntargets: [" + sound + "]\n":                                                      "fleet.yaml:2:11: schedule: has both every and cron (keep one)",
		"name: a\nschedule: {cron: noon}\ntargets: [" + sound + "]\n":                                                                        "fleet.yaml:2:18: schedule.cron: ",
		"name: a\ntargets: [{name: a, target: {url: 'http://a.test/', profile: esc}}]\n":                                                     `targets[0].target.profile: no profile is called "esc"`,
		"name: a\ntargets: [{name: a, target: {url: 'http://a.test/', profile: ecs, style: roa}}]\n":                                         "targets[0].target.style: profile ecs is not called in style roa",
		"name: a\ntargets: [{name: a, target: {url: 'http://a.test/', profile: ecs, window: 1x}}]\n":                                         "fleet.yaml:2:75: targets[0].target.window: ",
		"name: a\ntargets: [{name: a, target: {url: 'http://a.test/', profile: ecs, resolve: [somewhere]}}]\n":                               "fleet.yaml:2:77: targets[0].target.resolve[0]: ",
		"name: a\ntargets: [{name: a, target: {url: 'http://a.test/', profile: ecs, skip: [{case: throttled-brust, reason: r}]}}]\n":         `fleet.yaml:2:81: targets[0].target.skip[0].case: no case is called "throttled-brust" (did you mean throttled-burst?)`,
		"name: a\ntargets: [{name: a, target: {url: 'http://a.test/', profile: ecs, skip: [{case: tampered-action-chanced, reason: r}]}}]\n": "did you mean tampered-action-changed?",
		"name: a\ntargets: [{name: a, target: {profile: ecs}}]\n":                                                                            "targets[0].target.url: ",
		"name: a\ntargets: [{name: a, reference: right, profile: ecs, for: {R: [a.b]}, queue: '${R}'}]\n":                                    `targets[0].queue: the queue is "a.b", want letters`,
		"name: a\nlogs: [{name: l, files: ['*.log']}]\n":                                                                                     "fleet.yaml:2:8: logs[0]: has both or neither of profile and products (keep one: profile: ecs)",
		"name: a\nlogs: [{name: l, files: ['*.log'], profile: esc}]\n":                                                                       `fleet.yaml:2:45: logs[0].profile: no profile is called "esc"`,
		"name: a\nlogs: [{name: l, files: ['*.log'], profile: ecs, shard: 64MB}]\n":                                                          "fleet.yaml:2:57: logs[0].shard: ",
		"name: a\nlogs: [{name: l, files: ['a[.log'], profile: ecs}]\n":                                                                      "logs[0].files[0]: \"a[.log\" is no pattern",
		"name: a\nlogs: [{name: l, files: [a], profile: ecs, map: m.yaml}]\n":                                                                "m.yaml: the map file cannot be read",
		"name: a\nlogs: [{name: l, files: [a], profile: ecs}, {name: l, files: [b], profile: ecs}]\n":                                        "logs[1].name: two logs are called l (",
		"name: a\nlogs: [{name: l, files: [a], products: [ecs, none]}]\n":                                                                    `logs[0].products[1]: no profile is called "none"`,
		"name: a\nknown: none.yaml\ntargets: [" + sound + "]\n":                                                                              `"none.yaml" cannot be read`,
	} {
		_, err := Read(tree(t, map[string]string{"fleet.yaml": text}))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", text, err, want)
		}
	}
}

// What lists make has a target for every combination; words of the environment stay as they were written.
func TestListsMakeTargets(t *testing.T) {
	f, err := Read(tree(t, map[string]string{"fleet.yaml": `name: a
labels: {cloud: own}
queue: main
targets:
  - name: ${PRODUCT}.${REGION}
    for: {REGION: [east, west], PRODUCT: [ecs, kms]}
    queue: ${REGION}
    labels: {region: "${REGION}"}
    target:
      url: https://${PRODUCT}.${REGION}.${DOMAIN}/
      profile: ${PRODUCT}
      credentials: {default: {access_key_id: "${ID}", access_key_secret: "${SECRET}"}}
`}))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, target := range f.Targets {
		names = append(names, target.Name)
	}
	if want := []string{"ecs.east", "ecs.west", "kms.east", "kms.west"}; !reflect.DeepEqual(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	last := f.Targets[3]
	text := string(f.Blobs[last.Spec.Target])
	if last.Queue != "west" || !reflect.DeepEqual(last.Labels, map[string]string{"cloud": "own", "region": "west"}) || last.Spec.Profile != "kms" ||
		!strings.Contains(text, "https://kms.west.${DOMAIN}/") || !strings.Contains(text, "${SECRET}") {
		t.Errorf("got %+v\n%s", last, text)
	}
	west, east := *f, *f
	west.Targets, east.Targets = slices.Clone(f.Targets), slices.Clone(f.Targets)
	west.Only(map[string]string{"region": "west"}, "")
	if n := len(west.Targets); n != 2 {
		t.Errorf("%d targets are in the west, want 2", n)
	}
	east.Only(nil, "east")
	if n := len(east.Targets); n != 2 {
		t.Errorf("%d targets are of the queue, want 2", n)
	}
}

// A profile of a file, and target files by a pattern, travel whole.
func TestFilesTravel(t *testing.T) {
	parcel, err := os.ReadFile("../../../fixtures/examples/parcel.yaml")
	if err != nil {
		t.Fatal(err)
	}
	path := tree(t, map[string]string{
		"fleet.yaml": "name: a\ntargets: [{files: 'targets/*.yaml'}]\n", "targets/parcel.yaml": string(parcel),
	})
	_, err = Read(path)
	if err == nil || !strings.Contains(err.Error(), "parcel.yaml:") { // a profile is no target file
		t.Errorf("got %v", err)
	}
	dir := filepath.Dir(path)
	for name, text := range map[string]string{"targets/parcel.yaml": "url: http://a.test/\nprofile: ../profiles/parcel.yaml\n", "profiles/parcel.yaml": string(parcel)} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	spec := f.Targets[0].Spec
	own, err := fixtures.LoadProfile(filepath.Join(dir, "profiles/parcel.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	travelled := filepath.Join(t.TempDir(), spec.Files[0])
	if err := os.WriteFile(travelled, f.Blobs[spec.Files[0]], 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := fixtures.LoadProfile(travelled)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := json.Marshal(own)
	if after, _ := json.Marshal(again); string(before) != string(after) || !reflect.DeepEqual(own.Clauses, again.Clauses) {
		t.Errorf("the profile travels as another one:\n%s\n%s", before, after)
	}
	if f.Targets[0].Name != "parcel" || !strings.Contains(string(f.Blobs[spec.Target]), `"./`+spec.Files[0]+`"`) {
		t.Errorf("got %+v\n%s", f.Targets[0], f.Blobs[spec.Target])
	}
}

func TestDue(t *testing.T) {
	at := func(text string) time.Time {
		parsed, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	since := at("2026-01-01T10:00:00Z")
	every := schemas.FleetSchedule{Every: schemas.Duration(6 * time.Hour)}
	night := schemas.FleetSchedule{Cron: "0 3 * * *"}
	for _, tt := range []struct {
		schedule  schemas.FleetSchedule
		now, want string
	}{
		{every, "2026-01-01T13:59:59Z", "2026-01-01T12:00:00Z"},
		{every, "2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z"},
		{night, "2026-01-02T03:00:00Z", "2026-01-02T03:00:00Z"},
		{night, "2026-01-05T02:59:59Z", "2026-01-04T03:00:00Z"}, // of those that nobody began, the last
		{night, "2026-01-02T02:59:59Z", ""},
	} {
		due, ok := Due(tt.schedule, since, at(tt.now))
		if ok != (tt.want != "") || ok && !due.Equal(at(tt.want)) {
			t.Errorf("%s: got %v, %v, want %s", tt.now, due, ok, tt.want)
		}
	}
}

// The example makes what it says.
func TestTheExample(t *testing.T) {
	f, err := Read("../../../fixtures/examples/fleet.yaml")
	if err != nil {
		t.Fatal(err)
	}
	profiles := map[string]int{}
	for _, target := range f.Targets {
		profiles[target.Spec.Profile]++
	}
	if len(f.Targets) != 200 || len(profiles) != 5 {
		t.Errorf("got %d targets, %v", len(f.Targets), profiles)
	}
}
