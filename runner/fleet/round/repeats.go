package round

import (
	"context"
	"encoding/binary"
	"slices"

	"github.com/acsconform/acsconform/runner/fleet/store"
)

// Repeated is two targets that answered with the same request id, and how many ids they share.
type Repeated struct {
	First  int64 `json:"first"`
	Second int64 `json:"second"`
	IDs    int   `json:"ids"`
}

const (
	idsAtOnce   = 8 << 20 // that are held in memory; of more, a part at a time is compared
	maxRepeated = 100     // pairs that are named
)

// repeats compares the request ids of all targets of a round.
func repeats(ctx context.Context, s store.Store, id int64) ([]Repeated, error) {
	var total int64
	if _, err := store.One(ctx, s, "SELECT coalesce(sum(length(ids)), 0) / 8 FROM fleet_ids WHERE round = $1", []any{id}, &total); err != nil {
		return nil, err
	}
	type pair struct{ first, second int64 }
	found := map[pair]int{}
	parts := uint64(total/idsAtOnce + 1)
	for part := range parts {
		seen := map[uint64]int64{}
		err := s.Query(ctx, "SELECT target, ids FROM fleet_ids WHERE round = $1 ORDER BY target", []any{id}, func(row func(...any) error) error {
			var target int64
			var ids []byte
			if err := row(&target, &ids); err != nil {
				return err
			}
			for ; len(ids) >= 8; ids = ids[8:] {
				h := binary.BigEndian.Uint64(ids)
				if h%parts != part {
					continue
				}
				if first, ok := seen[h]; ok {
					found[pair{first, target}]++
				} else {
					seen[h] = target
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	var list []Repeated
	for p, n := range found {
		list = append(list, Repeated{p.first, p.second, n})
	}
	slices.SortFunc(list, func(a, b Repeated) int { return int(a.First-b.First)*1_000_000 + int(a.Second-b.Second) })
	return list[:min(len(list), maxRepeated)], nil
}
