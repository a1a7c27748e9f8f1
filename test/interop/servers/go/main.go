// The HTTPS server of Go's standard library. Arguments: port, certificate, key, authorities, none | request | require.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"os"
)

func main() {
	authorities, err := os.ReadFile(os.Args[4])
	if err != nil {
		panic(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(authorities)
	asking := map[string]tls.ClientAuthType{
		"none":    tls.NoClientCert,
		"request": tls.VerifyClientCertIfGiven,
		"require": tls.RequireAndVerifyClientCert,
	}
	server := http.Server{
		Addr:      "127.0.0.1:" + os.Args[1],
		TLSConfig: &tls.Config{ClientCAs: pool, ClientAuth: asking[os.Args[5]], MinVersion: tls.VersionTLS10},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "hello")
		}),
	}
	panic(server.ListenAndServeTLS(os.Args[2], os.Args[3]))
}
