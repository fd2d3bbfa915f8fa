package reference

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// publicNames are the public parameters of style rpc; the other styles carry them in headers.
var publicNames = []string{
	"Action", "Version", "Format", "AccessKeyId", "SignatureMethod", "SignatureVersion", "SignatureNonce",
	"Timestamp", "SecurityToken", "Signature", "SignatureType",
}

// The headers that carry public parameters, besides Authorization.
var (
	roaHeaders = map[string]string{
		"Version": "X-Acs-Version", "Timestamp": "Date", "SignatureMethod": "X-Acs-Signature-Method",
		"SignatureVersion": "X-Acs-Signature-Version", "SignatureNonce": "X-Acs-Signature-Nonce",
		"SecurityToken": "X-Acs-Security-Token",
	}
	acs3Headers = map[string]string{
		"Action": "X-Acs-Action", "Version": "X-Acs-Version", "Timestamp": "X-Acs-Date",
		"SignatureNonce": "X-Acs-Signature-Nonce", "SecurityToken": "X-Acs-Security-Token",
	}
)

// open finds the style and gathers the public parameters.
func (c *call) open(profile *schemas.Profile) {
	c.public = map[string]string{}
	c.style = c.guessStyle()
	if !slices.Contains(profile.Styles, c.style) {
		c.style = schemas.RPC
	}
	switch c.style {
	case schemas.ROA:
		c.openHeaders(roaHeaders)
		c.openROA()
	case schemas.ACS3:
		c.openHeaders(acs3Headers)
		c.openACS3()
	default:
		for _, name := range publicNames {
			c.take(name)
		}
	}
	c.take("Format")
	c.take("RegionId")
	if region := c.header.Get("X-Acs-Region-Id"); region != "" && c.style != schemas.RPC {
		c.public["RegionId"] = region
	}
}

// guessStyle returns the style by what is there, since any part of it may be missing.
func (c *call) guessStyle() schemas.Style {
	authorization := c.header.Get("Authorization")
	_, date := c.header["X-Acs-Date"]
	_, digest := c.header["X-Acs-Content-Sha256"]
	switch {
	case strings.HasPrefix(authorization, "ACS3-"), date, digest:
		return schemas.ACS3
	case strings.HasPrefix(authorization, "acs "):
		return schemas.ROA
	}
	for _, p := range c.params() {
		if p.Name != "Format" && p.Name != "Version" && slices.Contains(publicNames, p.Name) {
			return schemas.RPC
		}
	}
	for name := range c.header {
		if strings.HasPrefix(name, "X-Acs-Version") || strings.HasPrefix(name, "X-Acs-Signature") {
			return schemas.ROA
		}
	}
	return schemas.RPC
}

// take makes the parameter of that name in query or form a public one.
func (c *call) take(name string) {
	for _, p := range c.params() {
		if p.Name == name {
			c.public[name] = p.Value
			return
		}
	}
}

func (c *call) openHeaders(names map[string]string) {
	for name, header := range names {
		if values, ok := c.header[header]; ok {
			c.public[name] = values[0]
		}
	}
}

// openROA reads "acs KEY:SIGNATURE".
func (c *call) openROA() {
	text, ok := strings.CutPrefix(c.header.Get("Authorization"), "acs ")
	if !ok {
		return
	}
	id, signature, signed := strings.Cut(text, ":")
	c.public["AccessKeyId"] = id
	if signed {
		c.public["Signature"] = signature
	}
}

// openACS3 reads "ACS3-HMAC-SHA256 Credential=KEY,SignedHeaders=a;b,Signature=HEX".
func (c *call) openACS3() {
	algorithm, rest, _ := strings.Cut(c.header.Get("Authorization"), " ")
	c.algorithm = algorithm
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "Credential":
			c.public["AccessKeyId"] = value
		case "SignedHeaders":
			c.signedHeaders = strings.Split(value, ";")
		case "Signature":
			c.public["Signature"] = value
		}
	}
}

// mandatory names the public parameters that a call of its style must have, in the order they are asked for.
func (c *call) mandatory() []string {
	switch {
	case c.style == schemas.ROA:
		return []string{"Version", "AccessKeyId", "Signature", "Timestamp", "SignatureMethod", "SignatureVersion", "SignatureNonce"}
	case c.style == schemas.ACS3 && c.path != "/":
		return []string{"Version", "AccessKeyId", "Signature", "Timestamp", "SignatureNonce"}
	case c.style == schemas.ACS3:
		return []string{"Action", "Version", "AccessKeyId", "Signature", "Timestamp", "SignatureNonce"}
	default:
		return []string{"Action", "Version", "AccessKeyId", "Signature", "Timestamp", "SignatureMethod", "SignatureVersion", "SignatureNonce"}
	}
}

// ClientName returns the name under which a client of that style knows a public parameter.
func (c *call) ClientName(name string) string {
	if c.style == schemas.ROA && name == "Timestamp" {
		return "Date"
	}
	return name
}
