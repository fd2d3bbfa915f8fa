package reference

// formOddities write ids and bodies in a form that only looks wrong.
func formOddities() []Variant {
	return []Variant{
		{Name: "blanks-at-the-end", Description: "ends its bodies with blanks", apply: writes(func(_ *call, out *sent) { out.body = append(out.body[:len(out.body):len(out.body)], "  "...) })},
		{Name: "request-ids-in-cdata", Profiles: withXML, Description: "puts the request id into CDATA", apply: rewritesXML("<RequestId>", "<RequestId><![CDATA[", "</RequestId>", "]]></RequestId>")},
		{Name: "id-of-the-client-in-a-member-of-its-own", Description: "repeats the client's own request id in a member beside RequestId",
			apply: replies(func(_ *Server, c *call, r *reply) {
				if id := c.header.Get("X-Request-Id"); id != "" {
					r.set("ClientRequestId", id)
				}
			})},
	}
}
