package suites

import "testing"

func TestAnotherHostIsOneThatTheSameServerMayAnswerFor(t *testing.T) {
	balancer := []string{"10.0.0.1", "[2001:db8::1]:8443", "10.0.0.9:8443"}
	for _, row := range []struct {
		host      string
		addresses []string
		want      string
	}{
		{"ecs.example.test", nil, "ect.example.test"},
		{"ecs.example.test:8443", balancer, "ect.example.test:8443"},
		{"localhost:80", nil, "localhosu:80"},
		{"10.0.0.1:80", nil, "10.0.0.2:80"},
		{"10.0.0.1:80", []string{"10.0.0.1", "10.0.0.9:8443"}, "10.0.0.9:80"},
		{"10.0.0.1", balancer, "[2001:db8::1]"},
		{"255.255.255.255", nil, "255.255.255.254"},
		{"[::1]:80", nil, "[::2]:80"},
	} {
		if got := otherHost(row.host, row.addresses); got != row.want {
			t.Errorf("for %s beside %v: got %s, want %s", row.host, row.addresses, got, row.want)
		}
	}
}
