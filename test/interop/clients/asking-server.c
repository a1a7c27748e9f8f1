/*
 * A TLS server that asks for a client certificate exactly as told, on one port for each question, and writes what
 * came of every connection. Build: cc -o asking-server asking-server.c -lssl -lcrypto -lpthread
 *
 * Arguments: certificate chain (PEM), key (PEM). Standard input: one question a line, four fields between tabs:
 * TLS version (1.2, 1.3), signature algorithms (names between colons), certificate types (hex), names of issuers
 * (DER as hex, between commas); '-' leaves a field to OpenSSL or empty. An empty line starts the server, which writes
 * the ports on one line. The end of standard input ends it, once the open connections are done.
 */
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define MOST_QUESTIONS 1024
#define BYTES_OF_HEX 65536

struct seen {
    char *request, *certificate;
    int verify, alert_in;
};
struct connection {
    int question, socket;
    SSL_CTX *context;
};

static int open_connections;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static char *to_hex(const unsigned char *bytes, size_t length) {
    char *text = malloc(2 * length + 1);
    for (size_t i = 0; i < length; i++) sprintf(text + 2 * i, "%02x", bytes[i]);
    text[2 * length] = 0;
    return text;
}

static size_t from_hex(const char *text, size_t digits, unsigned char *bytes) {
    for (size_t i = 0; i + 1 < digits; i += 2) sscanf(text + i, "%2hhx", &bytes[i / 2]);
    return digits / 2;
}

/* Notes CertificateRequest (13) as written, Certificate (11) and CertificateVerify (15) as read, and alerts. */
static void on_message(int written, int version, int type, const void *buffer, size_t length, SSL *ssl, void *arg) {
    struct seen *seen = arg;
    const unsigned char *bytes = buffer;
    (void)version, (void)ssl;
    if (type == SSL3_RT_ALERT && length >= 2 && !written) seen->alert_in = bytes[1];
    if (type != SSL3_RT_HANDSHAKE || length < 4) return;
    if (written && bytes[0] == 13 && !seen->request) seen->request = to_hex(bytes + 4, length - 4);
    if (!written && bytes[0] == 11 && !seen->certificate) seen->certificate = to_hex(bytes + 4, length - 4);
    if (!written && bytes[0] == 15) seen->verify = 1;
}

/* Every certificate will do: what matters is whether it came. */
static int accept_all(int ok, X509_STORE_CTX *store) {
    (void)ok, (void)store;
    return 1;
}

static int choose_http1(SSL *ssl, const unsigned char **out, unsigned char *out_length, const unsigned char *in,
                        unsigned in_length, void *arg) {
    (void)ssl, (void)arg;
    int chosen = SSL_select_next_proto((unsigned char **)out, out_length, (const unsigned char *)"\x08http/1.1", 9,
                                       in, in_length);
    return chosen == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

static STACK_OF(X509_NAME) *read_names(char *field) {
    static unsigned char der[BYTES_OF_HEX];
    STACK_OF(X509_NAME) *names = sk_X509_NAME_new_null();
    if (!strcmp(field, "-")) return names;
    for (char *one = strtok(field, ","); one; one = strtok(NULL, ",")) {
        const unsigned char *at = der;
        long length = (long)from_hex(one, strlen(one), der);
        X509_NAME *name = d2i_X509_NAME(NULL, &at, length);
        if (!name) fprintf(stderr, "no name: %s\n", one), exit(2);
        sk_X509_NAME_push(names, name);
    }
    return names;
}

static SSL_CTX *read_question(char *line, const char *certificate, const char *key) {
    char *version = strsep(&line, "\t"), *schemes = strsep(&line, "\t"), *types = strsep(&line, "\t");
    char *names = strsep(&line, "\t");
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    int number = !strcmp(version, "1.2") ? TLS1_2_VERSION : TLS1_3_VERSION;
    SSL_CTX_set_min_proto_version(context, number);
    SSL_CTX_set_max_proto_version(context, number);
    /* Level 0, so that SHA-1 can be asked for. */
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_use_certificate_chain_file(context, certificate);
    if (SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1) ERR_print_errors_fp(stderr), exit(2);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, accept_all);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
    if (strcmp(schemes, "-") && SSL_CTX_set1_client_sigalgs_list(context, schemes) != 1)
        fprintf(stderr, "no signature algorithms: %s\n", schemes), exit(2);
    if (strcmp(types, "-")) {
        unsigned char bytes[16];
        SSL_CTX_set1_client_certificate_types(context, bytes, from_hex(types, strlen(types), bytes));
    }
    SSL_CTX_set_client_CA_list(context, read_names(names));
    SSL_CTX_set_msg_callback(context, on_message);
    SSL_CTX_set_alpn_select_cb(context, choose_http1, NULL);
    return context;
}

static void converse(SSL *ssl, int socket, int done) {
    static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n"
                                 "Connection: close\r\n\r\nok\n";
    char buffer[4096];
    if (done == 1 && SSL_read(ssl, buffer, sizeof buffer) > 0) {
        SSL_write(ssl, answer, (int)strlen(answer));
        SSL_shutdown(ssl);
    }
    /* Reads on until the client closes, so that no reset overtakes what was written, nor the client's alert. */
    shutdown(socket, SHUT_WR);
    struct timeval little = {0, 500000};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &little, sizeof little);
    for (int i = 0; i < 8; i++) {
        if (done == 1 ? SSL_read(ssl, buffer, sizeof buffer) <= 0 : recv(socket, buffer, sizeof buffer, 0) <= 0) break;
    }
}

static void *serve(void *argument) {
    struct connection *connection = argument;
    struct seen seen = {NULL, NULL, 0, -1};
    struct timeval limit = {5, 0};
    setsockopt(connection->socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    SSL *ssl = SSL_new(connection->context);
    SSL_set_msg_callback_arg(ssl, &seen);
    SSL_set_fd(ssl, connection->socket);
    int done = SSL_accept(ssl);
    converse(ssl, connection->socket, done);
    pthread_mutex_lock(&lock);
    printf("{\"question\":%d,\"handshake\":%s,\"request\":\"%s\",\"certificate\":", connection->question,
           done == 1 ? "true" : "false", seen.request ? seen.request : "");
    printf(seen.certificate ? "\"%s\"" : "null", seen.certificate);
    printf(",\"verify\":%s,\"alert\":%d}\n", seen.verify ? "true" : "false", seen.alert_in);
    fflush(stdout);
    open_connections--;
    pthread_mutex_unlock(&lock);
    ERR_clear_error();
    SSL_free(ssl);
    close(connection->socket);
    free(seen.request), free(seen.certificate), free(connection);
    return NULL;
}

static int listen_on_loopback(int *port) {
    int socket_ = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (bind(socket_, (void *)&address, length) || listen(socket_, 16)) perror("listen"), exit(2);
    getsockname(socket_, (void *)&address, &length);
    *port = ntohs(address.sin_port);
    return socket_;
}

int main(int count, char **arguments) {
    static SSL_CTX *contexts[MOST_QUESTIONS];
    static struct pollfd waiting[MOST_QUESTIONS + 1];
    int questions = 0, port;
    char *line = NULL;
    size_t room = 0;
    if (count != 3) return 64;
    signal(SIGPIPE, SIG_IGN);
    for (ssize_t length; (length = getline(&line, &room, stdin)) > 1 && questions < MOST_QUESTIONS; questions++) {
        line[length - 1] = 0;
        contexts[questions] = read_question(line, arguments[1], arguments[2]);
        waiting[questions].fd = listen_on_loopback(&port);
        waiting[questions].events = POLLIN;
        printf("%d ", port);
    }
    printf("\n");
    fflush(stdout);
    waiting[questions] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
    while (poll(waiting, (nfds_t)questions + 1, -1) >= 0 && !waiting[questions].revents) {
        for (int i = 0; i < questions; i++) {
            if (!waiting[i].revents) continue;
            struct connection *connection = malloc(sizeof *connection);
            *connection = (struct connection){i, accept(waiting[i].fd, NULL, NULL), contexts[i]};
            pthread_t thread;
            pthread_mutex_lock(&lock);
            open_connections++;
            pthread_mutex_unlock(&lock);
            pthread_create(&thread, NULL, serve, connection);
            pthread_detach(thread);
        }
    }
    for (int tenths = 0; tenths < 100; tenths++) {
        pthread_mutex_lock(&lock);
        int left = open_connections;
        pthread_mutex_unlock(&lock);
        if (!left) break;
        usleep(100000);
    }
    return 0;
}
