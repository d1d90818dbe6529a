package dev.realmform.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server on this machine that keeps what it is sent, as far as SMTP without extensions goes. */
public final class MailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    public MailServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("mail-server").start(this::serve);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Whether it takes no mail from now on. */
    public void refuse(boolean whether) {
        refusing = whether;
    }

    /** Whom mails came for, in order. */
    public List<String> recipients() {
        return List.copyOf(recipients);
    }

    /** The mails as they came, headers and all. */
    public List<String> mails() {
        return List.copyOf(mails);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8)),
                        new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8));
            } catch (IOException e) {
                // Closed, or a client that hung up: the test sees that no mail came.
            }
        }
    }

    private void talk(BufferedReader in, PrintStream out) throws IOException {
        say(out, "220 ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.toUpperCase(Locale.ROOT);
            if (command.startsWith("DATA")) {
                say(out, "354 go on");
                StringBuilder mail = new StringBuilder();
                for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
                    mail.append(text).append('\n');
                }
                mails.add(mail.toString());
            } else if (command.startsWith("RCPT") && !refusing) {
                recipients.add(line.replaceAll(".*<|>.*", ""));
            }
            say(out, command.startsWith("RCPT") && refusing ? "550 no"
                    : command.startsWith("QUIT") ? "221 bye" : "250 ok");
        }
    }

    private static void say(PrintStream out, String line) {
        out.print(line + "\r\n");
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
