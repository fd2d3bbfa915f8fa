package clients

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"

	"github.com/acsconform/acsconform/schemas"
)

// V2 is what darabonba-openapi is called in tables and findings.
const V2 = "darabonba-openapi"

// transport answers instead of the network.
type transport struct{ http.RoundTripper }

// Call is dara's name for it.
func (t transport) Call(r *http.Request, _ *http.Transport) (*http.Response, error) {
	return t.RoundTrip(r)
}

// v2Config is the client's configuration. Which codes are tried again is the caller's to say.
func v2Config(c Call) *utils.Config {
	config := &utils.Config{
		AccessKeyId: &c.Key.AccessKeyID, AccessKeySecret: &c.Key.AccessKeySecret,
		Endpoint: &c.Host, Protocol: dara.String("http"), RegionId: dara.String("cn-hangzhou"),
	}
	if c.Key.SecurityToken != "" {
		config.SecurityToken = &c.Key.SecurityToken
	}
	if c.Transport != nil {
		config.HttpClient = transport{c.Transport}
	}
	if c.Retry {
		config.RetryOptions = &dara.RetryOptions{Retryable: true, RetryCondition: []*dara.RetryCondition{{
			MaxAttempts: 3, MaxDelay: 1, Backoff: dara.NewFixedBackoffPolicy(map[string]any{"period": 0}), // in seconds
			ErrorCode: []string{"Throttling", "Throttling.User", "Throttling.Api", "ServiceUnavailable", "ServiceUnavailableTemporary"},
		}}}
	}
	return config
}

func pointers(params map[string]string) map[string]*string {
	out := map[string]*string{}
	for name, value := range params {
		out[name] = &value
	}
	return out
}

// v2Request puts the parameters where the call wants them.
func v2Request(c Call) *utils.OpenApiRequest {
	r := &utils.OpenApiRequest{}
	if c.Post {
		body := map[string]any{}
		for name, value := range c.Params {
			body[name] = value
		}
		r.Body = body
		return r
	}
	r.Query = pointers(c.Params)
	if c.XML {
		r.Query["Format"] = dara.String("XML")
	}
	return r
}

// callRPC is DoRPCRequest: style rpc.
func callRPC(c Call) schemas.Reading {
	client, err := openapi.NewClient(v2Config(c))
	if err != nil {
		return stumbled(err)
	}
	result, err := client.DoRPCRequest(&c.Action, &c.Version, dara.String("HTTP"), dara.String(c.method()), dara.String("AK"),
		dara.String("json"), v2Request(c), &dara.RuntimeOptions{})
	return readV2(result, err)
}

// callROA is DoROARequest: style roa.
func callROA(c Call) schemas.Reading {
	client, err := openapi.NewClient(v2Config(c))
	if err != nil {
		return stumbled(err)
	}
	result, err := client.DoROARequest(&c.Action, &c.Version, dara.String("HTTP"), dara.String(c.method()), dara.String("AK"),
		&c.Path, dara.String("json"), v2Request(c), &dara.RuntimeOptions{})
	return readV2(result, err)
}

// callAPI is CallApi, which the generated clients call: style acs3.
func callAPI(c Call) schemas.Reading {
	client, err := openapi.NewClient(v2Config(c))
	if err != nil {
		return stumbled(err)
	}
	params := &utils.Params{
		Action: &c.Action, Version: &c.Version, Protocol: dara.String("HTTP"), Pathname: dara.String("/"), Method: dara.String(c.method()),
		AuthType: dara.String("AK"), Style: dara.String("RPC"), ReqBodyType: dara.String("formData"), BodyType: dara.String("json"),
	}
	result, err := client.CallApi(params, v2Request(c), &dara.RuntimeOptions{})
	return readV2(result, err)
}

// readV2 reports what the caller sees of a call that is not made through a generated client.
func readV2(result map[string]any, err error) schemas.Reading {
	if err != nil {
		return readV2Error(err)
	}
	body, _ := result["body"].(map[string]any)
	r := schemas.Reading{RequestID: asText(body["RequestId"])}
	switch status := result["statusCode"].(type) {
	case int:
		r.Status = status
	case json.Number:
		if n, err := status.Int64(); err == nil {
			r.Status = int(n)
		}
	}
	return r
}

// readV2Error reports what an error says. The SDK writes "code: STATUS, MESSAGE request id: ID" for the message.
func readV2Error(err error) schemas.Reading {
	var told *tea.SDKError
	if !errors.As(err, &told) || told.StatusCode == nil {
		return stumbled(err)
	}
	r := schemas.Reading{Failed: true, Status: *told.StatusCode, Code: tea.StringValue(told.Code)}
	text := strings.TrimPrefix(tea.StringValue(told.Message), fmt.Sprintf("code: %d, ", r.Status))
	const before = " request id: "
	if i := strings.LastIndex(text, before); i >= 0 {
		text, r.RequestID = text[:i], text[i+len(before):]
	}
	r.Message = text
	return r
}

func asText(value any) string {
	text, _ := value.(string)
	return text
}
