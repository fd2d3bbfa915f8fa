package clients

import "github.com/acsconform/acsconform/schemas"

// Core lists the Go SDKs themselves: they call any action of any service.
func Core() []Client {
	return []Client{
		{Name: V1, Style: schemas.RPC, Posts: true, AsksXML: true, Renames: true, Call: callV1},
		{Name: V1 + " ROA", Style: schemas.ROA, AsksXML: true, Renames: true, Repeats: true, Call: callV1},
		{Name: V2 + " DoRPCRequest", Style: schemas.RPC, Posts: true, AsksXML: true, Renames: true, Call: callRPC},
		{Name: V2 + " CallApi", Style: schemas.ACS3, Posts: true, AsksXML: true, Renames: true, Call: callAPI},
		{Name: V2 + " DoROARequest", Style: schemas.ROA, Renames: true, Call: callROA},
	}
}
