package sign

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// ContentMD5 returns the value of the header Content-MD5 for that body: the MD5 in base64.
func ContentMD5(body []byte) string {
	sum := md5.Sum(body)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// ContentSHA256 returns the value of the header x-acs-content-sha256 for that body: the SHA-256 in lower-case hex.
func ContentSHA256(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// hmacSHA1 returns the HMAC-SHA1 of text in base64.
func hmacSHA1(key, text string) string {
	mac := hmac.New(sha1.New, []byte(key))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// hmacSHA256 returns the HMAC-SHA256 of text in lower-case hex.
func hmacSHA256(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}
