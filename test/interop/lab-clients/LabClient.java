import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.security.cert.Certificate;
import java.security.spec.*;
import java.util.*;
import java.util.regex.*;
import javax.net.ssl.*;

/**
 * One GET with the JDK's own client and its default key manager. Prints the status, or the exception.
 * Arguments: port, server name, path, TLS version, PEM of trusted roots, PEM of the certificate chain and its key.
 */
public class LabClient {
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(Files.readString(Path.of(args[5]))), roots(Files.readString(Path.of(args[4]))), null);
    try (Socket plain = new Socket("127.0.0.1", port);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, args[1], port, true)) {
      socket.setSoTimeout(10_000);
      socket.setEnabledProtocols(new String[] {args[3]});
      OutputStream out = socket.getOutputStream();
      out.write(("GET " + args[2] + " HTTP/1.0\r\nHost: " + args[1] + ":" + port + "\r\n\r\n").getBytes());
      out.flush();
      String first = new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
      System.out.println("status " + (first == null ? "none" : first.split(" ")[1]));
    } catch (IOException error) {
      System.out.println("error " + error);
    }
  }

  private static KeyManager[] keys(String pem) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    byte[] pkcs8 = blocks(pem, "PRIVATE KEY").get(0);
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    store.setKeyEntry("user", key, new char[0], certificates(pem).toArray(new Certificate[0]));
    KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static TrustManager[] roots(String pem) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Certificate one : certificates(pem)) store.setCertificateEntry("root" + store.size(), one);
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static List<Certificate> certificates(String pem) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> all = new ArrayList<>();
    for (byte[] der : blocks(pem, "CERTIFICATE")) all.add(factory.generateCertificate(new ByteArrayInputStream(der)));
    return all;
  }

  private static List<byte[]> blocks(String pem, String label) {
    Matcher block = Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----").matcher(pem);
    List<byte[]> all = new ArrayList<>();
    while (block.find()) all.add(Base64.getMimeDecoder().decode(block.group(1)));
    return all;
  }
}
