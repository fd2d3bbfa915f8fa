package reference

import "github.com/acsconform/acsconform/schemas"

func gateway() *service {
	return &service{
		version: "2016-07-14",
		sound:   schemas.SoundRequest{Action: "DescribeApis", Version: "2016-07-14", Params: map[string]string{"RegionId": "cn-hangzhou"}},
		actions: []action{
			{name: "DescribeApis", method: "GET", path: "/apis", run: always(named("Apis", "Api", "ApiName", "greet", "echo"))},
			{name: "Echo", method: "POST", path: "/echo", takesBody: true, run: echo},
			{name: "DescribeSecret", method: "POST", path: "/secret", by: "POST", tlsOnly: true, run: always(member{"SecretName", "none"})},
		},
		provocations: []provocation{
			{"Forbidden.AccessKeyDisabled", "DescribeApis", "", "", RestrictedKey},
		},
		prefers: map[schemas.Condition]string{
			unknownAction:     "InvalidApi.NotFound",
			wrongSignature:    "SignatureDoesNotMatch",
			disabledAccessKey: "InvalidAccessKeyId.Inactive",
			throttled:         "Throttling.User",
		},
	}
}

func ecs() *service {
	return &service{
		version: "2014-05-26",
		sound:   schemas.SoundRequest{Action: "DescribeRegions", Version: "2014-05-26", Params: map[string]string{"RegionId": "cn-hangzhou"}},
		actions: []action{
			{name: "DescribeRegions", run: always(named("Regions", "Region", "RegionId", "cn-hangzhou", "cn-beijing"))},
			{name: "RunInstances", by: "POST", run: runInstances},
		},
		provocations: []provocation{
			{"Forbidden.SubUser", "RunInstances", "", "", RestrictedKey},
			{"InsufficientBalance", "RunInstances", "InstanceType", "ecs.unaffordable", ""},
			{"ChargeTypeViolation", "RunInstances", "InstanceChargeType", "Frozen", ""},
			{"ServiceUnavailable.RegionMaintaining", "DescribeRegions", "RegionId", "cn-zhangjiakou", ""},
		},
		prefers: map[schemas.Condition]string{
			unknownAction:               "InvalidAction",
			missing("Timestamp"):        "MissingParameter",
			missing("SignatureMethod"):  "MissingParameter",
			missing("SignatureVersion"): "MissingParameter",
			invalidResourceOwnerAccount: "InvalidParameter.ResourceOwnerAccount",
		},
	}
}

func kms() *service {
	return &service{
		version: "2016-01-20",
		sound:   schemas.SoundRequest{Action: "ListKeys", Version: "2016-01-20", Params: map[string]string{"PageSize": "10"}},
		actions: []action{
			{name: "ListKeys", run: always(member{"Keys", []member{{"Key", list{[]member{{"KeyId", "key-1"}}}}}}, member{"TotalCount", 1})},
			{name: "DescribeKey", by: "GET", run: always(member{"KeyMetadata", []member{{"KeyId", "key-1"}, {"KeyState", "Enabled"}}})},
			{name: "DescribeKeyVersion", by: "GET", run: always(member{"KeyVersion", []member{{"KeyVersionId", "version-1"}}})},
			{name: "Encrypt", by: "POST", run: always(member{"CiphertextBlob", "AAAA"})},
			{name: "CreateKey", by: "POST", run: always(member{"KeyMetadata", []member{{"KeyId", "key-2"}}})},
			{name: "CreateAlias", by: "POST", run: always()},
			{name: "EnableKey", by: "POST", run: always()},
			{name: "ImportKeyMaterial", by: "POST", run: always()},
		},
		provocations: []provocation{
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
		prefers: map[schemas.Condition]string{},
		silent: map[schemas.Condition]string{
			hostile: "ParseRequestParameterException", contentLengthMismatch: "ParseRequestParameterException",
		},
	}
}

func ess() *service {
	return &service{
		version: "2014-08-28",
		sound:   schemas.SoundRequest{Action: "DescribeScalingGroups", Version: "2014-08-28", Params: map[string]string{"RegionId": "cn-qingdao"}},
		actions: []action{
			{name: "DescribeScalingGroups", run: always(
				member{"TotalCount", 1}, named("ScalingGroups", "ScalingGroup", "ScalingGroupId", "asg-1"))},
		},
		provocations: []provocation{
			{"Forbidden", "DescribeScalingGroups", "", "", RestrictedKey},
		},
		prefers: map[schemas.Condition]string{unknownRegion: "ResourceNotAvailable"},
		silent: map[schemas.Condition]string{
			unsupportedMethod: "UnsupportedOperation", disabledAccessKey: "Forbidden",
		},
	}
}
