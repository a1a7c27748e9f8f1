/*
 * GnuTLS choosing by itself. Arguments: 'free' or 'force' (GNUTLS_FORCE_CLIENT_CERT). Standard input: one visit a
 * line, between tabs: port, TLS version, certificate chain and key (PEM files), more such pairs.
 * Build: cc -o gnutls-client gnutls-client.c -lgnutls
 */
#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connect_to(int port) {
    int socket_ = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(socket_, (void *)&address, sizeof address)) perror("connect"), exit(2);
    return socket_;
}

/* The rest of the line is pairs of files. */
static void visit(int port, const char *version, unsigned flags) {
    static const char get[] = "GET / HTTP/1.0\r\n\r\n";
    char priority[64], buffer[512];
    gnutls_certificate_credentials_t credentials;
    gnutls_session_t session;
    int done, socket_ = connect_to(port);
    gnutls_certificate_allocate_credentials(&credentials);
    for (char *chain; (chain = strtok(NULL, "\t\n"));) {
        done = gnutls_certificate_set_x509_key_file(credentials, chain, strtok(NULL, "\t\n"), GNUTLS_X509_FMT_PEM);
        if (done < 0) fprintf(stderr, "%s: %s\n", chain, gnutls_strerror(done)), exit(2);
    }
    gnutls_init(&session, GNUTLS_CLIENT | flags);
    snprintf(priority, sizeof priority, "NORMAL:-VERS-ALL:+VERS-TLS%s", version);
    gnutls_priority_set_direct(session, priority, NULL);
    gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, credentials);
    gnutls_transport_set_int(session, socket_);
    gnutls_handshake_set_timeout(session, 5000);
    do done = gnutls_handshake(session);
    while (done < 0 && !gnutls_error_is_fatal(done));
    if (done < 0) {
        /* Applications tell the server what failed; the library does not by itself. */
        gnutls_alert_send_appropriate(session, done);
    } else {
        gnutls_record_send(session, get, strlen(get));
        while (gnutls_record_recv(session, buffer, sizeof buffer) > 0) {}
        gnutls_bye(session, GNUTLS_SHUT_WR);
    }
    close(socket_);
    gnutls_deinit(session);
    gnutls_certificate_free_credentials(credentials);
}

int main(int count, char **arguments) {
    static char line[8192];
    unsigned flags = count > 1 && !strcmp(arguments[1], "force") ? GNUTLS_FORCE_CLIENT_CERT : 0;
    while (fgets(line, sizeof line, stdin)) {
        char *port = strtok(line, "\t"), *version = strtok(NULL, "\t");
        visit(atoi(port), version, flags);
    }
    return 0;
}
