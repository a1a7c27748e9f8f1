// One GET with Go's own client, which chooses from Config.Certificates. Prints the status, or the error.
// Arguments: port, server name, path, TLS version, PEM of trusted roots, PEM of the certificate chain and its key.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

func main() {
	port, name, path := os.Args[1], os.Args[2], os.Args[3]
	version := map[string]uint16{"TLSv1.2": tls.VersionTLS12, "TLSv1.3": tls.VersionTLS13}[os.Args[4]]
	pem, err := os.ReadFile(os.Args[5])
	check(err)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	user, err := tls.LoadX509KeyPair(os.Args[6], os.Args[6])
	check(err)
	config := &tls.Config{
		RootCAs: roots, Certificates: []tls.Certificate{user}, ServerName: name, MinVersion: version, MaxVersion: version,
	}
	transport := &http.Transport{TLSClientConfig: config, Dial: func(network, _ string) (net.Conn, error) {
		return net.Dial(network, "127.0.0.1:"+port)
	}}
	client := &http.Client{Transport: transport, Timeout: 10 * time.Second}
	answer, err := client.Get("https://" + name + ":" + port + path)
	if err != nil {
		fmt.Println("error", err)
		return
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, answer.Body)
	fmt.Println("status", answer.StatusCode)
}

func check(err error) {
	if err != nil {
		fmt.Println("unusable", err)
		os.Exit(2)
	}
}
