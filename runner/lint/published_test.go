package lint

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/schemas"
)

// TestPublishedTraffic judges generated traffic of a folder of published metadata: every planted fault is reported by product
// and operation, and nothing else. It logs the rates beside that of one profile.
func TestPublishedTraffic(t *testing.T) {
	folder := os.Getenv("ACSCONFORM_METADATA")
	if folder == "" {
		t.Skip("ACSCONFORM_METADATA names no folder of published metadata")
	}
	products := publishedProducts(t, folder)
	pop, err := fixtures.Profile(fixtures.Observed)
	if err != nil {
		t.Fatal(err)
	}
	traffic := &publishedTraffic{products: products, usable: map[string][]*schemas.Operation{}, random: rand.New(rand.NewPCG(1, 2)), planted: map[string]int64{}}
	var log bytes.Buffer
	for _, p := range products {
		traffic.usable[p.Name] = usableOperations(p)
	}
	for range 60_000 {
		traffic.write(&log)
	}
	o := Options{Products: products, Profile: pop, Workers: 1, Map: &input.Map{Status: "s", Body: "b", ContentType: "t", URL: "u", Method: "m", RequestID: "i"}}
	reading := Start(t.Context(), []*input.Input{input.From("in", bytes.NewReader(log.Bytes()))}, o.withBook())
	r, err := reading.Wait()
	if err != nil || r.Judged != int64(traffic.n) {
		t.Fatalf("%d of %d judged: %+v, %v, %v", r.Judged, traffic.n, r.Omitted, r.First, err)
	}
	found := map[string]int64{}
	for k, y := range reading.sum.tallies { // a result lists 20 places of each finding
		for at, n := range y.places {
			found[k.clause+" "+reading.sum.places[at].profile+" "+reading.sum.places[at].action.Value()] += n
		}
	}
	compare(t, "faults", found, traffic.planted)
	t.Logf("planted by kind: %v", traffic.kinds)
	for what, o := range map[string]Options{"all products": o, "one profile": {Profile: products[0], Workers: 1, Map: o.Map}} {
		started := time.Now()
		r := linted(t, o, log.Bytes())
		t.Logf("%s: %d records, %d as one before, %.1f MB, %.0f MB/s", what, r.Judged, r.Recalled, float64(log.Len())/1e6, float64(log.Len())/1e6/time.Since(started).Seconds())
	}
}

func publishedProducts(t *testing.T, folder string) (all []*schemas.Profile) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.json*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no metadata in %s (%v)", folder, err)
	}
	for _, path := range files {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		p, err := metadata.Read(file)
		_ = file.Close()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, loadedProduct(t, p))
	}
	return all
}
