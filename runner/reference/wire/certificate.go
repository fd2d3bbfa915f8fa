package wire

import (
	"crypto/tls"
	"net"
	"time"

	"github.com/acsconform/acsconform/runner/internal/selfsigned"
)

// selfSigned makes a certificate for the loopback addresses, localhost and *.example.test that is good for a week.
func selfSigned(now time.Time) (tls.Certificate, error) {
	return selfsigned.Server("reference server", now.Add(-time.Hour), now.AddDate(0, 0, 7), []string{"localhost", "*.example.test"}, net.IPv4(127, 0, 0, 1), net.IPv6loopback)
}
