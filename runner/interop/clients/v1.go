package clients

import (
	"errors"
	"net"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	sdkerrors "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/responses"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/utils"

	"github.com/acsconform/acsconform/schemas"
)

// V1 is what alibaba-cloud-sdk-go is called in tables and findings.
const V1 = "alibaba-cloud-sdk-go"

// anyResponse is a response as the SDK generates them for its services.
type anyResponse struct {
	*responses.BaseResponse
	RequestID string `json:"RequestId" xml:"RequestId"`
}

// v1Config is the client's configuration and key.
func v1Config(c Call) (*sdk.Config, auth.Credential) {
	config := sdk.NewConfig()
	config.AutoRetry, config.MaxRetryTime = c.Retry, 2
	if c.Key.SecurityToken != "" {
		return config, credentials.NewStsTokenCredential(c.Key.AccessKeyID, c.Key.AccessKeySecret, c.Key.SecurityToken)
	}
	return config, credentials.NewAccessKeyCredential(c.Key.AccessKeyID, c.Key.AccessKeySecret)
}

// callV1 sends a CommonRequest: in style roa when the call has a path, else in style rpc.
func callV1(c Call) schemas.Reading {
	config, key := v1Config(c)
	client, err := sdk.NewClientWithOptions("cn-hangzhou", config, key)
	if err != nil {
		return stumbled(err)
	}
	if c.Transport != nil {
		client.SetTransport(c.Transport)
	}
	r := requests.NewCommonRequest()
	r.Domain, r.Scheme, r.Method, r.Version = c.Host, "http", c.method(), c.Version
	r.ApiName, r.PathPattern = c.Action, c.Path
	if host, port, err := net.SplitHostPort(c.Host); err == nil && c.Path != "" { // where the SDK sets the colon itself
		r.Domain, r.Port = host, port
	}
	if c.Path != "" && !c.Bare { // the SDK sends none in style roa, and signs what it is given
		r.Headers["x-acs-signature-nonce"] = utils.GetNonce()
	}
	params := r.QueryParams
	if c.Post {
		params = r.FormParams
	}
	for name, value := range c.Params {
		if name == "RegionId" && c.Path == "" { // the SDK puts it into the query in any case
			r.RegionId = value
			continue
		}
		params[name] = value
	}
	if c.XML {
		r.AcceptFormat = "XML"
	}
	r.TransToAcsRequest()
	response := &anyResponse{BaseResponse: &responses.BaseResponse{}}
	err = client.DoAction(r, response)
	return readV1(response.GetHttpStatus(), response.RequestID, err)
}

// readV1 reports what the caller sees: an error of the server, one of the SDK, or the response.
func readV1(status int, requestID string, err error) schemas.Reading {
	var refused *sdkerrors.ServerError
	switch {
	case errors.As(err, &refused):
		return schemas.Reading{Failed: true, Status: refused.HttpStatus(), Code: refused.ErrorCode(), Message: refused.Message(), RequestID: refused.RequestId()}
	case err != nil:
		return stumbled(err)
	}
	return schemas.Reading{Status: status, RequestID: requestID}
}
