package input

import "github.com/acsconform/acsconform/schemas"

// readVersion takes the version from a query or a form, where it is of use and not known yet.
func (p *Picked) readVersion(query []byte) {
	if p.Versioned && len(p.Version) == 0 {
		p.Version = parameter(query, "Version")
	}
}

// VersionOf returns the version of the API that a request calls; empty where the record does not show it.
func VersionOf(x *schemas.Exchange) string {
	p := Picked{Versioned: true}
	p.readVersion([]byte(x.Request.URL))
	if isForm(x.Request) {
		p.readVersion(x.Request.Body)
	}
	if len(p.Version) > 0 {
		return string(p.Version)
	}
	return x.Request.Header.Get("x-acs-version")
}
