package suites

import (
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// MessageOf reads a request as the signers of its style take it.
func MessageOf(style schemas.Style, r schemas.Request) sign.Message { return messageOf(style, r) }
