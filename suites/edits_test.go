package suites

import (
	"encoding/base64"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

// asRead returns what a signature is to servers that read it in different ways: as text, as hex in either case, as base64.
func asRead(signature string) map[string]string {
	read := map[string]string{"text": signature}
	if raw, err := hex.DecodeString(strings.ToLower(signature)); err == nil {
		read["hex"] = string(raw)
	}
	bare := strings.TrimRight(signature, "=")
	for name, encoding := range map[string]*base64.Encoding{
		"base64": base64.StdEncoding, "base64url": base64.URLEncoding, "raw base64": base64.RawStdEncoding, "raw base64url": base64.RawURLEncoding,
	} {
		for _, text := range []string{signature, bare} {
			if raw, err := encoding.DecodeString(text); err == nil {
				read[name] = string(raw)
			}
		}
	}
	return read
}

// sameTo names the readings in which two signatures are one; without case, also where only case differs.
func sameTo(a, b string, anyCase bool) (ways []string) {
	x, y := asRead(a), asRead(b)
	for way, raw := range x {
		if other, ok := y[way]; ok && other == raw {
			ways = append(ways, way)
		}
	}
	if anyCase && strings.EqualFold(a, b) {
		ways = append(ways, "any case")
	}
	return ways
}

// signaturesOf are many signatures of either form, and such as chance hardly ever makes.
func signaturesOf(n int) (all []string) {
	source := rand.NewChaCha8([32]byte{1})
	random := rand.New(source)
	for i := range n {
		raw := make([]byte, []int{20, 32, 16, 64}[i%4])
		_, _ = source.Read(raw)
		all = append(all, base64.StdEncoding.EncodeToString(raw), hex.EncodeToString(raw))
		few := make([]byte, 28)
		for k := range few {
			few[k] = "aAbB0/+"[random.IntN(7)]
		}
		all = append(all, string(few))
	}
	for _, fill := range []byte{0, 0xff, 0xaa, 0x11} {
		raw := []byte(strings.Repeat(string([]byte{fill}), 20))
		all = append(all, base64.StdEncoding.EncodeToString(raw), hex.EncodeToString(raw))
	}
	return append(all, strings.Repeat("1", 27)+"=", strings.Repeat("f", 64), strings.Repeat("A", 64), strings.Repeat("8", 27)+"=", "7", "", "abc=", "AAAA", "ab==")
}

func TestEveryEditMakesAnotherSignature(t *testing.T) {
	for name, edit := range map[string]func(string) string{"flipped": flipped, "cutShort": cutShort, "moreBehind": moreBehind, "zeroes": zeroes, "otherCase": otherCase,
		"blanked": blanked, "first bit": bitFlipped(0), "a bit": bitFlipped(77), "last bit": bitFlipped(-1)} {
		for _, signature := range signaturesOf(2000) {
			if name == "zeroes" && len(signature) < shortestWord || name == "otherCase" && isHex(signature) {
				continue // signatures are longer, and to hex case is nothing
			}
			changed := edit(signature)
			if changed != edit(signature) {
				t.Fatalf("%s of %q is now this, now that", name, signature)
			}
			if ways := sameTo(signature, changed, name != "otherCase"); len(ways) > 0 {
				t.Errorf("%s of %q is %q, the same as %v", name, signature, changed, ways)
			}
		}
	}
}

func TestOtherCaseOfIDs(t *testing.T) {
	for _, id := range []string{"LTAI5t", "123456", "", "STS.1", "a", "中文", "4-4_4.4"} {
		if otherCase(id) == id {
			t.Errorf("%q stays as it is", id)
		}
	}
}

// odd are targets whose keys, actions and methods leave a change little to change.
func odd(t *testing.T, style schemas.Style, key, action, method string) *schemas.Target {
	t.Helper()
	secret := madeUpSecret
	token := schemas.Credential{AccessKeyID: "STS.1", AccessKeySecret: secret, SecurityToken: "CAIS0123456789"}
	return &schemas.Target{
		URL: "http://127.0.0.1:8080/", Style: style,
		Request:     schemas.SoundRequest{Action: action, Path: "/" + action, Method: method, Version: "2014-05-26", Params: map[string]string{"RegionId": "cn-hangzhou"}},
		BodyRequest: schemas.SoundRequest{Action: action, Path: "/" + action, Method: "POST", Version: "2014-05-26", Body: `{"a":1}`, ContentType: "application/json"},
		Credentials: map[string]schemas.Credential{
			schemas.DefaultKey: {AccessKeyID: key, AccessKeySecret: secret}, schemas.InactiveKey: {AccessKeyID: "00", AccessKeySecret: secret},
			schemas.STSKey: token, schemas.ExpiredKey: token, schemas.MismatchedKey: token,
		},
		Idempotency: &schemas.Idempotency{Action: action, TokenParam: "ClientToken", Params: map[string]string{"Amount": "9"}, SlowParams: map[string]string{"Amount": "9"}},
	}
}

// eachPlanned shows what is planned for those targets, by profiles that have all cases between them.
func eachPlanned(t *testing.T, see func(t *testing.T, p *Planned, m Moment)) {
	t.Helper()
	for i, plan := range oddPlans(t) {
		seed := []string{strings.Repeat("0123456789abcdef", 2), strings.Repeat("0", 32)}[i%2]
		m := Moment{Now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), Seed: seed}
		for _, p := range plan {
			if p.Skip == "" {
				see(t, p, m)
			}
		}
	}
}

var oddPlanned [][]*Planned

// oddPlans are the plans for those targets, three for each profile and style. They are made once, and only read.
func oddPlans(t *testing.T) [][]*Planned {
	t.Helper()
	if oddPlanned != nil {
		return oddPlanned
	}
	for _, name := range []string{"gateway", "ecs", "ess"} {
		profile, err := fixtures.Profile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, style := range profile.Styles {
			for _, target := range []*schemas.Target{odd(t, style, "LTAI5testid", "DescribeRegions", "GET"), odd(t, style, "123456", "42", "POST"), odd(t, style, "0", "7", "PUT")} {
				oddPlanned = append(oddPlanned, Plan(Brief{Profile: profile, Clauses: fixtures.Clauses(), Target: target}))
			}
		}
	}
	return oddPlanned
}

// A request that must not be served differs from the sound one, whatever the key, the action and the method are called.
func TestEveryCaseChangesItsRequest(t *testing.T) {
	eachPlanned(t, func(t *testing.T, p *Planned, m Moment) {
		sound := *p
		sound.Case = &Case{Name: p.Case.Name, Base: p.Case.Base}
		plain := sound.Craft(0, 0, m)
		for step, s := range p.Steps() {
			c := s.Condition
			if c == "" {
				c = p.Condition
			}
			if e := expectationFor(p.Profile, c); e.outcome == serves || s.Setup || c == NonceReused || c == NonceRaced || c == PlainHTTP || c == OverRate || c == FromRecipe || c == ClientTokenInProgress {
				continue // these are as they must be, or wrong only beside others
			}
			x := p.Craft(step, 0, m)
			if x.Request.Method == plain.Request.Method && x.Request.URL == plain.Request.URL && string(x.Request.Body) == string(plain.Request.Body) &&
				x.Request.Raw == nil && equalHeaders(x.Request.Header, plain.Request.Header) {
				t.Errorf("%s/%s %s: the request is the sound one: %s %s", p.Profile.Name, p.Style, p.ID(), x.Request.Method, x.Request.URL)
			}
			if raw := string(wire(plain.Request, hostOf("http://127.0.0.1:8080"))); x.Request.Raw != nil && string(x.Request.Raw) == raw {
				t.Errorf("%s/%s %s: what goes over the wire is the sound request", p.Profile.Name, p.Style, p.ID())
			}
		}
	})
}

// The changes of the book serve all runs, also at the same time: what one target made of them is not left in them.
func TestNothingOfATargetStaysInAChange(t *testing.T) {
	change := SignWith("ours")
	for _, of := range []struct{ secret, want string }{{"theirs", "ours"}, {"ours", "ours2"}, {"theirs", "ours"}, {"ours2", "ours"}} {
		d := Draft{Key: schemas.Credential{AccessKeySecret: of.secret}}
		change.Do(&d)
		if d.Key.AccessKeySecret != of.want {
			t.Errorf("a target with the secret %s is signed for with %s, want %s", of.secret, d.Key.AccessKeySecret, of.want)
		}
	}
}

func equalHeaders(a, b schemas.Header) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// A wrong signature is wrong by the signature that a server computes for that very request, in every reading.
func TestWrongSignaturesAreWrong(t *testing.T) {
	n := 0
	eachPlanned(t, func(t *testing.T, p *Planned, m Moment) {
		for step, s := range p.Steps() {
			if p.Condition != WrongSignature || s.Setup || ofBodyByDigest(p) { // what is signed is the digest, which no longer fits
				continue
			}
			x := p.Craft(step, 0, m)
			d := p.sound(step, 0, m)
			right, ok := d.rightSignature(x.Request, p.Target.Credentials[schemas.DefaultKey].AccessKeySecret)
			if !ok {
				t.Errorf("%s/%s %s: the request cannot be read", p.Profile.Name, p.Style, p.ID())
				continue
			}
			n++
			for _, sent := range sentSignatures(t, x.Request) {
				if ways := sameTo(sent, right, p.Style != schemas.RPC && p.Style != schemas.ROA); len(ways) > 0 {
					t.Errorf("%s/%s %s: the signature %q is right as %v", p.Profile.Name, p.Style, p.ID(), sent, ways)
				}
			}
		}
	})
	if n < 100 {
		t.Errorf("%d wrong signatures were looked at", n)
	}
}

// What is sent as it was signed carries the signature that is right, the sound request among it: what the others are held
// against is none of the suite's making, and need not be computed twice.
func TestWhatIsSentAsSignedIsSignedRight(t *testing.T) {
	n := 0
	eachPlanned(t, func(t *testing.T, p *Planned, m Moment) {
		for step, s := range p.Steps() {
			d := p.sound(step, 0, m)
			for _, c := range s.Change {
				c.Do(d)
			}
			d.sign()
			if len(s.AfterSigning) > 0 || !d.isSentAsSigned() {
				if p.Case.Name.Text == "sound-request" {
					t.Errorf("%s/%s %s is not sent as it was signed", p.Profile.Name, p.Style, p.ID())
				}
				continue
			}
			right, ok := d.rightSignature(d.request(), d.Key.AccessKeySecret)
			if n++; ok && right != d.get("Signature") {
				t.Errorf("%s/%s %s: signed %q, right %q", p.Profile.Name, p.Style, p.ID(), d.get("Signature"), right)
			}
		}
	})
	if n < 1000 {
		t.Errorf("%d requests were looked at", n)
	}
}

// sentSignatures are those that a request carries.
func sentSignatures(t *testing.T, r schemas.Request) (all []string) {
	t.Helper()
	_, query, _ := strings.Cut(r.URL, "?")
	for _, text := range []string{query, string(r.Body)} {
		params, _ := paramsOf(text)
		for _, p := range params {
			if p.Name == "Signature" {
				all = append(all, p.Value)
			}
		}
	}
	a := r.Header.Get("Authorization")
	if _, signature, ok := strings.Cut(a, "Signature="); ok {
		return append(all, signature)
	}
	if _, signature, ok := strings.Cut(a, ":"); ok {
		return append(all, signature)
	}
	return all
}
