package mock

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

func TestUnmask(t *testing.T) {
	for text, kind := range map[string]string{
		"i-bp67acfmxazb4p****": letters, "****": letters, "LTAI****": strings.ToUpper(letters), "123****456": digits, "192.168.**.***": digits,
	} {
		got := unmask(text)
		if len(got) != len(text) || strings.Contains(got, "*") || got != unmask(text) {
			t.Errorf("%s: %s, then %s", text, got, unmask(text))
		}
		for i := range text {
			if text[i] != '*' && text[i] != got[i] || text[i] == '*' && !strings.Contains(kind, got[i:i+1]) {
				t.Errorf("%s: %s", text, got)
			}
		}
	}
	if unmask("a****") == unmask("b****") || unmask("****") == unmask("*****")[:4] {
		t.Error("other texts are filled alike")
	}
	for _, text := range []string{"", "acs:ram:*:*:*", "0 0 * * *"} {
		if unmask(text) != text {
			t.Errorf("%q is not masked, and is %q", text, unmask(text))
		}
	}
}

func object(t *testing.T, text string) map[string]any {
	t.Helper()
	var of map[string]any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&of); err != nil {
		t.Fatal(err)
	}
	return of
}

func TestAdapt(t *testing.T) {
	for name, c := range map[string]struct {
		sample string
		call   parameters
		want   string
	}{
		"a pager ends":                           {`{"NextToken":"abc","IsTruncated":true,"Page":{"next_token":"x","HasNext":"true"}}`, nil, `{"NextToken":"","IsTruncated":false,"Page":{"next_token":"","HasNext":"false"}}`},
		"a total of a list":                      {`{"TotalCount":9,"Keys":{"Key":[{"A":"1"},{"A":"2"}]}}`, nil, `{"TotalCount":2,"Keys":{"Key":[{"A":"1"},{"A":"2"}]}}`},
		"a total beside a list":                  {`{"page_info":{"total_count":9},"clusters":[{"a":"1"}]}`, nil, `{"page_info":{"total_count":1},"clusters":[{"a":"1"}]}`},
		"a total that is a text":                 {`{"Data":{"TotalCount":"9","Items":["a"]}}`, nil, `{"Data":{"TotalCount":"1","Items":["a"]}}`},
		"a total of the objects":                 {`{"TotalCount":9,"Tags":["a","b"],"Disks":[{"A":"1"}]}`, nil, `{"TotalCount":1,"Tags":["a","b"],"Disks":[{"A":"1"}]}`},
		"a total of nobody knows what":           {`{"TotalCount":9,"A":["a"],"B":["b"]}`, nil, `{"TotalCount":9,"A":["a"],"B":["b"]}`},
		"the ids of the call":                    {`{"InstanceId":"i-1","Port":80,"Disks":[{"InstanceId":"i-1"}]}`, parameters{"instanceid": "i-9", "port": "90"}, `{"InstanceId":"i-9","Port":80,"Disks":[{"InstanceId":"i-9"}]}`},
		"a number stays one":                     {`{"UserId":1,"GroupId":2,"PageSize":"10"}`, parameters{"userid": "7", "groupid": "x", "pagesize": "20"}, `{"UserId":7,"GroupId":2,"PageSize":"20"}`},
		"a list of what there is":                {`{"Regions":[{"RegionId":"a"},{"RegionId":"b"}]}`, parameters{"regionid": "a"}, `{"Regions":[{"RegionId":"a"},{"RegionId":"b"}]}`},
		"names in the spelling of the sample":    {`{"cluster_id":"c"}`, parameters{"clusterid": "d"}, `{"cluster_id":"d"}`},
		"the second page of two":                 {`{"TotalCount":9,"Items":[1,2,3]}`, parameters{"pagenumber": "2", "pagesize": "2"}, `{"TotalCount":3,"Items":[3]}`},
		"a page of any size":                     {`{"TotalCount":9,"Items":[1,2,3]}`, parameters{"pagenumber": "1"}, `{"TotalCount":3,"Items":[1,2,3]}`},
		"a page far beyond":                      {`{"TotalCount":9,"Items":[1]}`, parameters{"pagenumber": "9223372036854775807", "pagesize": "9223372036854775807"}, `{"TotalCount":1,"Items":[]}`},
		"a list is not cut that nobody counts":   {`{"Items":[1,2,3]}`, parameters{"pagenumber": "2", "pagesize": "2"}, `{"Items":[1,2,3]}`},
		"two totals of a list cut the list once": {`{"TotalCount":9,"Page":{"TotalCount":9},"Items":[1,2,3]}`, parameters{"pagenumber": "2", "pagesize": "1"}, `{"TotalCount":3,"Page":{"TotalCount":3},"Items":[2]}`},
	} {
		t.Run(name, func(t *testing.T) {
			got, want := object(t, c.sample), object(t, c.want)
			if got := newSample(got).to(c.call); !reflect.DeepEqual(got, want) {
				t.Errorf("got %v\nwant %v", got, want)
			}
		})
	}
}

func TestParametersOfOneItem(t *testing.T) {
	all := parameters{}
	all.take("InstanceIds", `["i-1"]`)
	all.take("DiskIds", `["d-1","d-2"]`)
	all.take("Name", "")
	all.take("Name", "a")
	all.take("Name", "b")
	if want := (parameters{"instanceid": "i-1", "name": "a"}); !reflect.DeepEqual(all, want) {
		t.Errorf("got %v, want %v", all, want)
	}
}

func TestLeastFormOfATypeThatRefersToItself(t *testing.T) {
	shelf := &schemas.Kind{Name: schemas.KindObject, Members: map[string]*schemas.Kind{"Below": {Ref: "Shelf"}, "Books": {Name: schemas.KindArray}, "Open": {Name: schemas.KindBoolean}, "Any": {}}}
	round := map[string]*schemas.Kind{"Shelf": shelf, "Loop": {Ref: "Loop"}}
	got := least(round, &schemas.Kind{Ref: "Shelf"})
	deep := 0
	for o := got; o != nil; deep++ {
		if len(o["Books"].([]any)) != 0 || o["Open"] != false {
			t.Errorf("got %v", o)
		}
		o, _ = o["Below"].(map[string]any)
	}
	if deep != leastDepth {
		t.Errorf("%d deep", deep)
	}
	for _, kind := range []*schemas.Kind{nil, {}, {Ref: "Loop"}, {Ref: "Nobody"}, {Name: schemas.KindArray}} {
		if got := least(round, kind); len(got) != 0 {
			t.Errorf("%+v: %v", kind, got)
		}
	}
}
