package product_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

var uuid = regexp.MustCompile(`^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$`)

// callers lists the SDKs that a product is called by.
func callers(t *testing.T, product string) map[string]caller {
	t.Helper()
	all := map[string]caller{"alibaba-cloud-sdk-go " + product: v1(product), product + " V2": v2(product)}
	if node := startNode(t); node != nil {
		all["@alicloud/pop-core"] = node.by("pop")
		all["@alicloud/"+map[string]string{"ecs": "ecs20140526", "kms": "kms20160120"}[product]] = node.by(product)
	}
	return all
}

// Every operation that only reads has a typed result in every SDK that knows it.
func TestEveryReadOnlyOperationHasATypedResult(t *testing.T) {
	least := map[string]int{"ecs": 2, "kms": 2} // operations of each SDK
	if os.Getenv(metadataOf) != "" {
		least = map[string]int{"ecs": 50, "kms": 10}
	}
	for product, least := range least {
		s := serve(t, product, way{})
		for name, do := range callers(t, product) {
			met, unknown := 0, 0
			for _, o := range s.readOnly() {
				got := do(s, of(o))
				switch {
				case got.Missing:
					unknown++
				case got.Fault != "" || got.Failed || got.Typed == "" || !uuid.MatchString(got.RequestID):
					t.Errorf("%s %s: %+v", name, o.Name, got)
				default:
					met++
				}
			}
			t.Logf("%s: %d operations, %d that the SDK does not know", name, met, unknown)
			if met < least {
				t.Errorf("%s: %d operations have a typed result, want at least %d", name, met, least)
			}
		}
	}
}

// member returns a member of a result by the names on the way to it, in whatever spelling the SDK has them.
func member(t *testing.T, result any, path ...string) any {
	t.Helper()
	text, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	for _, name := range path {
		object, _ := value.(map[string]any)
		value = nil
		for key, of := range object {
			if strings.EqualFold(key, name) {
				value = of
			}
		}
	}
	return value
}

// A pager that counts items ends with all of them, and one that goes by NextToken ends.
func TestPagersEnd(t *testing.T) {
	for product, list := range map[string]struct{ operation, outer, inner, id string }{
		"ecs": {"DescribeInstances", "Instances", "Instance", "InstanceId"}, "kms": {"ListKeys", "Keys", "Key", "KeyId"},
	} {
		s := serve(t, product, way{})
		for name, do := range callers(t, product) {
			c := of(s.profile.Operations.Named(list.operation))
			c.params["PageSize"] = 1
			ids, total := map[string]bool{}, 1
			page := 1
			for ; len(ids) < total && page < 20; page++ {
				c.params["PageNumber"] = page
				got := do(s, c)
				count, _ := member(t, got.Result, "TotalCount").(float64)
				total = int(count)
				items, _ := member(t, got.Result, list.outer, list.inner).([]any)
				for _, item := range items {
					ids[fmt.Sprint(member(t, item, list.id))] = true
				}
			}
			if total < 1 || len(ids) != total || page != total+1 {
				t.Errorf("%s: %d items of %d on %d pages: %v", name, len(ids), total, page-1, slices.Sorted(maps.Keys(ids)))
			}
			if product == "kms" {
				continue
			}
			c = of(s.profile.Operations.Named(list.operation))
			for page, token := 0, "x"; token != ""; page++ {
				got := do(s, c)
				token, _ = member(t, got.Result, "NextToken").(string)
				if c.params["NextToken"] = token; page == 5 || got.Typed == "" {
					t.Errorf("%s: the pager does not end: %+v", name, got)
					break
				}
			}
		}
	}
}

const throttled = "{error: Throttling.User, status: 400, message: Slower.}"

// Whatever is refused reaches the caller of every SDK with its Code, Message and RequestId.
func TestRefusalsReachTheCaller(t *testing.T) {
	for name, c := range map[string]struct {
		way     way
		edit    func(*schemas.Credential)
		code    string
		message string
	}{
		"another secret": {way{}, func(k *schemas.Credential) { k.AccessKeySecret += "x" }, "SignatureDoesNotMatch", "signature"},
		"another key":    {way{}, func(k *schemas.Credential) { k.AccessKeyID += "x" }, "InvalidAccessKeyId.NotFound", "access key"},
		"another time":   {way{clock: time.Hour}, nil, "InvalidTimeStamp.Expired", "time stamp"},
		"a nonce again":  {way{twice: true}, nil, "SignatureNonceUsed", "nonce"},
		"throttled":      {way{answers: "answers:\n- {operation: %s, replies: [" + throttled + "]}\n"}, nil, "Throttling.User", "slower."},
	} {
		for product, operation := range map[string]string{"ecs": "DescribeRegions", "kms": "ListKeys"} {
			of := c.way
			of.answers = strings.ReplaceAll(of.answers, "%s", operation)
			s := serve(t, product, of)
			if c.edit != nil {
				c.edit(&s.key)
			}
			for sdk, do := range callers(t, product) {
				got := do(s, call{operation: operation, method: http.MethodPost, params: map[string]any{}})
				code := strings.TrimSuffix(got.Code, "Error") // @alicloud/kms20160120 adds it to every code, and loses the status
				if !got.Failed || code != c.code || got.Status/100 != 4 && sdk != "@alicloud/kms20160120" || !strings.Contains(strings.ToLower(got.Message), c.message) || !uuid.MatchString(got.RequestID) {
					t.Errorf("%s, %s: %+v", name, sdk, got)
				}
			}
		}
	}
}

// What two SDKs try again gets through to the third answer.
func TestWhatIsThrottledIsTriedAgain(t *testing.T) {
	answers := "answers:\n- {operation: DescribeRegions, replies: [" + throttled + ", " + throttled + ", {}]}\n"
	s := serve(t, "ecs", way{answers: answers})
	again := map[string]caller{"ecs V2": v2("ecs")}
	if node := startNode(t); node != nil {
		again["@alicloud/ecs20140526"] = node.by("ecs")
	}
	for name, do := range again {
		s.mock.Reset()
		got := do(s, call{operation: "DescribeRegions", method: http.MethodPost, params: map[string]any{}, retry: true})
		if n := s.mock.Journal().Total; got.Typed == "" || n != 3 {
			t.Errorf("%s: %d requests, %+v", name, n, got)
		}
	}
}
