package server

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// PublicNames are the public parameters of style rpc; the other styles carry them in headers.
var PublicNames = []string{
	"Action", "Version", "Format", "AccessKeyId", "SignatureMethod", "SignatureVersion", "SignatureNonce",
	"Timestamp", "SecurityToken", "Signature", "SignatureType",
}

// The headers that carry public parameters, besides Authorization.
var (
	ROAHeaders = map[string]string{
		"Version": "X-Acs-Version", "Timestamp": "Date", "SignatureMethod": "X-Acs-Signature-Method",
		"SignatureVersion": "X-Acs-Signature-Version", "SignatureNonce": "X-Acs-Signature-Nonce",
		"SecurityToken": "X-Acs-Security-Token",
	}
	ACS3Headers = map[string]string{
		"Action": "X-Acs-Action", "Version": "X-Acs-Version", "Timestamp": "X-Acs-Date",
		"SignatureNonce": "X-Acs-Signature-Nonce", "SecurityToken": "X-Acs-Security-Token",
	}
)

// Open finds the style and gathers the public parameters.
func (c *Call) Open(profile *schemas.Profile) {
	c.Public = map[string]string{}
	c.Style = c.guessStyle()
	if !slices.Contains(profile.Styles, c.Style) {
		c.Style = schemas.RPC
	}
	switch c.Style {
	case schemas.ROA:
		c.openHeaders(ROAHeaders)
		c.openROA()
	case schemas.ACS3:
		c.openHeaders(ACS3Headers)
		c.openACS3()
	default:
		for _, name := range PublicNames {
			c.take(name)
		}
	}
	c.take("Format")
	c.take("RegionId")
	if region := c.Header.Get("X-Acs-Region-Id"); region != "" && c.Style != schemas.RPC {
		c.Public["RegionId"] = region
	}
}

// guessStyle returns the style by what is there, since any part of it may be missing.
func (c *Call) guessStyle() schemas.Style {
	authorization := c.Header.Get("Authorization")
	_, date := c.Header["X-Acs-Date"]
	_, digest := c.Header["X-Acs-Content-Sha256"]
	switch {
	case strings.HasPrefix(authorization, "ACS3-"), date, digest:
		return schemas.ACS3
	case strings.HasPrefix(authorization, "acs "):
		return schemas.ROA
	}
	for _, p := range c.Params() {
		if p.Name != "Format" && p.Name != "Version" && slices.Contains(PublicNames, p.Name) {
			return schemas.RPC
		}
	}
	for name := range c.Header {
		if strings.HasPrefix(name, "X-Acs-Version") || strings.HasPrefix(name, "X-Acs-Signature") {
			return schemas.ROA
		}
	}
	return schemas.RPC
}

// take makes the parameter of that name in query or form a public one.
func (c *Call) take(name string) {
	for _, p := range c.Params() {
		if p.Name == name {
			c.Public[name] = p.Value
			return
		}
	}
}

func (c *Call) openHeaders(names map[string]string) {
	for name, header := range names {
		if values, ok := c.Header[header]; ok {
			c.Public[name] = values[0]
		}
	}
}

// openROA reads "acs KEY:SIGNATURE".
func (c *Call) openROA() {
	text, ok := strings.CutPrefix(c.Header.Get("Authorization"), "acs ")
	if !ok {
		return
	}
	id, signature, signed := strings.Cut(text, ":")
	c.Public["AccessKeyId"] = id
	if signed {
		c.Public["Signature"] = signature
	}
}

// openACS3 reads "ACS3-HMAC-SHA256 Credential=KEY,SignedHeaders=a;b,Signature=HEX".
func (c *Call) openACS3() {
	algorithm, rest, _ := strings.Cut(c.Header.Get("Authorization"), " ")
	c.Algorithm = algorithm
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "Credential":
			c.Public["AccessKeyId"] = value
		case "SignedHeaders":
			c.SignedHeaders = strings.Split(value, ";")
		case "Signature":
			c.Public["Signature"] = value
		}
	}
}

// mandatory names the public parameters that a call of its style must have, in the order they are asked for.
func (c *Call) mandatory() []string {
	switch {
	case c.Style == schemas.ROA:
		return []string{"Version", "AccessKeyId", "Signature", "Timestamp", "SignatureMethod", "SignatureVersion", "SignatureNonce"}
	case c.Style == schemas.ACS3 && c.Path != "/":
		return []string{"Version", "AccessKeyId", "Signature", "Timestamp", "SignatureNonce"}
	case c.Style == schemas.ACS3:
		return []string{"Action", "Version", "AccessKeyId", "Signature", "Timestamp", "SignatureNonce"}
	default:
		return []string{"Action", "Version", "AccessKeyId", "Signature", "Timestamp", "SignatureMethod", "SignatureVersion", "SignatureNonce"}
	}
}

// ClientName returns the name under which a client of that style knows a public parameter.
func (c *Call) ClientName(name string) string {
	if c.Style == schemas.ROA && name == "Timestamp" {
		return "Date"
	}
	return name
}
