package lang

import (
	"strings"
	"testing"
)

func TestTheEnvironmentNamesTheLanguage(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want Language
	}{
		{nil, English},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, Chinese},
		{map[string]string{"LANG": "zh_CN.utf8"}, Chinese},
		{map[string]string{"LANG": "zh"}, Chinese},
		{map[string]string{"LANG": "zh_SG.UTF-8@pinyin"}, Chinese},
		{map[string]string{"LANG": "zh_CN.GB18030"}, English}, // UTF-8 would not be readable there
		{map[string]string{"LANG": "de_DE.UTF-8"}, English},
		{map[string]string{"LANG": "C.UTF-8"}, English},
		{map[string]string{"LANG": "POSIX"}, English},
		{map[string]string{"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, English},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, Chinese},
		{map[string]string{"LC_ALL": strings.Repeat("z", 1<<16)}, English},
	} {
		if got := OfEnvironment(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v is %s, want %s", c.env, got, c.want)
		}
	}
}

// A text is found again whatever was put into it, and one that is put together from messages is taken apart.
func TestTextsAreTranslated(t *testing.T) {
	for english, want := range map[string]string{
		"conformant":          "符合",
		"no HostId":           "没有 HostId",
		"841 kept, 2 skipped": "841 个符合，2 个已跳过",
		"nothing broken (partial: 18 MUST not exercised)":                                                                     "没有违反（部分符合：18 条“必须”未覆盖）",
		"2 × needs resolve: [IP, IP], two addresses of one balancer":                                                          "2 × 需要 resolve: [IP, IP]，同一负载均衡的两个地址",
		"12 of 32 answered, 3 unexercised":                                                                                    "已返回 12 行，共 32 行，未覆盖 3 行",
		`duration "soon": want a number with a unit, like 10s or 15m`:                                                         `时长 "soon"：应为带单位的数字，如 10s 或 15m`,
		"conform: ecs/rpc: 845 cases, ends within 2m30s whatever the target does, later only where it throttles":              "conform：ecs/rpc：845 个用例，无论被测服务如何都在 2m30s 内结束，只有限流时更晚",
		"by POST, with one character of Signature changed after signing, with RegionId=cn-beijing after signing":              "以 POST 发送，签名后改变 Signature 的一个字符，签名后 RegionId=cn-beijing",
		"the sound request; then with the SignatureNonce of the first request, with a Timestamp 1s behind the server's clock": "基准请求；然后带首个请求的 SignatureNonce，Timestamp 比服务器时间早 1 秒",
		"needs idempotency: {action: … (in roa path: …), params: {…}, token_param: ClientToken}":                              "需要 idempotency: {action: … (in roa path: …), params: {…}, token_param: ClientToken}",
		"nothing of this is known here":                                                                                       "nothing of this is known here",
		"The request signature nonce has been used.":                                                                          "The request signature nonce has been used.",
		"": "",
	} {
		if got := Chinese.Text(english); got != want {
			t.Errorf("%q is %q, want %q", english, got, want)
		}
		if got := English.Text(english); got != english {
			t.Errorf("in English, %q is %q", english, got)
		}
	}
}

// Whatever a target answers is shown, in bounded time and depth.
func TestForeignTextsAreBounded(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("no answer: ", 1<<16), strings.Repeat("; ", 4000) + "no answer", strings.Repeat("(", 5000), "%s %d %q", "%!s(MISSING) of %d",
		strings.Repeat("with a of ", 700), "\xff\xfe of \x00",
	} {
		if got := Chinese.Text(text); got == "" || strings.Contains(got, "MISSING)") && !strings.Contains(text, "MISSING)") {
			t.Errorf("%.40q is shown as %.40q", text, got)
		}
	}
}

func FuzzText(f *testing.F) {
	for message := range pairs() {
		f.Add(message)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := Chinese.Text(text); text != "" && got == "" {
			t.Errorf("%q is shown as nothing", text)
		}
	})
}
