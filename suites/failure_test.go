package suites_test

import (
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

const idOfAnswers = "4C467B38-3910-447D-87BC-AC049166F216"

// told is what judging a captured 2xx found, clause by clause.
func told(t *testing.T, profile, action, contentType, body string) (must, should []string) {
	t.Helper()
	p, err := fixtures.Profile(profile)
	if err != nil {
		t.Fatal(err)
	}
	x := &schemas.Exchange{
		Intent:   schemas.Intent{Action: action},
		Response: &schemas.Response{Status: 200, Header: schemas.Header{{Name: "Content-Type", Value: contentType}}, Body: schemas.Body(body)},
	}
	for _, f := range suites.NewJudge(p, fixtures.Clauses()).See(x).Findings {
		if f.Level == schemas.Must {
			must = append(must, f.Clause)
			continue
		}
		should = append(should, f.Clause)
	}
	return must, should
}

// What is an error, what reads like one, and what is data: in captured successes, of which nothing else is known.
func TestWhatA2xxTells(t *testing.T) {
	const must, should, silent = "must", "should", "silent"
	inJSON := func(members string) string { return `{"RequestId":"` + idOfAnswers + `",` + members + `}` }
	for members, want := range map[string]string{
		`"Code":"1","Data":{"Passed":"T"}`:                                                     silent,
		`"Code":"cn-shanghai","Name":"East 2"`:                                                 silent,
		`"Success":true,"Code":"SUCCEED"`:                                                      silent,
		`"Code":"Accepted","Message":"The order was accepted."`:                                silent,
		`"Code":"NO","Name":"Norway"`:                                                          silent,
		`"Code":"Failover","Message":"done","Node":"n-1"`:                                      silent,
		`"Code":"10000"`:                                                                       silent,
		`"Success":true,"Code":"NotifyFailed"`:                                                 silent,
		`"Success":"true","Code":"200"`:                                                        silent,
		`"Data":{"Code":"InvalidParameter","Message":"x","Success":false}`:                     silent,
		`"Code":"isp.SYSTEM_ERROR"`:                                                            should,
		`"Code":"isv.BUSINESS_LIMIT_CONTROL","Message":"too often"`:                            should,
		`"Code":"Quota.Exceeded","Message":"no"`:                                               should,
		`"Code":"InstanceNotFound","Message":"no"`:                                             should,
		`"Code":"NoSuchBucket","Message":"no"`:                                                 should,
		`"Code":"403","Message":"no"`:                                                          should,
		`"Code":"SignatureDoesNotMatch"`:                                                       should, // without a Message it may be data
		`"Code":"InternalError","Message":" "`:                                                 should,
		`"Code":"QuotaNearlyUsedUp","Message":"The quota is nearly used up."`:                  should, // nothing but what an error has
		`"Code":"A0001","Message":"done"`:                                                      silent,
		`"Code":"10000","Message":"done"`:                                                      silent,
		`"Code":"Invalidated","Message":"The cache was invalidated.","Cache":"c-1"`:            silent, // begins as Invalid{ParameterName} does
		`"Code":"MissingPersons","Message":"Three of them were found."`:                        should,
		`"Success":false`:                                                                      should,
		`"asapiSuccess":false,"errorCode":"NotFound"`:                                          should,
		`"Success":"False","Message":"no"`:                                                     should,
		`"Success":true,"asapiSuccess":false`:                                                  should,
		`"Code":"InternalError","Message":"The request processing has failed."`:                must,
		`"Code":"SignatureDoesNotMatch","Message":"no"`:                                        must,
		`"Code":"Throttling.User","Message":"Request was denied due to user flow control."`:    must,
		`"Success":true,"Code":"InvalidAccessKeyId.Inactive","Message":"It was switched off."`: must,
		`"Code":"MissingTimestamp","Message":"Timestamp is mandatory for this action."`:        must,
	} {
		musts, shoulds := told(t, "gateway", "", "application/json;charset=utf-8", inJSON(members))
		got := silent
		switch {
		case len(musts) > 0:
			got = must
		case len(shoulds) > 0:
			got = should
			if len(shoulds) != 1 || shoulds[0] != "CLIENT-3" {
				t.Errorf("%s: %v, want CLIENT-3 alone", members, shoulds)
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s (%v, %v)", members, got, want, musts, shoulds)
		}
	}
}

func TestWhatA2xxTellsInXML(t *testing.T) {
	const head = `<?xml version="1.0" encoding="UTF-8"?>`
	for _, c := range []struct{ profile, body, must, should string }{
		{"ecs", `<QueryResponse><RequestId>` + idOfAnswers + `</RequestId><Code>1</Code></QueryResponse>`, "", ""},
		{"ecs", `<QueryResponse><RequestId>` + idOfAnswers + `</RequestId><Code>400</Code><Message>no</Message></QueryResponse>`, "", "CLIENT-3"},
		{"ecs", `<QueryResponse><RequestId>` + idOfAnswers + `</RequestId><Code>isp.SYSTEM_ERROR</Code></QueryResponse>`, "", "CLIENT-3"},
		{"ecs", `<QueryResponse><RequestId>` + idOfAnswers + `</RequestId><Success>false</Success></QueryResponse>`, "", "CLIENT-3"},
		{"ecs", `<QueryResponse><RequestId>` + idOfAnswers + `</RequestId><Success>true</Success></QueryResponse>`, "", ""},
		{"ecs", `<Error><RequestId>` + idOfAnswers + `</RequestId><Code>Odd</Code><Message>no</Message></Error>`, "SUCCESS-3", ""},
		{"ecs", `<Error><RequestId>` + idOfAnswers + `</RequestId><Code>InternalError</Code><Message>The request processing has failed due to some unknown error, exception or failure.</Message></Error>`, "STATUS-2", ""},
		{"kms", `<KMS><RequestId>` + idOfAnswers + `</RequestId><Code>1</Code></KMS>`, "", "SUCCESS-3"}, // X14
	} {
		musts, shoulds := told(t, c.profile, "Query", "text/xml;charset=utf-8", head+c.body)
		for _, side := range []struct {
			got  []string
			want string
		}{{musts, c.must}, {shoulds, c.should}} {
			if len(side.got) > 1 || len(side.got) == 1 && side.got[0] != side.want || len(side.got) == 0 && side.want != "" {
				t.Errorf("%s: %s: must %v, should %v, want %q and %q", c.profile, c.body, musts, shoulds, c.must, c.should)
			}
		}
	}
}
