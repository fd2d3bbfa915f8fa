package gateways

import (
	"fmt"
	"strings"
)

// All lists the gateways, in the order of the table.
func All() []Gateway {
	return []Gateway{
		{Name: "nginx", Title: "nginx", Package: "nginx", Binary: "nginx", CI: true,
			Version: []string{"-v"},
			Start:   []string{"-c", "@DIR@/conf", "-p", "@DIR@", "-e", "@DIR@/log", "-g", "daemon off; master_process off; pid @DIR@/pid;"}},
		{Name: "haproxy", Title: "HAProxy", Package: "haproxy", Binary: "haproxy", CI: true,
			Version: []string{"-v"},
			Start:   []string{"-db", "-f", "@DIR@/conf"}},
		{Name: "caddy", Title: "Caddy", Package: "caddy", Binary: "caddy", CI: true,
			Version: []string{"version"},
			Start:   []string{"run", "--config", "@DIR@/conf", "--adapter", "caddyfile"}},
		{Name: "apache", Title: "Apache httpd", Package: "apache2", Binary: "apache2", CI: true,
			Version: []string{"-v"},
			Start:   []string{"-D", "FOREGROUND", "-f", "@DIR@/conf"}},
		{Name: "varnish", Title: "Varnish", Package: "varnish", Binary: "varnishd", CI: true,
			Version: []string{"-V"},
			Start: []string{"-F", "-j", "none", "-n", "@DIR@", "-a", "127.0.0.1:@PORT@", "-f", "@DIR@/conf", "-s", "malloc,16m",
				"-p", "cc_command=exec cc -O0 -fpic -shared -o %o %s"}, // cheap to compile: it serves one run
			Careful: []string{"-p", "http_req_size=256k", "-p", "http_req_hdr_len=128k", "-p", "workspace_client=512k", "-p", "workspace_backend=512k"}},
	}
}

// Named finds a gateway by its name.
func Named(name string) (Gateway, error) {
	var names []string
	for _, g := range All() {
		if g.Name == name {
			return g, nil
		}
		names = append(names, g.Name)
	}
	return Gateway{}, fmt.Errorf("no gateway is called %q (%s)", name, strings.Join(names, ", "))
}
