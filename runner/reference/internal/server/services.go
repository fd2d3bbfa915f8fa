package server

import "github.com/acsconform/acsconform/schemas"

func gateway() *service {
	return &service{
		Version: "2016-07-14",
		Sound:   schemas.SoundRequest{Action: "DescribeApis", Version: "2016-07-14", Params: map[string]string{"RegionId": "cn-hangzhou"}},
		Actions: []Action{
			{Name: "DescribeApis", Method: "GET", Path: "/apis", Run: always(named("Apis", "Api", "ApiName", "greet", "echo"))},
			{Name: "Echo", Method: "POST", Path: "/echo", TakesBody: true, Run: echo},
			{Name: "DescribeSecret", Method: "POST", Path: "/secret", ByMethod: "POST", tlsOnly: true, Run: always(Member{"SecretName", "none"})},
		},
		Provocations: []Provocation{
			{"Forbidden.AccessKeyDisabled", "DescribeApis", "", "", RestrictedKey},
		},
		Prefers: map[schemas.Condition]string{
			UnknownAction:     "InvalidApi.NotFound",
			WrongSignature:    "SignatureDoesNotMatch",
			DisabledAccessKey: "InvalidAccessKeyId.Inactive",
			Throttled:         "Throttling.User",
		},
	}
}

func ecs() *service {
	return &service{
		Version: "2014-05-26",
		Sound:   schemas.SoundRequest{Action: "DescribeRegions", Version: "2014-05-26", Params: map[string]string{"RegionId": "cn-hangzhou"}},
		Actions: []Action{
			{Name: "DescribeRegions", Run: always(named("Regions", "Region", "RegionId", "cn-hangzhou", "cn-beijing"))},
			{Name: "RunInstances", ByMethod: "POST", Run: runInstances},
		},
		Provocations: []Provocation{
			{"Forbidden.SubUser", "RunInstances", "", "", RestrictedKey},
			{"InsufficientBalance", "RunInstances", "InstanceType", "ecs.unaffordable", ""},
			{"ChargeTypeViolation", "RunInstances", "InstanceChargeType", "Frozen", ""},
			{"ServiceUnavailable.RegionMaintaining", "DescribeRegions", "RegionId", "cn-zhangjiakou", ""},
		},
		Prefers: map[schemas.Condition]string{
			UnknownAction:               "InvalidAction",
			Missing("Timestamp"):        "MissingParameter",
			Missing("SignatureMethod"):  "MissingParameter",
			Missing("SignatureVersion"): "MissingParameter",
			InvalidResourceOwnerAccount: "InvalidParameter.ResourceOwnerAccount",
		},
	}
}

func kms() *service {
	return &service{
		Version: "2016-01-20",
		Sound:   schemas.SoundRequest{Action: "ListKeys", Version: "2016-01-20", Params: map[string]string{"PageSize": "10"}},
		Actions: []Action{
			{Name: "ListKeys", Run: always(Member{"Keys", []Member{{"Key", List{[]Member{{"KeyId", "key-1"}}}}}}, Member{"TotalCount", 1})},
			{Name: "DescribeKey", ByMethod: "GET", Run: always(Member{"KeyMetadata", []Member{{"KeyId", "key-1"}, {"KeyState", "Enabled"}}})},
			{Name: "DescribeKeyVersion", ByMethod: "GET", Run: always(Member{"KeyVersion", []Member{{"KeyVersionId", "version-1"}}})},
			{Name: "Encrypt", ByMethod: "POST", Run: always(Member{"CiphertextBlob", "AAAA"})},
			{Name: "CreateKey", ByMethod: "POST", Run: always(Member{"KeyMetadata", []Member{{"KeyId", "key-2"}}})},
			{Name: "CreateAlias", ByMethod: "POST", Run: always()},
			{Name: "EnableKey", ByMethod: "POST", Run: always()},
			{Name: "ImportKeyMaterial", ByMethod: "POST", Run: always()},
		},
		Provocations: []Provocation{
			{"Forbidden.KeyNotFound", "DescribeKey", "KeyId", "no-such-key", ""},
			{"Forbidden.KeyVersionNotFound", "DescribeKeyVersion", "KeyVersionId", "no-such-version", ""},
			{"Forbidden.AliasNotFound", "DescribeKey", "KeyId", "alias/no-such-alias", ""},
			{"Forbidden.NoPermission", "DescribeKey", "KeyId", "key-1", RestrictedKey},
			{"Unsupported.Alias", "EnableKey", "KeyId", "alias/key-1", ""},
			{"Unsupported.Origin", "ImportKeyMaterial", "KeyId", "key-of-our-own-making", ""},
			{"Unsupported.ProtectionLevel", "CreateKey", "ProtectionLevel", "HSM", ""},
			{"Rejected.LimitExceeded", "CreateKey", "Description", "one too many", ""},
			{"Rejected.StateModifiedFailed", "EnableKey", "KeyId", "key-in-transition", ""},
			{"Rejected.Disabled", "Encrypt", "KeyId", "key-disabled", ""},
			{"Rejected.PendingDeletion", "Encrypt", "KeyId", "key-pending-deletion", ""},
			{"Rejetced.PendingDeletion", "Encrypt", "KeyId", "key-pending-deletion", ""}, // the earlier document's spelling (X3)
			{"Rejected.PendingImport", "Encrypt", "KeyId", "key-pending-import", ""},
			{"AliasAlreadyExists", "CreateAlias", "AliasName", "alias/taken", ""},
			{"InvalidKeyMaterial", "ImportKeyMaterial", "EncryptedKeyMaterial", "garbage", ""},
			{"InvalidImportToken", "ImportKeyMaterial", "ImportToken", "garbage", ""},
			{"ExpiredImportToken", "ImportKeyMaterial", "ImportToken", "expired", ""},
		},
		Prefers: map[schemas.Condition]string{},
		silent: map[schemas.Condition]string{
			Hostile: "ParseRequestParameterException", ContentLengthMismatch: "ParseRequestParameterException",
		},
	}
}

func ess() *service {
	return &service{
		Version: "2014-08-28",
		Sound:   schemas.SoundRequest{Action: "DescribeScalingGroups", Version: "2014-08-28", Params: map[string]string{"RegionId": "cn-qingdao"}},
		Actions: []Action{
			{Name: "DescribeScalingGroups", Run: always(
				Member{"TotalCount", 1}, named("ScalingGroups", "ScalingGroup", "ScalingGroupId", "asg-1"))},
		},
		Provocations: []Provocation{
			{"Forbidden", "DescribeScalingGroups", "", "", RestrictedKey},
		},
		Prefers: map[schemas.Condition]string{UnknownRegion: "ResourceNotAvailable"},
		silent: map[schemas.Condition]string{
			UnsupportedMethod: "UnsupportedOperation", DisabledAccessKey: "Forbidden",
		},
	}
}
