package schemas

// Fleet is the fleet file: many targets that are tested together, in rounds.
type Fleet struct {
	Name        string            `json:"name" yaml:"name"`
	Targets     []FleetEntry      `json:"targets,omitempty" yaml:"targets,omitempty"` // these, or logs, or both
	Logs        []FleetLog        `json:"logs,omitempty" yaml:"logs,omitempty"`
	Labels      map[string]string `json:"labels,omitempty" yaml:"labels,omitempty"`
	Queue       string            `json:"queue,omitempty" yaml:"queue,omitempty"` // default when empty
	Known       string            `json:"known,omitempty" yaml:"known,omitempty"` // path of a list of known failures
	Pace        FleetPace         `json:"pace,omitzero" yaml:"pace,omitempty"`
	MaxRequests int               `json:"max_requests,omitempty" yaml:"max_requests,omitempty"`
	MaxTime     Duration          `json:"max_time,omitempty" yaml:"max_time,omitempty"`
	Schedule    FleetSchedule     `json:"schedule,omitzero" yaml:"schedule,omitempty"`
	Retention   FleetRetention    `json:"retention,omitzero" yaml:"retention,omitempty"`
	Alerts      []FleetAlert      `json:"alerts,omitempty" yaml:"alerts,omitempty"`
}

// FleetAlert is who is told of changes.
type FleetAlert struct {
	Name   string   `json:"name" yaml:"name"`
	URL    string   `json:"url" yaml:"url"`
	Secret string   `json:"secret,omitempty" yaml:"secret,omitempty"` // ${NAME}
	Format string   `json:"format,omitempty" yaml:"format,omitempty"` // json when empty, dingtalk or slack
	On     []string `json:"on,omitempty" yaml:"on,omitempty"`         // all events when empty
}

// FleetEntry is one target of a fleet, or as many as its files and its lists make. What is left out is that of the fleet.
type FleetEntry struct {
	Name               string              `json:"name,omitempty" yaml:"name,omitempty"`
	Target             *Target             `json:"target,omitempty" yaml:"target,omitempty"`       // inline
	File               string              `json:"file,omitempty" yaml:"file,omitempty"`           // path of a target file
	Files              string              `json:"files,omitempty" yaml:"files,omitempty"`         // a pattern of them
	Reference          string              `json:"reference,omitempty" yaml:"reference,omitempty"` // a built-in server: right, or a mutant or oddity
	Profile            string              `json:"profile,omitempty" yaml:"profile,omitempty"`     // of the built-in server
	Style              Style               `json:"style,omitempty" yaml:"style,omitempty"`         // of the built-in server
	For                map[string][]string `json:"for,omitempty" yaml:"for,omitempty"`             // the entry is repeated for every combination
	Labels             map[string]string   `json:"labels,omitempty" yaml:"labels,omitempty"`
	Queue              string              `json:"queue,omitempty" yaml:"queue,omitempty"`
	Known              string              `json:"known,omitempty" yaml:"known,omitempty"`
	Pace               FleetPace           `json:"pace,omitzero" yaml:"pace,omitempty"`
	CredentialsProfile string              `json:"credentials_profile,omitempty" yaml:"credentials_profile,omitempty"` // of the worker's own credential files
	MaxRequests        int                 `json:"max_requests,omitempty" yaml:"max_requests,omitempty"`
	MaxTime            Duration            `json:"max_time,omitempty" yaml:"max_time,omitempty"`
}

// FleetLog is captured traffic that every round judges, in shards, on the workers that can read it.
type FleetLog struct {
	Name     string            `json:"name" yaml:"name"`
	Files    []string          `json:"files" yaml:"files"` // patterns, where the workers of the queue run
	Map      string            `json:"map,omitempty" yaml:"map,omitempty"`
	Profile  string            `json:"profile,omitempty" yaml:"profile,omitempty"`
	Products []string          `json:"products,omitempty" yaml:"products,omitempty"` // profiles of products, and pop for all other answers
	Labels   map[string]string `json:"labels,omitempty" yaml:"labels,omitempty"`
	Queue    string            `json:"queue,omitempty" yaml:"queue,omitempty"`
	Shard    string            `json:"shard,omitempty" yaml:"shard,omitempty"` // size of a shard; 64MiB when empty
}

// FleetPace bounds what one host is asked by all workers together. Zero values bound nothing.
type FleetPace struct {
	Rate float64 `json:"rate,omitempty" yaml:"rate,omitempty"` // requests a second
	Runs int     `json:"runs,omitempty" yaml:"runs,omitempty"` // targets of the host that are tested at once
}

// FleetSchedule is when rounds fall due: one of both.
type FleetSchedule struct {
	Every Duration `json:"every,omitempty" yaml:"every,omitempty"`
	Cron  string   `json:"cron,omitempty" yaml:"cron,omitempty"` // five fields, in UTC
}

// FleetRetention is what is kept of finished rounds; all where both are zero.
type FleetRetention struct {
	Rounds int      `json:"rounds,omitempty" yaml:"rounds,omitempty"`
	Age    Duration `json:"age,omitempty" yaml:"age,omitempty"`
}
