package hostile

import (
	"crypto/tls"
	"time"

	"github.com/acsconform/acsconform/runner/internal/selfsigned"
)

// badCertificate makes one for another host, signed by itself, that ran out the day before.
func badCertificate(now time.Time) (tls.Certificate, error) {
	const other = "another.example.test"
	return selfsigned.Server(other, now.AddDate(0, 0, -9), now.AddDate(0, 0, -1), []string{other})
}
