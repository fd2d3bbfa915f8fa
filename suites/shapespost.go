package suites

// postShapes are the ways in which SDKs divide a POST in style rpc between query and form.
func postShapes() []Case {
	own := []Change{ownParameter()}
	inQuery := sdkShapes("sdk-post-layouts", rpcOnly, [][]Change{{}},
		shape{"all parameters in the query of a POST without a body", "the SDKs V1.0 for Java and Python send it (RpcAcsRequest, RpcRequest)", nil, []Change{divided(true)}})
	inBoth := unknownNames(sdkShapes("sdk-post-in-query-and-form", rpcOnly, [][]Change{own},
		shape{"the public parameters in the query of a POST and the call's own in its form", "the SDKs of Darabonba (V2.0) send it", own, []Change{divided(false)}}))
	formed := sdkShapes("sdk-form-with-a-charset", rpcOnly, [][]Change{{}},
		shape{"the charset behind the type of a form", "the SDK for Java writes it where an encoding is set (HttpMessage.getContentTypeValue)", nil, []Change{charsetOfForm()}})
	inQuery.Except = "query and form are apart in style rpc by POST alone"
	inBoth.Except = inQuery.Except
	inQuery.Spread, inBoth.Spread, formed.Spread = Formats, Formats, Once
	formed.Except = "a form goes by POST in style rpc"
	all := []Case{inQuery, inBoth, formed}
	for i := range all {
		all[i].RequiresMethods = []string{"POST"}
		for k := range all[i].Steps {
			all[i].Steps[k].Change = append([]Change{Method("POST")}, all[i].Steps[k].Change...)
		}
	}
	return all
}
