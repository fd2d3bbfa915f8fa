package deploy

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/VictoriaMetrics/metricsql"
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"sigs.k8s.io/yaml"

	"github.com/acsconform/acsconform/runner/fleet/metrics"
)

// kinds are the types of the manifests, as Kubernetes has them.
var kinds = map[string]func() any{
	"Deployment": func() any { return &appsv1.Deployment{} }, "Service": func() any { return &corev1.Service{} },
	"NetworkPolicy": func() any { return &networkingv1.NetworkPolicy{} }, "CronJob": func() any { return &batchv1.CronJob{} },
}

// Every manifest has the form of its kind, and no container may do more than it has to.
func TestManifests(t *testing.T) {
	seen := map[string]int{}
	for _, path := range []string{"conform-fleet.yaml", "cronjob.yaml"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range bytes.Split(text, []byte("\n---\n")) {
			var head struct{ Kind, APIVersion string }
			if err := yaml.Unmarshal(part, &head); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if kinds[head.Kind] == nil {
				t.Fatalf("%s: kind %q", path, head.Kind)
			}
			seen[head.Kind]++
			object := kinds[head.Kind]()
			if err := yaml.UnmarshalStrict(part, object); err != nil {
				t.Errorf("%s: %s: %v", path, head.Kind, err)
			}
			var pod *corev1.PodSpec
			switch o := object.(type) {
			case *appsv1.Deployment:
				pod = &o.Spec.Template.Spec
				for name, value := range o.Spec.Selector.MatchLabels {
					if o.Spec.Template.Labels[name] != value {
						t.Errorf("%s: %s selects pods that it does not make", path, o.Name)
					}
				}
			case *batchv1.CronJob:
				pod = &o.Spec.JobTemplate.Spec.Template.Spec
			default:
				continue
			}
			checkPod(t, path, pod)
		}
	}
	if seen["Deployment"] != 2 || seen["NetworkPolicy"] != 2 || seen["CronJob"] != 1 || seen["Service"] != 1 {
		t.Errorf("the manifests are %v", seen)
	}
}

func checkPod(t *testing.T, path string, pod *corev1.PodSpec) {
	t.Helper()
	volumes := map[string]bool{}
	for _, v := range pod.Volumes {
		volumes[v.Name] = true
	}
	if pod.SecurityContext == nil || pod.SecurityContext.RunAsNonRoot == nil || !*pod.SecurityContext.RunAsNonRoot || pod.AutomountServiceAccountToken == nil || *pod.AutomountServiceAccountToken {
		t.Errorf("%s: a pod may run as root, or holds a token", path)
	}
	for _, c := range pod.Containers {
		if s := c.SecurityContext; s == nil || *s.AllowPrivilegeEscalation || !*s.ReadOnlyRootFilesystem || len(s.Capabilities.Drop) != 1 || c.Resources.Limits.Memory().IsZero() {
			t.Errorf("%s: container %s may do too much", path, c.Name)
		}
		for _, m := range c.VolumeMounts {
			if !volumes[m.Name] {
				t.Errorf("%s: container %s mounts %s, which is not there", path, c.Name, m.Name)
			}
		}
		for _, e := range c.Env {
			if e.Value != "" {
				t.Errorf("%s: %s is written out", path, e.Name)
			}
		}
	}
}

// expressions are those of the dashboard and of the rules, with what they are for.
func expressions(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	text, err := os.ReadFile("dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &board); err != nil {
		t.Fatal(err)
	}
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			found[p.Title] = strings.ReplaceAll(target.Expr, "$fleet", "cloud")
		}
	}
	if text, err = os.ReadFile("alerts.yaml"); err != nil {
		t.Fatal(err)
	}
	var rules struct {
		Groups []struct {
			Name  string `json:"name"`
			Rules []struct {
				Alert       string            `json:"alert"`
				Expr        string            `json:"expr"`
				For         string            `json:"for"`
				Labels      map[string]string `json:"labels"`
				Annotations map[string]string `json:"annotations"`
			} `json:"rules"`
		} `json:"groups"`
	}
	if err := yaml.UnmarshalStrict(text, &rules); err != nil {
		t.Fatal(err)
	}
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			found[r.Alert] = r.Expr
		}
	}
	return found
}

// Every query of the dashboard and of the rules asks for metrics that there are, by labels that they have.
func TestQueriesAskForWhatThereIs(t *testing.T) {
	labels := metrics.Labels()
	all := expressions(t)
	if len(all) < 15 {
		t.Fatalf("%d queries", len(all))
	}
	for what, text := range all {
		e, err := metricsql.Parse(text)
		if err != nil {
			t.Errorf("%s: %s: %v", what, text, err)
			continue
		}
		metricsql.VisitAll(e, func(e metricsql.Expr) {
			m, ok := e.(*metricsql.MetricExpr)
			if !ok {
				return
			}
			for _, filters := range m.LabelFilterss {
				name := ""
				for _, f := range filters {
					if f.Label == "__name__" {
						name = f.Value
						continue
					}
					if !strings.Contains(" "+strings.Join(labels[name], " ")+" ", " "+f.Label+" ") {
						t.Errorf("%s: %s has no label %s", what, name, f.Label)
					}
				}
				if labels[name] == nil {
					t.Errorf("%s: there is no metric %s", what, name)
				}
			}
		})
	}
}

// What the manifests tell conform-fleet to do it can do.
func TestCommandsOfTheManifests(t *testing.T) {
	source, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"conform-fleet.yaml", "cronjob.yaml"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, flag := range regexp.MustCompile(`[\[ ](--[a-z-]+)`).FindAllStringSubmatch(string(text), -1) {
			if !bytes.Contains(source, []byte(flag[1])) {
				t.Errorf("%s: the page knows no %s", path, flag[1])
			}
		}
	}
}
