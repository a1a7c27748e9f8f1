// Goes by the defaults of crypto/tls with one certificate. Standard input: one visit a line, between tabs: port, TLS
// version, certificate chain and key (PEM files).
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

func visit(port, version, chain, key string) error {
	number := uint16(tls.VersionTLS13)
	if version == "1.2" {
		number = tls.VersionTLS12
	}
	certificate, err := tls.LoadX509KeyPair(chain, key)
	if err != nil {
		return err
	}
	client := &http.Client{
		Timeout: 10 * time.Second,
		Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{
			InsecureSkipVerify: true,
			MinVersion:         number,
			MaxVersion:         number,
			Certificates:       []tls.Certificate{certificate},
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
		if err := visit(fields[0], fields[1], fields[2], fields[3]); err != nil {
			println(fields[0], err.Error())
		}
	}
}
