package reference

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// byPath reports whether the call is named by method and path rather than by Action.
func (c *call) byPath() bool {
	return c.style == schemas.ROA || c.style == schemas.ACS3 && c.path != "/"
}

// lookUp returns the action that the call names, and nil when there is none.
func (s *Server) lookUp(c *call) *action {
	for i := range s.service.actions {
		a := &s.service.actions[i]
		if c.byPath() && a.method == c.method && a.path == c.path || !c.byPath() && a.name == c.value("Action") {
			return a
		}
	}
	for i := range s.service.actions {
		if a := &s.service.actions[i]; c.byPath() && a.method == c.method && a.matches(c.path) {
			return a
		}
	}
	return nil
}

// actionKnown refuses what names no action, one that goes by another method, another version, or a body that the action does not take.
func actionKnown(s *Server, c *call) *fault {
	name, version := c.value("Action"), c.value("Version")
	c.action = s.lookUp(c)
	byPath := c.byPath()
	switch {
	case !byPath && c.path != "/":
		return &fault{condition: unknownAction, parameter: "Action"}
	case c.action == nil && (byPath || name != ""):
		return &fault{condition: unknownAction, parameter: "Action"}
	case !byPath && c.action != nil && c.action.by != "" && c.method != c.action.by && slices.Contains(s.profile.Methods, c.method):
		return &fault{condition: unsupportedMethod, parameter: "Method"}
	case version != "" && version != s.service.version:
		return &fault{condition: unknownVersion, parameter: "Version"}
	case c.style == schemas.RPC && len(c.body) > 0 && !isForm(c.header) && (c.action == nil || !c.action.takesBody):
		return &fault{condition: hostile, parameter: "Content-Type"}
	default:
		return nil
	}
}

// regions are those that the service is in.
var regions = []string{
	"cn-hangzhou", "cn-beijing", "cn-shanghai", "cn-shenzhen", "cn-qingdao", "cn-zhangjiakou", "cn-hongkong",
	"ap-southeast-1", "eu-central-1", "us-west-1", "us-east-1",
}

func regionKnown(s *Server, c *call) *fault {
	if region, there := c.public["RegionId"]; there && !s.service.anyRegion && !slices.Contains(regions, region) && region != s.service.sound.Params["RegionId"] {
		return &fault{condition: unknownRegion, parameter: "RegionId"}
	}
	return nil
}

// permitted refuses a call that is not the default key's to make, where the document has a row for that.
func permitted(s *Server, c *call) *fault {
	if c.action == nil || !c.action.owned || c.key == nil || c.key.AccessKeyID != keys[schemas.DefaultKey].AccessKeyID {
		return nil
	}
	for _, code := range []string{"Forbidden.SubUser", "Forbidden.NoPermission", "Forbidden", "Forbidden.AccessKeyDisabled"} {
		if row := s.RowByCode(code); row != nil {
			return &fault{condition: recipe, row: row}
		}
	}
	return nil
}

func tlsUsed(_ *Server, c *call) *fault {
	if c.action != nil && c.action.tlsOnly && !c.secure {
		return &fault{condition: plainHTTP}
	}
	return nil
}

// The one owner that the server knows.
const (
	ownerID      = "1234567890123456"
	ownerAccount = "owner@example.test"
)

// ownerGood looks at the owner parameters where the document speaks of them.
func ownerGood(s *Server, c *call) *fault {
	if !s.answers(ownerIDAndAccount) {
		return nil
	}
	id, account := c.Param("OwnerId"), c.Param("OwnerAccount")
	switch {
	case id != "" && account != "":
		return &fault{condition: ownerIDAndAccount}
	case account != "" && !strings.EqualFold(account, ownerAccount):
		return &fault{condition: invalidOwnerAccount, parameter: "OwnerAccount"}
	case id != "" && id != ownerID:
		return &fault{condition: invalidOwnerID, parameter: "OwnerId"}
	case c.Param("ResourceOwnerAccount") != "" && !strings.EqualFold(c.Param("ResourceOwnerAccount"), ownerAccount):
		return &fault{condition: invalidResourceOwnerAccount, parameter: "ResourceOwnerAccount"}
	default:
		return nil
	}
}

func withinRate(s *Server, c *call) *fault {
	if c.action == nil || !c.action.throttled || s.bursts.admit(c.action.name, c.now) {
		return nil
	}
	return &fault{condition: throttled}
}

// RunAction runs the action. A call without one (its name was forgiven) has an empty result.
func RunAction(s *Server, c *call) *fault {
	if c.action == nil {
		return nil
	}
	for _, p := range s.service.provocations {
		if row := s.RowByCode(p.code); row != nil && p.fits(c) {
			return &fault{condition: recipe, parameter: p.parameter, row: row}
		}
	}
	result, f := c.action.run(s, c)
	c.result = result
	return f
}
