package leaktest

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// LeakyServer is a server that serves whatever it is asked for, and tells in every answer what it was told, and the key, in
// every way it knows.
func LeakyServer(key schemas.Credential) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<16))
		heard := []string{r.URL.RawQuery, string(body), r.Header.Get("Authorization"), r.Header.Get("X-Acs-Security-Token")}
		said := strings.Join(append(heard, encodings(key)...), " ; ")
		for name, value := range map[string]string{"X-Echo": r.URL.RawQuery, "X-Secret": key.AccessKeySecret, "X-Token": key.SecurityToken} {
			w.Header().Set(name, value)
		}
		id := requestID()
		form, _ := url.ParseQuery(r.URL.RawQuery + "&" + string(body))
		if form.Get("Format") == "JSON" {
			w.Header().Set("Content-Type", "application/json;charset=utf-8")
			text, _ := json.Marshal(map[string]string{"RequestId": id, "Said": said})
			_, _ = w.Write(text)
			return
		}
		w.Header().Set("Content-Type", "text/xml;charset=utf-8")
		_, _ = fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><DescribeRegionsResponse><RequestId>%s</RequestId><Said>%s</Said></DescribeRegionsResponse>`,
			id, html.EscapeString(said))
	})
}

// encodings writes the secrets of a key in every way.
func encodings(key schemas.Credential) []string {
	var all []string
	for _, secret := range []string{key.AccessKeySecret, key.SecurityToken} {
		if secret == "" {
			continue
		}
		all = append(all, secret, url.QueryEscape(secret), hex.EncodeToString([]byte(secret)), strings.ToUpper(hex.EncodeToString([]byte(secret))))
		for _, before := range []string{"", "x", "xy"} {
			all = append(all, base64.StdEncoding.EncodeToString([]byte(before+secret)), base64.URLEncoding.EncodeToString([]byte(before+secret+" and more")))
		}
	}
	return all
}

func requestID() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b)
	return strings.ToUpper(fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]))
}
