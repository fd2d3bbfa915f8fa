package input

import (
	"bytes"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// A convention is one that other services answer by, of which the clauses say nothing.
type convention struct {
	name    string
	schemes []string // what Authorization of its requests begins with
	field   string   // what fields begin with that only its answers have
	space   string   // what the XML namespace of its answers begins with
	hosts   []string // .domain: its hosts end so; label or label-: a label of its hosts in aliyuncs.com is this or begins so
}

// conventions are known by what their clients sign and by what no other service answers. The shape of a body is no sign: a
// server of this convention that writes requestId is at fault.
var conventions = []convention{
	{name: "OSS", schemes: []string{"OSS ", "OSS2 ", "OSS4-"}, field: "x-oss-", space: "http://doc.oss-", hosts: []string{"oss-"}},
	{name: "Log Service", schemes: []string{"LOG ", "SLS4-"}, field: "x-log-", hosts: []string{"log"}},
	{name: "MNS", schemes: []string{"MNS "}, field: "x-mns-", space: "http://mns.aliyuncs.com/", hosts: []string{"mns"}},
	{name: "RocketMQ", schemes: []string{"MQ "}, field: "x-mq-", space: "http://mq.aliyuncs.com/", hosts: []string{"mqrest"}},
	{name: "API Gateway", schemes: []string{"APPCODE "}, field: "x-ca-error-", hosts: []string{".alicloudapi.com"}},
	{name: "Model Studio", field: "x-dashscope-", hosts: []string{"dashscope", "dashscope-"}},
	{name: "Function Compute", schemes: []string{"FC "}, field: "x-fc-"},
	{name: "Tablestore", field: "x-ots-", hosts: []string{"ots"}},
	{name: "MaxCompute", schemes: []string{"ODPS "}, field: "x-odps-"},
	{name: "DataHub", schemes: []string{"DATAHUB "}, field: "x-datahub-"},
	{name: "OpenSearch", schemes: []string{"OPENSEARCH "}},
	{name: "DingTalk", hosts: []string{".dingtalk.com"}},
	{name: "Console", hosts: []string{".console.aliyun.com", ".console.alibabacloud.com"}},
}

// otherConvention names the convention of another service that an exchange follows; empty where it shows none. A request that
// names an action, or is signed as calls are, is a call whatever is answered.
func otherConvention(x *schemas.Exchange) string {
	if x.Intent.Action != "" || x.Intent.Condition != "" {
		return ""
	}
	authorization := x.Request.Header.Get("Authorization")
	signed := func(c *convention) bool {
		return slices.ContainsFunc(c.schemes, func(s string) bool { return strings.HasPrefix(authorization, s) })
	}
	if name := conventionWhere(signed); name != "" || isSigned(x) {
		return name
	}
	if name := conventionOfHost([]byte(addressed(x))); name != "" || x.Response == nil {
		return name
	}
	return conventionOfAnswer(x.Response)
}

// conventionOfAnswer names the convention that only the answer shows, which one with the field of this convention does not.
func conventionOfAnswer(r *schemas.Response) string {
	if _, ours := r.Header.Lookup("x-acs-request-id"); ours {
		return ""
	}
	root := r.Body[:min(len(r.Body), mostRoot)]
	return conventionWhere(func(c *convention) bool {
		return c.space != "" && bytes.Contains(root, []byte(`xmlns="`+c.space)) ||
			slices.ContainsFunc(r.Header, func(f schemas.Field) bool { return c.sends([]byte(f.Name)) })
	})
}

// mostRoot is how much of a body is looked at for the namespace of its root.
const mostRoot = 512

// addressed returns the host that the client addressed; where that is not known, the one that an error names.
func addressed(x *schemas.Exchange) string {
	if host := hostOf(x); host != "" || x.Response == nil {
		return host
	}
	if e := body.Open(x.Response.Body); e != nil {
		return e.Text("HostId")
	}
	return ""
}

// mayBeOther reports whether a record that names no action has to be looked at in full, as it may follow another convention.
func (p *Picked) mayBeOther() bool {
	if len(p.Host) > 0 || p.foreign {
		return p.foreign || conventionOfHost(p.Host) != ""
	}
	m := p.envelope.Get("HostId")
	return m != nil && (!m.Plain || conventionOfHost(m.Raw) != "")
}

// isForeignField reports a field of an answer that only another convention has. All of these begin alike.
func isForeignField(name []byte) bool {
	return len(name) > 2 && name[0]|0x20 == 'x' && name[1] == '-' && conventionWhere(func(c *convention) bool { return c.sends(name) }) != ""
}

// conventionOfHost names the convention of a host, which may stand behind a scheme.
func conventionOfHost(host []byte) string {
	if i := bytes.Index(host, []byte("://")); i >= 0 {
		host = host[i+3:]
	}
	if len(host) == 0 {
		return ""
	}
	return conventionWhere(func(c *convention) bool {
		for _, pattern := range c.hosts {
			if isHost(host, pattern) {
				return true
			}
		}
		return false
	})
}

func conventionWhere(is func(*convention) bool) string {
	for i := range conventions {
		if is(&conventions[i]) {
			return conventions[i].name
		}
	}
	return ""
}

func (c *convention) sends(field []byte) bool {
	return c.field != "" && len(field) > len(c.field) && bytes.EqualFold(field[:len(c.field)], []byte(c.field))
}

// isHost reports a host of a pattern of [convention]. It does not allocate.
func isHost(host []byte, pattern string) bool {
	if pattern[0] == '.' {
		return hasSuffix(host, pattern)
	}
	if !hasSuffix(host, ".aliyuncs.com") {
		return false
	}
	for more := true; more; {
		var label []byte
		label, host, more = bytes.Cut(host, dot)
		if len(label) >= len(pattern) && bytes.EqualFold(label[:len(pattern)], []byte(pattern)) &&
			(len(label) == len(pattern) || pattern[len(pattern)-1] == '-') {
			return true
		}
	}
	return false
}

var dot = []byte(".")

// hasSuffix reports a suffix in any letter case.
func hasSuffix(host []byte, suffix string) bool {
	return len(host) >= len(suffix) && bytes.EqualFold(host[len(host)-len(suffix):], []byte(suffix))
}
