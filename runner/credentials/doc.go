// Package credentials finds a key where the official tools keep them: in a profile of the command line tool
// (~/.aliyun/config.json), in the credentials file of the SDKs (~/.alibabacloud/credentials), or behind a credentials URI.
//
// It does so only for a profile that somebody names: a conformance suite that found keys by itself would send requests with
// whatever key of production lies about. So the SDKs' default chain is not walked, the file's current profile is not taken
// unasked, and the metadata server of ECS is asked only for a profile of mode EcsRamRole. Nothing is written: a key that a
// profile's program or login hands out is not put back into the file.
//
// Asking STS, the metadata server or a URI is github.com/aliyun/credentials-go's work. What it says of failures can hold
// whole files and answers, keys included; none of it is passed on as it is. The package is not part of what embedding the
// suite brings along.
//
// Nothing about it is promised to importers; package runner says what is.
package credentials
