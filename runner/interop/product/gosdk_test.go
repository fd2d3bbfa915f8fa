package product_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	v2ecs "github.com/alibabacloud-go/ecs-20140526/v7/client"
	v2kms "github.com/alibabacloud-go/kms-20160120/v3/client"

	"github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	sdkerrors "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/kms"
)

// A caller calls operations of one product through an SDK.
type caller func(s *served, c call) seen

const region = "cn-hangzhou"

// trusting is the HTTP client of darabonba's SDKs with another authority.
type trusting struct{ *http.Transport }

// Call is dara's name for it.
func (t trusting) Call(r *http.Request, _ *http.Transport) (*http.Response, error) {
	return t.RoundTrip(r)
}

// v2 calls by the clients made from Darabonba.
func v2(product string) caller {
	return func(s *served, c call) seen {
		config := &utils.Config{
			AccessKeyId: &s.key.AccessKeyID, AccessKeySecret: &s.key.AccessKeySecret, Endpoint: &s.host, Protocol: dara.String("https"), RegionId: dara.String(region),
			HttpClient: trusting{s.transport()},
		}
		if c.retry {
			config.RetryOptions = &dara.RetryOptions{Retryable: true, RetryCondition: []*dara.RetryCondition{{
				MaxAttempts: 3, MaxDelay: 1, Backoff: dara.NewFixedBackoffPolicy(map[string]any{"period": 0}), ErrorCode: []string{"Throttling.User", "Throttling"},
			}}}
		}
		var client any
		var err error
		if product == "ecs" {
			client, err = v2ecs.NewClient(config)
		} else {
			client, err = v2kms.NewClient(config)
		}
		if err != nil {
			return seen{Fault: err.Error()}
		}
		return invoke(client, c, func(request reflect.Value) error {
			text, err := json.Marshal(nested(c.params))
			if err != nil {
				return err
			}
			return json.Unmarshal(text, request.Interface())
		})
	}
}

// nested puts a parameter A.B into an object A, as the types of V2 have it.
func nested(params map[string]any) map[string]any {
	out := map[string]any{}
	for name, value := range params {
		if outer, inner, ok := strings.Cut(name, "."); ok {
			name, value = outer, map[string]any{inner: value}
		}
		out[name] = value
	}
	return out
}

// v1 calls by alibaba-cloud-sdk-go.
func v1(product string) caller {
	return func(s *served, c call) seen {
		config := sdk.NewConfig().WithHttpTransport(s.transport()).WithScheme("HTTPS")
		config.AutoRetry, config.MaxRetryTime = c.retry, 3
		key := credentials.NewAccessKeyCredential(s.key.AccessKeyID, s.key.AccessKeySecret)
		var client any
		var err error
		if product == "ecs" {
			client, err = ecs.NewClientWithOptions(region, config, key)
		} else {
			client, err = kms.NewClientWithOptions(region, config, key)
		}
		if err != nil {
			return seen{Fault: err.Error()}
		}
		return invoke(client, c, func(request reflect.Value) error {
			rpc := &requests.RpcRequest{}
			rpc.InitWithApiInfo(product, s.profile.Operations.Version, c.operation, "", "")
			rpc.Method, rpc.Domain, rpc.Scheme = c.method, s.host, "https"
			request.Elem().FieldByName("RpcRequest").Set(reflect.ValueOf(rpc))
			for name, value := range c.params {
				if err := set(request.Elem(), rpc, name, value); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// set puts a parameter into the field that is generated for it.
func set(request reflect.Value, rpc *requests.RpcRequest, name string, value any) error {
	if name == "RegionId" {
		rpc.RegionId = fmt.Sprint(value)
		return nil
	}
	for i := range request.NumField() {
		if request.Type().Field(i).Tag.Get("name") != name {
			continue
		}
		field := request.Field(i)
		list, several := value.([]any)
		switch {
		case field.Kind() == reflect.String:
			field.SetString(fmt.Sprint(value))
		case field.Type() == reflect.TypeFor[*[]string]() && several:
			texts := []string{}
			for _, item := range list {
				texts = append(texts, fmt.Sprint(item))
			}
			field.Set(reflect.ValueOf(&texts))
		default:
			return fmt.Errorf("%s is a %s, and there is %v", name, field.Type(), value)
		}
		return nil
	}
	return fmt.Errorf("the SDK has no parameter %s", name)
}

// invoke calls the method that is generated for an operation, and reads the result as its caller does.
func invoke(client any, c call, fill func(request reflect.Value) error) (out seen) {
	defer func() {
		if p := recover(); p != nil {
			out = seen{Fault: fmt.Sprint("panics: ", p)}
		}
	}()
	method := reflect.ValueOf(client).MethodByName(c.operation)
	if !method.IsValid() || method.Type().NumIn() != 1 {
		return seen{Missing: true}
	}
	request := reflect.New(method.Type().In(0).Elem())
	if err := fill(request); err != nil {
		return seen{Missing: true, Fault: err.Error()}
	}
	results := method.Call([]reflect.Value{request})
	if err, failed := results[1].Interface().(error); failed {
		return refused(err)
	}
	return typed(results[0])
}

// typed reads a result of a generated type: of V2 its Body, of V1 itself.
func typed(result reflect.Value) seen {
	if body := result.Elem().FieldByName("Body"); body.IsValid() {
		result = body
	}
	if result.IsNil() {
		return seen{Fault: "no result"}
	}
	id := result.Elem().FieldByName("RequestId")
	for id.IsValid() && id.Kind() == reflect.Pointer && !id.IsNil() {
		id = id.Elem()
	}
	out := seen{Typed: result.Type().String(), Result: result.Interface()}
	if id.IsValid() && id.Kind() == reflect.String {
		out.RequestID = id.String()
	}
	return out
}

func refused(err error) seen {
	var of *sdkerrors.ServerError
	if errors.As(err, &of) {
		return seen{Failed: true, Status: of.HttpStatus(), Code: of.ErrorCode(), Message: of.Message(), RequestID: of.RequestId()}
	}
	var v2 *tea.SDKError
	if !errors.As(err, &v2) || v2.StatusCode == nil {
		return seen{Fault: err.Error()}
	}
	text := strings.TrimPrefix(tea.StringValue(v2.Message), fmt.Sprintf("code: %d, ", *v2.StatusCode))
	out := seen{Failed: true, Status: *v2.StatusCode, Code: tea.StringValue(v2.Code), Message: text}
	if i := strings.LastIndex(text, " request id: "); i >= 0 {
		out.Message, out.RequestID = text[:i], text[i+len(" request id: "):]
	}
	return out
}
