package alert

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/suites/wording"
)

// maxLines is how many targets a message for people names: DingTalk takes 20,000 bytes, Slack shows 4,000.
const maxLines = 15

// lines are what a message says of its targets, a line each.
func (m *Message) lines(l lang.Language, escape func(string) string) []string {
	var lines []string
	for i := range m.Targets {
		if i == maxLines {
			lines = append(lines, l.Say("and %d more", m.Count-maxLines))
			break
		}
		t := &m.Targets[i]
		line := t.Target
		if len(t.Clauses) > 0 {
			line += ": " + strings.Join(t.Clauses[:min(len(t.Clauses), maxCases)], ", ")
		} else if t.Why != "" {
			line += ": " + l.Text(t.Why)
		}
		lines = append(lines, escape(wording.Clip(wording.Plain(line), 200)))
	}
	return lines
}

// slack is the message for an incoming webhook of Slack. Only & < > mean something there.
func slack(m *Message, l lang.Language) []byte {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace
	return marshalled(map[string]any{"text": strings.Join(append([]string{"*" + escape(l.Text(m.Summary)) + "*"}, m.lines(l, escape)...), "\n")})
}

// dingTalk is the message for a robot of DingTalk.
func dingTalk(m *Message, l lang.Language) []byte {
	escape := func(text string) string { return wording.Markdown(text, 0) }
	text := "### " + escape(l.Text(m.Summary))
	for _, line := range m.lines(l, escape) {
		text += "\n- " + line
	}
	return marshalled(map[string]any{"msgtype": "markdown", "markdown": map[string]string{"title": l.Text(m.Summary), "text": text}})
}

// dingTalkSigned adds the signature that a robot with a secret asks for: it is in the query, with the time in milliseconds.
func dingTalkSigned(q url.Values, secret []byte, now time.Time) url.Values {
	stamp := fmt.Sprint(now.UnixMilli())
	h := hmac.New(sha256.New, secret)
	_, _ = fmt.Fprintf(h, "%s\n%s", stamp, secret)
	q.Set("timestamp", stamp)
	q.Set("sign", base64.StdEncoding.EncodeToString(h.Sum(nil)))
	return q
}

// accepted reports what a receiver refuses although its status is 200: DingTalk answers with a number that is 0 when it took it.
func (r *receiver) accepted(answer []byte) error {
	if r.Format != plan.FormatDingTalk {
		return nil
	}
	var code struct {
		Code *int `json:"errcode"`
	}
	if err := json.Unmarshal(answer, &code); err != nil || code.Code == nil {
		return fmt.Errorf("%s answers what no robot of DingTalk does", r.Name)
	}
	if *code.Code != 0 {
		return fmt.Errorf("%s refuses the message: errcode %d", r.Name, *code.Code)
	}
	return nil
}

func marshalled(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // impossible: the messages consist of texts
	}
	return text
}
