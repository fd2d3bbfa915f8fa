package scan

// UUID is a UUID as numbers, with the letter case it is written in.
type UUID struct {
	High, Low uint64
	Letters   Letters
}

// Letters reports in which letter case the hexadecimal digits of a UUID are written.
type Letters byte

// The letter cases, as bits: a UUID may have both, or none.
const (
	Lower Letters = 0x40
	Upper Letters = 0x20
)

const uuidSize = 36

// ParseUUID reads 8-4-4-4-12 hexadecimal digits.
func ParseUUID(text []byte) (id UUID, ok bool) {
	if len(text) != uuidSize || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return UUID{}, false
	}
	seen := byte(0)
	for _, c := range text[:8] {
		d := nibbles[c]
		seen |= d
		id.High = id.High<<4 | uint64(d&0xf)
	}
	for _, c := range [8]byte{text[9], text[10], text[11], text[12], text[14], text[15], text[16], text[17]} {
		d := nibbles[c]
		seen |= d
		id.High = id.High<<4 | uint64(d&0xf)
	}
	for _, c := range [4]byte{text[19], text[20], text[21], text[22]} {
		d := nibbles[c]
		seen |= d
		id.Low = id.Low<<4 | uint64(d&0xf)
	}
	for _, c := range text[24:36] {
		d := nibbles[c]
		seen |= d
		id.Low = id.Low<<4 | uint64(d&0xf)
	}
	id.Letters = Letters(seen) & (Lower | Upper)
	return id, seen&0x80 == 0
}

// nibbles returns the value of a hexadecimal digit with its letter case; 0x80 for anything else.
var nibbles = func() (table [256]byte) {
	for i := range table {
		table[i] = 0x80
	}
	for i := range byte(10) {
		table['0'+i] = i
	}
	for i := range byte(6) {
		table['a'+i], table['A'+i] = 10+i|byte(Lower), 10+i|byte(Upper)
	}
	return table
}()
