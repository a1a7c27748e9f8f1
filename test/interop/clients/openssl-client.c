/*
 * libssl with several certificates in one context. Arguments: 'plain' or 'strict' (SSL_CERT_FLAG_TLS_STRICT).
 * Standard input: one visit a line, between tabs: port, TLS version, certificate chain and key (PEM files), more such
 * pairs. Build: cc -o openssl-client openssl-client.c -lssl -lcrypto
 */
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void load(SSL_CTX *context, const char *chain, const char *key) {
    if (SSL_CTX_use_certificate_chain_file(context, chain) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1)
        ERR_print_errors_fp(stderr), exit(2);
}

/* The rest of the line is pairs of files. */
static void visit(const char *port, const char *version, int strict) {
    static const char get[] = "GET / HTTP/1.0\r\n\r\n";
    char address[32], buffer[512];
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    int number = strcmp(version, "1.2") ? TLS1_3_VERSION : TLS1_2_VERSION;
    SSL_CTX_set_min_proto_version(context, number);
    SSL_CTX_set_max_proto_version(context, number);
    for (char *chain; (chain = strtok(NULL, "\t\n"));) load(context, chain, strtok(NULL, "\t\n"));
    if (strict) SSL_CTX_set_cert_flags(context, SSL_CERT_FLAG_TLS_STRICT);
    BIO *bio = BIO_new_ssl_connect(context);
    snprintf(address, sizeof address, "127.0.0.1:%s", port);
    BIO_set_conn_hostname(bio, address);
    if (BIO_do_handshake(bio) == 1) {
        BIO_write(bio, get, (int)strlen(get));
        while (BIO_read(bio, buffer, sizeof buffer) > 0) {}
    }
    ERR_clear_error();
    BIO_free_all(bio);
    SSL_CTX_free(context);
}

int main(int count, char **arguments) {
    static char line[8192];
    int strict = count > 1 && !strcmp(arguments[1], "strict");
    signal(SIGPIPE, SIG_IGN);
    while (fgets(line, sizeof line, stdin)) {
        char *port = strtok(line, "\t"), *version = strtok(NULL, "\t");
        visit(port, version, strict);
    }
    return 0;
}
