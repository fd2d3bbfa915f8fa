package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// The language is that of --lang, else that of the environment; exit codes and JSON are the same in both.
func TestTheLanguageOfCommands(t *testing.T) {
	fleet, path := written(t, strings.Replace(manyTargets(2), "name: many\n", "name: small\n", 1)), filepath.Join(t.TempDir(), "fleet.db")
	t.Setenv("LC_ALL", "zh_CN.UTF-8")
	code, out, errs := conformFleet(t, "run", fleet, "--db", path)
	if code != exitKept || !strings.Contains(out, "small，第 1 轮：2 个被测服务，2 个没有违反") || errs != "" {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	if _, out, _ := conformFleet(t, "report", "--db", path, "--lang", "en"); !strings.Contains(out, "small, round 1: 2 targets") {
		t.Errorf("--lang en: %s", out)
	}
	if code, _, errs := conformFleet(t, "report", "9", "--db", path); code != exitUsage || !strings.Contains(errs, "没有已结束的第") || strings.Count(errs, "\n") != 1 {
		t.Errorf("exit %d, %s", code, errs)
	}
	if code, _, errs := conformFleet(t, "check", written(t, "name: a\ntargets: [{reference: right}]\n")); code != exitUsage || !strings.Contains(errs, ":2:11：targets[0]") || !strings.Contains(errs, "内置服务器需要 profile（加上 profile: ecs）") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if code, out, _ := conformFleet(t, "--help"); code != exitKept || !strings.Contains(out, "用法：conform fleet") || !strings.Contains(out, "给出一轮巡检的结果") {
		t.Errorf("exit %d\n%s", code, out)
	}
	if code, _, errs := conformFleet(t, "report", "--lang", "fr"); code != exitUsage || !strings.Contains(errs, `"fr"`) || strings.Count(errs, "\n") != 1 {
		t.Errorf("exit %d, %s", code, errs)
	}
	_, chinese, _ := conformFleet(t, "report", "--db", path, "-o", "json")
	if _, english, _ := conformFleet(t, "report", "--db", path, "-o", "json", "--lang=en"); english != chinese || english == "" {
		t.Error("JSON differs by the language")
	}
}
