package schemas

// Call returns the request that the recipe describes. Without Action and Path it is the target's request.
func (r Recipe) Call() SoundRequest {
	return SoundRequest{r.Action, r.Version, r.Params, r.Method, r.Path, r.Body, r.ContentType, r.Credentials}
}

// SetCall makes the recipe describe that request.
func (r *Recipe) SetCall(c SoundRequest) {
	r.Action, r.Version, r.Params, r.Method = c.Action, c.Version, c.Params, c.Method
	r.Path, r.Body, r.ContentType, r.Credentials = c.Path, c.Body, c.ContentType, c.Credentials
}

// Call returns the request that takes the token.
func (i Idempotency) Call() SoundRequest {
	return SoundRequest{i.Action, i.Version, i.Params, i.Method, i.Path, i.Body, i.ContentType, i.Credentials}
}

// SetCall makes that request take the token.
func (i *Idempotency) SetCall(c SoundRequest) {
	i.Action, i.Version, i.Params, i.Method = c.Action, c.Version, c.Params, c.Method
	i.Path, i.Body, i.ContentType, i.Credentials = c.Path, c.Body, c.ContentType, c.Credentials
}

// Call returns the request that is throttled.
func (t Throttle) Call() SoundRequest {
	return SoundRequest{t.Action, t.Version, t.Params, t.Method, t.Path, t.Body, t.ContentType, t.Credentials}
}

// SetCall makes that request the one that is throttled.
func (t *Throttle) SetCall(c SoundRequest) {
	t.Action, t.Version, t.Params, t.Method = c.Action, c.Version, c.Params, c.Method
	t.Path, t.Body, t.ContentType, t.Credentials = c.Path, c.Body, c.ContentType, c.Credentials
}
