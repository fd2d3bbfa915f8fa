package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/schemas"
)

// greet prints what clients have to know: how much of the mock is sampled, what it answers by, a key, and where it is.
func (w *env) greet(m *mock.Mock, url, scripted, authority string, key schemas.Credential) {
	if sampled, all := m.Sampled(); all > 0 {
		w.printf("%d of %s answer their published sample, the others the least form of their type; nothing is kept from call to call\n", sampled, text.Count(all, "operation"))
	}
	w.printf("%s", scripted)
	w.printf("ALIBABA_CLOUD_ACCESS_KEY_ID=%s ALIBABA_CLOUD_ACCESS_KEY_SECRET=%s\n", key.AccessKeyID, key.AccessKeySecret)
	address := strings.TrimPrefix(url, "http://")
	w.printf("endpoint %s, by HTTP and HTTPS  ·  page %s%s\n", address, url, mock.PagePath)
	w.printf("%s", settings(address, authority, m.Products()))
}

var productForm = regexp.MustCompile(`^[a-z0-9]{1,40}$`)

// settings are lines for a shell that lead the aliyun command and Terraform to the mock. They speak HTTPS unless they are told
// otherwise, and trust the authority where its certificate is in a file.
func settings(address, authority string, products []string) string {
	aliyun, terraform := "aliyun, with --insecure", `Terraform, with protocol = "HTTP" in the provider`
	trust := ""
	if authority != "" {
		aliyun, terraform = "aliyun", "Terraform"
		if whole, err := filepath.Abs(authority); err == nil {
			authority = whole
		}
		trust = " SSL_CERT_FILE='" + strings.ReplaceAll(authority, "'", `'\''`) + "'"
	}
	endpoints := ""
	for _, product := range slices.Compact(slices.Sorted(slices.Values(products))) {
		if productForm.MatchString(product) { // it is of a file of somebody else's, and the line is for a shell
			endpoints += " " + strings.ToUpper(product) + "_ENDPOINT=" + address
		}
	}
	return "export ALIBABA_CLOUD_IGNORE_PROFILE=TRUE ALIBABA_CLOUD_REGION_ID=cn-hangzhou ALIBABA_CLOUD_ENDPOINT=" + address + trust + "  # " + aliyun + "\n" +
		"export ALICLOUD_REGION=cn-hangzhou" + endpoints + trust + "  # " + terraform + "\n"
}
