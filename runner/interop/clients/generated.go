package clients

import (
	v2ecs "github.com/alibabacloud-go/ecs-20140526/v7/client"
	v2kms "github.com/alibabacloud-go/kms-20160120/v3/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ess"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/kms"

	"github.com/acsconform/acsconform/schemas"
)

// Generated lists the clients that are generated for one service each. They make the harmless call of its profile.
func Generated() []Client {
	return []Client{
		{Name: V1 + " ecs", Style: schemas.RPC, Profiles: []string{"ecs"}, AsksXML: true, Call: v1ECS},
		{Name: V1 + " kms", Style: schemas.RPC, Profiles: []string{"kms"}, AsksXML: true, Call: v1KMS},
		{Name: V1 + " ess", Style: schemas.RPC, Profiles: []string{"ess"}, AsksXML: true, Call: v1ESS},
		{Name: "ecs-20140526", Style: schemas.ACS3, Profiles: []string{"ecs"}, Call: v2ECS},
		{Name: "kms-20160120", Style: schemas.ACS3, Profiles: []string{"kms"}, Call: v2KMS},
	}
}

// aimed points a generated request of V1 at the server.
func aimed(r *requests.RpcRequest, c Call) {
	r.Domain, r.Scheme = c.Host, "http"
	if c.XML {
		r.AcceptFormat = "XML"
	}
}

func v1ECS(c Call) schemas.Reading {
	config, key := v1Config(c)
	client, err := ecs.NewClientWithOptions("cn-hangzhou", config, key)
	if err != nil {
		return stumbled(err)
	}
	r := ecs.CreateDescribeRegionsRequest()
	aimed(r.RpcRequest, c)
	response, err := client.DescribeRegions(r)
	return readV1(response.GetHttpStatus(), response.RequestId, err)
}

func v1KMS(c Call) schemas.Reading {
	config, key := v1Config(c)
	client, err := kms.NewClientWithOptions("cn-hangzhou", config, key)
	if err != nil {
		return stumbled(err)
	}
	r := kms.CreateListKeysRequest()
	aimed(r.RpcRequest, c)
	response, err := client.ListKeys(r)
	return readV1(response.GetHttpStatus(), response.RequestId, err)
}

func v1ESS(c Call) schemas.Reading {
	config, key := v1Config(c)
	client, err := ess.NewClientWithOptions("cn-hangzhou", config, key)
	if err != nil {
		return stumbled(err)
	}
	r := ess.CreateDescribeScalingGroupsRequest()
	aimed(r.RpcRequest, c)
	response, err := client.DescribeScalingGroups(r)
	return readV1(response.GetHttpStatus(), response.RequestId, err)
}

func v2ECS(c Call) schemas.Reading {
	client, err := v2ecs.NewClient(v2Config(c))
	if err != nil {
		return stumbled(err)
	}
	response, err := client.DescribeRegions(&v2ecs.DescribeRegionsRequest{})
	if err != nil {
		return readV2Error(err)
	}
	return schemas.Reading{Status: int(dara.Int32Value(response.StatusCode)), RequestID: dara.StringValue(response.Body.RequestId)}
}

func v2KMS(c Call) schemas.Reading {
	client, err := v2kms.NewClient(v2Config(c))
	if err != nil {
		return stumbled(err)
	}
	response, err := client.ListKeys(&v2kms.ListKeysRequest{})
	if err != nil {
		return readV2Error(err)
	}
	return schemas.Reading{Status: int(dara.Int32Value(response.StatusCode)), RequestID: dara.StringValue(response.Body.RequestId)}
}
