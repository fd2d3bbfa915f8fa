package certify

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
)

// signer signs and verifies envelopes with ed25519. Its keys have no id: ids are a hint that is not signed, every tool
// computes them in its own way, and some refuse one that is not theirs.
type signer struct {
	private ed25519.PrivateKey
	public  ed25519.PublicKey
}

// Sign signs the pre-authentication encoding of an envelope.
func (s signer) Sign(_ context.Context, data []byte) ([]byte, error) {
	return ed25519.Sign(s.private, data), nil
}

// Verify checks a signature of that encoding.
func (s signer) Verify(_ context.Context, data, sig []byte) error {
	if !ed25519.Verify(s.public, data, sig) {
		return errors.New("the signature does not fit")
	}
	return nil
}

// KeyID is empty.
func (signer) KeyID() (string, error) { return "", nil }

// Public is the public key.
func (s signer) Public() crypto.PublicKey { return s.public }

// seal signs a payload and returns the envelope as its file has it.
func seal(payload []byte, key ed25519.PrivateKey) ([]byte, error) {
	es, err := dsse.NewEnvelopeSigner(signer{private: key, public: key.Public().(ed25519.PublicKey)})
	if err != nil {
		return nil, err
	}
	e, err := es.SignPayload(context.Background(), payloadType, payload)
	if err != nil {
		return nil, err
	}
	return spelt(e)
}

// spelt is the one way in which an envelope is written.
func spelt(e *dsse.Envelope) ([]byte, error) {
	text, err := json.Marshal(e)
	return append(text, '\n'), err
}

// envelope is a DSSE envelope as it was read, and the payload that nobody vouches for until it is verified.
type envelope struct {
	dsse.Envelope
	payload []byte
	exact   bool // written as spelt writes it, to the byte
}

// openEnvelope reads an envelope, and notes whether it is spelt in the one way of ours, which the signature does not cover.
func openEnvelope(text []byte) (*envelope, error) {
	var e envelope
	if err := json.Unmarshal(text, &e.Envelope); err != nil {
		return nil, errors.New("is no DSSE envelope")
	}
	payload, err := e.DecodeB64Payload()
	if err != nil || len(e.Signatures) != 1 || e.PayloadType != payloadType {
		return nil, errors.New("is no DSSE envelope of an in-toto attestation with one signature")
	}
	e.payload = payload
	again := e.Envelope
	again.Payload = base64.StdEncoding.EncodeToString(payload)
	if sig, err := base64.StdEncoding.DecodeString(e.Signatures[0].Sig); err == nil {
		again.Signatures = []dsse.Signature{{Sig: base64.StdEncoding.EncodeToString(sig)}}
	}
	exact, err := spelt(&again)
	e.exact = err == nil && bytes.Equal(exact, text)
	return &e, nil
}

// signedBy reports whether the key made the signature.
func (e *envelope) signedBy(key ed25519.PublicKey) bool {
	v, err := dsse.NewEnvelopeVerifier(signer{public: key})
	if err != nil {
		return false
	}
	_, err = v.Verify(context.Background(), &e.Envelope)
	return err == nil
}
