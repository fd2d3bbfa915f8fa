package server

import (
	"iter"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// ByPath reports whether the call is named by method and path rather than by Action.
func (c *Call) ByPath() bool {
	return c.Style == schemas.ROA || c.Style == schemas.ACS3 && c.Path != "/"
}

// PathParams are the names and values of the parameters in the path of a call that is named by it, as they came.
func (c *Call) PathParams() iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		if !c.ByPath() || c.Action == nil {
			return
		}
		got := strings.Split(c.Path, "/")
		for i, part := range strings.Split(c.Action.Path, "/") {
			if name := strings.Trim(part, "{}[]"); name != part && i < len(got) && !yield(name, got[i]) {
				return
			}
		}
	}
}

// LookUp returns the action that the call names, and nil when there is none.
func (s *Server) LookUp(c *Call) *Action {
	if !c.ByPath() {
		name := c.Value("Action")
		return s.firstAction(func(a *Action) bool { return a.Name == name })
	}
	if a := s.firstAction(func(a *Action) bool { return a.Method == c.Method && a.Path == c.Path }); a != nil {
		return a
	}
	return s.firstAction(func(a *Action) bool { return a.Method == c.Method && a.Matches(c.Path) })
}

// OperationOf returns the published operation that the call names, and nil when there is none. It may be asked before the
// action is looked for.
func (s *Server) OperationOf(c *Call) *schemas.Operation {
	if a := s.LookUp(c); a != nil {
		return a.Operation
	}
	return nil
}

func (s *Server) firstAction(wanted func(*Action) bool) *Action {
	for i := range s.Service.Actions {
		if a := &s.Service.Actions[i]; wanted(a) {
			return a
		}
	}
	return nil
}

// ActionKnown refuses what names no action, one that goes by another method, another version, or a body that the action does not take.
func ActionKnown(s *Server, c *Call) *Fault {
	name, version := c.Value("Action"), c.Value("Version")
	c.Action = s.LookUp(c)
	byPath := c.ByPath()
	switch {
	case !byPath && c.Path != "/":
		return &Fault{Condition: UnknownAction, Parameter: "Action"}
	case c.Action == nil && (byPath || name != ""):
		return &Fault{Condition: UnknownAction, Parameter: "Action"}
	case !byPath && c.Action != nil && c.Action.ByMethod != "" && c.Method != c.Action.ByMethod && slices.Contains(s.Profile.Methods, c.Method):
		return &Fault{Condition: UnsupportedMethod, Parameter: "Method"}
	case version != "" && version != s.Service.Version:
		return &Fault{Condition: UnknownVersion, Parameter: "Version"}
	case c.Style == schemas.RPC && len(c.Body) > 0 && !IsForm(c.Header) && (c.Action == nil || !c.Action.TakesBody):
		return &Fault{Condition: Hostile, Parameter: "Content-Type"}
	default:
		return nil
	}
}

// Regions are those that the service is in.
var Regions = []string{
	"cn-hangzhou", "cn-beijing", "cn-shanghai", "cn-shenzhen", "cn-qingdao", "cn-zhangjiakou", "cn-hongkong",
	"ap-southeast-1", "eu-central-1", "us-west-1", "us-east-1",
}

func regionKnown(s *Server, c *Call) *Fault {
	if region, there := c.Public["RegionId"]; there && !s.Service.anyRegion && !slices.Contains(Regions, region) && region != s.Service.Sound.Params["RegionId"] {
		return &Fault{Condition: UnknownRegion, Parameter: "RegionId"}
	}
	return nil
}

// permitted refuses a call that is not the default key's to make, where the document has a row for that.
func permitted(s *Server, c *Call) *Fault {
	if c.Action == nil || !c.Action.Owned || c.Key == nil || c.Key.AccessKeyID != Keys[schemas.DefaultKey].AccessKeyID {
		return nil
	}
	for _, code := range []string{"Forbidden.SubUser", "Forbidden.NoPermission", "Forbidden", "Forbidden.AccessKeyDisabled"} {
		if row := s.RowByCode(code); row != nil {
			return &Fault{Condition: Recipe, Row: row}
		}
	}
	return nil
}

func tlsUsed(_ *Server, c *Call) *Fault {
	if c.Action != nil && c.Action.tlsOnly && !c.secure {
		return &Fault{Condition: PlainHTTP}
	}
	return nil
}

// The one owner that the server knows.
const (
	ownerID      = "1234567890123456"
	ownerAccount = "owner@example.test"
)

// ownerGood looks at the owner parameters where the document mentions them.
func ownerGood(s *Server, c *Call) *Fault {
	if !s.answers(OwnerIDAndAccount) {
		return nil
	}
	id, account := c.Param("OwnerId"), c.Param("OwnerAccount")
	switch {
	case id != "" && account != "":
		return &Fault{Condition: OwnerIDAndAccount}
	case account != "" && !strings.EqualFold(account, ownerAccount):
		return &Fault{Condition: InvalidOwnerAccount, Parameter: "OwnerAccount"}
	case id != "" && id != ownerID:
		return &Fault{Condition: InvalidOwnerID, Parameter: "OwnerId"}
	case c.Param("ResourceOwnerAccount") != "" && !strings.EqualFold(c.Param("ResourceOwnerAccount"), ownerAccount):
		return &Fault{Condition: InvalidResourceOwnerAccount, Parameter: "ResourceOwnerAccount"}
	default:
		return nil
	}
}

// WithinRate objects to a call of the throttled action that is one too many.
func WithinRate(s *Server, c *Call) *Fault {
	if c.Action == nil || !c.Action.throttled || s.bursts.admit(c.Action.Name, c.Now) {
		return nil
	}
	return &Fault{Condition: Throttled}
}

// RunAction runs the action. A call without an action, on a server that requires none, has an empty result.
func RunAction(s *Server, c *Call) *Fault {
	if c.Action == nil {
		return nil
	}
	for _, p := range s.Service.Provocations {
		if row := s.RowByCode(p.Code); row != nil && p.fits(c) {
			return &Fault{Condition: Recipe, Parameter: p.Parameter, Row: row}
		}
	}
	result, f := c.Action.Run(s, c)
	c.result = result
	return f
}
