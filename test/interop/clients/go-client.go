// Goes by the defaults of crypto/tls. Standard input: one visit a line, between tabs: port, TLS version, certificate
// chain and key (PEM files), more such pairs.
package main

import (
	"bufio"
	"crypto/tls"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

func visit(port, version string, files []string) error {
	number := uint16(tls.VersionTLS13)
	if version == "1.2" {
		number = tls.VersionTLS12
	}
	var certificates []tls.Certificate
	for ; len(files) > 1; files = files[2:] {
		certificate, err := tls.LoadX509KeyPair(files[0], files[1])
		if err != nil {
			return err
		}
		certificates = append(certificates, certificate)
	}
	client := &http.Client{
		Timeout: 10 * time.Second,
		Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{
			InsecureSkipVerify: true,
			MinVersion:         number,
			MaxVersion:         number,
			Certificates:       certificates,
		}},
	}
	answer, err := client.Get("https://127.0.0.1:" + port + "/")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}

func main() {
	visits := bufio.NewScanner(os.Stdin)
	for visits.Scan() {
		fields := strings.Split(visits.Text(), "\t")
		if err := visit(fields[0], fields[1], fields[2:]); err != nil {
			println(fields[0], err.Error())
		}
	}
}
