package schemas

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Body is the bytes of a message. In JSON it is a string where the bytes are UTF-8, and
// {"base64": "…"} where they are not, so that nothing is lost and people can read what can be read.
type Body []byte

// IsZero reports an empty body, which JSON leaves out.
func (b Body) IsZero() bool { return len(b) == 0 }

// MarshalJSON writes the string form where the bytes are UTF-8, the base64 form elsewhere.
func (b Body) MarshalJSON() ([]byte, error) {
	if utf8.Valid(b) {
		return json.Marshal(string(b))
	}
	return json.Marshal(map[string]string{"base64": base64.StdEncoding.EncodeToString(b)})
}

// UnmarshalJSON reads either form.
func (b *Body) UnmarshalJSON(text []byte) error {
	var s string
	if json.Unmarshal(text, &s) == nil {
		*b = Body(s)
		return nil
	}
	var coded struct {
		Base64 *string `json:"base64"`
	}
	if err := json.Unmarshal(text, &coded); err != nil || coded.Base64 == nil {
		return fmt.Errorf(`body: want a string or {"base64": "…"}`)
	}
	raw, err := base64.StdEncoding.DecodeString(*coded.Base64)
	*b = raw
	return err
}
