package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// The page shows all exchanges of a failed case in their order, each with its whole command, and says where some are left out.
func TestThePageShowsAllExchanges(t *testing.T) {
	long := strings.Repeat("z", 6000)
	c := caseResult("nonce-used-twice", "NONCE-1", schemas.Broken, finding("NONCE-1", schemas.Must, "200 DescribeRegionsResponse", "400 SignatureNonceUsed"))
	for i := range schemas.MaxExchanges {
		x := *c.Exchange
		x.Request.URL = fmt.Sprintf("http://127.0.0.1/?nth=%02d", i)
		x.Curl = fmt.Sprintf("curl %d-%s-end", i, long)
		c.Exchanges = append(c.Exchanges, x)
	}
	c.LeftOut = 30
	var b strings.Builder
	if err := (HTML{}).Write(&b, reported(runOf("ecs", c))); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	at := 0
	for i, label := range []string{"1 of 46", "2 of 46", "12 of 46", "43 of 46", "46 of 46"} {
		next := strings.Index(text[at:], "<small>"+label+"</small>")
		if next < 0 {
			t.Fatalf("label %d, %s, is not on the page, or not behind the one before", i, label)
		}
		at += next
	}
	for i := range schemas.MaxExchanges {
		if !strings.Contains(text, fmt.Sprintf("nth=%02d", i)) || !strings.Contains(text, fmt.Sprintf("curl %d-%s-end", i, long)) {
			t.Errorf("exchange %d is not on the page whole", i)
		}
	}
	if !strings.Contains(text, "30 further exchanges are in transcript.jsonl") {
		t.Error("the page does not say that some are left out")
	}
}
