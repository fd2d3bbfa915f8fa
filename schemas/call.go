package schemas

// Call is a request as the target file describes it, the same way wherever it describes one. It is called by Action in
// rpc and acs3, by Method and Path in roa, and in acs3 where there is no Action. A file for several styles may give both.
type Call = SoundRequest

// Call returns the request that the recipe describes. Without Action and Path it is the target's request.
func (r Recipe) Call() Call {
	return Call{r.Action, r.Version, r.Params, r.Method, r.Path, r.Body, r.ContentType, r.Credentials}
}

// SetCall makes the recipe describe that request.
func (r *Recipe) SetCall(c Call) {
	r.Action, r.Version, r.Params, r.Method = c.Action, c.Version, c.Params, c.Method
	r.Path, r.Body, r.ContentType, r.Credentials = c.Path, c.Body, c.ContentType, c.Credentials
}

// Call returns the request that takes the token.
func (i Idempotency) Call() Call {
	return Call{i.Action, i.Version, i.Params, i.Method, i.Path, i.Body, i.ContentType, i.Credentials}
}

// SetCall makes that request take the token.
func (i *Idempotency) SetCall(c Call) {
	i.Action, i.Version, i.Params, i.Method = c.Action, c.Version, c.Params, c.Method
	i.Path, i.Body, i.ContentType, i.Credentials = c.Path, c.Body, c.ContentType, c.Credentials
}

// Call returns the request that is throttled.
func (t Throttle) Call() Call {
	return Call{t.Action, t.Version, t.Params, t.Method, t.Path, t.Body, t.ContentType, t.Credentials}
}

// SetCall makes that request the one that is throttled.
func (t *Throttle) SetCall(c Call) {
	t.Action, t.Version, t.Params, t.Method = c.Action, c.Version, c.Params, c.Method
	t.Path, t.Body, t.ContentType, t.Credentials = c.Path, c.Body, c.ContentType, c.Credentials
}
