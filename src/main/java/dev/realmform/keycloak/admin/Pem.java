package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads PEM files: certificates, and private keys as PKCS#8, PKCS#1 (RSA) or SEC 1 (EC). */
final class Pem {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    /** AlgorithmIdentifier of RSA: 1.2.840.113549.1.1.1, NULL. */
    private static final byte[] RSA = {0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d,
        0x01, 0x01, 0x01, 0x05, 0x00};

    /** 1.2.840.10045.2.1, the algorithm "EC"; the curve follows it. */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private Pem() {}

    /** The text of a file. */
    static String read(Path file, String setting) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Problem.invalid("the file cannot be read", file.toString(), "Check " + setting + ".")
                    .causedBy(e)
                    .asException();
        }
    }

    static List<Certificate> certificates(Path file, String setting) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<Certificate> found = new ArrayList<>();
            Matcher block = BLOCK.matcher(read(file, setting));
            while (block.find()) {
                if (block.group(1).endsWith("CERTIFICATE")) {
                    found.add(factory.generateCertificate(
                            new ByteArrayInputStream(Base64.getMimeDecoder().decode(block.group(2)))));
                }
            }
            if (found.isEmpty()) {
                throw Problem.invalid("there is no certificate in the file", file.toString(),
                        setting + " names a PEM file: -----BEGIN CERTIFICATE-----.").asException();
            }
            return found;
        } catch (CertificateException e) {
            throw Problem.invalid("a certificate in the file cannot be read", file.toString(), "Check " + setting + ".")
                    .causedBy(e)
                    .asException();
        }
    }

    static PrivateKey privateKey(Path file, String setting) {
        Matcher block = BLOCK.matcher(read(file, setting));
        while (block.find()) {
            if (block.group(1).endsWith("PRIVATE KEY")) {
                return privateKey(block.group(1), block.group(2), file, setting);
            }
        }
        throw Problem.invalid("there is no private key in the file", file.toString(),
                setting + " names a PEM file: -----BEGIN PRIVATE KEY-----.").asException();
    }

    private static PrivateKey privateKey(String kind, String text, Path file, String setting) {
        if (kind.startsWith("ENCRYPTED") || text.contains("ENCRYPTED")) {
            throw Problem.invalid("the private key is encrypted", file.toString(),
                    "Decrypt it first (openssl pkcs8 -in KEY -out PLAIN), and keep the file for its owner only.")
                    .asException();
        }
        byte[] bytes = Base64.getMimeDecoder().decode(text);
        byte[] pkcs8 = switch (kind) {
            case "RSA PRIVATE KEY" -> pkcs8(RSA, bytes);
            case "EC PRIVATE KEY" -> pkcs8(der(0x30, concat(EC, curve(bytes, file))), bytes);
            default -> bytes;
        };
        return Stream.of("RSA", "EC", "EdDSA")
                .flatMap(algorithm -> decoded(algorithm, pkcs8).stream())
                .findFirst()
                .orElseThrow(() -> Problem.invalid("the private key is of no known kind", file.toString(),
                        setting + " takes RSA, EC and Ed25519 keys.").asException());
    }

    private static Optional<PrivateKey> decoded(String algorithm, byte[] pkcs8) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return der(0x30, concat(new byte[]{0x02, 0x01, 0x00}, concat(algorithm, der(0x04, key))));
    }

    /** The curve's object identifier: the content of the element [0] of a SEC 1 key (RFC 5915). */
    private static byte[] curve(byte[] sec1, Path file) {
        for (int i = 0; i + 3 < sec1.length; i++) {
            int length = sec1[i + 1];
            boolean found = sec1[i] == (byte) 0xa0 && sec1[i + 2] == 0x06 && length == sec1[i + 3] + 2
                    && i + 2 + length <= sec1.length;
            if (found) {
                return Arrays.copyOfRange(sec1, i + 2, i + 2 + length);
            }
        }
        throw Problem.invalid("the EC key does not name its curve", file.toString(),
                "Convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW.").asException();
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(tag);
        if (content.length < 0x80) {
            bytes.write(content.length);
        } else if (content.length < 0x100) {
            bytes.write(0x81);
            bytes.write(content.length);
        } else {
            bytes.write(0x82);
            bytes.write(content.length >> 8);
            bytes.write(content.length);
        }
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
