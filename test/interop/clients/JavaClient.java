import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * JSSE with key store entries, whose names put them in no order. Argument: the key manager (SunX509, PKIX).
 * Standard input: one visit a line, between tabs: port, TLS version, certificate chain and key (PEM files), more such
 * pairs.
 */
public class JavaClient {
  public static void main(String[] arguments) throws Exception {
    BufferedReader visits = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = visits.readLine()) != null; ) {
      String[] visit = line.split("\t");
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManagerFactory factory = KeyManagerFactory.getInstance(arguments[0]);
      factory.init(keyStore(visit), new char[0]);
      context.init(factory.getKeyManagers(), new TrustManager[] {new TrustAll()}, null);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", Integer.parseInt(visit[0]))) {
        socket.setEnabledProtocols(new String[] {"TLSv" + visit[1]});
        socket.setSoTimeout(8000);
        socket.startHandshake();
        OutputStream out = socket.getOutputStream();
        out.write("GET / HTTP/1.0\r\n\r\n".getBytes());
        out.flush();
        socket.getInputStream().readAllBytes();
      } catch (Exception error) {
        System.out.println(visit[0] + " " + error);
      }
    }
  }

  private static KeyStore keyStore(String[] visit) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 2; i < visit.length; i += 2) addEntry(store, Path.of(visit[i]), Path.of(visit[i + 1]));
    return store;
  }

  private static void addEntry(KeyStore store, Path chain, Path key) throws Exception {
    Certificate[] certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(chain)))
            .toArray(new Certificate[0]);
    String base64 = Files.readString(key).replaceAll("-----[^-]*-----|\\s", "");
    String algorithm = certificates[0].getPublicKey().getAlgorithm();
    PrivateKey privateKey =
        KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    store.setKeyEntry(alias(chain), privateKey, new char[0], certificates);
  }

  private static String alias(Path chain) {
    return String.format("%08x", chain.getParent().getFileName().hashCode() * 0x9e3779b9);
  }

  private static class TrustAll extends X509ExtendedTrustManager {
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
