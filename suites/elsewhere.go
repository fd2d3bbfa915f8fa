package suites

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// replayCases send what was signed for one place to another. That of another method is signed-for-the-other-method, that of
// another path is one of tampered.
func replayCases() []Case {
	return []Case{
		{Name: named("signed-for-another-host"), Condition: WrongSignature, Clause: "SIGN-2", Spread: Methods, Styles: acs3Only, AfterSigning: []Change{OtherHost()},
			AnyRefusal: true, MayServe: true, Only: true, Elsewhere: true,
			Except: "a signature of style rpc covers neither host nor path, and one of style roa no host: a request for one host is as good for another there"},
		{Name: named("signed-for-another-region"), Condition: WrongSignature, KeepReason: "both are regions of the service; an altered RegionId shows as much only where it names a region too", Clause: "SIGN-2", Spread: Methods, AnyRefusal: true,
			Change: []Change{Region("cn-beijing")}, AfterSigning: []Change{Region("cn-hangzhou")}},
	}
}

// atAnotherAddress is the case of a nonce that is used at one address of a balancer and again at the others. That each of
// them serves a fresh one comes before.
func atAnotherAddress() Case {
	return Case{Name: named("nonce-used-again-at-another-address"), Condition: NonceReused, Spread: Methods, Needs: []Need{NeedsResolve}, Spans: true,
		Steps: []Step{
			{Condition: schemas.Sound, Setup: true},
			{Condition: schemas.Sound, Setup: true},
			{Condition: NonceReused, Change: []Change{SameNonce()}}},
		Description: "the sound request at the first address of a balancer; then at each other address one with a fresh nonce and one with the nonce of the first"}
}

// NeedsResolve is the need of a case that connects to several addresses. A service may have one.
const NeedsResolve Need = "resolve"

// spanned returns the steps with those behind the first once for each further address of the target.
func spanned(steps []Step, addresses []string) []Step {
	all := steps[:1:1]
	for _, address := range addresses[min(1, len(addresses)):] {
		for _, s := range steps[1:] {
			s.Address = address
			all = append(all, s)
		}
	}
	return all
}

// OtherHost sends the request to another host than it was signed for.
func OtherHost() Change {
	return Change{"with another Host", func(d *Draft) {
		d.after = append(d.after, func(r *schemas.Request) {
			r.Header.Set("host", otherHost(hostOf(d.Origin), d.Setting.Target.Resolve))
		})
	}}
}

// anotherClient addresses the same host in another spelling, with letters in upper case and no port, and comes with another
// address and a cookie: nothing of that makes another request of it.
func anotherClient() Change {
	return Change{"with Host spelt otherwise and with another X-Forwarded-For and Cookie", func(d *Draft) {
		host := strings.ToUpper(hostOf(d.Origin))
		if u, err := url.Parse("http://" + host); err == nil && u.Port() != "" {
			host = strings.TrimSuffix(host, ":"+u.Port())
		}
		d.Header.Set("host", host)
		d.Header.Set("X-Forwarded-For", "192.0.2.7")
		d.Header.Set("Cookie", "acsconform=2")
	}}
}

// otherHost returns another host that the same server is likely to answer for: another address of the balancer, the next
// address, or a neighbour in the same domain. The port stays.
func otherHost(host string, addresses []string) string {
	name, port := hostAndPort(host)
	ip, err := netip.ParseAddr(name)
	if err != nil {
		label, rest, more := strings.Cut(name, ".")
		if label = next(label); more {
			label += "." + rest
		}
		return label + port
	}
	other := ip.Next()
	if !other.IsValid() {
		other = ip.Prev()
	}
	for _, text := range addresses {
		of, _ := hostAndPort(text)
		if a, err := netip.ParseAddr(of); err == nil && a != ip {
			other = a
			break
		}
	}
	if other.Is6() {
		return "[" + other.String() + "]" + port
	}
	return other.String() + port
}

// hostAndPort splits an authority, or an address with or without a port, into the name and the port with its colon.
func hostAndPort(text string) (name, port string) {
	if ip, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return ip.String(), ""
	}
	u, err := url.Parse("//" + text)
	if err != nil || u.Port() == "" {
		return text, ""
	}
	return u.Hostname(), ":" + u.Port()
}

// servedElsewhere fails where a request that was signed for another host is served. Another server may answer for that host,
// so only a success of the convention shows that the call was served.
func servedElsewhere(p *Planned, observations []*Observation) Check {
	if !p.Case.Elsewhere {
		return notApplicable()
	}
	e := observations[len(observations)-1]
	if !e.answered() {
		return notApplicable()
	}
	served := e.served() && e.Envelope != nil && e.RequestID() != ""
	return passIf(!served, e.sketch()+" for a request that was signed for another host", "4xx, refused").of(e)
}
